"""Keeping the workspace safe from the window: back up, restore, check."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from creator_crm.ui.shared.text import tr

if TYPE_CHECKING:
    from creator_crm.services.workspace import Workspace
    from creator_crm.ui.session import Session

FILTER = "Creator CRM (*.creatorcrm)"


class Keeping:
    """What looks after the file; the work runs as jobs, the answers are notices."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def back_up(self) -> None:
        """Ask where to, and write a verified copy."""
        from creator_crm.ui.shared.dialogs import choose_new_file

        workspace = self._session.workspace
        if workspace is None:
            return
        name = f"{workspace.path.stem} {datetime.now().strftime('%Y-%m-%d %H.%M')}.creatorcrm"
        path = choose_new_file(self._session.window, tr("Back up to"), workspace.path.with_name(name), FILTER)
        if path:
            self._run(tr("Backing up"), lambda w: w.backup(path), self._backed_up)

    def back_up_quietly(self) -> None:
        """The backup of every half hour, when something changed."""
        self._run(tr("Backing up"), lambda w: w.backup_when_due(), lambda _: None)

    def watch(self) -> None:
        """Notice soon when the file was moved or replaced: what is typed after that would be lost."""
        from creator_crm.domain.errors import UserError

        workspace = self._session.workspace
        if workspace is not None:
            try:
                workspace.refuse_if_moved()
            except UserError as error:
                self._session.close()
                self._session.refused(error)

    def restore(self) -> None:
        """Ask for a backup, put it in the place of the workspace, and open that."""
        from creator_crm.ui.session import opened
        from creator_crm.ui.shared.dialogs import choose_file, confirm

        session, workspace = self._session, self._session.workspace
        if workspace is None:
            return
        backup = choose_file(session.window, tr("Restore a backup"), FILTER, _backup_folder(workspace))
        question = tr(
            "The workspace becomes what the backup holds. The file of now is set aside, not deleted."
        )
        if not backup or not confirm(session.window, tr("Restore this backup?"), question, tr("Restore")):
            return
        path = workspace.path
        session.close()
        if not session.begin(partial(_brought_back, backup, path)):
            session.begin(partial(opened, path))

    def check(self) -> None:
        """Look through the whole file, and say what was found."""
        self._run(tr("Checking the workspace"), lambda w: w.check(), self._checked)

    def _backed_up(self, path: Path) -> None:
        self._session.tell(f"{path} is verified.", "ok")

    def _checked(self, problems: list[str]) -> None:
        if problems:
            self._session.tell("\n".join(problems[:5]), "error")
        else:
            self._session.tell(tr("The workspace is in order."), "ok")

    def _run(self, label: str, work: Callable[[Workspace], Any], done: Callable[[Any], object]) -> None:
        session, workspace = self._session, self._session.workspace
        if workspace is not None:
            session.window.jobs.run(
                label,
                lambda _: work(workspace),
                done=done,
                failed=session.refused,
                owner=session,
                can_cancel=False,
            )


def _backup_folder(workspace: Workspace) -> Path:
    backups = workspace.backups()
    return backups[0].path.parent if backups else workspace.path.parent


def _brought_back(backup: Path, path: Path) -> Workspace:
    from creator_crm.services.workspace import restore_backup
    from creator_crm.ui.session import opened

    restore_backup(backup, path)
    return opened(path)
