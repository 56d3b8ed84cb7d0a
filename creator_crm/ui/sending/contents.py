"""What goes into each parcel: products with quantities, and what is left of each afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.form.offers import offer_items
from creator_crm.ui.shared.text import number, tr


@dataclass(frozen=True, slots=True)
class Offered:
    """A product that can be sent, or one variant of it; `key` is what the workspace knows it by."""

    name: str
    product: int
    variant: int | None
    stock: int
    key: str


class Contents(QWidget):
    """One line for each product in a parcel."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered: Sequence[Offered] = ()
        self._parcels = 1
        self.lines: list[ContentLine] = []
        self.more_button = buttons.button(tr("Another product"), "plus", "quiet", self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.S)
        self._column.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.more_button.clicked.connect(self.add_line)

    def offer(self, offered: Sequence[Offered]) -> None:
        """What there is to send; begins with one line."""
        self._offered = offered
        self.more_button.setEnabled(bool(offered))
        if offered and not self.lines:
            self.add_line()

    def set_parcels(self, count: int) -> None:
        """How many parcels there will be, since each takes from the stock."""
        self._parcels = count
        self._tell_stock()

    def add_line(self) -> None:
        line = ContentLine(self._offered, self)
        line.changed.connect(self._on_changed)
        line.remove_button.clicked.connect(lambda: self._remove(line))
        self.lines.append(line)
        self._column.insertWidget(self._column.count() - 1, line)
        self._on_changed()

    @property
    def chosen(self) -> list[tuple[Offered, int]]:
        """(what, how many in each parcel), lines of the same thing added up."""
        sums: dict[Offered, int] = {}
        for line in self.lines:
            if line.chosen is not None:
                sums[line.chosen] = sums.get(line.chosen, 0) + line.quantity.value()
        return list(sums.items())

    def _remove(self, line: ContentLine) -> None:
        self.lines.remove(line)
        line.hide()
        line.deleteLater()
        self._on_changed()

    def _on_changed(self) -> None:
        for line in self.lines:
            line.remove_button.setVisible(len(self.lines) > 1)
        self._tell_stock()
        self.changed.emit()

    def _tell_stock(self) -> None:
        wanted = dict(self.chosen)
        for line in self.lines:
            if line.chosen is not None:
                line.tell_left(line.chosen.stock, line.chosen.stock - wanted[line.chosen] * self._parcels)


class ContentLine(QWidget):
    """A product, how many of it, and the stock in words."""

    changed = Signal()

    def __init__(self, offered: Sequence[Offered], parent: QWidget) -> None:
        super().__init__(parent)
        self._offered = offered
        self.what = QComboBox(self)
        self.what.setAccessibleName(tr("Product"))
        self.what.setEditable(True)
        self.what.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.what.setMinimumContentsLength(18)
        for place, one in enumerate(offered):
            self.what.addItem(one.name, place)
        offer_items(self.what)
        edit = self.what.lineEdit()
        assert edit is not None
        edit.setAccessibleName(tr("Product"))
        self.quantity = QSpinBox(self)
        self.quantity.setRange(1, 999)
        self.quantity.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.quantity.setAccessibleName(tr("How many in each parcel"))
        self.left = plain_label("", "muted", parent=self)
        self.quantity.setFixedWidth(90)
        self.remove_button = buttons.icon_button(tr("Take this product out"), "x", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S)
        row.addWidget(self.what, 1)
        row.addWidget(self.quantity)
        row.addWidget(self.left)
        row.addWidget(self.remove_button)
        self.left.setMinimumWidth(self.fontMetrics().horizontalAdvance(tr("{left} of {stock} left")))
        self.what.editTextChanged.connect(self.changed)
        self.quantity.valueChanged.connect(self.changed)

    @property
    def chosen(self) -> Offered | None:
        """What the line names, None while it names nothing there is."""
        place = self.what.findText(self.what.currentText(), Qt.MatchFlag.MatchFixedString)
        return self._offered[int(self.what.itemData(place))] if place >= 0 else None

    def tell_left(self, stock: int, left: int) -> None:
        """Say what would be left of it; in words when it is not enough."""
        words = tr("{left} of {stock} left").format(left=number(max(left, 0)), stock=number(stock))
        short = tr("{count} too few").format(count=number(-left))
        self.left.setText(short if left < 0 else words)
        self.left.setProperty("role", "error" if left < 0 else "muted")
        self.left.style().unpolish(self.left)
        self.left.style().polish(self.left)
