"""The review of a workbook that came back: what it brings and asks; nothing is written before Apply."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QSignalBlocker, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from creator_crm.compat import override
from creator_crm.domain.errors import UserError
from creator_crm.domain.merging import Side
from creator_crm.ui.shared.dialogs import confirm
from creator_crm.ui.shared.jobs import Job, Progress, as_services_tell
from creator_crm.ui.shared.sweeps import sweep_again, without_sweeps
from creator_crm.ui.shared.text import counted, isolate, number, tr
from creator_crm.ui.workbook.choices import Choices, what_apply_does, what_came
from creator_crm.ui.workbook.closing import let_go
from creator_crm.ui.workbook.frame import ReviewFrame
from creator_crm.ui.workbook.lines import Line, Section
from creator_crm.ui.workbook.tools import EVERYTHING, TICKED, Group
from creator_crm.ui.workbook.values import Values, values_of
from creator_crm.ui.workbook.versions import name_of, versions_of

if TYPE_CHECKING:
    from creator_crm.domain.changes import Changes
    from creator_crm.services.workbook_back import Review
    from creator_crm.ui.shared.context import Context

EMPTY = {
    Section.BOTH: "No value was changed on both sides: there is nothing to decide.",
    Section.THEIRS: "They changed nothing that you did not change too.",
    Section.YOURS: "You changed nothing since the workbook was written.",
    Section.NEW: "There are no new rows in the workbook.",
    Section.MISSING: "No row is missing in the workbook.",
    Section.LEFT: "Everything in the workbook could be read.",
}


class ReviewWindow(ReviewFrame):
    """Looked through by tabs; decided by keyboard or mouse; applied as one step."""

    def __init__(
        self, context: Context, review: Review, values: Values, parent: QWidget | None = None
    ) -> None:
        super().__init__(values, Choices(), parent)
        self.context, self.review, self.values = context, review, values
        self.choices = self.model.choices
        self.lines = values.lines
        self._groups: dict[Section, Group] = {}
        self._rows: dict[Section, int] = {}
        self._writing = False
        self._job: Job[Any] | None = None
        self.setWindowTitle(tr("Bring back {file}").format(file=review.path.name))
        context.keep_splitter(self.splitter)
        self._connect()
        self._show_review()

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._on_tab)
        self.tools.group_chosen.connect(self._on_group)
        self.tools.side_chosen.connect(self._decide_selected)
        self.tools.all_chosen.connect(lambda side: self.table.decide(side, range(len(self.model.lines))))
        self.tools.all_ticked.connect(lambda on: self.model.tick(range(len(self.model.lines)), on))
        self.tools.fields_wanted.connect(self.make_fields)
        self.model.decided.connect(self._on_decided)
        self.table.current_moved.connect(self._on_current)
        self.table.menu_wanted.connect(self._open_menu)
        self.detail.chosen.connect(self._decide_current)
        self.again.clicked.connect(self.compare_again)
        self.context.jobs.moved.connect(self._on_moved)
        self.cancel.clicked.connect(self.reject)
        self.apply_button.clicked.connect(self.apply)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.apply_button.click)
        for place in range(self.tabs.count()):
            QShortcut(QKeySequence(f"Alt+{place + 1}"), self, partial(self.tabs.setCurrentIndex, place))
        # Thousands of lines hang on this window: it goes when it is closed, not when its parent does.
        self.finished.connect(self.deleteLater)
        self.finished.connect(lambda _: self._let_go())

    @property
    def section(self) -> Section:
        """What the tab in front shows."""
        return list(Section)[self.tabs.currentIndex()]

    def apply(self) -> None:
        """Write it, as one step, and leave with a notice that undoes it."""
        if self._writing:
            return
        if not self._has_something:
            self.accept()
            return
        review, decisions = self.review, self.choices.decisions()
        workspace = self.context.workspace

        def write(progress: Progress) -> Changes:
            return workspace.apply_review(review, decisions, progress=as_services_tell(progress))

        self._begin(tr("Writing; all of it or nothing"))
        self._job = self.context.jobs.run(
            tr("Bringing back {file}").format(file=isolate(review.path.name)),
            write,
            done=self._on_written,
            failed=self._on_refused,
            owner=self,
            can_cancel=False,
        )

    def compare_again(self) -> None:
        """Read the workbook anew, as the workspace changed; what was decided stays decided."""
        self._compare(())

    def make_fields(self) -> None:
        """Make a field of each column that none is known for, then compare with them."""
        self._compare(self.review.new_columns)

    def _compare(self, columns: Sequence[tuple[str, str]]) -> None:
        workspace, path = self.context.workspace, self.review.path

        def compare(progress: Progress) -> tuple[Review, Values]:
            for record, header in columns:
                workspace.add_custom_field(record, header)
            with without_sweeps():
                review = workspace.review_workbook(
                    path, as_services_tell(progress), lambda: progress.cancelled
                )
                return review, values_of(workspace, review)

        self._begin(tr("Comparing again"))
        self._job = self.context.jobs.run(
            tr("Comparing {file}").format(file=isolate(path.name)),
            compare,
            done=lambda found: self._on_compared(*found),
            failed=self._on_refused,
            cancelled=self._end,
            owner=self,
        )

    @override
    def reject(self) -> None:
        """Close. What was decided is not thrown away unasked, and what is being written is waited for."""
        if self._writing:
            return
        if self.choices.count:
            decided = counted(self.choices.count, "decision", "decisions")
            text = tr("Nothing was written. Your {decided} would be forgotten.").format(decided=decided)
            if not confirm(self, tr("Close without applying?"), text, tr("Close")):
                return
        super().reject()

    # Showing -------------------------------------------------------------------------------------------

    def _show_review(self) -> None:
        file = isolate(self.review.path.name)
        self.heading.setText(tr("{what} in {file}").format(what=what_came(self.review), file=file))
        self.base.setText(
            f"{self.review.base_words} {tr('Nothing is written before you press Apply.')}".strip()
        )
        self.united.say(self.review.united_words)
        for place, section in enumerate(Section):
            self.count_tab(place, len(self.lines[section]))
        first = next((section for section in Section if self.lines[section]), Section.BOTH)
        with QSignalBlocker(self.tabs):  # thousands of lines are laid out once, not twice
            self.tabs.setCurrentIndex(list(Section).index(first))
        self._on_tab()
        self._on_decided()
        self.table.setFocus()

    def _on_tab(self, _: int = 0) -> None:
        if self.model.lines:
            self._rows[self.model.section] = max(self.table.currentIndex().row(), 0)
        section = self.section
        group = self._groups.get(section, EVERYTHING)
        self.tools.show_section(section, self.lines[section], group)
        self._fill(self._rows.get(section, 0))

    def _on_group(self, group: Group) -> None:
        self._groups[self.section] = group
        self._fill(0)
        self.table.setFocus()

    def _fill(self, row: int) -> None:
        section, (record, field) = self.section, self._groups.get(self.section, EVERYTHING)
        lines = self.lines[section]
        if record:
            lines = [line for line in lines if line.record == record and field in ("", line.field)]
        self.model.show(section, lines)
        self.table.show_section(row)
        self.show_empty("" if lines else tr(EMPTY[section]))
        self._say_count()

    def _on_current(self, row: int) -> None:
        line = self.model.line(row)
        if line is None:
            self.detail.show_line("", ())
        else:
            self.detail.show_line(name_of(self.model, line), versions_of(self.model, line))

    def _on_decided(self) -> None:
        self.footer.setText(what_apply_does(self.lines, self.choices, self.values))
        self.apply_button.setText(tr("Apply") if self._has_something else tr("Close"))
        self.apply_button.setAccessibleName(self.apply_button.text())
        self._on_current(self.table.currentIndex().row())
        self._say_count()

    def _say_count(self) -> None:
        lines, shown = self.lines[self.section], len(self.model.lines)
        if self.section is Section.BOTH and lines:
            open_ = self.choices.open(self.lines)
            said = tr("{open} of {all} undecided; those keep yours")
            self.tools.say(
                said.format(open=number(open_), all=number(len(lines))) if open_ else tr("All are decided")
            )
        elif self.section in TICKED and lines:
            ticked = self.choices.ticked_of(self.section, lines)
            self.tools.say(
                tr("{ticked} of {all} ticked").format(ticked=number(ticked), all=number(len(lines)))
            )
        else:
            self.tools.say(counted(shown, "line", "lines") if shown else "")

    @property
    def _has_something(self) -> bool:
        return not self.review.changes_nothing

    # Deciding ------------------------------------------------------------------------------------------

    def _decide_selected(self, side: Side | None) -> None:
        self.table.decide(side)
        self.table.setFocus()

    def _decide_current(self, side: Side) -> None:
        """The answer of a card; the same answer again takes it back."""
        row = self.table.currentIndex().row()
        line = self.model.line(row)
        if line is not None:
            self.table.decide(None if self.choices.side(line) is side else side, [row])

    def _open_menu(self, where: QPoint) -> None:
        line = self.model.line(self.table.currentIndex().row())
        if line is None or self.section not in (Section.BOTH, *TICKED):
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.section is Section.BOTH:
            self._offer_sides(menu)
        else:
            ticked = all(self.choices.ticked(self.model.lines[row]) for row in self.table.selected())
            menu.addAction(tr("Untick") if ticked else tr("Tick")).triggered.connect(self.table.toggle)
            self._offer_ticks(menu)
        menu.popup(where)

    def _offer_sides(self, menu: QMenu) -> None:
        """For the selected lines, for the same field everywhere, and for the whole row."""
        at = self.model.lines[self.table.currentIndex().row()]
        for mine, chosen in (
            (tr("Keep yours"), Side.MINE),
            (tr("Take theirs"), Side.THEIRS),
        ):
            menu.addAction(mine).triggered.connect(partial(self._decide_rows, chosen, self.table.selected()))
            for where, some in self._alike(at):
                label = f"{mine}: {tr('all of “{what}”').format(what=where)} ({number(len(some))})"
                menu.addAction(label).triggered.connect(partial(self._decide_rows, chosen, some))
            menu.addSeparator()
        menu.addAction(tr("Not decided")).triggered.connect(
            partial(self._decide_rows, None, self.table.selected())
        )

    def _offer_ticks(self, menu: QMenu) -> None:
        """For the same field everywhere, and for the whole row."""
        at = self.model.lines[self.table.currentIndex().row()]
        for label, on in ((tr("Tick"), True), (tr("Untick"), False)):
            for where, some in self._alike(at):
                said = f"{label}: {tr('all of “{what}”').format(what=where)} ({number(len(some))})"
                menu.addAction(said).triggered.connect(partial(self._tick_rows, on, some))

    def _alike(self, at: Line) -> list[tuple[str, list[int]]]:
        """The lines shown of the same field and of the same row, with its name, where there are several."""
        rows = range(len(self.model.lines))
        field = [row for row in rows if self.model.lines[row].place[::2] == at.place[::2]]
        record = [row for row in rows if self.model.lines[row].place[:2] == at.place[:2]]
        named = ((self.model.what(at), field), (self.model.name(at), record))
        return [(name, some) for name, some in named if len(some) > 1]

    def _tick_rows(self, on: bool, rows: list[int], _checked: bool = False) -> None:
        self.model.tick(rows, on)

    def _decide_rows(self, side: Side | None, rows: list[int], _checked: bool = False) -> None:
        self.table.decide(side, rows)

    # Work ----------------------------------------------------------------------------------------------

    def _begin(self, sentence: str) -> None:
        self._writing = True
        self.trouble.say("")
        self.again.hide()
        self.show_busy(sentence)

    def _end(self) -> None:
        self._writing = False
        self.show_busy("")
        self._on_decided()

    def _on_moved(self, job: Job[Any]) -> None:
        if job is self._job:
            done, total, _ = job.position
            self.bar.setRange(0, total)
            self.bar.setValue(done)

    def _on_written(self, changes: Changes) -> None:
        self._writing = False
        self.accept()
        if changes:
            self.context.tell_done(changes)
        else:
            self.context.tell(tr("Nothing had to be written; yours stays as it is."), "info")

    def _let_go(self) -> None:
        self.model.show(self.section, ())
        let_go(self.context.jobs, self.review, self.lines)
        del self.review
        sweep_again()

    def _on_compared(self, review: Review, values: Values) -> None:
        self._end()
        self._let_go()
        self.review, self.values, self.lines = review, values, values.lines
        self.model.values = self.tools.values = values
        self.choices.keep_only(self.lines)
        self._groups, self._rows = {}, {}
        self._show_review()

    def _on_refused(self, error: UserError) -> None:
        self._end()
        self.trouble.say(str(error), "danger")
        self.again.show()
        self.again.setFocus()
