"""The articles of the Stock tab as a table asks for them: figures in columns, what to do in the last one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject

from creator_crm.compat import override
from creator_crm.domain.stock import Standing
from creator_crm.domain.stock_explained import FIGURES
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.dialogs import tip
from creator_crm.ui.shared.figure_text import DASH, value_text
from creator_crm.ui.shared.table.told import ToldCells
from creator_crm.ui.shared.text import iso_day, number, tr

WHAT, LEVEL, ADVICE = "what", "level", "advice"
INDENT = "      "

COLUMNS = (
    (WHAT, "Product", 180),
    (ADVICE, "What to do", 118),
    ("on_hand", "On hand", 76),
    ("reserved", "Reserved", 80),
    ("available", "Available", 80),
    ("incoming", "On order", 78),
    ("average_cost", "Average cost", 104),
    ("value", "Value", 98),
    ("per_day", "Out a day", 80),
    ("days_left", "Days left", 78),
    (LEVEL, "Reorder at", 84),
)
STATES = {"order": "Order now", "late": "Comes too late", "coming": "On its way", "fine": "Enough"}
_HELP = {
    "on_hand": "What lies on the shelf, what is reserved for parcels included",
    "reserved": "Set aside for parcels that are approved or packed and have not left",
    "available": "On hand, less what is reserved: what can still be sold or given away",
    "incoming": "Ordered from your supplier and not there yet",
}


class StockModel(ToldCells):
    """Shows articles: each product, and its variants under it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, (WHAT, ADVICE), _HELP, parent)
        self.lines: Sequence[tuple[Standing, Standing | None]] = ()  # (an article, what it is a part of)

    def show(self, articles: Sequence[Standing]) -> None:
        self.beginResetModel()
        self.lines = [line for one in articles for line in ((one, None), *((p, one) for p in one.parts))]
        self.endResetModel()

    def article(self, row: int) -> Standing | None:
        return self.lines[row][0] if 0 <= row < len(self.lines) else None

    @override
    def count(self) -> int:
        return len(self.lines)

    @override
    def text(self, row: int, name: str) -> str:
        one, of = self.lines[row]
        if name == WHAT:
            return one.kept.name if of is None else f"{INDENT}{_own_name(one, of)}"
        if name == LEVEL:
            return DASH if one.kept.reorder_level is None else number(one.kept.reorder_level)
        if name == ADVICE:
            return tr(STATES[one.needs.state]) if one.needs.state else DASH
        figure = FIGURES[name](one)
        return value_text(figure.value, figure.unit, short=name == "value")

    @override
    def ink(self, row: int, name: str) -> Any:
        one, of = self.lines[row]
        tokens = theme.tokens()
        if name == ADVICE:
            inks = {"order": tokens.danger, "late": tokens.danger, "coming": tokens.warn, "fine": tokens.ok}
            return theme.color(inks.get(one.needs.state, tokens.muted))
        if name == "available" and one.needs.is_pressing:
            return theme.color(tokens.danger)
        return theme.color(tokens.muted) if of is not None else None

    @override
    def tip(self, row: int, name: str) -> str | None:
        one = self.lines[row][0]
        if name == WHAT:
            return tip(" · ".join(part for part in (one.kept.name, one.kept.sku) if part))
        if name == ADVICE:
            told = one.needs.told(iso_day)
            return tip(told) if told else None
        if name == "value":
            figure = FIGURES[name](one)
            return tip(value_text(figure.value, figure.unit))
        if name == "average_cost" and one.average.assumed:
            return tip(tr("Some of it came in without a cost and was taken at the cost of the product"))
        return None


def _own_name(part: Standing, of: Standing) -> str:
    """What a variant is called beside its product."""
    if part.kept.variant is None:
        return tr("of no variant")
    return part.kept.name.removeprefix(f"{of.kept.name} · ")
