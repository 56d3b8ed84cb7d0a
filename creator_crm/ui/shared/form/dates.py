"""A day, typed in any usual way or picked from a calendar."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QVBoxLayout, QWidget

from creator_crm.compat import override
from creator_crm.domain.fields import Field
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.ui.shared import text, theme
from creator_crm.ui.shared.form.editors import LineEditor
from creator_crm.ui.shared.line_sign import LineSign
from creator_crm.ui.shared.text import tr


class DateEditor(LineEditor):
    """A line for the date with a calendar behind its button; Alt+Down opens it."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.setPlaceholderText(text.day(date(date.today().year, 11, 22)))
        self._open = LineSign(self, "calendar", QLineEdit.ActionPosition.TrailingPosition)
        self._open.setToolTip(tr("Choose from a calendar"))
        self._open.triggered.connect(self.open_calendar)
        self.calendar: DayPicker | None = None

    def open_calendar(self) -> None:
        """Show the calendar under the line, at the day typed so far or today."""
        if self.calendar is None:
            self.calendar = DayPicker(self)
        try:
            typed = self.read()
        except ValueRefused:
            typed = None
        day = QDate.fromString(str(typed), Qt.DateFormat.ISODate) if typed else QDate.currentDate()
        self.calendar.show_under(self, day)

    def take(self, day: QDate) -> None:
        """Put a day in, as if it was typed."""
        self.setText(text.day(date(day.year(), day.month(), day.day())))
        self.textEdited.emit(self.text())
        self.setFocus()
        self.editingFinished.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        else:
            super().keyPressEvent(event)


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
