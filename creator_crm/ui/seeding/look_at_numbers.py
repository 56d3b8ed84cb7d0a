"""Pasted tracking numbers, each with its carrier, whether its check digit holds, and the way to its page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QWidget

from creator_crm.domain.tracking import Tracking
from creator_crm.services.tracking import numbers_in, recognise
from creator_crm.ui.shared import buttons
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import open_link, plain_label
from creator_crm.ui.shared.form.question import column_of
from creator_crm.ui.shared.line_list import Line, LineList
from creator_crm.ui.shared.text import counted, isolate, tr

SIZE = (560, 560)
WAIT_MS = 150  # after the last key
MOST = 2_000  # numbers looked at in one go


class LookAtNumbers(QDialog):
    """Numbers go in above, one a line or between commas; what they are stands below."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Tracking numbers"))
        self._context = context
        self.found: Sequence[Tracking] = ()
        self.pasted = QPlainTextEdit(self)
        self.pasted.setAccessibleName(tr("Tracking numbers"))
        self.pasted.setPlaceholderText(tr("Paste numbers here, one a line or with commas between them"))
        self.pasted.setTabChangesFocus(True)
        self.pasted.setMaximumHeight(150)
        self.count = plain_label("", "muted", parent=self)
        self.list = LineList(tr("What they are"), self)
        self.follow_button = buttons.button(tr("Follow"), "external-link", "primary", self)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self.look)
        self.pasted.textChanged.connect(self._wait.start)
        self.list.chosen.connect(self._allow)
        self.list.opened.connect(self._follow)
        self.follow_button.clicked.connect(lambda: self._follow(self.list.place))
        column = column_of(self)
        column.addWidget(self.pasted)
        column.addWidget(self.count)
        column.addWidget(self.list, 1)
        close = buttons.button(tr("Close"), parent=self)
        close.clicked.connect(self.reject)
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(close)
        last.addWidget(self.follow_button)
        column.addLayout(last)
        self.resize(*SIZE)
        self.look()

    def look(self) -> None:
        """Say of each number what it is."""
        self.found = [recognise(number) for number in numbers_in(self.pasted.toPlainText())[:MOST]]
        right = sum(one.valid for one in self.found)
        told = counted(len(self.found), "number", "numbers")
        self.count.setText(tr("{numbers}, {right} in order").format(numbers=told, right=right))
        self.count.setVisible(bool(self.found))
        self.list.show_lines([_line(place, one) for place, one in enumerate(self.found)])
        self._allow(self.list.place)

    def _allow(self, place: int) -> None:
        self.follow_button.setEnabled(0 <= place < len(self.found) and bool(self.found[place].url))

    def _follow(self, place: int) -> None:
        if 0 <= place < len(self.found) and not open_link(self.found[place].url):
            number = isolate(self.found[place].number)
            self._context.tell(tr("No carrier's page is known for {number}.").format(number=number), "info")


def _line(place: int, one: Tracking) -> Line:
    number = isolate(one.number)
    if one.cut:
        text = tr("Excel has cut this number; take it from the carrier once more.")
        return Line(str(place), number, text, tr("Cut"), "red")
    if not one.carrier:
        return Line(str(place), number, tr("No carrier's number looks like this."), tr("Unknown"), "grey")
    if not one.valid:
        text = tr("Not a {carrier} number as written; a digit seems wrong.").format(carrier=one.carrier)
        return Line(str(place), number, text, tr("Wrong digit"), "amber")
    others = tr("It may as well be a number of {others}.").format(others=", ".join(one.others))
    return Line(str(place), number, others if one.others else tr("In order"), one.carrier, "green")
