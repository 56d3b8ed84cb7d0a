"""A board: rows as cards in columns by one choice; drag a card, or move it with the keyboard."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from creator_crm.compat import override
from creator_crm.domain.changes import Changes
from creator_crm.domain.conditions import All, Condition, Filter, Op
from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import NUMERIC_KINDS, Choice, Description, Kind
from creator_crm.domain.query import Query
from creator_crm.ui.shared import text, theme
from creator_crm.ui.shared.cards import PAGE, CardModel, CardView, names_in
from creator_crm.ui.shared.chips import CHIP_HEIGHT, chip, chip_font
from creator_crm.ui.shared.table.relations import related
from creator_crm.ui.shared.table.source import Source
from creator_crm.ui.shared.text import tr

COLUMN_WIDTH = 236
HEADING = 40


class BoardColumn(QWidget):
    """One choice: its chip, how many cards it has, the cards. It draws all but the cards itself."""

    def __init__(self, board: RecordBoard, choice: Choice, lines: Sequence[str]) -> None:
        super().__init__(board)
        self.setFixedWidth(COLUMN_WIDTH)
        self.choice = choice
        self.model = CardModel(board.source, board.record, lines, self)
        self.view = CardView(self.model, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XS, HEADING, theme.XS, theme.XS)
        column.addWidget(self.view)

    def show_query(self, query: Query, source: Source) -> None:
        """Show the cards of this column."""
        self.model.set_ids(source.ids(query))
        spoken = text.counted(len(self.model.ids), "card", "cards")
        self.view.setAccessibleName(f"{tr(self.choice.label)}, {spoken}")
        self.update(0, 0, self.width(), HEADING)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color(look.border))
        painter.setBrush(theme.color(look.window))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        picture = chip(tr(self.choice.label), self.choice.tone, self.devicePixelRatioF(), chip_font())
        wide = round(picture.width() / picture.devicePixelRatio())
        number = text.number(len(self.model.ids))
        painter.setPen(theme.color(look.muted))
        top, gap = (HEADING - CHIP_HEIGHT) // 2 + 2, theme.M
        if self.isRightToLeft():
            painter.drawPixmap(self.width() - gap - wide, top, picture)
            room = QRect(gap, top, self.width() - 2 * gap - wide - theme.S, CHIP_HEIGHT)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number)
        else:
            painter.drawPixmap(gap, top, picture)
            room = QRect(gap + wide + theme.S, top, self.width() - wide - 2 * gap, CHIP_HEIGHT)
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, number)
        painter.end()


class RecordBoard(QScrollArea):
    """Cards by a choice field. Moving a card edits that field, in one step to undo."""

    current_changed = Signal(int)
    opened = Signal(int)
    failed = Signal(str)

    def __init__(
        self,
        source: Source,
        record: str,
        by: str,
        parent: QWidget | None = None,
        *,
        lines: Sequence[str] = (),
    ) -> None:
        """`by` names the choice field, `lines` the fields on a card, () the usual ones."""
        super().__init__(parent)
        self.source, self.record, self.by = source, record, by
        self.field = source.catalogue[record].field(by)
        self.scope = Query(record)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Board by {field}").format(field=tr(self.field.label)))
        shown = tuple(lines) or usual_lines(source.catalogue[record], by)
        self.columns = [BoardColumn(self, choice, shown) for choice in self.field.choices]
        self._loaded = False
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S)
        for place, column in enumerate(self.columns):
            row.addWidget(column)
            self._connect(place, column)
        row.addStretch(1)
        self.setWidget(body)
        body.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def set_scope(self, scope: Query) -> None:
        """Show what this query asks for, like the list beside the board: campaign, filter, search, order."""
        if scope != self.scope:
            self.scope = scope
            self.reload()

    def selected_ids(self) -> list[int]:
        """The chosen card."""
        return [self.current_id] * bool(self.current_id)

    def reload(self) -> None:
        """Ask again for the cards of every column; a board nobody looks at waits until somebody does."""
        self._loaded = self.isVisible()
        if not self._loaded:
            return
        for column in self.columns:
            self._fill(column)
        first = [id for column in self.columns for id in column.model.ids[:PAGE]]
        rows = {row.id: row for row in self.source.rows(self.record, first)}
        names = names_in(self.source, self.columns[0].model.fields, rows.values()) if self.columns else {}
        for column in self.columns:
            column.model.take(rows, names)

    def refresh(self, changes: Changes | None) -> None:
        """Take in what changed elsewhere; the card with the keyboard keeps it."""
        if changes is None or changes.touches(self.record, *related(self.source.catalogue, self.record)):
            current = self.current_id
            self.reload()
            if current:
                self.select(current)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._loaded:
            self.reload()

    @property
    def current_id(self) -> int:
        """The card with the keyboard, 0 for none."""
        for column in self.columns:
            if column.view.selectionModel().hasSelection():
                return column.model.id_at(column.view.currentIndex())
        return 0

    def select(self, id: int) -> bool:
        """Go to a card; False when the board does not show it."""
        for column in self.columns:
            if id in column.model.ids:
                column.view.setCurrentIndex(column.model.index(column.model.ids.index(id), 0))
                return True
        return False

    def move_card(self, id: int, place: int) -> None:
        """Put a card into the column at `place`; the keyboard follows it."""
        if not 0 <= place < len(self.columns):
            return
        choice = self.columns[place].choice
        if id in self.columns[place].model.ids:
            return
        try:
            self.source.edit(self.record, {id: {self.by: choice.value}})
        except UserError as refusal:
            self.failed.emit(str(refusal))
            return
        self.reload()
        self.select(id)
        self.columns[place].view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(self.columns[place])

    def _fill(self, column: BoardColumn) -> None:
        here = Condition(self.by, Op.IS, column.choice.value)
        where: Filter = here if self.scope.where is None else All((self.scope.where, here))
        column.show_query(dataclasses.replace(self.scope, where=where), self.source)

    def _connect(self, place: int, column: BoardColumn) -> None:
        view = column.view
        view.dropped.connect(lambda id: self.move_card(id, place))
        view.moved.connect(lambda id, step: self.move_card(id, place + step))
        view.stepped.connect(lambda step: self._step(place, step))
        view.opened.connect(self.opened)
        view.selectionModel().currentChanged.connect(lambda *_: self._on_current(place))

    def _on_current(self, place: int) -> None:
        """One card at a time: choosing one lets the others go."""
        chosen = self.columns[place]
        if not chosen.view.currentIndex().isValid():
            return
        for column in self.columns:
            if column is not chosen:
                column.view.clearSelection()
        self.current_changed.emit(chosen.model.id_at(chosen.view.currentIndex()))

    def _step(self, place: int, step: int) -> None:
        """Left and right go to the next column that has a card."""
        at = self.columns[place].view.currentIndex().row()
        places = range(place + step, len(self.columns) if step > 0 else -1, step)
        for column in (self.columns[p] for p in places):
            if count := len(column.model.ids):
                column.view.setCurrentIndex(column.model.index(min(max(at, 0), count - 1), 0))
                column.view.setFocus(Qt.FocusReason.OtherFocusReason)
                self.ensureWidgetVisible(column)
                return


def usual_lines(description: Description[Any], by: str) -> tuple[str, ...]:
    """The title, one number, and the first fields of the list that say something in a line."""
    told = [f for f in description.visible if f.shown and f.kind not in (Kind.TAGS, Kind.FLAG, Kind.CHOICE)]
    numbers = [f.name for f in told if f.kind in NUMERIC_KINDS]
    names = [f.name for f in told if f.name not in (by, *numbers[1:])]
    return tuple(dict.fromkeys((description.title, *names)))[:4]
