"""Gift notes: a card for each parcel, four on a page to be cut, with a QR code of the creator's link."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from creator_crm.services.slips import Slip, Slips, qr_squares
from creator_crm.ui.seeding.paper.lettering import draw_lines, draw_note, fitted
from creator_crm.ui.seeding.paper.page import INK, MUTED, RULE, UNIT

EDGE = 11.0  # millimetres from the edge of the card
CODE = 26.0  # millimetres; a telephone reads it from a hand away
BELOW = 5.0
ON_PAGE = 4
LARGEST, SMALLEST = 13.0, 7.0  # points


class GiftNotes:
    """Cards of a quarter page: A6 on A4."""

    def __init__(self, slips: Slips, page: tuple[float, float]) -> None:
        self.title = "Gift notes"
        self._slips, self._page = slips.slips, page

    @property
    def size(self) -> tuple[float, float]:
        return self._page

    @property
    def pages(self) -> int:
        return -(-len(self._slips) // ON_PAGE)

    @property
    def too_long(self) -> list[tuple[Slip, float]]:
        """(parcel, points) of the cards whose text is only readable in smaller letters than is good."""
        made = [(slip, fitted(slip.note.splitlines(), *self._room(slip), LARGEST, SMALLEST))
                for slip in self._slips]  # fmt: skip
        return [(slip, text.points) for slip, text in made if not text.fits]

    def draw(self, painter: QPainter, number: int) -> None:
        """Draw four cards and where to cut."""
        width, height = self._card
        for place, slip in enumerate(self._slips[number * ON_PAGE : (number + 1) * ON_PAGE]):
            painter.save()
            painter.translate(place % 2 * width, place // 2 * height)
            self._draw_card(painter, slip)
            painter.restore()
        painter.setPen(QPen(QColor(RULE), 2, Qt.PenStyle.DashLine))
        painter.drawLine(QLineF(width, 0, width, 2 * height))
        painter.drawLine(QLineF(0, height, 2 * width, height))

    @property
    def _card(self) -> tuple[float, float]:
        return self._page[0] * UNIT / 2, self._page[1] * UNIT / 2

    def _room(self, slip: Slip) -> tuple[float, float]:
        width, height = self._card
        code = (CODE + 2 * BELOW) * UNIT if slip.link else 0
        return width - 2 * EDGE * UNIT, height - 2 * EDGE * UNIT - code

    def _draw_card(self, painter: QPainter, slip: Slip) -> None:
        left, (width, height) = EDGE * UNIT, self._room(slip)
        text = fitted(slip.note.splitlines(), width, height, LARGEST, SMALLEST)
        draw_lines(painter, text, left, left)
        if slip.link:
            top = left + height + BELOW * UNIT
            draw_code(painter, slip.link, QPointF(left, top), CODE * UNIT)
            under = QRectF(left, top + CODE * UNIT + UNIT, width, 4 * UNIT)
            draw_note(painter, slip.link.removeprefix("https://").removeprefix("www."), under, 6.5, MUTED)


def draw_code(painter: QPainter, link: str, corner: QPointF, side: float) -> None:
    """Draw a link as a code of squares, as one shape, so that no line shows between them."""
    rows = qr_squares(link)
    step = side / len(rows)
    shape = QPainterPath()
    shape.setFillRule(Qt.FillRule.WindingFill)
    for down, row in enumerate(rows):
        start = None
        for across, dark in enumerate((*row, False)):
            if dark and start is None:
                start = across
            elif not dark and start is not None:
                shape.addRect(start * step, down * step, (across - start) * step, step)
                start = None
    painter.save()
    painter.translate(corner)
    painter.fillPath(shape, QColor(INK))
    painter.restore()
