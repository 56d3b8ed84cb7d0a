"""A count that is a filter: pressed, only the rows it counts are shown."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from creator_crm.compat import override
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.text import number, tr

HEIGHT = 30
ROOM = 12


class CountChip(QAbstractButton):
    """ "New 1,017" on the colours of its tone; nothing to press when there is nothing to show."""

    def __init__(self, word: str, tone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.word, self.tone, self.count = word, tone, 0
        self.setAccessibleName(word)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(tr("Show only these rows"))

    def show_count(self, count: int, always: bool = False) -> None:
        """A count of none is not shown unless `always`."""
        self.count = count
        self.setText(f"{number(count)} {self.word}")
        self.setAccessibleName(f"{self.word}: {number(count)}")
        self.setEnabled(count > 0)
        if not count:
            self.setChecked(False)
        self.setVisible(bool(count) or always)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        count, word = self._widths()
        return QSize(2 * ROOM + count + theme.XS + 2 + word, HEIGHT)

    def _widths(self) -> tuple[int, int]:
        bold = QFontMetrics(theme.tabular(theme.scaled(self.font(), 0.5, theme.SEMIBOLD)))
        return bold.horizontalAdvance(number(self.count)), self.fontMetrics().horizontalAdvance(self.word)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.tokens()
        behind, ink = look.chips[self.tone]  # type: ignore[index]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        edge = look.accent if self.hasFocus() else ink if self.isChecked() else ""
        painter.setPen(QPen(theme.color(edge), 1.5) if edge else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(behind if self.count else look.hover))
        painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2)
        painter.setPen(theme.color(ink if self.count else look.muted))
        count, _ = self._widths()
        left = self.rect().adjusted(ROOM, 0, 0, 0)
        painter.setFont(theme.tabular(theme.scaled(self.font(), 0.5, theme.SEMIBOLD)))
        painter.drawText(left, int(Qt.AlignmentFlag.AlignVCenter), number(self.count))
        painter.setFont(self.font())
        painter.drawText(
            left.adjusted(count + theme.XS + 2, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), self.word
        )
