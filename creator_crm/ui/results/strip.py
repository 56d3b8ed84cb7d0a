"""The strip of figures of one currency: each a card with its value; clicked, it explains itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from creator_crm.domain.metrics import Facts, Metric
from creator_crm.ui.results.figures import STRIP, change_text
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.figure_cards import FigureCard, FigureCards


class Strip(QWidget):
    """The figures of one currency, each beside that of the time before."""

    asked = Signal(object, object)  # Metric, Facts

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self.heading: QLabel = plain_label("", "section", parent=self)
        self._shown = FigureCards(self)
        self._shown.wanted.connect(self._ask)
        self._facts = Facts()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self.heading)
        column.addWidget(self._shown)

    @property
    def cards(self) -> dict[str, FigureCard]:
        return self._shown.cards

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
        self._shown.keep(ordered[:first] if first else ordered)
        for name, card in self.cards.items():
            metric, then = by_name[name], earlier.get(name)
            card.show_metric(metric, change_text(metric, then), then)

    def _ask(self, name: str) -> None:
        self.asked.emit(self.cards[name].figure, self._facts)
