"""One column of the file in the mapping: its header and samples, what it becomes, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cached_property

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from creator_crm.compat import override
from creator_crm.domain.normal import Reading
from creator_crm.services.imports import Column
from creator_crm.ui.imports.picker import TargetBox
from creator_crm.ui.imports.targets import Target
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.buttons import icon_button
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.icons import pixmap
from creator_crm.ui.shared.labels import OneLine, Remark
from creator_crm.ui.shared.text import isolate, tr

YEARS_OFFERED = 12
LONGEST_HEADER = 300
ORDERS = {"dmy": "The day: 31/12", "mdy": "The month: 12/31"}


class ColumnLine(QWidget):
    """Shows one column of the proposal; the step decides what a choice means."""

    target_wanted = Signal(str)  # letters typed to open the list
    cleared = Signal()
    answered = Signal(object)  # Reading

    def __init__(self, column: Column, parent: QWidget) -> None:
        super().__init__(parent)
        self.column, self.shown = column, False
        # Survey questions are headers too: they are read whole, within reason.
        self.header = plain_label(column.header[:LONGEST_HEADER], wrap=True, parent=self)
        # All headers begin on the same side, whatever they are written in.
        side = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        self.header.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignTop)
        self.header.setFont(theme.scaled(self.font(), 0.5, theme.SEMIBOLD))
        self.samples = OneLine("   ".join(isolate(s) for s in column.samples) or tr("empty"), self)
        self.samples.setProperty("role", "muted")
        self.arrow = plain_label(parent=self)
        self.arrow.setFixedSize(16, 32)
        self.box = TargetBox(self)
        self.box.setAccessibleName(tr("{header} becomes").format(header=column.header))
        self.why = OneLine("", self)
        self.why.setProperty("role", "muted")
        self.clear = icon_button(tr("Leave out {header}").format(header=column.header), "x", self)
        self._build()
        self.box.wanted.connect(self.target_wanted)
        self.clear.clicked.connect(self.cleared)
        theme.on_change(self._paint_arrow)
        self._paint_arrow()

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(2)
        left.addWidget(self.header)
        left.addWidget(self.samples)
        left.addStretch(1)
        right = self._right = QVBoxLayout()
        right.setSpacing(theme.XS)
        right.addWidget(self.box)
        right.addWidget(self.why)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.XS, theme.M, theme.XS, theme.M)
        row.setSpacing(theme.M)
        row.addLayout(left, 10)
        row.addWidget(self.arrow, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(right, 11)
        row.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignTop)

    # Few columns need these, and a file can have hundreds of columns: they are made when first needed.

    @cached_property
    def warning(self) -> Remark:
        made = Remark("", "warn", self)
        self._right.insertWidget(2, made)
        return made

    @cached_property
    def question(self) -> Remark:
        made = Remark("", "warn", self)
        self._right.addWidget(made)
        return made

    @cached_property
    def answer(self) -> QComboBox:
        made = QComboBox(self)
        made.setAccessibleName(tr("Answer"))
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        made.activated.connect(self._on_answer)
        self._right.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
        return made

    def show_column(self, column: Column, target: Target) -> None:
        """Show what the column becomes now."""
        if self.shown and column == self.column:
            return
        self.column, self.shown = column, True
        self.box.show_target(target)
        self.box.setAccessibleDescription(column.warning or column.why or column.left_out)
        self.header.setProperty("role", "" if column.taken else "muted")
        self.header.style().polish(self.header)
        reason = column.why if column.taken else column.left_out
        self.why.say(_sentence(reason))
        self.why.setVisible(bool(reason) and not (column.warning and not column.taken))
        # Cells that can be read two ways fit nowhere yet: the question comes first.
        warning = "" if column.taken and column.question else column.warning
        if warning or "warning" in self.__dict__:
            self.warning.say(warning)
        self.clear.setEnabled(column.taken)
        self._ask(column)

    def _ask(self, column: Column) -> None:
        open_question = bool(column.taken and column.question)
        if open_question or "answer" in self.__dict__:
            self.question.say(column.question if open_question else "")
            self.answer.setVisible(open_question)
        if not open_question:
            return
        self.answer.setAccessibleName(column.question)
        offered = ORDERS if column.reading.date_order is None else _years()
        with QSignalBlocker(self.answer):
            self.answer.clear()
            self.answer.addItem(tr("Choose…"), None)
            for value, label in offered.items():
                self.answer.addItem(tr(label), value)

    def _on_answer(self, index: int) -> None:
        value = self.answer.itemData(index)
        if value is None:
            return
        known: Reading = self.column.reading
        if value in ORDERS:
            self.answered.emit(replace(known, date_order=value))
        else:
            self.answered.emit(replace(known, year=int(value)))

    def _paint_arrow(self) -> None:
        sign = "chevron-left" if self.isRightToLeft() else "chevron-right"
        self.arrow.setPixmap(pixmap(sign, 16, "muted", self.devicePixelRatioF()))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme.color(theme.tokens().border))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)


def _sentence(reason: str) -> str:
    return f"{reason[:1].upper()}{reason[1:]}." if reason else ""


def _years() -> dict[str, str]:
    now = date.today().year
    return {str(year): str(year) for year in range(now, now - YEARS_OFFERED, -1)}
