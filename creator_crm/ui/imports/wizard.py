"""The import wizard: what each step asks of the services; nothing is written before the last Next."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from creator_crm.compat import override
from creator_crm.domain.errors import UserError
from creator_crm.domain.normal import Reading
from creator_crm.services import imports
from creator_crm.services.imports import ImportResult, Options, Proposal, Recognition, Rehearsal
from creator_crm.ui.imports.file_step import FileChoices
from creator_crm.ui.imports.frame import WizardFrame
from creator_crm.ui.imports.rehearsal_step import next_words
from creator_crm.ui.imports.targets import shapes_of, targets_of
from creator_crm.ui.imports.work import Work
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import choose_file, choose_new_file
from creator_crm.ui.shared.jobs import Lane, Progress, as_services_tell
from creator_crm.ui.shared.text import counted, isolate, tr

FILE, COLUMNS, REHEARSAL, DONE = range(4)
KINDS = "*.csv *.tsv *.txt *.xlsx *.xlsm *.xls *.xlsb *.ods"


class ImportWizard(WizardFrame):
    """Imports one file. Closed at any time before the end, it leaves nothing behind."""

    def __init__(self, context: Context, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(shapes_of(context.workspace.catalogue), parent)
        self.context, self.path = context, path
        self.found: Recognition | None = None
        self.proposal: Proposal | None = None
        self.rehearsal: Rehearsal | None = None
        self.written: ImportResult | None = None
        self.work = Work(context.jobs, self)
        self._step = FILE
        self._read_as = FileChoices()
        self._connect()
        self._open(path)

    def _connect(self) -> None:
        self.cancel.clicked.connect(self.reject)
        self.back.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_on)
        self.work.began.connect(self._show_buttons)
        self.work.ended.connect(self._show_buttons)
        self.work.lasting.connect(self._show_busy)
        self.work.moved.connect(self.busy.move_to)
        self.busy.stop_wanted.connect(self.work.stop)
        self.refusal.another_wanted.connect(self._choose_another)
        self.file.choices_changed.connect(self._look_again)
        self.columns.target_chosen.connect(self._take_target)
        self.columns.reading_chosen.connect(self._take_reading)
        self.columns.proposal_changed.connect(self._take_proposal)
        self.columns.shape_chosen.connect(lambda shape: self._propose(shape=shape))
        self.columns.start_over.connect(lambda: self._propose(use_saved=False))
        self.rehearsed.options_changed.connect(self._rehearse)
        self.rehearsed.workbook_wanted.connect(self._save_workbook)
        self.done_step.workbook_wanted.connect(self._save_workbook)
        self.done_step.undo_wanted.connect(self._undo)
        # Thousands of rows hang on this dialog: it goes when it is closed, not when its window does.
        self.finished.connect(lambda _: self._keep(None, last=True))
        self.finished.connect(self.deleteLater)

    # Moving --------------------------------------------------------------------------------------------

    @property
    def step(self) -> int:
        return self._step

    def go_on(self) -> None:
        """Next: to the following step once everything it needs is there."""
        if self.work.busy or self.pages.currentWidget() is self.refusal:
            return
        if self._step == FILE and not self.file.settle():
            if self.proposal is None:
                self._propose()
            else:
                self._show_step(COLUMNS)
        elif self._step == COLUMNS and not self.columns.what_is_missing():
            self._rehearse(self.rehearsed.options)
        elif self._step == REHEARSAL:
            if self.rehearsal is not None and not self.rehearsal.writes_nothing:
                self._write()
            else:
                self.accept()
        elif self._step == DONE:
            self.accept()

    def go_back(self) -> None:
        """Back: what was chosen stays chosen."""
        if not self.work.busy and self._step in (COLUMNS, REHEARSAL):
            self._show_step(self._step - 1)

    @override
    def reject(self) -> None:
        """Cancel. Writing is stopped and taken back first; everything else is simply let go."""
        if self.work.writing:
            self.work.stop()
            return
        self.work.abandon()
        super().reject()

    def _show_step(self, step: int) -> None:
        self._step = step
        self.line.set_current(step)
        self.pages.setCurrentIndex(step)
        self._show_buttons()
        if step == COLUMNS and self.columns.whole.needs_platform:
            self.columns.focus_first()
        elif self.next.isEnabled():
            self.next.setFocus()

    def _show_buttons(self) -> None:
        refused = self.pages.currentWidget() is self.refusal
        idle = not self.work.busy
        self.back.setVisible(self._step in (COLUMNS, REHEARSAL))
        self.cancel.setVisible(self._step != DONE)
        self.next.setVisible(not refused)
        self.back.setEnabled(idle)
        self.next.setEnabled(idle and self.found is not None and not self.file.troubled)
        self.next.setText(self._next_words())
        self.next.setAccessibleName(self.next.text())
        self.setWindowTitle(tr("Import {file}").format(file=self.path.name))

    def _next_words(self) -> str:
        if self._step == REHEARSAL:
            return next_words(self.rehearsal)
        return tr("Close") if self._step == DONE else tr("Next")

    def _show_busy(self, sentence: str) -> None:
        self.busy.begin(sentence)
        self.pages.setCurrentWidget(self.busy)

    def _keep(
        self, found: Recognition | None, rehearsal: Rehearsal | None = None, last: bool = False
    ) -> None:
        """Keep these; the lists before them may be long, and are let go of."""
        self.rehearsed.forget()
        self.work.let_go(self.rehearsal, self.found if self.found is not found else None, last=last)
        self.found, self.rehearsal = found, rehearsal

    # Step 1: the file ----------------------------------------------------------------------------------

    def _open(self, path: Path) -> None:
        self.path = path
        self._keep(None)
        self.proposal = None
        self.file.choices = FileChoices()
        self._show_step(FILE)
        self._look_again(self.file.choices)

    def _look_again(self, choices: FileChoices) -> None:
        catalogue, path = self.context.workspace.catalogue, self.path

        def look(progress: Progress) -> Recognition:
            return imports.recognise(
                path,
                catalogue,
                encoding=choices.encoding,
                delimiter=choices.delimiter,
                sheet=choices.sheet,
                table=choices.table,
                header_row=choices.header_row,
                cancel=lambda: progress.cancelled,
                progress=as_services_tell(progress),
            )

        label = tr("Opening {file}").format(file=isolate(path.name))
        self.work.run(label, look, self._on_recognised, self._on_refused, self._on_not_read, lane=Lane.FREE)

    def _on_recognised(self, found: Recognition) -> None:
        chosen_in = self.focusWidget() if self.found is not None else None
        self._keep(found)
        self.proposal = None
        self._read_as = self.file.choices
        self.file.show_recognition(found)
        self._show_step(FILE)
        if chosen_in is not None and self.file.isAncestorOf(chosen_in) and chosen_in.isVisible():
            chosen_in.setFocus()

    def _on_refused(self, error: UserError) -> None:
        """Another sheet or header can still be chosen once the file could be opened."""
        if self.found is not None:
            self.file.show_trouble(str(error))
            self._show_step(FILE)
            return
        self.refusal.say(str(error))
        self.pages.setCurrentWidget(self.refusal)
        self._show_buttons()

    def _on_not_read(self) -> None:
        """Stopped: back to how the file was read before, or out when it was not read at all."""
        if self.found is None:
            self.reject()
        else:
            self.file.choices = self._read_as
            self.file.show_recognition(self.found)
            self._show_step(FILE)

    def _choose_another(self) -> None:
        filters = f"{tr('Lists')} ({KINDS});;{tr('All files')} (*)"
        path = choose_file(self, tr("Import a list"), filters, self.path.parent)
        if path:
            self._open(path)

    # Step 2: the columns -------------------------------------------------------------------------------

    def _propose(self, shape: str | None = None, use_saved: bool = True) -> None:
        found, store = self.found, self.context.workspace.store
        assert found is not None
        if shape is None and self.proposal is not None:
            shape = self.proposal.shape
        self.work.run(
            tr("Looking at the columns"),
            lambda _: imports.propose(store, found, shape=shape, use_saved=use_saved),
            self._on_proposed,
            self._say_trouble,
            partial(self._show_step, self._step),
        )

    def _on_proposed(self, proposal: Proposal) -> None:
        self._take_proposal(proposal)
        self._show_proposal()
        self._show_step(COLUMNS)

    def _say_trouble(self, error: UserError) -> None:
        """Say on the page that is shown why its Next did not lead on."""
        page = self.columns if self._step == COLUMNS else self.file
        page.trouble.say(str(error))
        self._show_step(self._step)

    def _show_proposal(self) -> None:
        assert self.proposal is not None
        workspace = self.context.workspace
        fields = imports.vocabulary_of(workspace.store, self.proposal.shape).fields
        self.columns.show_proposal(
            self.proposal, targets_of(fields, workspace.catalogue, self.proposal.shape)
        )

    def _take_proposal(self, proposal: Proposal) -> None:
        self.proposal = proposal
        self._keep(self.found)

    def _take_target(self, column: int, target: str) -> None:
        self._change({column: target})

    def _take_reading(self, column: int, reading: Reading) -> None:
        assert self.proposal is not None
        self._change({column: self.proposal.columns[column].target}, reading)

    def _change(self, targets: dict[int, str], reading: Reading | None = None) -> None:
        found, proposal, store = self.found, self.proposal, self.context.workspace.store
        assert found is not None and proposal is not None
        line = self.columns.lines[next(iter(targets))]

        def changed(proposal: Proposal) -> None:
            self._take_proposal(proposal)
            self._show_proposal()
            back()

        def back() -> None:
            self.pages.setCurrentWidget(self.columns)
            self._show_buttons()
            line.box.setFocus()

        self.work.run(
            tr("Looking at the column"),
            lambda _: imports.change_mapping(store, found, proposal, targets, reading),
            changed,
            self._say_trouble,
            back,
        )

    # Step 3: the rehearsal -----------------------------------------------------------------------------

    def _rehearse(self, options: Options, after: str = "") -> None:
        """Rehearse and show it; `after`: the sentence that says why it had to be done again."""
        found, proposal, store = self.found, self.proposal, self.context.workspace.store
        assert found is not None and proposal is not None
        came_from = self._step

        def rehearse(progress: Progress) -> Rehearsal:
            return imports.rehearse(
                store,
                found,
                proposal,
                options,
                progress=as_services_tell(progress),
                cancel=lambda: progress.cancelled,
            )

        def show(rehearsal: Rehearsal) -> None:
            self._keep(found, rehearsal)
            self.rehearsed.show_rehearsal(rehearsal)
            self.rehearsed.show_trouble(after)
            self._show_step(REHEARSAL)

        def failed(error: UserError) -> None:
            page = self.columns if came_from == COLUMNS else self.rehearsed
            page.trouble.say(str(error))
            self._show_step(came_from)

        label = tr("Rehearsing; nothing is written yet")
        self.work.run(label, rehearse, show, failed, partial(self._stopped_rehearsing, came_from))

    def _stopped_rehearsing(self, came_from: int) -> None:
        if came_from == REHEARSAL and self.rehearsal is not None:
            self.rehearsed.show_rehearsal(self.rehearsal)
        self._show_step(came_from)

    def _save_workbook(self) -> None:
        rehearsal = self.rehearsal
        if rehearsal is None:
            return
        proposal = self.path.with_name(f"{self.path.stem} {tr('to correct')}.xlsx")
        path = choose_new_file(self, tr("Save rows with problems"), proposal, "Excel (*.xlsx)")
        if path is None:
            return
        step = self._step
        page = self.done_step.remark if step == DONE else self.rehearsed.trouble

        def saved(count: int) -> None:
            rows = counted(count, "row is", "rows are")
            page.say(
                tr("{rows} in {file}, with the reason beside each.").format(
                    rows=rows, file=isolate(path.name)
                ),
                "ok",
            )
            self._show_step(step)

        def failed(error: UserError) -> None:
            page.say(str(error), "danger")
            self._show_step(step)

        self.work.run(
            tr("Saving the rows"),
            lambda _: imports.write_error_workbook(rehearsal, path),
            saved,
            failed,
            partial(self._show_step, step),
        )

    # Step 4: writing -----------------------------------------------------------------------------------

    def _write(self) -> None:
        rehearsal = self.rehearsal
        assert rehearsal is not None

        def write(progress: Progress) -> ImportResult:
            return imports.write(
                rehearsal, progress=as_services_tell(progress), cancel=lambda: progress.cancelled
            )

        label = tr("Importing; all of it or nothing")
        self.work.run(label, write, self._on_written, self._on_not_written, self._on_stopped, writing=True)

    def _on_written(self, result: ImportResult) -> None:
        assert self.rehearsal is not None and self.rehearsal.plan is not None
        self.written = result
        what = self.rehearsal.plan.counted(result.counts["created"] + result.counts["updated"])
        self.done_step.show_result(result, tr("{what} imported").format(what=what))
        self._show_step(DONE)

    def _on_not_written(self, error: UserError) -> None:
        sentence = str(error)
        if "othing was" not in sentence:
            sentence = f"{sentence} {tr('Nothing was imported.')}"
        self._show_step(REHEARSAL)
        self._rehearse(self.rehearsed.options, sentence)

    def _on_stopped(self) -> None:
        self.rehearsed.trouble.say(tr("Stopped. Nothing was imported."), "muted")
        self._show_step(REHEARSAL)

    def _undo(self) -> None:
        result, workspace = self.written, self.context.workspace
        assert result is not None

        def failed(error: UserError) -> None:
            self.done_step.remark.say(str(error), "danger")
            self._show_step(DONE)

        def undone(_changes: object) -> None:
            self.done_step.show_undone()
            self._show_step(DONE)

        self.work.run(
            tr("Undoing the import"),
            lambda _: workspace.undo(result.change_set),
            undone,
            failed,
            partial(self._show_step, DONE),
            writing=True,
        )
