"""A figure of an article's stock explained, with the lines of the ledger that it is the sum of."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QHeaderView, QWidget

from creator_crm.compat import override
from creator_crm.domain.products import MOVEMENTS
from creator_crm.domain.stock import LedgerLine, Standing
from creator_crm.domain.stock_explained import FIGURES
from creator_crm.domain.values.money import exponent
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.explain import Explained
from creator_crm.ui.shared.table.plain import PlainTable
from creator_crm.ui.shared.table.told import ToldCells
from creator_crm.ui.shared.text import counted, iso_day, money, number, tr

WIDTH, HEIGHT = 620, 176
COLUMNS = (
    ("on", "Day", 96),
    ("kind", "What", 86),
    ("quantity", "Pieces", 68),
    ("after", "Left after", 84),
    ("cost", "Cost of one", 92),
    ("why", "Why", 0),
)
_KINDS = {choice.value: choice.label for choice in MOVEMENTS}


class LedgerModel(ToldCells):
    """Lines of the ledger, the newest first."""

    def __init__(self, lines: Sequence[LedgerLine], parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, ("on", "kind", "why"), parent=parent)
        self.lines = lines

    @override
    def count(self) -> int:
        return len(self.lines)

    @override
    def text(self, row: int, name: str) -> str:
        line = self.lines[row]
        if name == "on":
            return iso_day(line.on)
        if name == "kind":
            return tr(_KINDS.get(line.kind, line.kind))
        if name == "quantity":
            return f"{'+' if line.quantity > 0 else ''}{number(line.quantity)}"
        if name == "after":
            return number(line.after)
        if name == "cost":
            cost, currency = line.unit_cost, line.currency
            return "" if cost is None else money(cost, currency, exponent(currency))
        return " · ".join(part for part in (line.parcel, line.reason) if part)


class StockExplained(Explained):
    """How a figure of an article came about on a day."""

    def __init__(
        self, name: str, one: Standing, count: int, lines: Sequence[LedgerLine], parent: QWidget | None = None
    ) -> None:
        """lines: the newest of the `count` lines of the ledger behind it."""
        about = f"{one.kept.name} · {iso_day(one.on)}"
        told = counted(count, "line of the ledger", "lines of the ledger")
        if count > len(lines):
            told = tr("{lines}, the newest {n} here").format(lines=told, n=number(len(lines)))
        self.table: PlainTable | None = None
        behind: QWidget = plain_label(tr("Nothing in the ledger yet."))
        if lines:
            self.table = behind = _table(lines)
        see = {"stock_movement": tr("See the ledger")} if count else {}
        super().__init__(FIGURES[name](one), about, (told, behind), see, parent, WIDTH)


def _table(lines: Sequence[LedgerLine]) -> PlainTable:
    model = LedgerModel(lines)
    table = PlainTable(model, tr("Lines of the ledger"))
    model.setParent(table)
    table.setFixedHeight(HEIGHT)
    for section, (_, _, width) in enumerate(COLUMNS):
        table.setColumnWidth(section, width)
    table.horizontalHeader().setSectionResizeMode(len(COLUMNS) - 1, QHeaderView.ResizeMode.Stretch)
    return table
