"""What stands over the lines of a review: which of them are shown, and what is done to many at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QPushButton, QWidget

from creator_crm.domain.merging import Side
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.buttons import button
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.text import number, tr
from creator_crm.ui.workbook.lines import Line, Section, What
from creator_crm.ui.workbook.values import Values

Group = tuple[str, str]  # record, and field or "" for all of it
EVERYTHING: Group = ("", "")
NARROWED = (Section.BOTH, Section.THEIRS, Section.YOURS, Section.NEW, Section.MISSING)
TICKED = (Section.THEIRS, Section.NEW, Section.MISSING)


class Tools(QWidget):
    """A choice of records and fields; buttons for the selected lines and for all that are shown."""

    group_chosen = Signal(object)  # Group
    side_chosen = Signal(object)  # Side or None, for the selected lines
    all_chosen = Signal(object)  # Side or None, for every line shown
    all_ticked = Signal(bool)
    fields_wanted = Signal()

    def __init__(self, values: Values, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.values = values
        self.groups = QComboBox(self)
        self.groups.setAccessibleName(tr("Which of them"))
        self.groups.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.mine = self._button(tr("Keep yours"), "", tr("Of the selected lines (M)"))
        self.theirs = self._button(tr("Take theirs"), "", tr("Of the selected lines (T)"))
        self.every = self._button(tr("All of these"), "list-checks", tr("Answer every line that is shown"))
        self.tick = self._button(tr("Tick all"), "list-checks", tr("Every line that is shown"))
        self.untick = self._button(tr("Tick none"), "", tr("Every line that is shown"))
        self.make = self._button(
            tr("Make fields of new columns"),
            "plus",
            tr("A text field of your own for each; then compare again"),
        )
        self.count = plain_label("", "muted", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S)
        row.addWidget(self.groups)
        for made in (self.mine, self.theirs, self.every, self.tick, self.untick, self.make):
            row.addWidget(made)
        row.addStretch(1)
        row.addWidget(self.count)
        self._menu = QMenu(self)
        self._fill_menu()
        self.groups.activated.connect(lambda _: self.group_chosen.emit(self.group))
        self.mine.clicked.connect(lambda: self.side_chosen.emit(Side.MINE))
        self.theirs.clicked.connect(lambda: self.side_chosen.emit(Side.THEIRS))
        self.tick.clicked.connect(lambda: self.all_ticked.emit(True))
        self.untick.clicked.connect(lambda: self.all_ticked.emit(False))
        self.make.clicked.connect(self.fields_wanted)

    @property
    def group(self) -> Group:
        """The record and the field that are shown."""
        record, field = self.groups.currentData() or EVERYTHING
        return record, field

    def show_section(self, section: Section, lines: Sequence[Line], chosen: Group) -> None:
        """Offer what makes sense for these lines; `chosen` stays chosen where it is among them."""
        with QSignalBlocker(self.groups):
            self.groups.clear()
            self.groups.addItem(self._said(tr("Everything"), len(lines)), EVERYTHING)
            groups = self.values.groups[section]
            for (record, field), count in groups:
                plural = tr(self.values.catalogue[record].plural)
                label = f"{plural} · {self.values.label(record, field)}" if field else plural
                self.groups.addItem(self._said(label, count), (record, field))
                if (record, field) == chosen:
                    self.groups.setCurrentIndex(self.groups.count() - 1)
        several = any(count < len(lines) for _, count in groups)
        self.groups.setVisible(section in NARROWED and several)
        for made in (self.mine, self.theirs, self.every):
            made.setVisible(section is Section.BOTH and bool(lines))
        for made in (self.tick, self.untick):
            made.setVisible(section in TICKED and bool(lines))
        self.make.setVisible(section is Section.LEFT and any(line.what is What.COLUMN for line in lines))

    def say(self, sentence: str) -> None:
        self.count.setText(sentence)

    def _said(self, label: str, count: int) -> str:
        return f"{label} ({number(count)})"

    def _button(self, label: str, sign: str, tip: str) -> QPushButton:
        made = button(label, sign, "", self)
        made.setAutoDefault(False)
        made.setToolTip(tip)
        return made

    def _fill_menu(self) -> None:
        for label, side in (
            (tr("Keep yours in all of these"), Side.MINE),
            (tr("Take theirs in all of these"), Side.THEIRS),
            (tr("Decide none of these"), None),
        ):
            self._menu.addAction(label).triggered.connect(
                lambda _=False, side=side: self.all_chosen.emit(side)
            )
        self.every.setMenu(self._menu)
