"""What the status strip says of the open workspace: how many creators there are, and that all is saved."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from creator_crm.ui.shared import text
from creator_crm.ui.shared.jobs import Lane, Progress
from creator_crm.ui.shared.text import tr

if TYPE_CHECKING:
    from creator_crm.domain.changes import Changes
    from creator_crm.services.workspace import Workspace
    from creator_crm.ui.session import Session


LATER_MS = 150  # rows are waited for, this is not


class SessionStatus(QObject):
    """Counts again a moment after creators or campaigns came or went, once for many changes."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._saved = self._counts = ""
        self._later = QTimer(self, singleShot=True, interval=LATER_MS)
        self._later.timeout.connect(self._count)
        session.opened.connect(self._on_opened)
        session.changed.connect(self._on_changed)

    def _on_opened(self, workspace: Workspace) -> None:
        self._say(tr("Read-only") if workspace.read_only else tr("Everything is saved"), "")
        self._later.start()

    def _on_changed(self, changes: Changes) -> None:
        now = text.clock(datetime.now(UTC))
        self._say(tr("Saved {time}").format(time=now), self._counts)
        if changes.touches("creator", "campaign"):
            self._later.start()

    def _count(self) -> None:
        from creator_crm.domain.query import Query

        workspace = self._session.workspace
        if workspace is None:
            return

        def count(_progress: Progress) -> tuple[int, int]:
            return workspace.count(Query("creator")), workspace.count(Query("campaign"))

        def counted(found: tuple[int, int]) -> None:
            if workspace is self._session.workspace:
                creators, campaigns = found
                told = [text.counted(creators, "creator", "creators")]
                if campaigns:
                    told.append(text.counted(campaigns, "campaign", "campaigns"))
                self._say(self._saved, " · ".join(told))

        # Beside the window: among 100,000 creators a count is no matter of a moment.
        jobs = self._session.window.jobs
        jobs.run(tr("Counting"), count, done=counted, lane=Lane.FREE, owner=self, can_cancel=False)

    def _say(self, saved: str, counts: str) -> None:
        self._saved, self._counts = saved, counts
        self._session.window.set_status(saved, counts)
