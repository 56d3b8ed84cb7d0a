"""A day, typed in any usual way or picked from a calendar."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from creator_crm.compat import override
from creator_crm.domain.fields import Field
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.ui.shared import text
from creator_crm.ui.shared.form.editors import LineEditor
from creator_crm.ui.shared.line_sign import LineSign
from creator_crm.ui.shared.text import tr

if TYPE_CHECKING:
    from creator_crm.ui.shared.form.day_picker import DayPicker


AROUND_A_DAY = 52  # frame, margins and the calendar's button


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
            from creator_crm.ui.shared.form.day_picker import DayPicker

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
    def minimumSizeHint(self) -> QSize:
        """Wide enough for any day and the calendar's button: a date cut short is another date."""
        least = super().minimumSizeHint()
        written = self.fontMetrics().horizontalAdvance(text.day(date(2028, 12, 28)))
        return QSize(max(least.width(), written + AROUND_A_DAY), least.height())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        else:
            super().keyPressEvent(event)
