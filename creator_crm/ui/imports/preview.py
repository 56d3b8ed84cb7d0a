"""The first rows of a sheet as they stand in the file, with the row of headers marked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from creator_crm.compat import override
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.dialogs import tip
from creator_crm.ui.shared.table.padded import PaddedCells
from creator_crm.ui.shared.text import number, tr

Index = QModelIndex | QPersistentModelIndex
WIDEST = 240
_NOWHERE = QModelIndex()


class RawRows(QAbstractTableModel):
    """Rows of cells; `header` is the index of the header row, None when the list has none."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[Sequence[object]] = ()
        self._lines: Sequence[int] = ()
        self._header: range = range(0)
        self._width = 0

    def show_rows(self, rows: Sequence[Sequence[object]], lines: Sequence[int], header: range) -> None:
        """`lines`: the line numbers in the file; `header`: the indexes of the rows that are the header."""
        self.beginResetModel()
        self._rows, self._lines, self._header = rows, lines, header
        self._width = max((len(row) for row in rows), default=0)
        self.endResetModel()

    @property
    def header(self) -> range:
        return self._header

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._width

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        cell = row[index.column()] if index.column() < len(row) else None
        is_header = index.row() in self._header
        if role == Qt.ItemDataRole.DisplayRole:
            return as_in_the_file(cell)
        if role == Qt.ItemDataRole.ToolTipRole:
            text = str(cell if cell is not None else "")
            return tip(text[:1000]) if len(text) > 24 else None
        if role == Qt.ItemDataRole.FontRole and is_header:
            return _bold()
        if role == Qt.ItemDataRole.BackgroundRole and is_header:
            return theme.color(theme.tokens().accent_soft)
        if role == Qt.ItemDataRole.ForegroundRole:
            above = bool(self._header) and index.row() < self._header.start
            look = theme.tokens()
            return theme.color(look.accent_ink if is_header else look.muted if above else look.text)
        return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            if orientation == Qt.Orientation.Horizontal:
                return column_letter(section)
            line = number(self._lines[section])
            return tr("Header  {line}").format(line=line) if section in self._header else line
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = (
                Qt.AlignmentFlag.AlignLeft
                if orientation == Qt.Orientation.Horizontal
                else Qt.AlignmentFlag.AlignRight
            )
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None


def raw_table(model: RawRows, parent: QWidget) -> QTableView:
    """A quiet table that only shows."""
    table = QTableView(parent)
    table.setObjectName("preview")
    table.setAccessibleName(tr("The first rows as they are in the file"))
    table.setModel(model)
    table.setItemDelegate(PaddedCells(table))
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setCornerButtonEnabled(False)
    table.setTabKeyNavigation(False)
    table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.verticalHeader().setDefaultSectionSize(28)
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.verticalHeader().setSectionsClickable(False)
    table.horizontalHeader().setHighlightSections(False)
    table.horizontalHeader().setSectionsClickable(False)
    return table


def fit_columns(table: QTableView) -> None:
    """Columns as wide as the rows on the screen need, none wider than a glance."""
    table.resizeColumnsToContents()
    header = table.horizontalHeader()
    for column in range(header.count()):
        header.resizeSection(column, min(max(header.sectionSize(column) + theme.S, 64), WIDEST))


def as_in_the_file(cell: object) -> str:
    """A cell on one line, a whole number without its decimal point, a day without its midnight."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return " ".join(str(cell)[:200].split())


def column_letter(section: int) -> str:
    """A, B, …, Z, AA: as spreadsheets call their columns."""
    letters = ""
    section += 1
    while section:
        section, rest = divmod(section - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _bold() -> QFont:
    return theme.scaled(QApplication.font(), 0, theme.SEMIBOLD)
