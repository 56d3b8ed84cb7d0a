"""What goes into each parcel: products with quantities, as they are or by a field of each creator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from creator_crm.domain.fields import Field, Kind
from creator_crm.services.batches import Content
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.form.offers import offer_items
from creator_crm.ui.shared.text import tr

_NAMES_A_VARIANT = (Kind.TEXT, Kind.CHOICE, Kind.NUMBER, Kind.COUNT, Kind.IDENTIFIER)


@dataclass(frozen=True, slots=True)
class Offered:
    """A product that can be sent, or one variant of it; `key` is what the workspace knows it by."""

    name: str
    product: int
    variant: int | None
    stock: int
    key: str
    short: str = ""


def telling_fields(fields: Sequence[Field]) -> list[Field]:
    """The fields of creators that may say which variant they get: those of the user's own."""
    return [field for field in fields if field.custom and field.kind in _NAMES_A_VARIANT]


class Contents(QWidget):
    """One line for each product in a parcel."""

    changed = Signal()

    def __init__(self, rules: Sequence[Field] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered: Sequence[Offered] = ()
        self._rules = rules
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

    def add_line(self) -> None:
        line = ContentLine(self._offered, self._rules, self)
        line.changed.connect(self._on_changed)
        line.remove_button.clicked.connect(lambda: self._remove(line))
        self.lines.append(line)
        self._column.insertWidget(self._column.count() - 1, line)
        self._on_changed()

    @property
    def chosen(self) -> tuple[Content, ...]:
        """What is in each parcel, lines of the same thing added up."""
        sums: dict[tuple[str, str, tuple[str, ...]], int] = {}
        for line in self.lines:
            if line.chosen is not None:
                key = (line.chosen.key, line.rule, line.fallback)
                sums[key] = sums.get(key, 0) + line.quantity.value()
        return tuple(Content(item, count, rule, other) for (item, rule, other), count in sums.items())

    def _remove(self, line: ContentLine) -> None:
        self.lines.remove(line)
        line.hide()
        line.deleteLater()
        self._on_changed()

    def _on_changed(self) -> None:
        for line in self.lines:
            line.remove_button.setVisible(len(self.lines) > 1)
        self.changed.emit()


class ContentLine(QWidget):
    """A product, how many of it, and which variant where it has some."""

    changed = Signal()

    def __init__(self, offered: Sequence[Offered], rules: Sequence[Field], parent: QWidget) -> None:
        super().__init__(parent)
        self._offered, self._rules = offered, rules
        self.what = QComboBox(self)
        self.what.setAccessibleName(tr("Product"))
        self.what.setEditable(True)
        _narrow(self.what, 10)
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
        self.quantity.setFixedWidth(76)
        self.remove_button = buttons.icon_button(tr("Take this product out"), "x", self)
        self.by = QComboBox(self)
        self.by.setAccessibleName(tr("Which variant"))
        self.otherwise = QComboBox(self)
        self.otherwise.setAccessibleName(tr("Who has no such variant gets"))
        self.otherwise_label = plain_label(tr("otherwise"), "muted", parent=self)
        _narrow(self.by, 6)
        _narrow(self.otherwise, 4)
        self._lay_out()
        self.what.editTextChanged.connect(self._on_product)
        self.what.currentIndexChanged.connect(lambda _: edit.setCursorPosition(0))  # long names begin it
        self.quantity.valueChanged.connect(self.changed)
        self.by.currentIndexChanged.connect(self._on_rule)
        self.otherwise.currentIndexChanged.connect(self.changed)
        self._on_product()

    @property
    def chosen(self) -> Offered | None:
        """What the line names, None while it names nothing there is."""
        place = self.what.findText(self.what.currentText(), Qt.MatchFlag.MatchFixedString)
        return self._offered[int(self.what.itemData(place))] if place >= 0 else None

    @property
    def rule(self) -> str:
        """The creator's field that names the variant, "" for none."""
        return str(self.by.currentData() or "")

    @property
    def fallback(self) -> tuple[str, ...]:
        """What those get whose field names no variant; () leaves them out."""
        key = str(self.otherwise.currentData() or "")
        return (key,) if key and self.rule else ()

    def _on_product(self) -> None:
        one = self.chosen
        variants = [o for o in self._offered if one and o.product == one.product and o.variant is not None]
        ruled = bool(variants and self._rules and one is not None and one.variant is None)
        _fill(self.by, [(tr("No variant"), "")])
        _fill(self.otherwise, [(tr("no parcel"), ""), *((o.short or o.name, o.key) for o in variants)])
        if ruled:
            asked = tr("Variant by {field}")
            _fill(
                self.by,
                [(tr("No variant"), ""), *((asked.format(field=f.label), f.name) for f in self._rules)],
            )
        self.by.setVisible(ruled)
        self._on_rule()

    def _on_rule(self) -> None:
        for part in (self.otherwise, self.otherwise_label):
            part.setVisible(bool(self.rule))
        self.changed.emit()

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        for row, parts in (
            (first, (self.what, self.quantity, self.remove_button)),
            (second, (self.by, self.otherwise_label, self.otherwise)),
        ):
            row.setSpacing(theme.S)
            for part in parts:
                row.addWidget(part, int(isinstance(part, QComboBox)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addLayout(first)
        column.addLayout(second)


def _narrow(box: QComboBox, letters: int) -> None:
    """A box as wide as there is room, whatever it offers."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(letters)


def _fill(box: QComboBox, offers: Sequence[tuple[str, str]]) -> None:
    """Offer these; what was chosen stays so if it is still there."""
    before = box.currentData()
    box.blockSignals(True)
    box.clear()
    for text, key in offers:
        box.addItem(text, key)
    box.setCurrentIndex(max(box.findData(before), 0))
    box.blockSignals(False)
