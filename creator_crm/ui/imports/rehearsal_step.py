"""Step 3: what the import would do, line by line, before anything is written."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from creator_crm.services.imports import Action, Keep, Options, Rehearsal
from creator_crm.ui.imports.count_chip import CountChip
from creator_crm.ui.imports.verdict_table import VerdictTable
from creator_crm.ui.imports.verdicts import WORDS, VerdictModel, shown_columns
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.buttons import button
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.labels import Labelled, Remark, heading
from creator_crm.ui.shared.table.flow import Flow
from creator_crm.ui.shared.text import counted, number, tr

COUNTED = {
    Action.CREATE: "created",
    Action.UPDATE: "updated",
    Action.UNCHANGED: "unchanged",
    Action.SKIP: "skipped",
    Action.CONFLICT: "conflicts",
    Action.ERROR: "rejected",
}
KEEPS = {
    Keep.LAST: "the last line counts",
    Keep.FIRST: "the first line counts",
    Keep.SKIP: "contradicting lines are left out",
}
MOST_NOTES = 2


class RehearsalStep(QWidget):
    """Counts, rows, and the two choices that change them."""

    options_changed = Signal(object)  # Options
    workbook_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rehearsal: Rehearsal | None = None
        self.options = Options()
        self.heading = heading(parent=self)
        self.trouble = Remark("", "danger", self)
        self.chips = {action: CountChip(tr(word), tone, self) for action, (word, tone) in WORDS.items()}
        self.cells_chip = CountChip(tr("Cells not read"), "amber", self)
        self.keep = QComboBox(self)
        self.keep.setAccessibleName(tr("If a creator stands twice,"))
        for keep, words in KEEPS.items():
            self.keep.addItem(tr(words), keep)
        self.doubles = Labelled(self.keep, self)
        self.overwrite = QCheckBox(tr("Replace values that people edited"), self)
        self.overwrite.setAccessibleName(self.overwrite.text())
        self.workbook = button(tr("Save rows with problems…"), "file-down", "quiet", self)
        self.notes = Remark("", "muted", self)
        self.more = button(tr("Show all remarks"), "", "quiet", self)
        self.count = plain_label("", "muted", parent=self)
        self.model = VerdictModel(self)
        self.table = VerdictTable(self.model, self)
        self._build()
        self._connect()

    def _build(self) -> None:
        chips = Flow(gap=theme.S)
        for chip in self.all_chips:
            chips.addWidget(chip)
        options = QHBoxLayout()
        options.setSpacing(theme.L)
        options.addWidget(self.overwrite)
        options.addWidget(self.doubles)
        options.addStretch(1)
        options.addWidget(self.workbook)
        notes = QHBoxLayout()
        notes.setSpacing(theme.S)
        notes.addWidget(self.notes, 1)
        notes.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self.heading)
        column.addWidget(self.trouble)
        column.addLayout(chips)
        column.addLayout(options)
        column.addLayout(notes)
        column.addWidget(self.table, 1)
        column.addWidget(self.count)

    def _connect(self) -> None:
        for action, chip in self.chips.items():
            chip.toggled.connect(partial(self._on_chip, chip))
            chip.setObjectName(f"chip_{action.value}")
        self.cells_chip.toggled.connect(partial(self._on_chip, self.cells_chip))
        self.overwrite.toggled.connect(lambda on: self._take(replace(self.options, overwrite_edited=on)))
        self.keep.activated.connect(
            lambda _: self._take(replace(self.options, keep=Keep(self.keep.currentData())))
        )
        self.workbook.clicked.connect(self.workbook_wanted)
        self.more.clicked.connect(self._show_all_notes)

    @property
    def all_chips(self) -> tuple[CountChip, ...]:
        return (*self.chips.values(), self.cells_chip)

    def chips_shown(self) -> dict[str, int]:
        """The counts that are on the screen, by their words."""
        return {chip.word: chip.count for chip in self.all_chips if not chip.isHidden()}

    def show_rehearsal(self, rehearsal: Rehearsal) -> None:
        """Show what would happen."""
        self.rehearsal = rehearsal
        self.options = rehearsal.options
        self.heading.setText(what_would_happen(rehearsal))
        self.trouble.say("")
        for action, chip in self.chips.items():
            count = rehearsal.counts[COUNTED[action]]
            chip.show_count(count, always=action in (Action.CREATE, Action.UPDATE, Action.UNCHANGED))
        self.cells_chip.show_count(sum(1 for p in rehearsal.problems if not p.rejected and p.column))
        with QSignalBlocker(self.overwrite), QSignalBlocker(self.keep):
            self.overwrite.setChecked(rehearsal.options.overwrite_edited)
            self.keep.setCurrentIndex(self.keep.findData(rehearsal.options.keep))
        self.doubles.setVisible(_has_doubles(rehearsal))
        self.workbook.setVisible(bool(rehearsal.problems))
        self._show_notes(rehearsal)
        self._show_rows()
        self.table.set_widths()

    def forget(self) -> None:
        """Show no rehearsal any more."""
        self.rehearsal = None
        self.model.forget()

    def show_trouble(self, sentence: str) -> None:
        self.trouble.say(sentence)

    def _show_notes(self, rehearsal: Rehearsal) -> None:
        self.notes.say("\n".join(rehearsal.notes[:MOST_NOTES]))
        self.more.setVisible(len(rehearsal.notes) > MOST_NOTES)

    def _show_all_notes(self) -> None:
        assert self.rehearsal is not None
        self.notes.say("\n".join(self.rehearsal.notes))
        self.more.hide()

    def _on_chip(self, chosen: CountChip, on: bool) -> None:
        """One filter at a time: the chips are counts, and counts of two do not add up on the screen."""
        for chip in self.all_chips:
            if chip is not chosen and on:
                with QSignalBlocker(chip):
                    chip.setChecked(False)
        self._show_rows()

    def _show_rows(self) -> None:
        rehearsal = self.rehearsal
        if rehearsal is None:
            return
        chosen = [action for action, chip in self.chips.items() if chip.isChecked()]
        positions = rehearsal.positions(chosen)
        if self.cells_chip.isChecked() and rehearsal.plan is not None:
            lines = {p.line for p in rehearsal.problems if not p.rejected and p.column}
            at = rehearsal.plan.parsed.lines
            positions = [i for i in positions if at[i] in lines]
        catalogue = rehearsal.store.catalogue
        columns = shown_columns(rehearsal.proposal, catalogue, rehearsal.custom)
        self.model.show_rehearsal(rehearsal, columns, positions)
        self.table.setVisible(rehearsal.plan is not None)
        everything = len(rehearsal.positions())
        if len(positions) == everything:
            self.count.setText(counted(everything, "line of the file", "lines of the file"))
        else:
            say = tr("{shown} of {all} lines of the file")
            self.count.setText(say.format(shown=number(len(positions)), all=number(everything)))

    def _take(self, options: Options) -> None:
        if options != self.options:
            self.options = options
            self.options_changed.emit(options)


def what_would_happen(rehearsal: Rehearsal) -> str:
    """The sentence over the rehearsal."""
    if rehearsal.plan is None:
        return rehearsal.sentence
    if rehearsal.writes_nothing:
        if rehearsal.counts["conflicts"] or rehearsal.counts["rejected"] or rehearsal.counts["skipped"]:
            return tr("Nothing would change: the rows below are here already, or can't be used.")
        return tr("Everything in this file is here already; nothing would change.")
    return tr("This is what would happen. Nothing has been written yet.")


def next_words(rehearsal: Rehearsal | None) -> str:
    """What the button under the rehearsal does."""
    if rehearsal is None or rehearsal.plan is None or rehearsal.writes_nothing:
        return tr("Close")
    count = rehearsal.counts["created"] + rehearsal.counts["updated"]
    return tr("Import {what}").format(what=rehearsal.plan.counted(count))


def _has_doubles(rehearsal: Rehearsal) -> bool:
    groups = getattr(rehearsal.plan, "groups", None)
    return bool(getattr(groups, "twice_differing", 0)) or rehearsal.options.keep is not Keep.LAST
