"""The parts of the review window and where they stand; what they do is the window's."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from creator_crm.ui.shared import theme
from creator_crm.ui.shared.buttons import button
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.labels import Remark, heading
from creator_crm.ui.shared.table.empty import Empty
from creator_crm.ui.shared.text import number, tr
from creator_crm.ui.workbook.choices import Choices
from creator_crm.ui.workbook.detail import Detail
from creator_crm.ui.workbook.model import ReviewModel
from creator_crm.ui.workbook.table import ReviewTable
from creator_crm.ui.workbook.tools import Tools
from creator_crm.ui.workbook.values import Values

SIZE = (1180, 740)
LOWEST = 140  # of the table: its heading and three lines
LABELS = ("Both changed", "They changed", "You changed", "New", "Missing", "Left out")


class ReviewFrame(QDialog):
    """Head, tabs, tools, lines, the line in full, and what Apply would do."""

    def __init__(self, values: Values, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.heading = heading(parent=self)
        self.base = plain_label("", "muted", wrap=True, parent=self)
        self.united = Remark("", "ok", self)
        self.trouble = Remark("", "danger", self)
        self.again = button(tr("Compare again"), "refresh-cw", "", self)
        self.again.hide()
        self.tabs = QTabBar(self)
        self.tabs.setAccessibleName(tr("What the workbook brings"))
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for place, label in enumerate(LABELS):
            self.tabs.addTab(tr(label))
            self.tabs.setTabToolTip(place, f"Alt+{place + 1}")
        self.tools = Tools(values, self)
        self.model = ReviewModel(values, choices, self)
        self.table = ReviewTable(self.model, self)
        self.empty = Empty(self)
        self.empty.say(tr("There is nothing to show."), "", "circle-check")
        self.detail = Detail(self)
        self.splitter = QSplitter(Qt.Orientation.Vertical, self)
        self.splitter.setObjectName("workbook_review")
        self.footer = plain_label("", wrap=True, parent=self)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(160)
        self.bar.setAccessibleName(tr("Progress"))
        self.bar.hide()
        self.cancel = button(tr("Cancel"), parent=self)
        self.cancel.setAutoDefault(False)
        self.apply_button = button(tr("Apply"), "", "primary", self)
        self.apply_button.setAutoDefault(False)
        self.apply_button.setToolTip("Ctrl+Return")
        self._arrange()
        self._fit_to_screen()

    def count_tab(self, place: int, count: int) -> None:
        """ "New  3": a tab says how much is behind it."""
        label = tr(LABELS[place])
        self.tabs.setTabText(place, f"{label}  {number(count)}" if count else label)

    def show_empty(self, sentence: str) -> None:
        """Say why there are no lines; "" shows them."""
        self.stack.setCurrentWidget(self.empty if sentence else self.splitter)
        if sentence:
            self.empty.say(sentence, "", "circle-check")

    def show_busy(self, sentence: str) -> None:
        """Something is being done, and nothing can be decided meanwhile; "" when it is over."""
        for part in (self.tabs, self.tools, self.splitter, self.cancel, self.apply_button):
            part.setEnabled(not sentence)
        self.bar.setRange(0, 0)
        self.bar.setVisible(bool(sentence))
        if sentence:
            self.footer.setText(sentence)
            # Painted before the work begins: a thread that computes makes one that paints wait at every cell.
            if layout := self.layout():
                layout.activate()
            self.repaint()

    def _arrange(self) -> None:
        self.splitter.setChildrenCollapsible(False)
        self.table.setMinimumHeight(LOWEST)
        self.splitter.addWidget(self.table)
        self.splitter.addWidget(self.detail)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([400, 190])
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.splitter)
        self.stack.addWidget(self.empty)
        head = QWidget(self)
        head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        top = QVBoxLayout(head)
        top.setContentsMargins(theme.XL, theme.L, theme.XL, 0)
        top.setSpacing(theme.XS)
        top.addWidget(self.heading)
        top.addWidget(self.base)
        top.addWidget(self.united)
        trouble = QHBoxLayout()
        trouble.addWidget(self.trouble, 1)
        trouble.addWidget(self.again)
        top.addLayout(trouble)
        top.addSpacing(theme.S)
        top.addWidget(self.tabs)
        body = QFrame(self)
        body.setObjectName("pages")
        inside = QVBoxLayout(body)
        inside.setContentsMargins(theme.XL, theme.M, theme.XL, theme.M)
        inside.setSpacing(theme.M)
        inside.addWidget(self.tools)
        inside.addWidget(self.stack, 1)
        end = QHBoxLayout()
        end.setContentsMargins(theme.XL, theme.M, theme.XL, theme.M)
        end.setSpacing(theme.S)
        end.addWidget(self.footer, 1)
        for part in (self.bar, self.cancel, self.apply_button):
            end.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(body, 1)
        column.addLayout(end)

    def _fit_to_screen(self) -> None:
        room = self.screen().availableGeometry()
        self.resize(min(SIZE[0], room.width() - 40), min(SIZE[1], room.height() - 60))
