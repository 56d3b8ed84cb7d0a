"""The strip of figures of one currency: each a card with its value; clicked, it explains itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from creator_crm.compat import override
from creator_crm.domain.metrics import Facts, Metric
from creator_crm.ui.results.figures import STRIP, change_text
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.dialogs import plain_label, tip
from creator_crm.ui.shared.figure_text import value_text
from creator_crm.ui.shared.text import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

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

    def show_metric(self, metric: Metric, before: Metric | None) -> None:
        """Show a metric beside that of the time before, if there is one."""
        self.figure = metric
        label, value = tr(metric.label), value_text(metric.value, metric.unit, short=True)
        self._said = change_text(metric, before) if metric.is_defined else tr(metric.why_undefined)
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


class Strip(QWidget):
    """The figures of one currency, as many in a row as there is room for."""

    asked = Signal(object, object)  # Metric, Facts

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self.cards: dict[str, FigureCard] = {}
        self.heading: QLabel = plain_label("", "section", parent=self)
        self._facts = Facts()
        self._in_row = 0
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.S)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self.heading)
        column.addLayout(self._grid)

    def show_figures(
        self, heading: str, facts: Facts, metrics: Sequence[Metric], before: Sequence[Metric], first: int
    ) -> None:
        """Show the `first` figures, 0 for every one; `before` are those of the time before, () for none."""
        self._facts = facts
        self.heading.setText(heading)
        self.heading.setVisible(bool(heading))
        earlier = {metric.name: metric for metric in before}
        by_name = {metric.name: metric for metric in metrics}
        ordered = [*STRIP, *(name for name in by_name if name not in STRIP)]
        names = ordered[:first] if first else ordered
        for name in [name for name in self.cards if name not in names]:
            self.cards.pop(name).deleteLater()
        for name in names:
            if name not in self.cards:
                card = self.cards[name] = FigureCard(self)
                card.clicked.connect(lambda _=False, name=name: self._ask(name))
            self.cards[name].show_metric(by_name[name], earlier.get(name))
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

    def _ask(self, name: str) -> None:
        self.asked.emit(self.cards[name].figure, self._facts)
