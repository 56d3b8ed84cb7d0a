"""The calendar under a line for a date; loaded when it is opened, for PySide builds its classes a while."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QVBoxLayout, QWidget

from creator_crm.ui.shared import text, theme
from creator_crm.ui.shared.text import tr

if TYPE_CHECKING:
    from creator_crm.ui.shared.form.dates import DateEditor


class DayPicker(QFrame):
    """A month to click a day in; closes by itself."""

    def __init__(self, editor: DateEditor) -> None:
        super().__init__(editor, Qt.WindowType.Popup)
        self.setObjectName("card")
        self._editor = editor
        self.month = QCalendarWidget(self)
        self.month.setLocale(text.locale())
        self.month.setFirstDayOfWeek(text.locale().firstDayOfWeek())
        self.month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.month.setAccessibleName(tr("Calendar"))
        theme.on_change(self._mute_the_week_end)
        self._mute_the_week_end()
        self.month.clicked.connect(self._on_chosen)
        self.month.activated.connect(self._on_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XS, theme.XS, theme.XS, theme.XS)
        column.addWidget(self.month)

    def show_under(self, editor: QWidget, day: QDate) -> None:
        self.month.setSelectedDate(day)
        self.move(editor.mapToGlobal(QPoint(0, editor.height() + 2)))
        self.show()
        self.month.setFocus()

    def _mute_the_week_end(self) -> None:
        """Qt writes it in red, which means an error here, and cannot be read on a dark ground."""
        quiet = QTextCharFormat()
        quiet.setForeground(theme.color(theme.tokens().muted))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.month.setWeekdayTextFormat(day, quiet)

    def _on_chosen(self, day: QDate) -> None:
        if self.isVisible():  # Enter arrives twice: as a click and as an activation
            self.hide()
            self._editor.take(day)
