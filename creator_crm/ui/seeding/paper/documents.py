"""Papers that are set like a document: Qt breaks lines, tables and pages; what must fit on one is scaled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QPainter, QTextDocument

from creator_crm.ui.seeding.paper.lettering import draw_note
from creator_crm.ui.seeding.paper.page import INK, MUTED, PER_INCH, RULE, UNIT
from creator_crm.ui.shared.printing import paper_font

FINE = 4  # a document is laid out in quarters of a pixel, so that letters stand where they belong
PIXEL = PER_INCH / 96 / FINE
MARGIN = 18.0  # millimetres
FOOT = 8.0
SMALLEST = 0.4  # of the usual size
STYLE = f"""
    body, p, td, th, h1, h2 {{ color: {INK}; }} .muted {{ color: {MUTED}; }}
    p, h1, h2 {{ margin: 0; }} th {{ font-weight: 600; text-align: left; color: {MUTED}; }}
"""


def document(html: str, page: tuple[float, float], scale: float = 1.0) -> QTextDocument:
    """A document for a page of millimetres; `scale` below 1 makes everything smaller."""
    made = QTextDocument()
    font = paper_font()
    font.setPixelSize(14 * FINE)
    made.setDefaultFont(font)
    made.setDocumentMargin(0)
    made.setDefaultStyleSheet(STYLE)
    made.setHtml(f'<html><body dir="auto">{html}</body></html>')
    width, height = ((side - 2 * MARGIN) * UNIT / PIXEL / scale for side in page)
    made.setPageSize(QSizeF(width, height - FOOT * UNIT / PIXEL / scale))
    return made


def on_one_page(html: str, page: tuple[float, float]) -> tuple[QTextDocument, float]:
    """The document and the scale at which all of it is on one page."""
    scale = 1.0
    made = document(html, page)
    while made.pageCount() > 1 and scale > SMALLEST:
        scale *= 0.9
        made = document(html, page, scale)
    return made, scale


def draw_page(painter: QPainter, made: QTextDocument, number: int, scale: float = 1.0) -> None:
    """Draw one page of a document between its margins."""
    size = made.pageSize()
    part = QRectF(0, number * size.height(), size.width(), size.height())
    painter.save()
    painter.translate(MARGIN * UNIT, MARGIN * UNIT)
    painter.scale(PIXEL * scale, PIXEL * scale)
    painter.translate(0, -part.top())
    painter.setClipRect(part)
    made.drawContents(painter, part)
    painter.restore()


def draw_foot(painter: QPainter, page: tuple[float, float], left: str, right: str) -> None:
    """The small last line of a page."""
    width, height = page
    inner = (width - 2 * MARGIN) * UNIT
    top = (height - MARGIN - FOOT / 2) * UNIT
    draw_note(painter, left, QRectF(MARGIN * UNIT, top, inner * 0.7, FOOT * UNIT / 2), 8, MUTED)
    rest = QRectF(MARGIN * UNIT + inner * 0.7, top, inner * 0.3, FOOT * UNIT / 2)
    draw_note(painter, right, rest, 8, MUTED, right=True)


def px(pixels: float) -> int:
    """A length of a document in its own fine units, for the attributes of tables."""
    return round(pixels * FINE)


GAP = f'<p style="font-size:{px(28)}px">&nbsp;</p>'


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table over the whole width, its head on every page; the column “Pieces” stands right."""
    sides = [' align="right"' if name == "Pieces" else "" for name in head]
    line = f'style="border-bottom:{px(1) - 1}px solid {RULE}"'
    first = "".join(f"<th{side} {line}>{name}</th>" for side, name in zip(sides, head, strict=True))
    rest = (
        "".join(
            f'<td dir="auto"{side} {line}>{escape(cell)}</td>' for side, cell in zip(sides, row, strict=True)
        )
        for row in rows
    )
    body = "".join(f"<tr>{row}</tr>" for row in rest)
    return (
        f'<table width="100%" cellpadding="{px(5)}" cellspacing="0" border="0">'
        f"<thead><tr>{first}</tr></thead>{body}</table>"
    )
