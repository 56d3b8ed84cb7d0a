"""Lines of text in a box: as large as they fit, in smaller letters when they must, never one line less."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextLayout, QTextOption

from creator_crm.domain.frozen import immutable
from creator_crm.ui.seeding.paper.page import INK, PER_INCH
from creator_crm.ui.shared.printing import paper_font

POINT = PER_INCH / 72
STEP = 0.5  # points
LEADING = 1.18
NOT_MUCH_SMALLER = 0.8  # of the largest size: worth it, where no line is broken then
_REFERENCE = 100  # pixels; widths grow with the size
_NO_SHAPE = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Mn", "Me"})
_ALL_OF_EAST_ASIA = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC"})


@immutable
class Fitted:
    """Lines at the size at which they fit; below the smallest size they are drawn smaller still, all of them.

    width: of the box. scale: 1 unless they did not fit; points: the size they are read at. bold: the line
    that stands out.
    """

    lines: tuple[str, ...]
    width: float
    height: float
    size: float
    scale: float
    bold: str

    @property
    def points(self) -> float:
        return self.size * self.scale

    @property
    def fits(self) -> bool:
        return self.scale == 1


def font_of(points: float, *, bold: bool = False) -> QFont:
    """The font of papers at a size; what it lacks, the system's other fonts have."""
    font = paper_font()
    font.setPixelSize(max(round(points * POINT), 1))
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font


def fitted(
    lines: Sequence[str],
    width: float,
    height: float,
    largest: float,
    smallest: float,
    *,
    bold: str = "",
) -> Fitted:
    """Lines in a box of tenths of millimetres, between two sizes in points.

    A size at which no line is broken goes first, as long as it is not much smaller.
    """
    size = min(largest, int(_unbroken(lines, width, height, bold) / STEP) * STEP)
    if size < largest * NOT_MUCH_SMALLER:
        size = largest
    while size > smallest and _tall(lines, width, size, bold) > height:
        size -= STEP
    taken = _tall(lines, width, size, bold)
    scale = 1.0
    while taken * scale > height and scale > 0.1:
        scale *= 0.95  # found by trying: smaller letters need fewer lines
        taken = _tall(lines, width / scale, size, bold)
    return Fitted(tuple(lines), width, taken * scale, size, scale, bold)


def draw_lines(painter: QPainter, text: Fitted, left: float, top: float, ink: str = INK) -> None:
    """Draw what was fitted with its upper left corner there; text that reads from the right stands right."""
    painter.save()
    painter.translate(left, top)
    painter.scale(text.scale, text.scale)
    painter.setPen(QColor(ink))
    width = text.width / text.scale
    side = Qt.AlignmentFlag.AlignRight if _from_right(text.lines) else Qt.AlignmentFlag.AlignLeft
    at = 0.0
    for layout, tall in _layouts(text.lines, width, text.size, text.bold, side):
        layout.draw(painter, QPointF(0, at))
        at += tall
    painter.restore()


def draw_note(
    painter: QPainter, text: str, box: QRectF, points: float, ink: str, *, right: bool = False
) -> None:
    """One small line, cut off with an ellipsis: for what is said elsewhere in full."""
    painter.setFont(font_of(points))
    painter.setPen(QColor(ink))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
    painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute, shown)


def without_glyph(text: str) -> str:
    """The letters of a text that no font of this computer has, each once, in their order."""
    return "".join(sign for sign in dict.fromkeys(text) if not _has_glyph(sign))


def font_for(sign: str) -> str:
    """The name of a free font that has this letter."""
    script = unicodedata.name(sign, "").split(" ")[0].split("-")[0]
    if script in _ALL_OF_EAST_ASIA or "\u3000" <= sign <= "\u33ff":
        return "Noto Sans CJK"
    if unicodedata.category(sign).startswith("S"):
        return "Noto Sans Symbols" if sign < "\U0001f000" else "Noto Color Emoji"
    return f"Noto Sans {script.capitalize()}".strip()


# Inside ------------------------------------------------------------------------------------------------


def _unbroken(lines: Sequence[str], width: float, height: float, bold: str) -> float:
    """The size in points at which every line keeps to itself."""
    widest = max((_natural(line, bold=line == bold) for line in lines), default=0)
    across = width / widest * _REFERENCE if widest else height
    down = height / max(len(lines), 1) / LEADING
    return min(across, down) / POINT


@lru_cache(maxsize=4096)
def _natural(line: str, *, bold: bool) -> float:
    """How wide a line is in letters of `_REFERENCE` pixels."""
    ((layout, _),) = _layouts(
        (line,), 1e6, _REFERENCE / POINT, line if bold else "", Qt.AlignmentFlag.AlignLeft
    )
    return layout.lineAt(0).naturalTextWidth()


def _tall(lines: Sequence[str], width: float, size: float, bold: str) -> float:
    return sum(tall for _, tall in _layouts(lines, width, size, bold, Qt.AlignmentFlag.AlignLeft))


def _layouts(
    lines: Iterable[str], width: float, size: float, bold: str, side: Qt.AlignmentFlag
) -> list[tuple[QTextLayout, float]]:
    """Each line laid out in letters of so many points, with the height it takes."""
    option = QTextOption(side | Qt.AlignmentFlag.AlignAbsolute)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    made = []
    for line in lines:
        layout = QTextLayout(line or " ", font_of(size, bold=bool(bold) and line == bold))
        layout.setTextOption(option)
        step = size * POINT * LEADING
        layout.beginLayout()
        at = 0.0
        while (part := layout.createLine()).isValid():
            part.setLineWidth(width)
            part.setPosition(QPointF(0, at + (step - part.height()) / 2))
            at += step
        layout.endLayout()
        made.append((layout, at))
    return made


def _from_right(lines: Iterable[str]) -> bool:
    """Whether most letters read from right to left."""
    kinds = [unicodedata.bidirectional(sign) for line in lines for sign in line]
    return sum(kind in ("R", "AL") for kind in kinds) > kinds.count("L")


@lru_cache(maxsize=8192)
def _has_glyph(sign: str) -> bool:
    if sign.isascii() or unicodedata.category(sign) in _NO_SHAPE:
        return True
    layout = QTextLayout(sign, font_of(12))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return all(all(run.glyphIndexes()) for run in layout.glyphRuns())
