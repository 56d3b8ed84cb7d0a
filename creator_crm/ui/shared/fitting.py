"""Texts cut to the width they have, with an ellipsis; quick enough to ask for every cell of every frame."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics

MOST_KEPT = 4096
LONGEST_SUMMED = 200
LAST_SIMPLE = "\u024f"  # up to here a letter is as wide as it is alone; further on scripts join their letters
FIRST_WIDE = "\ufb00"  # before this no letter is wider than a line is high
_ELIDE = Qt.TextElideMode.ElideRight


class _Advances(dict[str, int]):
    """How wide each letter is, measured when first seen; KeyError for letters that change beside others."""

    def __init__(self, metrics: QFontMetrics) -> None:
        super().__init__()
        self._metrics = metrics

    def __missing__(self, letter: str) -> int:
        if letter > LAST_SIMPLE:
            raise KeyError(letter)
        self[letter] = width = self._metrics.horizontalAdvance(letter)
        return width


class Fitting:
    """Cuts and measures texts in one font. Letters are added up: shaping costs as much as drawing."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetrics(font)
        self.height, self.ascent = self.metrics.height(), self.metrics.ascent()
        self._width_of = _Advances(self.metrics).__getitem__
        self._cut: dict[tuple[str, int], str] = {}

    def __call__(self, text: str, width: int) -> str:
        """`text`, or as much of it as goes into `width` pixels."""
        if len(text) * self.height <= width and text and max(text) < FIRST_WIDE:
            return text
        try:
            if len(text) < LONGEST_SUMMED and sum(map(self._width_of, text)) <= width:
                return text
        except KeyError:
            pass
        shown = self._cut.get((text, width))
        if shown is None:
            if len(self._cut) > MOST_KEPT:
                self._cut.clear()
            shown = self._cut[text, width] = self.metrics.elidedText(text, _ELIDE, width)
        return shown

    def width(self, text: str) -> int:
        """How wide `text` is when drawn."""
        return self.metrics.horizontalAdvance(text)

    def baseline(self, top: int, height: int) -> int:
        """Where to draw a line that stands in the middle of `height`; quicker than letting Qt lay it out."""
        return top + (height - self.height) // 2 + self.ascent
