"""Step 4: what was written and what was not, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from creator_crm.services.imports import ImportResult
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.buttons import GAP, button
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.icons import Ink, pixmap
from creator_crm.ui.shared.labels import Remark
from creator_crm.ui.shared.text import number, tr

LINES = {
    "created": "new",
    "updated": "changed",
    "unchanged": "were here already, as they are",
    "skipped": "left out",
    "conflicts": "left out because they are unclear",
    "rejected": "rejected",
}
WIDTH = 460
SIGN = 36


class DoneStep(QWidget):
    """Counts, and three things to do: undo, save what was left out, close."""

    undo_wanted = Signal()
    workbook_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign: tuple[str, Ink] = ("circle-check", "ok")
        self.sign = plain_label(parent=self)
        self.sign.setFixedSize(72, 72)
        self.sign.setObjectName("emblem")
        self.sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.heading = plain_label(parent=self)
        self.heading.setFont(theme.scaled(self.font(), 5, theme.SEMIBOLD))
        self.counts = QGridLayout()
        self.counts.setHorizontalSpacing(theme.S)
        self.counts.setVerticalSpacing(theme.XS)
        self._labels: list[QLabel] = []
        self.remark = Remark("", "muted", self)
        self.undo = button(tr("Undo this import"), "undo-2", "", self)
        self.workbook = button(tr("Save rejected rows…"), "file-down", "", self)
        self._build()
        self.undo.clicked.connect(self.undo_wanted)
        self.workbook.clicked.connect(self.workbook_wanted)
        theme.on_change(self._paint)

    def _build(self) -> None:
        things = QHBoxLayout()
        things.setSpacing(theme.S)
        for thing in (self.undo, self.workbook):
            things.addWidget(thing)
        self.remark.setFixedWidth(WIDTH)
        center = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setSpacing(theme.M)
        column.addStretch(2)
        column.addWidget(self.sign, 0, center)
        column.addWidget(self.heading, 0, center)
        counts = QHBoxLayout()
        counts.addStretch(1)
        counts.addLayout(self.counts)
        counts.addStretch(1)
        column.addLayout(counts)
        remark = QHBoxLayout()  # a sentence that wraps is only as high as it needs without an alignment
        remark.addStretch(1)
        remark.addWidget(self.remark)
        remark.addStretch(1)
        column.addLayout(remark)
        column.addSpacing(theme.S)
        holder = QWidget(self)
        holder.setLayout(things)
        column.addWidget(holder, 0, center)
        column.addStretch(3)

    def show_result(self, result: ImportResult, what: str) -> None:
        """`what`: "1,017 creators were imported"."""
        self.heading.setText(what)
        self._forget_counts()
        for key, words in LINES.items():
            if result.counts.get(key):
                self._add_count(result.counts[key], tr(words))
        self.remark.say("\n".join(result.remarks), "muted")
        self.undo.setVisible(result.change_set is not None)
        self.undo.setEnabled(True)
        rejected = result.counts["rejected"] + result.counts["conflicts"]
        self.workbook.setText(
            GAP + (tr("Save rejected rows…") if rejected else tr("Save rows with problems…"))
        )
        self.workbook.setAccessibleName(self.workbook.text().strip())
        self.workbook.setVisible(bool(result.problems))
        self._sign = ("circle-check", "ok")
        self._paint()

    def show_undone(self) -> None:
        self.heading.setText(tr("The import was undone"))
        self.remark.say(
            tr("The workspace is as it was before. Redo, in the menu Edit, would bring the import back.")
        )
        self._forget_counts()
        self.undo.hide()
        self._sign = ("undo-2", "muted")
        self._paint()

    def _forget_counts(self) -> None:
        for label in self._labels:
            label.hide()
            label.deleteLater()
        self._labels = []

    def _add_count(self, count: int, words: str) -> None:
        figure = plain_label(number(count), parent=self)
        figure.setFont(theme.tabular(theme.scaled(self.font(), 0.5, theme.SEMIBOLD)))
        word = plain_label(words, "muted", parent=self)
        row = len(self._labels) // 2
        self.counts.addWidget(figure, row, 0, Qt.AlignmentFlag.AlignRight)
        self.counts.addWidget(word, row, 1)
        self._labels += [figure, word]

    def _paint(self) -> None:
        name, ink = self._sign
        self.sign.setPixmap(pixmap(name, SIGN, ink, self.devicePixelRatioF()))
