"""Step 2: what each column becomes, column by column, and what holds for the whole list."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from creator_crm.domain.normal import Reading
from creator_crm.services.imports import NEW_FIELD, SEVERAL, Column, Proposal
from creator_crm.ui.imports.column_line import ColumnLine
from creator_crm.ui.imports.picker import TargetPicker
from creator_crm.ui.imports.targets import LEAVE_OUT, Target
from creator_crm.ui.imports.whole_list import WholeList
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.buttons import button
from creator_crm.ui.shared.labels import OneLine, Remark, heading
from creator_crm.ui.shared.text import isolate, number, tr

AT_ONCE, A_TIME = 40, 8  # lines of columns: making one takes a millisecond or two


class ColumnsStep(QWidget):
    """Shows a proposal and says what the user wants otherwise."""

    target_chosen = Signal(int, str)  # column, "record.field" or "" to leave it out
    reading_chosen = Signal(int, object)  # column, Reading
    proposal_changed = Signal(object)  # Proposal: platform or day of the figures
    shape_chosen = Signal(str)
    start_over = Signal()

    def __init__(self, shapes: dict[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.proposal: Proposal | None = None
        self.lines: list[ColumnLine] = []
        self._targets: list[Target] = []
        self._by_path: dict[str, Target] = {}
        self.heading = heading(parent=self)
        self.saved = Remark("", "muted", self)
        self.again = button(tr("Start over"), "", "quiet", self)
        self.whole = WholeList(shapes, self)
        self.reasons = OneLine("", self)
        self.reasons.setProperty("role", "muted")
        self.trouble = Remark("", "danger", self)
        self.area = QScrollArea(self)
        self.picker = TargetPicker(self)
        self._asking = -1
        self._made_for: list[tuple[str, tuple[str, ...]]] = []
        self._more = QTimer(self)
        self._more.setSingleShot(True)
        self._more.timeout.connect(partial(self._make_lines, A_TIME))
        self._build()
        self.again.clicked.connect(self.start_over)
        self.whole.changed.connect(self._on_whole)
        self.whole.shape_chosen.connect(self.shape_chosen)
        self.picker.chosen.connect(self._on_picked)

    def _build(self) -> None:
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.viewport().setAutoFillBackground(False)
        self.area.setAccessibleName(tr("Columns of the file"))
        saved = QHBoxLayout()
        saved.setSpacing(theme.S)
        saved.addWidget(self.saved)
        saved.addWidget(self.again)
        saved.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self.heading)
        column.addWidget(self.whole)
        column.addWidget(self.reasons)
        column.addLayout(saved)
        column.addWidget(self.trouble)
        column.addWidget(self.area, 1)

    def show_proposal(self, proposal: Proposal, targets: list[Target]) -> None:
        """Show the columns; the lines are kept when it is the same file with other choices."""
        self.proposal = proposal
        self._targets, self._by_path = targets, {target.path: target for target in targets}
        columns = [(column.header, column.samples) for column in proposal.columns]
        if columns != self._made_for:
            self._made_for = columns
            self._begin_lines()
        for line, column in zip(self.lines, proposal.columns, strict=False):
            line.show_column(column, self._target(column))
        taken = sum(column.taken for column in proposal.columns)
        say = tr("Columns taken over: {taken} of {all}")
        self.heading.setText(say.format(taken=number(taken), all=number(len(proposal.columns))))
        self.saved.say(
            tr("These are the choices you made for such a file the last time.") if proposal.saved else ""
        )
        self.again.setVisible(proposal.saved)
        self._show_whole(proposal)
        self.trouble.say("")

    def _show_whole(self, proposal: Proposal) -> None:
        self.whole.show_proposal(proposal)
        self.reasons.say(self.whole.reasons())
        self.reasons.setVisible(bool(self.reasons.text()))

    def what_is_missing(self) -> str:
        """The sentence that says what must be chosen before going on, "" when nothing; shows it too."""
        sentence = ""
        control: QWidget | None = None
        proposal = self.proposal
        if proposal is None or not proposal.mapping:
            sentence = tr("Every column is left out. Choose what at least one of them becomes.")
            control = self.lines[0].box if self.lines else None
        elif self.whole.needs_platform:
            sentence = tr("Choose the platform that the handles in this list are from.")
            control = self.whole.platform
        else:
            self._make_lines(len(proposal.columns))
            for line in self.lines:
                if line.column.taken and line.column.question:
                    sentence = f"{isolate(line.column.header)}: {line.column.question}"
                    control = line.answer
                    self.area.ensureWidgetVisible(line)
                    break
        self.trouble.say(sentence)
        if sentence and control is not None:
            control.setFocus()
        return sentence

    def focus_first(self) -> None:
        """Put the keyboard where a choice is needed, else on the first column."""
        if self.whole.needs_platform:
            self.whole.platform.setFocus()
        elif self.lines:
            self.lines[0].box.setFocus()

    def _begin_lines(self) -> None:
        """The first lines at once; where there are hundreds, the others while the page is read already."""
        body = QWidget()
        self._inside = QVBoxLayout(body)
        self._inside.setContentsMargins(0, 0, theme.S, 0)
        self._inside.setSpacing(0)
        self._inside.addStretch(1)
        self.lines = []
        self._make_lines(AT_ONCE)
        self.area.setWidget(body)
        body.setAutoFillBackground(False)  # what lies behind is the page

    def _make_lines(self, how_many: int) -> None:
        assert self.proposal is not None
        first = len(self.lines)
        for column in self.proposal.columns[first : first + how_many]:
            line = ColumnLine(column, self)
            line.target_wanted.connect(partial(self._ask, column.index))
            line.cleared.connect(partial(self._leave_out, column.index))
            line.answered.connect(partial(self._on_answered, column.index))
            line.show_column(column, self._target(column))
            self._inside.insertWidget(self._inside.count() - 1, line)
            self.lines.append(line)
        if len(self.lines) < len(self.proposal.columns):
            self._more.start()
        else:
            self._more.stop()

    def _target(self, column: Column) -> Target:
        target = self._by_path.get(column.target)
        if target is None:
            return Target(column.target, column.target, "")
        if f".{NEW_FIELD}" in column.target:
            return replace(target, label=f"{isolate(column.header)} ({target.label.lower()})")
        return target

    # What the user chooses ---------------------------------------------------------------------------

    def _ask(self, index: int, typed: str) -> None:
        assert self.proposal is not None
        self._asking = index
        column = self.proposal.columns[index]
        offered = self._targets
        notes = {
            c.target: tr("now “{header}”").format(header=c.header)
            for c in self.proposal.columns
            if c.target and c.index != index and c.target not in SEVERAL and f".{NEW_FIELD}" not in c.target
        }
        new = next((t for t in offered if t.path.endswith(f"{NEW_FIELD}{column.custom_kind}")), None)
        if new is not None and column.custom_kind:
            # What a column that no field is made for most likely becomes, within reach.
            label = tr("New field ({kind})").format(kind=new.label.lower())
            offered = [
                offered[0],
                replace(new, label=label, group=""),
                *(t for t in offered[1:] if t is not new),
            ]
            notes[new.path] = tr("fits what is in it")
        self.picker.ask(self.lines[index].box, offered, column.target, notes, typed)

    def _on_picked(self, path: str) -> None:
        assert self.proposal is not None
        self.lines[self._asking].box.setFocus()
        if path != self.proposal.columns[self._asking].target:
            self.target_chosen.emit(self._asking, path)

    def _leave_out(self, index: int) -> None:
        self.lines[index].box.setFocus()
        self.target_chosen.emit(index, LEAVE_OUT)

    def _on_answered(self, index: int, reading: Reading) -> None:
        self.reading_chosen.emit(index, reading)

    def _on_whole(self, proposal: Proposal) -> None:
        self.proposal = proposal
        self._show_whole(proposal)
        self.trouble.say("")
        self.proposal_changed.emit(proposal)
