"""The team's workbook from the window: written as a job; brought back, compared, shown, then applied."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from creator_crm.ui.shared.sweeps import sweep_again, without_sweeps
from creator_crm.ui.shared.text import counted, isolate, tr

if TYPE_CHECKING:
    from creator_crm.domain.errors import UserError
    from creator_crm.services.workbook_back import Review
    from creator_crm.services.workspace import Workspace
    from creator_crm.ui.session import Session
    from creator_crm.ui.shared.jobs import Progress
    from creator_crm.ui.workbook.share import Order
    from creator_crm.ui.workbook.values import Values

FILTER = "*.xlsx *.xlsm"


class TeamWorkbook:
    """Sharing it and bringing it back; each part is loaded when it is first wanted."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._waiting: list[Path] = []  # to be brought back after the one that is looked at

    # Out -----------------------------------------------------------------------------------------------

    def share(self, before: Order | None = None, trouble: str = "") -> None:
        """Ask what goes into the workbook and where, then write it."""
        from creator_crm.ui.workbook.share import ShareDialog

        session = self._session
        if session.workspace is None:
            return
        dialog = ShareDialog(session.context, session.window, before, trouble)
        dialog.accepted.connect(lambda: self._write(dialog.order))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _write(self, order: Order | None) -> None:
        session, workspace = self._session, self._session.workspace
        if workspace is None or order is None:
            return

        def write(progress: Progress) -> Any:
            from creator_crm.services.workbook_out import export_workbook

            return export_workbook(
                workspace,
                order.path,
                records=order.records,
                campaign=order.campaign,
                redacted=order.redacted,
                progress=progress,
            )

        session.window.jobs.run(
            tr("Writing {file}").format(file=isolate(order.path.name)),
            write,
            done=lambda _: self._written(order.path),
            failed=partial(self._not_written, order),
            cancelled=lambda: session.tell(tr("Stopped. No workbook was written."), "info"),
            owner=session,
        )

    def _written(self, path: Path) -> None:
        from creator_crm.ui.shared.dialogs import open_folder

        text = tr("The workbook is written: {file}.").format(file=isolate(path.name))
        self._session.window.notices.show(text, "ok", tr("Open folder"), partial(open_folder, path.parent))

    def _not_written(self, order: Order, error: UserError) -> None:
        """Ask again, with another name: the usual reason is that the file is open elsewhere."""
        self.share(order, str(error))

    # Back ----------------------------------------------------------------------------------------------

    def choose(self) -> None:
        """Ask for the workbook that came back."""
        from creator_crm.ui.shared.dialogs import choose_file

        session = self._session
        if session.workspace is None:
            return
        last = session.window.state.text("workbook.folder")
        folder = Path(last) if last and Path(last).is_dir() else session.workspace.path.parent
        filters = f"{tr('Workbooks')} ({FILTER});;{tr('All files')} (*)"
        path = choose_file(session.window, tr("Bring back a workbook"), filters, folder)
        if path:
            self.bring_back(path)

    def bring_back_all(self, paths: Sequence[Path]) -> None:
        """Bring workbooks back one after the other: the second is compared with what the first one left."""
        if paths and self._session.workspace is None:
            text = tr("{file} is the team's workbook. Nothing was changed; open its workspace first.")
            self._session.tell(text.format(file=isolate(paths[0].name)), "info")
        elif paths:
            self._waiting = list(paths[1:])
            self.bring_back(paths[0])

    def bring_back(self, path: Path) -> None:
        """Compare a workbook with what is here, and show what it would change."""
        session, workspace = self._session, self._session.workspace
        if workspace is None:
            return

        def compare(progress: Progress) -> tuple[Review, Values]:
            from creator_crm.services.workbook_back import Decisions
            from creator_crm.ui.shared.jobs import as_services_tell
            from creator_crm.ui.workbook.values import values_of

            with without_sweeps():
                review = workspace.review_workbook(
                    path, as_services_tell(progress), lambda: progress.cancelled
                )
                if review.changes_nothing:
                    workspace.apply_review(review, Decisions())  # to know next time that this was seen
                return review, values_of(workspace, review)

        session.window.jobs.run(
            tr("Comparing {file}").format(file=isolate(path.name)),
            compare,
            done=lambda found: self._show(workspace, *found),
            failed=self._refused,
            cancelled=self._stopped,
            owner=session,
        )

    def _show(self, workspace: Workspace, review: Review, values: Values) -> None:
        session = self._session
        if session.workspace is not workspace:  # closed while it was compared
            sweep_again()
            self._waiting.clear()
            return
        if review.changes_nothing and not (review.problems or review.new_columns):
            sweep_again()
            session.tell(nothing_changed(review), "info")
            self._go_on()
            return
        from creator_crm.ui.workbook.window import ReviewWindow

        window = ReviewWindow(session.context, review, values, session.window)
        window.finished.connect(lambda _: self._go_on())
        QTimer.singleShot(0, window, window.open)  # one turn to make it, one to lay it out, one to paint

    def _go_on(self) -> None:
        """The next of several workbooks."""
        if self._waiting:
            self.bring_back(self._waiting.pop(0))

    def _refused(self, error: UserError) -> None:
        sweep_again()
        self._session.refused(error)
        self._go_on()

    def _stopped(self) -> None:
        sweep_again()
        self._waiting.clear()
        self._session.tell(tr("Stopped. Nothing was written."), "info")


def nothing_changed(review: Review) -> str:
    """What is said instead of a window without lines."""
    said = tr("They changed nothing in {file}.").format(file=isolate(review.path.name))
    if review.kept:
        mine = counted(review.kept, "change", "changes")
        return f"{said} {tr('Your {changes} since then stay.').format(changes=mine)}"
    return said
