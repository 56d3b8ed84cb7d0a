"""Figures as cards in a row, each with its value and a word on it; clicked, it asks to be explained."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from creator_crm.compat import override
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.dialogs import plain_label, tip
from creator_crm.ui.shared.figure_text import figure_text, value_text
from creator_crm.ui.shared.text import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from creator_crm.domain.metrics import Metric

NARROWEST = 172


class FigureCard(QPushButton):
    """One figure: what it is called, its value, and a word on it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.figure: Metric | None = None
        self._said = ""
        self.label = plain_label("", "muted", parent=self)
        self.value = plain_label("", parent=self)
        self.value.setFont(theme.tabular(theme.scaled(self.value.font(), 7, theme.SEMIBOLD)))
        self.caption = plain_label("", "muted", parent=self)
        self.caption.setFont(theme.scaled(self.caption.font(), -1))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        inside.setSpacing(2)
        for part in (self.label, self.value, self.caption):
            part.setMinimumWidth(1)  # a long word is cut, it does not push the others out of the window
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            inside.addWidget(part)
        self.setMinimumHeight(inside.sizeHint().height())

    def show_metric(self, metric: Metric, said: str = "", before: Metric | None = None) -> None:
        """Show a metric with a word on it below, and in its tip that of the time before, if there is one."""
        self.figure = metric
        label, value = tr(metric.label), figure_text(metric)
        self._said = said if metric.is_defined else tr(metric.why_undefined)
        self.label.setText(label)
        self.value.setText(value)
        self._elide()
        why = tr("There is no value: {why}.").format(why=tr(metric.why_undefined))
        told = [label + " = " + tr(metric.formula)] if metric.is_defined else [why]
        if metric.is_defined and before is not None:
            was = value_text(before.value, before.unit)
            told.append(tr("In the time before: {value}.").format(value=was))
        self.setToolTip(tip(" ".join(told)))
        self.setWhatsThis(tip(" ".join(told)))
        self.setAccessibleName(f"{label}: {value if metric.is_defined else tr('no value')}")
        self.setAccessibleDescription(" ".join([*told, self._said if metric.is_defined else ""]).strip())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = self.width() - 2 * theme.M
        metrics = self.caption.fontMetrics()
        self.caption.setText(metrics.elidedText(self._said, Qt.TextElideMode.ElideRight, room))


class FigureCards(QWidget):
    """The cards by the names of their figures, as many in a row as there is room for."""

    wanted = Signal(str)  # the name of the figure to explain

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: dict[str, FigureCard] = {}
        self._in_row = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.S)

    def keep(self, names: Sequence[str]) -> None:
        """Have a card for each of these, in this order; others go."""
        for name in [name for name in self.cards if name not in names]:
            self.cards.pop(name).deleteLater()
        for name in names:
            if name not in self.cards:
                card = FigureCard(self)
                card.clicked.connect(lambda _=False, name=name: self.wanted.emit(name))
                self.cards[name] = card
        self.cards = {name: self.cards[name] for name in names}
        self._arrange()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._wanted_in_row() != self._in_row:
            self._arrange()

    def _wanted_in_row(self) -> int:
        fit = max(2, (self.width() + theme.S) // (NARROWEST + theme.S))
        return max(n for n in (2, 4, 8) if n <= fit)  # rows of equal length

    def _arrange(self) -> None:
        before, self._in_row = self._in_row, self._wanted_in_row()
        for place in range(before):
            self._grid.setColumnStretch(place, 0)
        for place, card in enumerate(self.cards.values()):
            self._grid.addWidget(card, place // self._in_row, place % self._in_row)
        for place in range(self._in_row):
            self._grid.setColumnStretch(place, 1)
