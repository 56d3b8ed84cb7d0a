"""Saved views of a list: choose, save, rename, delete, make one the first to be shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QMenu, QToolButton, QWidget

from creator_crm.domain.conditions import Condition, Op
from creator_crm.domain.errors import UserError
from creator_crm.domain.frozen import immutable
from creator_crm.domain.query import Query
from creator_crm.ui.shared import icons
from creator_crm.ui.shared.icons import icon
from creator_crm.ui.shared.table.look import Look
from creator_crm.ui.shared.table.source import Source
from creator_crm.ui.shared.text import tr

RECORD = "saved_view"


@immutable
class View:
    """A saved look; `first` is the one a list opens with."""

    id: int
    name: str
    look: str  # JSON, of which Look reads its part
    first: bool


class SavedViews:
    """The saved views of one list."""

    def __init__(self, source: Source, record: str) -> None:
        self._source, self._record = source, record

    def all(self) -> list[View]:
        where = Condition("about", Op.IS, self._record)
        rows: Any = self._source.rows(
            RECORD, self._source.ids(Query(RECORD, where=where, sort=("position", "name")))
        )
        return [View(row.id, row.name or "", row.query or "{}", _is_first(row.query)) for row in rows]

    def save(self, name: str, look: Look) -> None:
        """Keep `look` under `name`; a view of that name is replaced."""
        for view in self.all():
            if view.name.casefold() == name.casefold():
                kept = _with_first(look.to_json(), view.first)
                self._source.edit(RECORD, {view.id: {"name": name, "query": kept}})
                return
        self._source.add(RECORD, {"about": self._record, "name": name, "query": look.to_json()})

    def rename(self, view: View, name: str) -> None:
        self._source.edit(RECORD, {view.id: {"name": name}})

    def delete(self, view: View) -> None:
        self._source.trash(RECORD, [view.id])

    def make_first(self, view: View | None) -> None:
        """Open the list with this view from now on; None: with everything."""
        changes = {
            each.id: {"query": _with_first(each.look, view is not None and each.id == view.id)}
            for each in self.all()
            if each.first != (view is not None and each.id == view.id)
        }
        if changes:
            self._source.edit(RECORD, changes)


class ViewsButton(QToolButton):
    """Names the view in use and opens the menu of all of them."""

    def __init__(
        self,
        views: SavedViews,
        everything: str,
        look: Callable[[], Look],
        show: Callable[[View | None], None],
        failed: Callable[[str], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._views, self._everything = views, everything
        self._look, self._show, self._failed = look, show, failed
        self.current: View | None = None
        icons.put(self, "bookmark", "muted")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        self.name(None)

    def name(self, view: View | None) -> None:
        """Say which view is in use."""
        self.current = view
        words = view.name if view else self._everything
        short = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, 180)
        self.setText(f" {short}".replace("&", "&&"))
        self.setAccessibleName(tr("View: {name}").format(name=words))
        self.setToolTip(tr("Saved views"))

    def _fill(self) -> None:
        menu = self._menu
        menu.clear()
        self._entry(self._everything, partial(self._show, None), self.current is None)
        for view in self._views.all():
            label = f"{view.name} ★" if view.first else view.name
            chosen = self.current is not None and self.current.id == view.id
            self._entry(label, partial(self._show, view), chosen)
        menu.addSeparator()
        menu.addAction(icon("plus"), tr("Save as a new view…"), self._save_as)
        if self.current:
            view = self.current
            menu.addAction(icon("save"), tr("Save the changes to this view"), partial(self._save, view.name))
            menu.addAction(icon("pencil"), tr("Rename this view…"), partial(self._rename, view))
            if view.first:
                menu.addAction(
                    icon("star"), tr("Do not open the list with this view"), partial(self._first, None)
                )
            else:
                menu.addAction(icon("star"), tr("Open the list with this view"), partial(self._first, view))
            menu.addAction(icon("trash-2"), tr("Delete this view"), partial(self._delete, view))

    def _entry(self, label: str, chosen: Callable[[], None], checked: bool) -> None:
        action = self._menu.addAction(label.replace("&", "&&"), chosen)
        action.setCheckable(True)
        action.setChecked(checked)

    def _save_as(self) -> None:
        name, sure = QInputDialog.getText(self, tr("Save as a view"), tr("Name of the view"))
        if sure and name.strip():
            self._save(name.strip())

    def _save(self, name: str) -> None:
        if self._did(partial(self._views.save, name, self._look())):
            self.name(next((v for v in self._views.all() if v.name == name), None))

    def _rename(self, view: View) -> None:
        name, sure = QInputDialog.getText(self, tr("Rename the view"), tr("Name of the view"), text=view.name)
        if sure and name.strip() and self._did(partial(self._views.rename, view, name.strip())):
            self.name(View(view.id, name.strip(), view.look, view.first))

    def _delete(self, view: View) -> None:
        if self._did(partial(self._views.delete, view)):
            self.name(None)

    def _first(self, view: View | None) -> None:
        if self._did(partial(self._views.make_first, view)) and self.current:
            number = self.current.id
            self.name(next((v for v in self._views.all() if v.id == number), None))

    def _did(self, work: Callable[[], object]) -> bool:
        try:
            work()
        except UserError as refusal:
            self._failed(str(refusal))
            return False
        return True


def _plain(text: str | None) -> dict[str, Any]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _is_first(text: str | None) -> bool:
    return _plain(text).get("first") is True


def _with_first(text: str, first: bool) -> str:
    plain = _plain(text)
    plain.pop("first", None)
    if first:
        plain["first"] = True
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
