"""Gaps that were left open in a text: where they stand, and marking them for the eye."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtGui import QSyntaxHighlighter, QTextDocument

from creator_crm.compat import override
from creator_crm.ui.shared import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QTextCharFormat

# As a template that was filled marks what is not known of a creator.
_OPEN = re.compile(r"⟨([^⟨⟩\n]{1,60})\?⟩")
_FIELD = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")


def open_gaps(*texts: str) -> tuple[str, ...]:
    """The names of the gaps that stand open in these texts, each once."""
    return tuple(dict.fromkeys(name.lower() for text in texts for name in _OPEN.findall(text)))


class Marks(QSyntaxHighlighter):
    """Draws open gaps (and, in a template, its fields) so that nobody overlooks them."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        theme.on_change(self._repaint)

    def _repaint(self) -> None:
        self.rehighlight()

    @override
    def highlightBlock(self, text: str) -> None:
        chips = theme.tokens().chips
        for pattern, (behind, ink) in ((_OPEN, chips["red"]), (_FIELD, chips["violet"])):
            for found in pattern.finditer(text):
                self.setFormat(found.start(), found.end() - found.start(), _look(behind, ink))


def _look(behind: str, ink: str) -> QTextCharFormat:
    from PySide6.QtGui import QFont, QTextCharFormat  # slow to make, and most texts have no gap

    look = QTextCharFormat()
    look.setBackground(theme.color(behind))
    look.setForeground(theme.color(ink))
    look.setFontWeight(QFont.Weight.Medium)
    return look
