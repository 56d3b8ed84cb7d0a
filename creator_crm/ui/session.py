"""The life of a workspace in the window: opened, changed, undone, backed up, closed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from creator_crm.domain.errors import UserError
from creator_crm.ui.session_actions import CHANGING, MORE_LISTS, SESSION
from creator_crm.ui.session_keeping import Keeping
from creator_crm.ui.session_status import SessionStatus
from creator_crm.ui.session_windows import Windows
from creator_crm.ui.session_workbook import TeamWorkbook
from creator_crm.ui.shared.jobs import Progress
from creator_crm.ui.shared.list_actions import LIST, VERBS
from creator_crm.ui.shared.text import tr

if TYPE_CHECKING:
    from creator_crm.domain.changes import Changes
    from creator_crm.services.workspace import Workspace
    from creator_crm.ui.shared.context import Context
    from creator_crm.ui.window import Window

FILTER = "Creator CRM (*.creatorcrm)"
MOST_RECENT = 8
MANY = 2_000  # rows in one change
BACKUP_EVERY_MS = 30 * 60 * 1000
WATCH_EVERY_MS = 5_000
STEP = "step"  # the newest step alone is told: its notice takes the place of the one before


class Session(QObject):
    """Holds the open workspace and carries its changes to the window, on the main thread."""

    opened = Signal(object)  # Workspace
    changed = Signal(object)  # Changes, on the main thread
    _changed = Signal(object)  # Changes, from whatever thread wrote them

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._workspace: Workspace | None = None
        self.windows, self.keeping, self.status = Windows(self), Keeping(self), SessionStatus(self)
        self.workbook = TeamWorkbook(self)
        self._changed.connect(self._on_changed)
        self._backups = QTimer(self)
        self._backups.setInterval(BACKUP_EVERY_MS)
        self._backups.timeout.connect(self.keeping.back_up_quietly)
        self._watch = QTimer(self)
        self._watch.setInterval(WATCH_EVERY_MS)
        self._watch.timeout.connect(self.keeping.watch)
        window.actions_.declare(*SESSION, *LIST)
        window.actions_.bind(
            {
                "file.new": self.new,
                "file.open": self.choose,
                "file.sample": self.open_sample,
                "file.close": self.close,
                "file.import": self.import_file,
                "file.share": self.workbook.share,
                "file.bring_back": self.workbook.choose,
                "file.backup": self.keeping.back_up,
                "file.restore": self.keeping.restore,
                "edit.undo": self.undo,
                "edit.redo": self.redo,
                "edit.history": self.windows.history,
                "tools.check": self.keeping.check,
                "tools.campaigns": partial(self.windows.records, "campaign"),
                "tools.tags": partial(self.windows.records, "tag"),
                "tools.carrier_services": partial(self.windows.records, "carrier_service"),
                **{f"tools.{record}": partial(self.windows.records, record) for record in MORE_LISTS},
                "tools.own_fields": self.windows.own_fields,
                "help.about": self.windows.about,
            }
        )
        window.actions_.bind({f"list.{verb}": partial(self.windows.do_to_list, verb) for verb in VERBS})
        window.files_dropped.connect(self._on_dropped)
        window.closing.connect(self._on_closing)

    # What pages are given ------------------------------------------------------------------------------

    @property
    def workspace(self) -> Workspace | None:
        return self._workspace

    @property
    def window(self) -> Window:
        return self._window

    @property
    def context(self) -> Context:
        assert self._workspace is not None
        window = self._window
        from creator_crm.ui.shared.context import Context

        return Context(
            workspace=self._workspace,
            window=window,
            actions=window.actions_,
            jobs=window.jobs,
            state=window.state,
            tell=self.tell,
            tell_done=self.tell_done,
            keep_splitter=window.keep_splitter,
            import_files=self.import_files,
            selection_moved=window.actions_.set_selected,
            show_record=self.show_record,
            changed=self.changed,
        )

    @property
    def recent(self) -> list[Path]:
        """Workspaces opened before that are still there, the newest first."""
        return [p for p in map(Path, self._window.state.texts("recent")) if p.exists()]

    @property
    def _last(self) -> Path | None:
        """What was open when the window was closed, if it is still there."""
        last = self._window.state.text("open")
        return Path(last) if last and Path(last).exists() else None

    # Opening and closing -------------------------------------------------------------------------------

    def new(self) -> None:
        """Ask where, and begin with an empty workspace."""
        path = self._ask_new_path(tr("My brand"))
        if path:
            self.begin(partial(created, path))

    def announce(self, path: Path | None) -> None:
        """Dress the window for the workspace that `start` will open, before there is time to open it."""
        path = path or self._last
        if path is not None:
            self._window.announce(path.stem)

    def start(self, path: Path | None) -> None:
        """Open `path`, else what was open when the window was closed, else show the first page."""
        path = path or self._last
        if path is None:
            self._window.set_workspace(None)
            self._show_recent()
        elif not self.open(path):
            self.close()

    def choose(self) -> None:
        from creator_crm.ui.shared.dialogs import choose_file

        path = choose_file(self._window, tr("Open a workspace"), FILTER)
        if path:
            self.open(path)

    def open(self, path: Path) -> bool:
        """Open a workspace file; a sentence is shown when it cannot be."""
        return self.begin(partial(opened, path))

    def open_sample(self) -> None:
        """Open the sample brand, made the first time. What is changed in it stays."""
        from platformdirs import user_data_path

        folder = user_data_path("creator-crm", appauthor=False, ensure_exists=True)
        path = folder / "Sample brand.creatorcrm"
        if path.exists():
            self.open(path)
            return

        def make(progress: Progress) -> Path:
            from creator_crm.services.sample import make_sample

            make_sample(path)
            return path

        self._window.jobs.run(
            tr("Making the sample brand"),
            make,
            done=self.open,
            failed=self.refused,
            owner=self,
            can_cancel=False,
        )

    def close(self) -> None:
        """Back to the first page."""
        self._leave()
        self._window.state.remember("open", "")
        self._window.set_workspace(None)
        self._show_recent()

    def begin(self, get: Callable[[], Workspace]) -> bool:
        try:
            workspace = get()
        except UserError as error:
            self.refused(error)
            return False
        self._leave()
        self._workspace = workspace
        workspace.listen(self._changed.emit)
        self._remember(workspace.path)
        self._allow_changes(not workspace.read_only)
        called = workspace.path.stem
        self._window.set_workspace(f"{called} ({tr('read-only')})" if workspace.read_only else called)
        self._show_campaigns()
        self._show_steps()
        for note in workspace.notes:
            self.tell(note, "warn")
        self._backups.start()
        self._watch.start()
        self.opened.emit(workspace)
        return True

    def _leave(self) -> None:
        typed_in = QApplication.focusWidget()
        if typed_in is not None:
            typed_in.clearFocus()  # what is still being typed is saved as if it had been left
        self._backups.stop()
        self._watch.stop()
        self._allow_changes(True)
        workspace, self._workspace = self._workspace, None
        if workspace is not None:
            self._window.jobs.finish()
            workspace.close(back_up=True)

    def _remember(self, path: Path) -> None:
        kept = [str(path.resolve()), *(str(p) for p in self.recent if p != path.resolve())]
        self._window.state.remember("recent", kept[:MOST_RECENT])
        self._window.state.remember("open", kept[0])
        self._window.state.save()

    def _show_recent(self) -> None:
        from creator_crm.ui.first_page import FirstPage, RecentFile

        page = self._window.first_page
        assert isinstance(page, FirstPage)
        page.set_recent([RecentFile(path) for path in self.recent])

    # Changes -------------------------------------------------------------------------------------------

    def undo(self) -> None:
        self._step(lambda workspace: workspace.undo())

    def redo(self) -> None:
        self._step(lambda workspace: workspace.redo())

    def undo_step(self, number: int) -> None:
        """Take back one step of the history."""
        self._step(lambda workspace: workspace.undo(number))

    def _step(self, what: Callable[[Workspace], Changes]) -> None:
        workspace = self._workspace
        if workspace is None:
            return
        self._window.jobs.run(
            tr("Undo"),
            lambda _: what(workspace),
            done=lambda changes: self._window.notices.show(f"{changes.label}.", "info", about=STEP),
            failed=self.refused,
            owner=self,
            can_cancel=False,
        )

    def tell_done(self, changes: Changes) -> None:
        """Say what was done, with a button to take it back."""
        if changes:
            self._window.notices.show(
                f"{changes.label}.",
                "ok",
                tr("Undo"),
                partial(self.undo_step, changes.change_set),
                about=STEP,
            )

    def _on_changed(self, changes: Changes) -> None:
        if self._workspace is None:
            return
        self._show_steps()
        if changes.touches("campaign"):
            self._show_campaigns()
        if changes.count > MANY:
            # In a turn of its own: reading a long list again is enough for one.
            QTimer.singleShot(0, self, partial(self._tell_pages, self._workspace, changes))
        else:
            self._tell_pages(self._workspace, changes)

    def _tell_pages(self, workspace: Workspace, changes: Changes) -> None:
        if workspace is self._workspace:
            self._window.refresh(changes)
            self.changed.emit(changes)

    def _allow_changes(self, allowed: bool) -> None:
        for name in CHANGING:
            self._window.actions_.allow(name, allowed)

    def _show_steps(self) -> None:
        assert self._workspace is not None
        if self._workspace.read_only:
            self._window.set_undo(None, None)
            return
        undo, redo = self._workspace.next_undo(), self._workspace.next_redo()
        self._window.set_undo(undo.label if undo else None, redo.label if redo else None)

    def _show_campaigns(self) -> None:
        from creator_crm.domain.query import Query

        assert self._workspace is not None
        ids = self._workspace.ids(Query("campaign", sort=("name",)))
        titles = self._workspace.titles("campaign", ids)
        self._window.set_campaigns([(str(i), titles[i]) for i in ids], self._window.header.campaign)

    def show_record(self, record: str, number: int) -> None:
        """Bring one record to the front: on its page, or that of the creator it is about."""
        page = self._window.page_of(record)
        if page is not None:
            page.show_record(record, number)
        else:
            self.windows.records(record, number)

    # Files ---------------------------------------------------------------------------------------------

    def import_file(self) -> None:
        """Choose a list and start the wizard; without a workspace one is begun first."""
        from creator_crm.ui.shared.dialogs import choose_file

        kinds = "*.csv *.tsv *.txt *.xlsx *.xlsm *.xls *.xlsb *.ods"
        path = choose_file(
            self._window, tr("Import a list"), f"{tr('Lists')} ({kinds});;{tr('All files')} (*)"
        )
        if path:
            self.import_files([str(path)])

    def import_files(self, paths: list[str]) -> None:
        """Start the import wizard for files, one after the other."""
        if self._workspace is None:
            target = self._ask_new_path(tr("My brand"))
            if not target or not self.begin(partial(created, target)):
                return
        from creator_crm.ui.imports.wizard import ImportWizard

        for path in paths:
            ImportWizard(self.context, Path(path), self._window).exec()

    def _on_dropped(self, paths: list[str]) -> None:
        workspaces = [p for p in paths if p.endswith(".creatorcrm")]
        if workspaces:
            self.open(Path(workspaces[0]))
        else:
            # Not from inside the drop: the other program waits until the drop is answered.
            QTimer.singleShot(0, self, partial(self._take_in, paths))

    def _take_in(self, paths: list[str]) -> None:
        """Bring the team's workbook back, and import everything else."""
        from creator_crm.services.workbook_files import is_team_workbook

        ours = [path for path in paths if is_team_workbook(Path(path))]
        self.workbook.bring_back_all([Path(path) for path in ours])
        if others := [path for path in paths if path not in ours]:
            self.import_files(others)

    # Inside --------------------------------------------------------------------------------------------

    def _ask_new_path(self, name: str) -> Path | None:
        from platformdirs import user_documents_path

        from creator_crm.ui.shared.dialogs import choose_new_file

        proposal = user_documents_path() / f"{name}.creatorcrm"
        path = choose_new_file(self._window, tr("Where shall the workspace be kept?"), proposal, FILTER)
        return path.with_name(path.name + ".creatorcrm") if path and not path.suffix else path

    def tell(self, text: str, kind: Any) -> None:
        self._window.notices.show(text, kind)

    def refused(self, error: UserError) -> None:
        self._window.notices.show(str(error), "error")

    def _on_closing(self) -> None:
        self._leave()


def created(path: Path) -> Workspace:
    from creator_crm.services.workspace import Workspace

    return Workspace.create(path)


def opened(path: Path) -> Workspace:
    from creator_crm.services.workspace import Workspace

    return Workspace.open(path)
