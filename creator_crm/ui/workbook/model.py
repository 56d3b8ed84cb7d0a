"""The lines of one section as a table asks for them: written when they come into sight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from creator_crm.compat import override
from creator_crm.domain.frozen import immutable
from creator_crm.domain.merging import Gone, Side
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.dialogs import tip
from creator_crm.ui.shared.text import isolate, number, tr
from creator_crm.ui.workbook.choices import Choices
from creator_crm.ui.workbook.differences import cut_to_difference
from creator_crm.ui.workbook.lines import Line, Section, What
from creator_crm.ui.workbook.values import Values

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
LONG = 18  # signs that a narrow column still shows
MOST_TOLD = 1000  # signs in a tooltip
PAIRS = 6  # fields of a new row that one line tells
_NOWHERE = QModelIndex()
_LOOK = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_TICK = _LOOK | Qt.ItemFlag.ItemIsUserCheckable


@immutable
class Column:
    """One column: its heading, what it says of a line, its width in pixels, and the side that it shows."""

    heading: str
    say: Callable[[Line], str]
    width: int
    side: Side | None = None
    ticks: bool = False
    muted: bool = False
    signed: bool = False  # with the icon of the record


class ReviewModel(QAbstractTableModel):
    """Shows lines; decisions are kept by `choices` and told by `decided`."""

    decided = Signal()

    def __init__(self, values: Values, choices: Choices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.values, self.choices = values, choices
        self.section = Section.BOTH
        self.lines: Sequence[Line] = ()
        self.columns: tuple[Column, ...] = ()
        self._flags: list[Qt.ItemFlag] = []

    def show(self, section: Section, lines: Sequence[Line]) -> None:
        self.beginResetModel()
        self.section, self.lines = section, lines
        self.columns = self._columns_of(section)
        self._flags = [_TICK if column.ticks else _LOOK for column in self.columns]
        self.endResetModel()

    def choose(self, rows: Sequence[int], side: Side | None) -> None:
        """Decide the lines at these places."""
        self.choices.choose([self.lines[row] for row in rows if self.lines[row].asks], side)
        self._tell()

    def tick(self, rows: Sequence[int], on: bool) -> None:
        lines = [self.lines[row] for row in rows]
        self.choices.tick([*lines, *self.values.held_in(lines)], on)
        self._tell()

    def line(self, row: int) -> Line | None:
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def _tell(self) -> None:
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, len(self.columns) - 1))
        self.decided.emit()

    # What a line says ----------------------------------------------------------------------------------

    def name(self, line: Line) -> str:
        return self.values.name(line.record, line.uid, line.row)

    def what(self, line: Line) -> str:
        """The field that changed; of a whole row, what it is."""
        return self.values.label(line.record, line.field) if line.field else self.values.kind(line.record)

    def before(self, line: Line) -> str:
        return self._written(line, line.cell.base) if line.cell else ""

    def mine(self, line: Line) -> str:
        if line.gone is not None:
            here = line.gone.gone is Gone.HERE
            return tr("In your trash") if here else self._edited(line, Side.MINE)
        if line.what is What.TRASHED:
            return tr("In your lists")
        if line.what is What.RESTORED:
            return tr("In your trash")
        return self._written(line, line.cell.mine) if line.cell else ""

    def theirs(self, line: Line) -> str:
        if line.gone is not None:
            there = line.gone.gone is Gone.THERE
            return tr("Deleted by them") if there else self._edited(line, Side.THEIRS)
        if line.what is What.TRASHED:
            return tr("Goes to the trash")
        if line.what is What.RESTORED:
            return tr("Comes back from the trash")
        return self._written(line, line.cell.theirs, Side.THEIRS) if line.cell else ""

    def holds(self, line: Line) -> str:
        """The first fields of a new row."""
        if line.row is None:
            return ""
        pairs = list(self.values.pairs(line.record, line.row))
        said = " · ".join(f"{label}: {isolate(value)}" for label, value in pairs[:PAIRS])
        if line.what is What.PASTED:
            said = f"{tr('Its id belongs to another row')} · {said}"
        return said if len(pairs) <= PAIRS else f"{said} · …"

    def where(self, line: Line) -> str:
        """Where a problem is: "Creators, line 12 · Followers"."""
        if not line.record:
            return tr("Workbook")
        sheet = tr(self.values.catalogue[line.record].plural)
        if line.number:
            sheet = tr("{sheet}, line {line}").format(sheet=sheet, line=number(line.number))
        return f"{sheet} · {self.values.label(line.record, line.field)}" if line.field else sheet

    def problem(self, line: Line) -> str:
        if line.what is What.COLUMN:
            return tr("The column “{name}” is not known here and was left.").format(name=line.sentence)
        return line.sentence

    def fate(self, line: Line) -> str:
        return tr("Goes to the trash") if self.choices.ticked(line) else tr("Stays")

    def _edited(self, line: Line, side: Side) -> str:
        assert line.gone is not None
        cells = [
            f"{self.values.label(line.record, c.field)}: {isolate(self._value(line, c, side))}"
            for c in line.gone.cells
        ]
        return tr("Edited: {what}").format(what=", ".join(cells)) if cells else tr("Edited")

    def _value(self, line: Line, cell: Any, side: Side) -> str:
        value = cell.theirs if side is Side.THEIRS else cell.mine
        return self.values.text(line.record, line.uid, cell.field, value, side) or tr("empty")

    def _written(self, line: Line, value: Any, side: Side = Side.MINE) -> str:
        """On one line; of long texts that begin alike, what follows."""
        assert line.cell is not None
        if isinstance(value, str) and self.values.is_prose(line.record, line.field):
            sides = (line.cell.mine, line.cell.theirs)
            value = cut_to_difference(value, *(v for v in sides if isinstance(v, str) and v != value))
        return self.values.text(line.record, line.uid, line.field, value, side) or tr("empty")

    # What Qt asks --------------------------------------------------------------------------------------

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    @override
    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        line, column = self.lines[index.row()], self.columns[index.column()]
        if role == Role.DisplayRole:
            return column.say(line)
        if role == Role.ToolTipRole:
            said = self.values.kind(line.record) if column.signed and line.record else ""
            text = " · ".join(filter(None, (column.say(line), said)))
            return tip(text[:MOST_TOLD]) if len(text) > LONG else None
        if role == Role.CheckStateRole and column.ticks:
            return Qt.CheckState.Checked if self.choices.ticked(line) else Qt.CheckState.Unchecked
        if role == Role.AccessibleTextRole:
            return self._spoken(line, column)
        left_out = self.section is Section.THEIRS and not self.choices.ticked(line)
        if role == Role.ForegroundRole and (column.muted or left_out):
            return theme.color(theme.tokens().muted)
        return None

    @override
    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        if role != Role.CheckStateRole:
            return False
        self.tick([index.row()], Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        return self._flags[index.column()] if index.isValid() else Qt.ItemFlag.NoItemFlags

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and section < len(self.columns):
            if role == Role.DisplayRole:
                return self.columns[section].heading
            if role == Role.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _spoken(self, line: Line, column: Column) -> str:
        """A cell to a screen reader: with its heading, and whether its side was chosen."""
        said = f"{column.heading}: {column.say(line)}" if column.heading else column.say(line)
        if column.side is None or not line.asks or self.section is not Section.BOTH:
            return said
        side = self.choices.side(line)
        if side is None:
            return f"{said}, {tr('not decided yet')}"
        return f"{said}, {tr('chosen') if side is column.side else tr('not chosen')}"

    def _columns_of(self, section: Section) -> tuple[Column, ...]:
        name = Column(tr("Record"), self.name, 190, signed=True)
        what = Column(tr("Field"), self.what, 130)
        if section is Section.BOTH:
            return (
                name,
                what,
                Column(tr("Before"), self.before, 170, muted=True),
                Column(tr("Yours"), self.mine, 300, Side.MINE),
                Column(tr("Theirs"), self.theirs, 300, Side.THEIRS),
            )
        if section is Section.THEIRS:
            now, becomes = Column(tr("Now"), self.mine, 340, muted=True), Column("", self.theirs, 340)
            taken = Column(tr("Take"), lambda _: "", 60, ticks=True)
            return taken, name, what, now, Column(tr("Becomes"), becomes.say, 340)
        if section is Section.YOURS:
            now = Column(tr("In their workbook"), self.theirs, 340, muted=True)
            return name, what, now, Column(tr("Yours, stays"), self.mine, 340)
        if section is Section.NEW:
            line = Column(tr("Line"), lambda line: number(line.number), 70, muted=True)
            added = Column(tr("Add"), lambda _: "", 50, ticks=True)
            return (
                added,
                name,
                Column(tr("Kind"), self._kind, 120),
                line,
                Column(tr("Holds"), self.holds, 600),
            )
        if section is Section.MISSING:
            gone = Column(tr("Delete"), lambda _: "", 70, ticks=True)
            return gone, name, Column(tr("Kind"), self._kind, 160), Column(tr("What happens"), self.fate, 500)
        return Column(tr("Where"), self.where, 300), Column(tr("Why it was left"), self.problem, 700)

    def _kind(self, line: Line) -> str:
        return self.values.kind(line.record)
