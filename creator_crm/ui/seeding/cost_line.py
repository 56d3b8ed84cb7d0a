"""A line for what one piece costs, in the currency of the article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from creator_crm.domain.values.money import exponent, parse_money
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.ui.shared.text import money, tr

if TYPE_CHECKING:
    from creator_crm.services.workspace import Workspace


class CostLine(QLineEdit):
    """Empty where nobody knows: the cost of the product is taken then, and shown as a hint."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.currency = "EUR"
        self.setAccessibleName(tr("Cost of one"))

    def show_article(self, product: int, variant: int | None) -> None:
        """The article whose cost is asked."""
        row = self._workspace.row("product", product)
        of = self._workspace.row("variant", variant) if variant else None
        holder = of if of is not None and of.cost is not None else row
        self.currency, cost = holder.currency or "EUR", holder.cost
        hint = tr("as the product: {cost}") if cost is not None else tr("in {currency}")
        told = "" if cost is None else money(cost, self.currency, exponent(self.currency))
        self.setPlaceholderText(hint.format(cost=told, currency=self.currency))

    def read(self) -> int | None:
        """Minor units of the article's currency, None for nothing. Raises ValueRefused."""
        typed = self.text().strip()
        if not typed:
            return None
        found = parse_money(typed, self.currency)
        if found.currency != self.currency or found.minor < 0:
            told = tr("The cost of this product is kept in {currency}; write it in that, from zero on.")
            raise ValueRefused(told.format(currency=self.currency))
        return found.minor
