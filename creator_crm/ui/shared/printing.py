"""Documents as PDF pages: Qt lays the text out, so that every script is shaped and every sign has a font."""

from __future__ import annotations

import os

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QApplication

from creator_crm.services.documents import Text, html
from creator_crm.ui.shared import theme

DPI = 96  # the document is laid out in these; the writer scales
MARGIN = 20  # millimetres
FOOT = 28.0  # room for the number of the page
INK, MUTED, LINK = "#1c1d24", "#5f6170", "#4644bd"  # paper is white, whatever the window wears

_app: QApplication | None = None


def paper_font() -> QFont:
    """The font of what is printed: at any size, and with letters that can be copied out of a PDF again.

    Inter has shapes of its own for a sign between capitals or figures, and a PDF does not know what they say.
    """
    font = QFont(QApplication.font())
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setFeature(QFont.Tag("calt"), 0)
    return font


def pdf_of(text: Text, page: QPageSize.PageSizeId = QPageSize.PageSizeId.A4) -> bytes:
    """The document as a PDF file, each page with its number. Needs no window and no display."""
    ensure_application()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DPI * 12)
    writer.setTitle(text.title)
    writer.setCreator("Creator CRM")
    margins = QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN)
    writer.setPageLayout(
        QPageLayout(QPageSize(page), QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)
    )
    _paint(writer, _laid_out(text, writer), text.title)
    buffer.close()
    return bytes(content.data())


def _laid_out(text: Text, writer: QPdfWriter) -> QTextDocument:
    document = QTextDocument()
    font = paper_font()
    font.setPixelSize(14)
    document.setDefaultFont(font)
    document.setDocumentMargin(0)
    document.setDefaultStyleSheet(
        f"body, h1, h3, p, li {{ color: {INK}; }} a {{ color: {LINK}; }} "
        "h1 { font-size: 24px; font-weight: 600; } "
        "h3 { font-size: 15px; font-weight: 600; margin-top: 16px; margin-bottom: 4px; } "
        "p { margin-top: 0; margin-bottom: 6px; line-height: 135%; } "
        "li { margin-bottom: 3px; line-height: 130%; }"
    )
    document.setHtml(html(text))
    scale = writer.resolution() / DPI
    area = writer.pageLayout().paintRectPixels(writer.resolution())
    document.setPageSize(QSizeF(area.width() / scale, area.height() / scale - FOOT))
    return document


def _paint(writer: QPdfWriter, document: QTextDocument, title: str) -> None:
    size = document.pageSize()
    scale = writer.resolution() / DPI
    painter = QPainter(writer)
    try:
        for number in range(document.pageCount()):
            if number:
                writer.newPage()
            painter.save()
            painter.scale(scale, scale)
            painter.save()
            top = number * size.height()
            painter.translate(QPointF(0, -top))
            painter.setClipRect(QRectF(0, top, size.width(), size.height()))
            document.drawContents(painter, QRectF(0, top, size.width(), size.height()))
            painter.restore()
            _foot(painter, size, title, number + 1, document.pageCount())
            painter.restore()
    finally:
        painter.end()


def _foot(painter: QPainter, size: QSizeF, title: str, number: int, count: int) -> None:
    font = paper_font()
    font.setPixelSize(11)
    painter.setFont(font)
    painter.setPen(QColor(MUTED))
    place = QRectF(0, size.height() + FOOT / 2, size.width(), FOOT / 2)
    room = int(size.width() - 120)
    name = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, room)
    painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
    painter.drawText(
        place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"Page {number} of {count}"
    )


def ensure_application() -> None:
    """Fonts need an application; on the command line there is none, and perhaps no display either."""
    global _app
    if QApplication.instance() is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        _app = theme.application()
        theme.apply(_app, "light")
