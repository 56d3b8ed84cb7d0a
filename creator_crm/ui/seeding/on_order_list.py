"""What is on order of one article, and what it needs, in a sentence; each order is noted as arrived."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from creator_crm.domain.stock import Standing
from creator_crm.domain.values.money import exponent
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.line_list import Line, LineList
from creator_crm.ui.shared.text import counted, iso_day, isolate, money, tr


class OnOrder(QWidget):
    """The open orders of an article as lines; Enter or the button notes that one has arrived."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = context.workspace
        self._orders: Sequence[Any] = ()
        self.name = plain_label("", "section", parent=self)
        self.told = plain_label("", "muted", wrap=True, parent=self)
        self.list = LineList(tr("Stock on order"), self)
        self.nothing = plain_label(tr("Nothing of it is on order."), "muted", parent=self)
        self.arrived_button = buttons.action_button(context.actions, "seeding.arrived", "", self)
        self.list.opened.connect(lambda _: context.actions["seeding.arrived"].trigger())
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.arrived_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.S, theme.L, theme.M)
        column.setSpacing(theme.S)
        column.addLayout(head)
        column.addWidget(self.told)
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        column.addStretch(0)

    @property
    def chosen(self) -> int:
        """The number of the chosen order, 0 for none."""
        return self._orders[self.list.place].id if 0 <= self.list.place < len(self._orders) else 0

    def choose(self, order: int) -> None:
        places = [place for place, row in enumerate(self._orders) if row.id == order]
        if places:
            self.list.choose(places[0])

    def show_article(self, one: Standing | None) -> None:
        """Show what is on order of an article now, whichever day its figures are of."""
        rows: Sequence[Any] = self._workspace.parts("incoming_stock", one.kept.product) if one else ()
        self._orders = sorted(
            (row for row in rows if row.arrived_on is None and _is_of(row, one)),
            key=lambda row: (row.expected_on is None, row.expected_on or "", row.id),
        )
        self.name.setText(one.kept.name if one else "")
        self.told.setText(one.needs.told(iso_day) if one else "")
        self.told.setVisible(bool(self.told.text()))
        today = date.today().isoformat()
        self.list.show_lines([self._line(row, today) for row in self._orders])
        self.list.setVisible(bool(self._orders))
        self.nothing.setVisible(not self._orders and one is not None)
        self.arrived_button.setVisible(bool(self._orders))

    def _line(self, row: Any, today: str) -> Line:
        what = counted(row.quantity, "piece", "pieces")
        if row.variant:
            what = f"{what} · {isolate(self._workspace.row('variant', row.variant).name)}"
        told = []
        if row.ordered_on:
            told.append(tr("ordered on {day}").format(day=iso_day(row.ordered_on)))
        if row.supplier:
            told.append(isolate(row.supplier))
        if row.unit_cost is not None:
            currency = row.currency or "EUR"
            told.append(tr("{cost} each").format(cost=money(row.unit_cost, currency, exponent(currency))))
        if row.expected_on is None:
            chip, tone = tr("no date yet"), "grey"
        else:
            late = row.expected_on < today
            words = tr("late since {day}") if late else tr("on {day}")
            chip = words.format(day=iso_day(row.expected_on))
            tone = "red" if late else "blue"
        return Line(row.uid, what, " · ".join(told), chip, tone)


def _is_of(row: Any, one: Standing | None) -> bool:
    return one is not None and (bool(one.parts) or one.kept.variant in (None, row.variant))
