"""Address labels: on sheets, from wherever the last one was left, or one on a page of a thermal printer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from creator_crm.domain.label_sheets import Sheet
from creator_crm.services.slips import Slip, Slips
from creator_crm.ui.seeding.paper.lettering import POINT, Fitted, draw_lines, draw_note, fitted
from creator_crm.ui.seeding.paper.page import MUTED, RULE, UNIT

EDGE = 3.0  # millimetres; sheets are not fed to the millimetre
LARGE = 60.0  # millimetres; a label as high as that has room for the sender
SMALLEST = 6.0  # points; what is smaller is hard to read for a carrier


class Labels:
    """One label a parcel; `start` is the place of the first on its sheet, counted from 1."""

    def __init__(self, slips: Slips, sheet: Sheet, start: int = 1) -> None:
        self.title = "Address labels"
        self.sheet = sheet
        self._brand, self._sender, self._slips = slips.brand, slips.sender, slips.slips
        self._first = min(max(start, 1), sheet.on_page) - 1
        self._large = sheet.label[1] >= LARGE

    @property
    def size(self) -> tuple[float, float]:
        return self.sheet.page

    @property
    def pages(self) -> int:
        return self.sheet.pages(len(self._slips), self._first + 1)

    @cached_property
    def too_long(self) -> list[tuple[Slip, float]]:
        """(parcel, points) of the labels whose address is only readable in smaller letters than is good."""
        found = [(slip, self._address(slip)) for slip in self._slips if slip.lines]
        return [(slip, text.points) for slip, text in found if not text.fits]

    def draw(self, painter: QPainter, number: int) -> None:
        """Draw one sheet."""
        begin = max(number * self.sheet.on_page - self._first, 0)
        end = (number + 1) * self.sheet.on_page - self._first
        for place, slip in enumerate(self._slips[begin:end], begin + self._first):
            _, left, top = self.sheet.place(place)
            painter.save()
            painter.translate(left * UNIT, top * UNIT)
            self._label(painter, slip)
            painter.restore()

    def _address(self, slip: Slip) -> Fitted:
        width, height = self._inner
        largest = 16.0 if self._large else 11.0
        return fitted(slip.lines, width, height, largest, SMALLEST, bold=slip.recipient)

    @property
    def _inner(self) -> tuple[float, float]:
        """The room for the address, in units: large labels keep some for the sender and the number."""
        width, height = self.sheet.label
        taken = 18.0 if self._large else 0.0
        return (width - 2 * EDGE) * UNIT, (height - 2 * EDGE - taken) * UNIT

    def _label(self, painter: QPainter, slip: Slip) -> None:
        width, height = self._inner
        left = EDGE * UNIT
        if not self._large:
            text = self._address(slip)
            draw_lines(painter, text, left, left + max(height - text.height, 0) / 2)
            return
        top = left + self._from(painter, left, width)
        text = self._address(slip)
        draw_lines(painter, text, left, top + max(height - text.height, 0) / 2.5)
        foot = QRectF(left, (self.sheet.label[1] - EDGE - 4) * UNIT, width, 4 * UNIT)
        draw_note(painter, slip.number, foot, 8, MUTED, right=True)

    def _from(self, painter: QPainter, left: float, width: float) -> float:
        """The sender above, small, with a line below; returns how much room is taken."""
        sender: Sequence[str] = self._sender or ((self._brand,) if self._brand else ())
        if sender:
            text = fitted([", ".join(sender)], width, 9 * UNIT, 8, 5)
            draw_lines(painter, text, left, left, MUTED)
        painter.setPen(QPen(QColor(RULE), POINT / 2))
        painter.drawLine(QPointF(left, left + 10 * UNIT), QPointF(left + width, left + 10 * UNIT))
        return 13 * UNIT
