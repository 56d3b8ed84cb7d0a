"""Which columns are shown, in which order, how wide: read from and put into a grid; the popup to choose."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.table.grid import Grid
from creator_crm.ui.shared.text import tr

Columns = tuple[tuple[str, int], ...]
MOST_MEASURED = 60
WIDEST = 480


def shown(grid: Grid) -> Columns:
    """The shown columns as they stand, with their widths."""
    header = grid.horizontalHeader()
    order = [header.logicalIndex(place) for place in range(header.count())]
    return tuple(
        (grid.records.fields[c].name, header.sectionSize(c)) for c in order if not header.isSectionHidden(c)
    )


def usual(grid: Grid) -> Columns:
    """The columns before anyone chose: those described as shown, or everything when none is."""
    fields = [f for f in grid.records.fields if f.shown] or list(grid.records.fields)
    return tuple((f.name, 0) for f in fields)


def arrange(grid: Grid, columns: Columns) -> None:
    """Show exactly these columns in this order; a width of 0 means the usual one."""
    header = grid.horizontalHeader()
    known = [(grid.records.column_of[n], width) for n, width in columns if n in grid.records.column_of]
    wanted = known or [(grid.records.column_of[n], width) for n, width in usual(grid)]
    with QSignalBlocker(header):
        for column in range(header.count()):
            header.setSectionHidden(column, column not in {c for c, _ in wanted})
        for place, (column, width) in enumerate(wanted):
            header.moveSection(header.visualIndex(column), place)
            header.resizeSection(column, width or grid.usual_width(column))
    grid.updateGeometries()
    grid.viewport().update()


def fit(grid: Grid, column: int) -> None:
    """Make a column as wide as what is on the screen needs; never by reading all rows."""
    first = max(grid.rowAt(0), 0)
    cells = grid.itemDelegateForColumn(column)
    texts = [
        grid.records.text(row, column)
        for row in range(first, min(first + MOST_MEASURED, len(grid.records.ids)))
    ]
    widest = max((cells.wanted_width(text) for text in texts if text), default=0)  # type: ignore[attr-defined]
    heading = grid.horizontalHeader().fontMetrics().horizontalAdvance(grid.records.fields[column].label) + 34
    grid.horizontalHeader().resizeSection(column, min(max(widest, heading), WIDEST))


class ColumnChooser(QFrame):
    """A list of all fields with ticks; drag to put them in order."""

    chosen = Signal(tuple)  # Columns

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("card")
        self.setFixedWidth(280)
        self.box = QLineEdit(self)
        self.box.setPlaceholderText(tr("Find a column"))
        self.box.setAccessibleName(tr("Find a column"))
        self.box.setClearButtonEnabled(True)
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr("Columns to show, in order"))
        self.list.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        self.list.setMinimumHeight(320)
        self.usual_button = buttons.button(tr("Usual columns"), "", "quiet", self)
        self._widths: dict[str, int] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        column.setSpacing(theme.S)
        column.addWidget(plain_label(tr("Columns"), "section", parent=self))
        column.addWidget(self.box)
        column.addWidget(self.list)
        end = QHBoxLayout()
        end.addWidget(plain_label(tr("Drag to put in order"), "muted", parent=self))
        end.addStretch(1)
        end.addWidget(self.usual_button)
        column.addLayout(end)
        self.box.textChanged.connect(self._narrow)
        self.list.itemChanged.connect(self._tell)
        self.list.model().rowsMoved.connect(self._tell)
        self.usual_button.clicked.connect(lambda: self.chosen.emit(()))

    def ask(self, under: QWidget, grid: Grid) -> None:
        """Open below `under` with the columns of `grid`."""
        self.fill(grid)
        corner = under.mapToGlobal(QPoint(under.width() - self.width(), under.height() + 4))
        self.move(max(corner.x(), 0), corner.y())
        self.show()
        self.box.setFocus()

    def fill(self, grid: Grid) -> None:
        self._widths = dict(shown(grid))
        labels = {f.name: f.label for f in grid.records.fields}
        with QSignalBlocker(self.list):
            self.list.clear()
            for name in [*self._widths, *(n for n in labels if n not in self._widths)]:
                item = QListWidgetItem(tr(labels[name]), self.list)
                item.setData(Qt.ItemDataRole.UserRole, name)
                flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
                item.setFlags(flags | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsDragEnabled)
                ticked = name in self._widths
                item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    def _narrow(self, wanted: str) -> None:
        for place in range(self.list.count()):
            item = self.list.item(place)
            item.setHidden(wanted.casefold() not in item.text().casefold())

    def _tell(self, *_: object) -> None:
        items = [self.list.item(place) for place in range(self.list.count())]
        names = [i.data(Qt.ItemDataRole.UserRole) for i in items if i.checkState() is Qt.CheckState.Checked]
        if names:
            self.chosen.emit(tuple((name, self._widths.get(name, 0)) for name in names))
