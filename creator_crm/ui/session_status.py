"""What the status strip says of the open workspace: how many creators there are, and that all is saved."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from creator_crm.ui.shared import text
from creator_crm.ui.shared.text import tr

if TYPE_CHECKING:
    from creator_crm.domain.changes import Changes
    from creator_crm.ui.session import Session


class SessionStatus(QObject):
    """Counts again only when creators or campaigns came or went."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._counts = ""
        session.opened.connect(self._on_opened)
        session.changed.connect(self._on_changed)

    def _on_opened(self, _workspace: object) -> None:
        QTimer.singleShot(0, self, self._say_opened)  # the first rows are waited for, this is not

    def _say_opened(self) -> None:
        if self._session.workspace is not None:
            self._count()
            self._session.window.set_status(tr("Everything is saved"), self._counts)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("creator", "campaign"):
            self._count()
        now = text.clock(datetime.now(UTC))
        self._session.window.set_status(tr("Saved {time}").format(time=now), self._counts)

    def _count(self) -> None:
        from creator_crm.domain.query import Query

        workspace = self._session.workspace
        if workspace is None:
            return
        told = [text.counted(workspace.count(Query("creator")), "creator", "creators")]
        if campaigns := workspace.count(Query("campaign")):
            told.append(text.counted(campaigns, "campaign", "campaigns"))
        self._counts = " · ".join(told)
