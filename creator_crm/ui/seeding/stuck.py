"""What is stuck, as a map of the way of a parcel: waiting to be packed, shipped, or heard of."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from creator_crm.compat import override
from creator_crm.domain.stuck import APPROVED, PACKED, PLACES, UNDER_WAY
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.line_list import Line, LineList
from creator_crm.ui.shared.table.empty import Empty
from creator_crm.ui.shared.text import counted, isolate, number, tr

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from creator_crm.services.stuck import Hanging

HEADS = {
    APPROVED: ("Approved, not packed", "No parcel waits to be packed for long."),
    PACKED: ("Packed, not shipped", "Every packed parcel has left."),
    UNDER_WAY: ("Under way, no news", "Every parcel that left has been heard of."),
}
ACTIONS = {
    "seeding.track": (UNDER_WAY,),
    "seeding.write": PLACES,
    "seeding.lost": (UNDER_WAY,),
    "seeding.pack": (APPROVED,),
    "seeding.ship": (PACKED,),
    "seeding.deliver": (UNDER_WAY,),
    "seeding.let_go": (APPROVED, PACKED),
}
"""What can be done, and at which places."""


class Column(QWidget):
    """One place on the way, with the parcels that hang there, the longest first."""

    left = Signal(int)  # the keyboard wants the column to the left (-1) or to the right (1)

    def __init__(self, place: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.place = place
        self.hanging: Sequence[Hanging] = ()
        heading, nothing = HEADS[place]
        self.heading: QLabel = plain_label(tr(heading), "section", parent=self)
        self.count = plain_label("", "muted", parent=self)
        self.list = _Lines(tr(heading), self)
        self.nothing = plain_label(tr(nothing), "muted", wrap=True, parent=self)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.nothing)
        head = QHBoxLayout()
        head.setSpacing(theme.S)
        head.addWidget(self.heading)
        head.addWidget(self.count)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addLayout(head)
        column.addWidget(self.stack, 1)
        self.list.sideways.connect(self.left)

    def show_parcels(self, hanging: Sequence[Hanging]) -> None:
        self.hanging = hanging
        self.count.setText(number(len(hanging)))
        self.stack.setCurrentWidget(self.list if hanging else self.nothing)
        self.list.show_lines([_line(one) for one in hanging])


class _Lines(LineList):
    """Left and Right go to the columns beside."""

    sideways = Signal(int)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if way is None:
            super().keyPressEvent(event)
        else:
            self.sideways.emit(-way if self.isRightToLeft() else way)


class StuckMap(QWidget):
    """The three places side by side; one parcel of one of them is chosen."""

    opened = Signal(int)  # the parcel to show in full
    moved = Signal(int)  # somebody chose this parcel

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stuck_map")
        self._context = context
        self.chosen, self._place = 0, ""
        self.columns = {place: Column(place, self) for place in PLACES}
        self.told = plain_label("", "muted", wrap=True, parent=self)
        self.buttons: dict[str, QPushButton] = {}
        self.nothing = Empty(self)
        self.nothing.say(
            tr("Nothing is stuck. A parcel turns up here when it has not moved for too long."),
            "",
            "circle-check",
        )
        self.stack = QStackedWidget(self)
        self._build()
        for place, column in self.columns.items():
            column.list.chosen.connect(partial(self._on_chosen, place))
            column.list.clicked.connect(lambda index, place=place: self._open(place, index.row()))
            column.list.opened.connect(partial(self._open, place))
            column.left.connect(partial(self._go, place))

    def show_stuck(self, hanging: Sequence[Hanging]) -> None:
        """Show these parcels, each at the place where it hangs."""
        self.stack.setCurrentIndex(0 if hanging else 1)
        days = max((one.days for one in hanging), default=0)
        told = counted(len(hanging), "parcel is stuck", "parcels are stuck")
        sentence = (
            tr("{parcels}, the longest for {days}.") if len(hanging) > 1 else tr("{parcels}, for {days}.")
        )
        self.told.setText(sentence.format(parcels=told, days=counted(days, "day", "days")))
        chosen = self.chosen
        for place, column in self.columns.items():
            column.show_parcels([one for one in hanging if one.where.place == place])
        for place in (UNDER_WAY, PACKED, APPROVED):
            numbers = [one.shipment.id for one in self.columns[place].hanging]
            if chosen in numbers or (numbers and chosen not in {one.shipment.id for one in hanging}):
                self._take(place, numbers.index(chosen) if chosen in numbers else 0)
                return
        self.chosen, self._place = 0, ""
        self._allow()

    def selected(self) -> list[int]:
        return [self.chosen] if self.chosen else []

    # Inside --------------------------------------------------------------------------------------------

    def _on_chosen(self, place: str, at: int) -> None:
        column = self.columns[place]
        if column.list.hasFocus() and 0 <= at < len(column.hanging):
            self._take(place, at)
            self.moved.emit(self.chosen)

    def _open(self, place: str, at: int) -> None:
        if 0 <= at < len(self.columns[place].hanging):
            self._take(place, at)
            self.opened.emit(self.chosen)

    def _take(self, place: str, at: int) -> None:
        """Choose the parcel at this place, and no other."""
        self.chosen, self._place = self.columns[place].hanging[at].shipment.id, place
        for name, column in self.columns.items():
            column.list.choose(at if name == place else -1)
        self.setFocusProxy(self.columns[place].list)
        self._allow()
        self._context.selection_moved(1)

    def _go(self, place: str, way: int) -> None:
        places = [name for name, column in self.columns.items() if column.hanging]
        at = places.index(place) + way if place in places else -1
        if 0 <= at < len(places):
            self._take(places[at], 0)
            self.moved.emit(self.chosen)
            self.columns[places[at]].list.setFocus()

    def _allow(self) -> None:
        """Offer what makes sense at the place of the chosen parcel."""
        for name, button in self.buttons.items():
            button.setVisible(self._place in ACTIONS[name])

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.S)
        head.addWidget(self.told, 1)
        head.addWidget(buttons.action_button(self._context.actions, "seeding.patience", "quiet", self))
        deeds = QHBoxLayout()
        deeds.setSpacing(theme.S)
        for name in ACTIONS:
            self.buttons[name] = buttons.action_button(self._context.actions, name, "", self)
            deeds.addWidget(self.buttons[name])
        deeds.addStretch(1)
        places = QHBoxLayout()
        places.setSpacing(theme.L)
        for column in self.columns.values():
            places.addWidget(column, 1)
        whole = QWidget(self)
        inside = QVBoxLayout(whole)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.M)
        inside.addLayout(head)
        inside.addLayout(deeds)
        inside.addLayout(places, 1)
        self.stack.addWidget(whole)
        self.stack.addWidget(self.nothing)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.stack)


def _line(one: Hanging) -> Line:
    parcel = one.shipment
    told = [part for part in (parcel.carrier, parcel.country, parcel.number) if part]
    if one.where.place == UNDER_WAY and not parcel.scanned_on:
        told.insert(0, tr("never scanned"))
    if one.called_off:
        told.insert(0, tr("cancelled in the shop"))
    tone = "red" if one.days >= 2 * max(1, _limit(one)) else "amber"
    days = counted(one.days, "day", "days")
    return Line(parcel.uid, one.name, " · ".join(isolate(part) for part in told), days, tone)


def _limit(one: Hanging) -> int:
    """After how many days this parcel counts as stuck."""
    from datetime import date

    return (date.fromisoformat(one.where.due_on) - date.fromisoformat(one.where.since)).days
