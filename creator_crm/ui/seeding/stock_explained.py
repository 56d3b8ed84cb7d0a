"""A figure of an article's stock explained, with the lines of the ledger that it is the sum of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QWidget

from creator_crm.compat import override
from creator_crm.domain.products import MOVEMENTS
from creator_crm.domain.stock import LedgerLine, Standing
from creator_crm.domain.stock_explained import FIGURES
from creator_crm.domain.values.money import exponent
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.explain import Explained
from creator_crm.ui.shared.table.plain import PlainTable
from creator_crm.ui.shared.text import counted, iso_day, money, number, tr

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
WIDTH, HEIGHT = 620, 176
COLUMNS = (("Day", 96), ("What", 86), ("Pieces", 68), ("Left after", 84), ("Cost of one", 92), ("Why", 0))
NUMBERS = (2, 3, 4)
_KINDS = {choice.value: choice.label for choice in MOVEMENTS}


class LedgerModel(QAbstractTableModel):
    """Lines of the ledger, the newest first."""

    def __init__(self, lines: Sequence[LedgerLine], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines = lines

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    @override
    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Role.DisplayRole:
            return tr(COLUMNS[section][0])
        return _alignment(section) if role == Role.TextAlignmentRole else None

    @override
    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if role == Role.TextAlignmentRole:
            return _alignment(index.column())
        if role == Role.DisplayRole:
            return self._text(self.lines[index.row()], index.column())
        return None

    def _text(self, line: LedgerLine, column: int) -> str:
        cost = line.unit_cost
        return (
            iso_day(line.on),
            tr(_KINDS.get(line.kind, line.kind)),
            f"{'+' if line.quantity > 0 else ''}{number(line.quantity)}",
            number(line.after),
            "" if cost is None else money(cost, line.currency, exponent(line.currency)),
            " · ".join(part for part in (line.parcel, line.reason) if part),
        )[column]


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
    for section, (_, width) in enumerate(COLUMNS):
        table.setColumnWidth(section, width)
    table.horizontalHeader().setSectionResizeMode(len(COLUMNS) - 1, QHeaderView.ResizeMode.Stretch)
    return table


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
