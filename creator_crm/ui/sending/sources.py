"""Where many creators come from at once: a saved view, a campaign, a stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from creator_crm.domain.conditions import Condition, Op
from creator_crm.domain.query import Query
from creator_crm.ui.shared import buttons, icons
from creator_crm.ui.shared.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from creator_crm.services.workspace import Workspace


class AddFrom(QObject):
    """A button with a menu; `found` gives the creators of what was chosen, and what it is called."""

    found = Signal(object, str)  # list[int]

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.button = buttons.button(tr("Add from"), "users", "", parent)
        self.menu = QMenu(parent)
        self.button.setMenu(self.menu)
        self.menu.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Say what there is to choose from now."""
        workspace = self._workspace
        described = workspace.catalogue["creator"]
        self.menu.clear()
        self._offer(
            tr("Stage"),
            "kanban",
            ((choice.label, self._at_stage(choice.value)) for choice in described.field("stage").choices),
        )
        campaigns = workspace.ids(Query("campaign", sort=("name",)))
        titles = workspace.titles("campaign", campaigns)
        self._offer(tr("Campaign"), "megaphone", ((titles.get(n, ""), self._of(n)) for n in campaigns))
        self._offer(
            tr("Saved view"),
            "bookmark",
            ((view.name or "", self._in_view(view.name or "")) for view in workspace.views("creator")),
        )

    def _offer(self, title: str, sign: str, offers: Iterable[tuple[str, Callable[[], list[int]]]]) -> None:
        menu = self.menu.addMenu(icons.icon(sign), title)
        for label, find in offers:
            action = menu.addAction(label.replace("&", "&&"))
            action.triggered.connect(lambda _=False, f=find, name=label: self.found.emit(f(), name))
        menu.setEnabled(not menu.isEmpty())

    def _at_stage(self, stage: str) -> Callable[[], list[int]]:
        query = Query("creator", where=Condition("stage", Op.IS, stage))
        return lambda: list(self._workspace.ids(query))

    def _of(self, campaign: int) -> Callable[[], list[int]]:
        return lambda: self._workspace.taking_part(campaign)

    def _in_view(self, name: str) -> Callable[[], list[int]]:
        def find() -> list[int]:
            from creator_crm.services.views import view_query

            view = self._workspace.view("creator", name)
            return list(self._workspace.ids(view_query(view, self._workspace.catalogue["creator"])))

        return find
