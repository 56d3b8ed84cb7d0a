"""A paper as pages to be drawn, and how it goes out: as a PDF file, to a printer, as a picture to look at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QColor, QImage, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from creator_crm.domain.errors import UserError

UNIT = 10  # tenths of a millimetre: what papers are drawn in
PER_INCH = 25.4 * UNIT
INK, MUTED, RULE = "#1c1d24", "#5f6170", "#c9cad4"  # paper is white, whatever the window wears
LETTER_COUNTRIES = frozenset({"US", "CA", "MX", "PH", "PR", "CL", "CO", "CR", "GT", "VE", "DO", "PA"})

Progress = Callable[[int, int], None]


class Paper(Protocol):
    """Pages of one size, in millimetres; `draw` puts one on a painter whose unit is a tenth of one."""

    title: str

    @property
    def size(self) -> tuple[float, float]: ...

    @property
    def pages(self) -> int: ...

    def draw(self, painter: QPainter, number: int) -> None: ...


def pdf_of(paper: Paper, progress: Progress | None = None) -> bytes:
    """The paper as a PDF file. `progress` is told the page and may raise to stop."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(int(PER_INCH * 10))
    writer.setTitle(paper.title)
    writer.setCreator("Creator CRM")
    writer.setPageLayout(layout_of(paper))
    try:
        print_on(writer, paper, progress)
    finally:
        buffer.close()
    return bytes(content.data())


def print_on(device: QPdfWriter | QPagedPaintDevice, paper: Paper, progress: Progress | None = None) -> None:
    """Draw every page on a printer or into a file; raises UserError when the printer does not take it."""
    painter = QPainter()
    if not painter.begin(device):
        raise UserError("The printer could not be reached. Nothing was printed; save a PDF instead.")
    try:
        for number in range(paper.pages):
            if progress is not None:
                progress(number, paper.pages)
            if number:
                device.newPage()
            painter.save()
            painter.scale(device.logicalDpiX() / PER_INCH, device.logicalDpiY() / PER_INCH)
            try:
                paper.draw(painter, number)
            finally:
                painter.restore()
        if progress is not None:
            progress(paper.pages, paper.pages)
    finally:
        painter.end()


def picture_of(paper: Paper, number: int, width: int) -> QImage:
    """A page as a picture so many dots wide."""
    scale = width / (paper.size[0] * UNIT)
    image = QImage(width, round(paper.size[1] * UNIT * scale), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    if number < paper.pages:
        paper.draw(painter, number)
    painter.end()
    return image


def layout_of(paper: Paper) -> QPageLayout:
    """The page of the paper, to its very edges: where labels lie is their own business."""
    size = QPageSize(QSizeF(*paper.size), QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    return QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
