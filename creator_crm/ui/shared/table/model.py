"""The rows of a table: a vector of ids, and pages of two hundred rows read and formatted on sight."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from creator_crm.compat import override
from creator_crm.domain.fields import Description, Field, Kind, Row, Value, value_of
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.table import formatting
from creator_crm.ui.shared.table.source import Source
from creator_crm.ui.shared.text import tr

Index = QModelIndex | QPersistentModelIndex
PAGE = 200
PAGES_KEPT = 24  # about 5,000 rows: what a minute of scrolling goes through

# Looked up once: an enum attribute costs more than everything else that data() does.
_DISPLAY = Qt.ItemDataRole.DisplayRole
_EDIT = Qt.ItemDataRole.EditRole
_ALIGNMENT = Qt.ItemDataRole.TextAlignmentRole
_ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole
_FONT = Qt.ItemDataRole.FontRole
_TOOL_TIP = Qt.ItemDataRole.ToolTipRole
_HORIZONTAL = Qt.Orientation.Horizontal
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LOOK = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_TYPE = _LOOK | Qt.ItemFlag.ItemIsEditable
_NOWHERE = QModelIndex()


class Page:
    """Two hundred rows and, for each column that was looked at, their display texts."""

    __slots__ = ("rows", "texts")

    def __init__(self, rows: list[Row | None], columns: int) -> None:
        self.rows = rows
        self.texts: list[list[str] | None] = [None] * columns


class RecordModel(QAbstractTableModel):
    """All visible fields of one record as columns; which of them are shown is the view's business."""

    def __init__(self, source: Source, record: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.source = source
        self.record = record
        self.ids: array[int] = array("q")
        self.sort_mark = (-1, "")  # the column the rows are ordered by, and an arrow
        self.write: Callable[[int, Field, Value, int], bool] | None = None
        self._pages: OrderedDict[int, Page] = OrderedDict()
        self._last: tuple[int, Page] = (-1, Page([], 0))
        self._describe()

    def _describe(self) -> None:
        self.description: Description[Any] = self.source.catalogue[self.record]
        self.fields: tuple[Field, ...] = self.description.visible
        self.column_of = {field.name: column for column, field in enumerate(self.fields)}
        self._flags = [_TYPE if f.editable and f.stored else _LOOK for f in self.fields]
        self._alignments = [_RIGHT if formatting.right_aligned(f) else _LEFT for f in self.fields]
        self._figures = theme.tabular(QApplication.font())

    # Rows ------------------------------------------------------------------------------------------

    def set_ids(self, ids: array[int]) -> None:
        """Show these rows in this order; everything read before is read again."""
        self.beginResetModel()
        self.ids = ids
        self._forget()
        self.endResetModel()

    def redescribe(self) -> None:
        """Take over fields that were added to or removed from the record."""
        self.beginResetModel()
        self._forget()
        self._describe()
        self.endResetModel()

    def touch(self, ids: Iterable[int]) -> None:
        """Read the pages that hold these rows again; their order is known to be the same."""
        wanted = set(ids)
        for number in [n for n, page in self._pages.items() if _holds(page, wanted)]:
            del self._pages[number]
            self._repaint(number)
        self._last = (-1, Page([], 0))

    def retitle(self) -> None:
        """Format everything anew: names of referred rows, or the locale, have changed."""
        for number in list(self._pages):
            del self._pages[number]
            self._repaint(number)
        self._last = (-1, Page([], 0))

    def row(self, number: int) -> Row | None:
        """The row at a place; None when it is gone or does not exist."""
        if not 0 <= number < len(self.ids):
            return None
        return self._page(number // PAGE).rows[number % PAGE]

    def loaded(self, ids: Iterable[int]) -> dict[int, Row]:
        """Those of the rows that are in memory."""
        wanted = set(ids)
        return {
            r.id: r for page in self._pages.values() for r in page.rows if r is not None and r.id in wanted
        }

    def text(self, row: int, column: int) -> str:
        """The display text of a cell; what delegates draw, without a detour through data()."""
        number = row // PAGE
        page = self._last[1] if self._last[0] == number else self._page(number)
        texts = page.texts[column]
        if texts is None:
            texts = page.texts[column] = self._formatted(page, self.fields[column])
        return texts[row % PAGE]

    def value(self, row: int, column: int) -> Value:
        """The normal-form value of a cell."""
        found = self.row(row)
        return value_of(found, self.fields[column]) if found is not None else None

    def _page(self, number: int) -> Page:
        page = self._pages.get(number)
        if page is None:
            ids = self.ids[number * PAGE : (number + 1) * PAGE]
            found: Mapping[int, Row] = {row.id: row for row in self.source.rows(self.record, ids)}
            page = self._pages[number] = Page([found.get(id) for id in ids], len(self.fields))
            if len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        self._last = (number, page)
        return page

    def _formatted(self, page: Page, field: Field) -> list[str]:
        rows: Sequence[Row] = [row for row in page.rows if row is not None]
        names: Mapping[int, str] = {}
        if field.kind is Kind.REFERENCE:
            referred = {value for row in rows if isinstance(value := value_of(row, field), int)}
            names = self.source.titles(field.references, referred) if referred else {}
        texts = formatting.column_texts(field, rows, names)
        if len(rows) == len(page.rows):
            return texts
        written = iter(texts)
        return ["" if row is None else next(written) for row in page.rows]

    def _forget(self) -> None:
        self._pages.clear()
        self._last = (-1, Page([], 0))

    def _repaint(self, page: int) -> None:
        last = min((page + 1) * PAGE, len(self.ids)) - 1
        if last >= page * PAGE:
            self.dataChanged.emit(self.index(page * PAGE, 0), self.index(last, len(self.fields) - 1))

    # What Qt asks ----------------------------------------------------------------------------------

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.ids)

    @override
    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.fields)

    @override
    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        if role == _DISPLAY:
            return self.text(index.row(), index.column()) if index.isValid() else None
        if role == _ALIGNMENT:
            return self._alignments[index.column()]
        if role == _FONT:
            return self._figures if self._alignments[index.column()] == _RIGHT else None
        if role == _ACCESSIBLE:
            return f"{self.fields[index.column()].label}: {self.text(index.row(), index.column())}"
        if role == _EDIT:
            return self.text(index.row(), index.column())
        return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation != _HORIZONTAL or not 0 <= section < len(self.fields):
            return None
        if role == _DISPLAY:
            return self._heading(section)
        if role == _ALIGNMENT:
            return self._alignments[section]
        if role == _TOOL_TIP:
            return tr(self.fields[section].help) or None
        return None

    def mark_sort(self, column: int, arrow: str) -> None:
        """Show an arrow beside the heading of the column that the rows are ordered by."""
        before, self.sort_mark = self.sort_mark[0], (column, arrow)
        for changed in {before, column} - {-1}:
            self.headerDataChanged.emit(_HORIZONTAL, changed, changed)

    def _heading(self, section: int) -> str:
        label = tr(self.fields[section].label)
        if section != self.sort_mark[0]:
            return label
        arrow = self.sort_mark[1]
        return f"{arrow} {label}" if self._alignments[section] == _RIGHT else f"{label} {arrow}"

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        return self._flags[index.column()] if index.isValid() else Qt.ItemFlag.NoItemFlags

    def figures(self) -> QFont:
        """The font of numbers, all digits of one width."""
        return self._figures


def _holds(page: Page, ids: set[int]) -> bool:
    return any(row is not None and row.id in ids for row in page.rows)
