"""A page made of one or more views of records, chosen by tabs under the page's head."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from creator_crm.domain.changes import Changes
from creator_crm.domain.errors import UserError
from creator_crm.domain.frozen import immutable
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import open_link
from creator_crm.ui.shared.text import tr

if TYPE_CHECKING:
    from creator_crm.ui.shared.records_view import RecordsView


@runtime_checkable
class Part(Protocol):
    """What stands under one tab: a list of records, or anything else that follows the workspace."""

    def refresh(self, changes: Changes | None) -> None: ...

    def set_campaign(self, campaign: str | None) -> None: ...


class ReadTab(QWidget):
    """A part that is read as a whole: again when what it `concerns` changed, or for another campaign."""

    concerns: tuple[str, ...] = ()

    def __init__(self) -> None:
        super().__init__()
        self._campaign: int | None = None

    def refresh(self, changes: Changes | None) -> None:
        if changes is None or changes.touches(*self.concerns):
            self._read()

    def set_campaign(self, campaign: str | None) -> None:
        chosen = int(campaign) if campaign else None
        if chosen != self._campaign:
            self._campaign = chosen
            self._read()

    @abstractmethod
    def _read(self) -> None:
        """Read everything and show it."""


@immutable
class Tab:
    """One tab of a page. `make` runs when first shown; `records` are those it can bring to the front."""

    id: str
    label: str
    make: Callable[[], QWidget]
    records: tuple[str, ...] = ()


class ViewsPage:
    """Shows one of its tabs; a single tab has no tab bar. Parts are made and read when looked at."""

    def __init__(self, context: Context, id: str, title: str, tabs: Sequence[Tab]) -> None:
        self.id, self.title = id, tr(title)
        self._context = context
        self._tabs = {tab.id: tab for tab in tabs}
        self._parts: dict[str, QWidget] = {}
        self._stale: dict[str, list[Changes | None]] = {}
        self._campaign: str | None = None
        self._scope: int | None = None  # the number of that campaign
        self.widget = QWidget()
        self.bar = QTabBar(self.widget)
        self.bar.setObjectName("page_tabs")
        self.bar.setAccessibleName(self.title)
        self.bar.setExpanding(False)
        self.bar.setDrawBase(False)
        for tab in tabs:
            self.bar.addTab(tr(tab.label))
        self.bar.setVisible(len(tabs) > 1)
        self.stack = QStackedWidget(self.widget)
        column = QVBoxLayout(self.widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if len(tabs) > 1:
            row = QHBoxLayout()
            row.setContentsMargins(theme.L, theme.S, theme.L, 0)  # its first word stands over the heading
            row.addWidget(self.bar, 1)
            column.addLayout(row)
        column.addWidget(self.stack, 1)
        self.bar.currentChanged.connect(lambda at: self._show(list(self._tabs)[at]))

    # What the window asks ------------------------------------------------------------------------------

    @property
    def view(self) -> RecordsView | None:
        """The list in front, None when the tab shows something else."""
        return _as_list(self.part)

    @property
    def part(self) -> QWidget | None:
        """What stands under the tab in front."""
        return self._parts.get(self._current)

    @property
    def selection(self) -> Sequence[str]:
        return [str(number) for number in getattr(self.part, "selected", list)()]

    def refresh(self, changes: Changes | None) -> None:
        if not self._parts:
            self._show(self._current)
            return
        for name in self._parts:
            self._stale.setdefault(name, []).append(changes)
        self._bring_up_to_date(self._current)

    def set_campaign(self, campaign: str | None) -> None:
        self._campaign, self._scope = campaign, int(campaign) if campaign else None
        for part in self._parts.values():
            if isinstance(part, Part):
                part.set_campaign(campaign)

    def show_record(self, record: str, number: int) -> None:
        """Bring a record to the front on the tab that shows its kind, or the record that it is a part of."""
        found = self._owner_shown(record, number)
        if found is None:
            return
        tab, number = found
        self.show_tab(tab)
        if view := _as_list(self._parts[tab]):
            view.show_record(number)

    def show_tab(self, name: str) -> None:
        """Bring a tab to the front."""
        self.bar.setCurrentIndex(list(self._tabs).index(name))
        self._show(name)
        self._parts[name].setFocus()

    def scenes(self) -> list[tuple[str, Callable[[], object]]]:
        """What the self-test looks at: every tab, and what each offers beyond its first sight."""
        found: list[tuple[str, Callable[[], object]]] = []
        for name in self._tabs:
            self._show(name)
            part = self._parts[name]
            if len(self._tabs) > 1:
                found.append((name, partial(self.show_tab, name)))
            prefix = f"{name}-" if len(self._tabs) > 1 else ""
            for scene, show in getattr(part, "scenes", list)():
                found.append((f"{prefix}{scene}", partial(self._scene, name, show)))
        return found

    # What the actions of a page ask --------------------------------------------------------------------

    def _chosen(self, record: str) -> list[int]:
        """The chosen rows, if it is rows of `record` that are chosen."""
        return self.view.selected() if self.view and self.view.shape.record == record else []

    def _do(self, record: str, work: Callable[[list[int]], Changes]) -> None:
        """Do something to the chosen rows of a kind, and tell that it is done or why not."""
        chosen = self._chosen(record)
        if chosen:
            try:
                self._context.tell_done(work(chosen))
            except UserError as refusal:
                self._context.tell(str(refusal), "error")

    def _follow(self, link: str | None, otherwise: str) -> None:
        """Open a link in the browser; without one that can be opened say `otherwise`."""
        if not link or not open_link(link):
            self._context.tell(otherwise, "info")

    # Inside --------------------------------------------------------------------------------------------

    @property
    def _current(self) -> str:
        return list(self._tabs)[max(self.bar.currentIndex(), 0)]

    def _scene(self, name: str, show: Callable[[], object]) -> None:
        self.show_tab(name)
        show()

    def _show(self, name: str) -> None:
        if name not in self._parts:
            part = self._parts[name] = self._tabs[name].make()
            self.stack.addWidget(part)
            if isinstance(part, Part):
                part.set_campaign(self._campaign)
                part.refresh(None)
        self.stack.setCurrentWidget(self._parts[name])
        self.widget.setFocusProxy(self._parts[name])
        self._bring_up_to_date(name)
        self._context.selection_moved(len(self.selection))

    def _bring_up_to_date(self, name: str) -> None:
        late, part = self._stale.pop(name, []), self._parts[name]
        if isinstance(part, Part):
            for changes in [None] if None in late else late:
                part.refresh(changes)

    def _owner_shown(self, record: str, number: int) -> tuple[str, int] | None:
        shown: Mapping[str, str] = {
            kind: tab.id for tab in self._tabs.values() for kind in (tab.records or (tab.id,))
        }
        while record not in shown:
            row = self._context.workspace.row(record, number)
            owner = self._context.workspace.catalogue[record].owner
            if row is None or owner is None:
                return None
            record, number = owner.references, getattr(row, owner.name)
        return shown[record], number


def _as_list(part: QWidget | None) -> RecordsView | None:
    from creator_crm.ui.shared.records_view import RecordsView  # Today starts without any list

    return part if isinstance(part, RecordsView) else None
