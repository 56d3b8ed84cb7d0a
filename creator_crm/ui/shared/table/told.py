"""The cells of a table that is only looked at: columns as data; a text, an ink and a tip for each cell."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from creator_crm.compat import override
from creator_crm.ui.shared.dialogs import tip as tip_of
from creator_crm.ui.shared.text import tr

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
Column = tuple[str, str, int]  # name, heading, width in pixels


class ToldCells(QAbstractTableModel):
    """Lines of figures. Columns in `words` begin at the left; the others hold numbers and end at the right.

    help: what the tip over a heading says, by the name of its column.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        words: Collection[str],
        help: Mapping[str, str] = MappingProxyType({}),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns, self._words, self._help = columns, words, help

    # What each table says for itself -------------------------------------------------------------------

    def count(self) -> int:
        """How many lines there are."""
        return 0

    def text(self, row: int, name: str) -> str:
        """What a cell says."""
        return ""

    def heading(self, name: str, heading: str) -> str:
        return tr(heading)

    def ink(self, row: int, name: str) -> Any:
        """The colour of a cell, None for the usual one."""
        return None

    def tip(self, row: int, name: str) -> str | None:
        return None

    # What Qt asks --------------------------------------------------------------------------------------

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self.count()

    @override
    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        name, heading, _ = self.columns[section]
        if role == Role.DisplayRole:
            return self.heading(name, heading)
        if role == Role.TextAlignmentRole:
            return self._alignment(name)
        if role == Role.ToolTipRole and name in self._help:
            return tip_of(tr(self._help[name]))
        return None

    @override
    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        row, name = index.row(), self.columns[index.column()][0]
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return self.text(row, name)
        if role == Role.TextAlignmentRole:
            return self._alignment(name)
        if role == Role.ForegroundRole:
            return self.ink(row, name)
        if role == Role.ToolTipRole:
            return self.tip(row, name)
        return None

    def _alignment(self, name: str) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignLeft if name in self._words else Qt.AlignmentFlag.AlignRight
        return side | Qt.AlignmentFlag.AlignVCenter
