"""The letters of charts: Inter, then whatever this computer has for scripts that Inter lacks."""

from __future__ import annotations

import logging
from functools import cache

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.ft2font import FT2Font

from creator_crm.paths import data_dir

# The families that desktops bring along, for Arabic, Hebrew, Indic, Thai, Chinese, Japanese, Korean, signs.
_OTHERS = (
    "Noto Sans", "Segoe UI", "Noto Sans CJK JP", "Noto Sans JP", "Noto Sans SC", "Noto Sans KR", "Yu Gothic",
    "Microsoft YaHei", "Malgun Gothic", "Hiragino Sans", "PingFang SC", "PingFang HK", "Apple SD Gothic Neo",
    "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "IPAexGothic", "NanumGothic", "Noto Sans Arabic",
    "Noto Sans Hebrew", "Noto Sans Devanagari", "Noto Sans Thai", "Arial Unicode MS", "Segoe UI Symbol",
    "Apple Symbols",
)  # fmt: skip
_LAST = "DejaVu Sans"  # comes with matplotlib
_UNDRAWABLE = "\u25a1"
_WEIGHTS = {"Regular": 400, "SemiBold": 600}


@cache
def prepare() -> tuple[str, ...]:
    """Make the fonts known to matplotlib, once, and return the families in the order they are tried.

    The settings made here are those of the whole process; charts are the only ones who use matplotlib in it.
    """
    # It remarks on every weight that a fallback font lacks; the nearest one is what is wanted.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    folder = data_dir("resources") / "fonts"
    for weight in _WEIGHTS:
        font_manager.fontManager.addfont(str(folder / f"Inter-{weight}.ttf"))
    known = {font.name for font in font_manager.fontManager.ttflist}
    families = ("Inter", *(name for name in _OTHERS if name in known), _LAST)
    mpl.rcParams.update(
        {
            "font.family": list(families),
            "text.parse_math": False,  # a "$" in a name is a dollar
            "axes.unicode_minus": False,
            "text.hinting": "none",  # letters keep their distances at every size
            "svg.fonttype": "none",  # text stays text
            "svg.hashsalt": "creator-crm",
            "pdf.fonttype": 42,
            "path.simplify_threshold": 1.0,
        }
    )
    return families


def drawable(text: str) -> str:
    """`text` on one line, with an empty square for each run of signs that no font here can draw."""
    line = " ".join(text.split())
    if line.isascii() and line.isprintable():
        return line
    made: list[str] = []
    for sign in line:
        if _can_draw(sign):
            made.append(sign)
        elif sign.isprintable() and made[-1:] != [_UNDRAWABLE]:
            made.append(_UNDRAWABLE)
    return "".join(made)


@cache
def _can_draw(sign: str) -> bool:
    if not sign.isprintable():
        return False
    return any(ord(sign) in _signs(family) for family in prepare())


@cache
def _signs(family: str) -> frozenset[int]:
    path = font_manager.findfont(family, fallback_to_default=False)
    return frozenset(font_manager.get_font(path).get_charmap())


@cache
def _font(weight: int) -> FT2Font:
    name = "SemiBold" if weight >= 600 else "Regular"
    font = FT2Font(str(data_dir("resources") / "fonts" / f"Inter-{name}.ttf"))
    font.set_size(100, 72)
    return font


@cache
def _advance(sign: str, weight: int) -> float:
    # A sign of another script is as wide as it is high, at the most.
    font = _font(weight)
    if not font.get_char_index(ord(sign)):
        return 1.0
    return float(font.load_char(ord(sign)).linearHoriAdvance) / 65536 / 100


def width(text: str, size: float, weight: int = 400) -> float:
    """About how wide `text` is, in the unit of `size`; no kerning, which only makes it narrower."""
    return sum(_advance(sign, weight) for sign in text) * size


def fitted(text: str, size: float, room: float, weight: int = 400) -> str:
    """`text`, or as much of its beginning as fits into `room` and an ellipsis."""
    if width(text, size, weight) <= room:
        return text
    left = room - _advance("…", weight) * size
    for position, sign in enumerate(text):
        left -= _advance(sign, weight) * size
        if left < 0:
            return text[:position].rstrip() + "…"
    return text
