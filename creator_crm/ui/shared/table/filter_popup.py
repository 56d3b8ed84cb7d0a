"""One condition made with the mouse or the keyboard: field, operator, value by the field's kind."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from creator_crm.domain.conditions import Condition, Op, operators
from creator_crm.domain.fields import Description, Field, Kind, Value
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.form.editors import ChoiceEditor, PlaceEditor, say_invalid
from creator_crm.ui.shared.form.make import editor_for
from creator_crm.ui.shared.form.number_box import NumberBox
from creator_crm.ui.shared.form.offers import offer_items
from creator_crm.ui.shared.form.references import ReferenceEditor
from creator_crm.ui.shared.form.typing import as_typed
from creator_crm.ui.shared.layouts import clear
from creator_crm.ui.shared.table.asking import IN_DAYS, OF_TEXT, WITHOUT_VALUE, read_operand
from creator_crm.ui.shared.table.source import Source
from creator_crm.ui.shared.text import tr

WIDTH = 320


class FilterPopup(QFrame):
    """Opens under its button; Enter applies, Escape leaves things as they were."""

    applied = Signal(object)  # Condition

    def __init__(self, source: Source, description: Description[Any], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("card")
        self.setFixedWidth(WIDTH)
        self._source, self._description = source, description
        self._inputs: list[Any] = []
        self.field_box = QComboBox(self)
        self.field_line = QLineEdit(self)
        self.operator_box = QComboBox(self)
        self.error = plain_label("", "error", wrap=True, parent=self)
        self.apply_button = buttons.button(tr("Apply"), "", "primary", self)
        self._values = QVBoxLayout()
        self._build()

    def _build(self) -> None:
        self.field_box.setAccessibleName(tr("Field to filter by"))
        self.field_box.setLineEdit(self.field_line)
        offer_items(self.field_box)
        self.field_line.setAccessibleName(tr("Field to filter by"))
        for field in self._description.visible:
            if field.kind is not Kind.DATA:
                self.field_box.addItem(tr(field.label), field)
        self.operator_box.setAccessibleName(tr("How to compare"))
        self.field_box.setMaxVisibleItems(14)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        column.setSpacing(theme.S)
        column.addWidget(self.field_box)
        column.addWidget(self.operator_box)
        column.addLayout(self._values)
        column.addWidget(self.error)
        end = QHBoxLayout()
        end.addStretch(1)
        end.addWidget(self.apply_button)
        column.addLayout(end)
        self.error.hide()
        self.field_box.currentIndexChanged.connect(self._on_field)
        self.operator_box.currentIndexChanged.connect(self._on_operator)
        self.apply_button.clicked.connect(self.apply)

    def ask(self, under: QWidget, condition: Condition | None = None) -> None:
        """Open below `under`, empty or with a condition to change."""
        self.set_condition(condition or Condition(self._description.visible[0].name, Op.IS, None))
        self.move(under.mapToGlobal(QPoint(0, under.height() + 4)))
        self.show()
        (self._inputs[0] if condition and self._inputs else self.field_box).setFocus()
        if condition is None:
            self.field_line.selectAll()

    def set_condition(self, condition: Condition) -> None:
        names = [self.field_box.itemData(i).name for i in range(self.field_box.count())]
        place = names.index(condition.field) if condition.field in names else 0
        self.field_box.setCurrentIndex(place)
        self._on_field()
        if condition.value is None and condition.op not in WITHOUT_VALUE:
            return
        self.operator_box.setCurrentIndex(max(self.operator_box.findData(condition.op), 0))
        self._on_operator()
        self._fill(condition)

    @property
    def field(self) -> Field:
        field: Field = self.field_box.currentData()
        return field

    @property
    def op(self) -> Op:
        return Op(self.operator_box.currentData())

    def apply(self) -> None:
        """Take the condition, or say in place why not."""
        try:
            condition = Condition(self.field.name, self.op, self._operand())
        except ValueRefused as refusal:
            self.error.setText(str(refusal))
            self.error.show()
            say_invalid(self._inputs[0], str(refusal))
            self.adjustSize()
            return
        self.hide()
        self.applied.emit(condition)

    def _on_field(self) -> None:
        if self.field_box.currentData() is None:
            return
        self.operator_box.blockSignals(True)
        self.operator_box.clear()
        for op, words in operators(self.field.kind).items():
            self.operator_box.addItem(tr(words), op)
        if self.field.kind is Kind.CHOICE:
            self.operator_box.setCurrentIndex(self.operator_box.findData(Op.IN))
        self.operator_box.blockSignals(False)
        self._on_operator()

    def _on_operator(self) -> None:
        clear(self._values)
        self._inputs = [] if self.op in WITHOUT_VALUE else self._made_inputs()
        for each in self._inputs:
            each.setAccessibleName(tr("Value to compare with"))
            self._values.addWidget(each)
            if isinstance(each, QLineEdit):
                each.returnPressed.connect(self.apply)
        self.error.hide()
        self.adjustSize()

    def _made_inputs(self) -> list[QWidget]:
        field, op = self.field, self.op
        if op in IN_DAYS:
            days = NumberBox(1, 3650, self)
            days.setValue(30)
            days.setSuffix(" " + tr("days"))
            return [days]
        if field.kind is Kind.FLAG:
            box = QComboBox(self)
            box.addItem(tr("Yes"), True)
            box.addItem(tr("No"), False)
            return [box]
        if op is Op.IN and field.kind is Kind.CHOICE:
            return [self._checks(field)]
        if op in OF_TEXT or op is Op.IN or field.kind in (Kind.MONEY, Kind.MOMENT):
            line = QLineEdit(self)
            if op is Op.IN:
                line.setPlaceholderText(tr("several, with commas between"))
            return [line, QLineEdit(self)] if op is Op.BETWEEN else [line]
        count = 2 if op is Op.BETWEEN else 1
        return [editor_for(self._source, self._description.name, field, self) for _ in range(count)]

    def _checks(self, field: Field) -> QListWidget:
        listed = QListWidget(self)
        for choice in field.choices:
            item = QListWidgetItem(tr(choice.label), listed)
            item.setData(Qt.ItemDataRole.UserRole, choice.value)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
        listed.setFixedHeight(min(len(field.choices), 8) * 26 + 8)
        return listed

    def _operand(self) -> Value | tuple[Value, ...]:
        if not self._inputs:
            return None
        first = self._inputs[0]
        if isinstance(first, NumberBox):
            return first.value()
        if isinstance(first, QListWidget):
            return self._checked(first)
        if self.op is Op.IN:
            return tuple(self._several(first.text()))
        if self.op is Op.BETWEEN:
            low, high = (self._one(each) for each in self._inputs)
            return (low, high) if low <= high else (high, low)  # type: ignore[operator]
        return self._one(first)

    def _checked(self, listed: QListWidget) -> tuple[Value, ...]:
        items = [listed.item(i) for i in range(listed.count())]
        chosen = [i.data(Qt.ItemDataRole.UserRole) for i in items if i.checkState() is Qt.CheckState.Checked]
        if not chosen:
            raise ValueRefused(tr("Tick at least one."))
        return tuple(chosen)

    def _several(self, typed: str) -> list[Value]:
        from creator_crm.ui.shared.form.references import resolve

        parts = [part for part in typed.split(",") if part.strip()] or [""]
        if self.field.kind is Kind.REFERENCE:
            return [resolve(self._source, self.field, part.strip()) for part in parts]
        return [read_operand(self.field, self.op, part) for part in parts]

    def _one(self, widget: Any) -> Value:
        if isinstance(widget, ChoiceEditor | PlaceEditor | ReferenceEditor):
            value = widget.read()
            if value is None:
                raise ValueRefused(tr("Choose what to look for."))
            return value
        if isinstance(widget, QComboBox):
            return bool(widget.currentData())
        return read_operand(self.field, self.op, widget.text())

    def _fill(self, condition: Condition) -> None:
        if not self._inputs:
            return
        many = condition.value if isinstance(condition.value, tuple) else (condition.value,)
        first = self._inputs[0]
        if isinstance(first, NumberBox):
            first.setValue(int(str(many[0])))
        elif isinstance(first, QListWidget):
            for i in range(first.count()):
                if first.item(i).data(Qt.ItemDataRole.UserRole) in many:
                    first.item(i).setCheckState(Qt.CheckState.Checked)
        elif condition.op is not Op.BETWEEN and len(many) > 1:
            first.setText(", ".join(self._written(v) for v in many))
        else:
            for widget, value in zip(self._inputs, many, strict=False):
                self._fill_one(widget, value)

    def _fill_one(self, widget: Any, value: Value) -> None:
        if isinstance(widget, ChoiceEditor | PlaceEditor | ReferenceEditor):
            widget.show_value(value)
        elif isinstance(widget, QComboBox):
            widget.setCurrentIndex(widget.findData(value))
        else:
            widget.setText(self._written(value))

    def _written(self, value: Value) -> str:
        field = self.field
        if field.kind is Kind.REFERENCE and isinstance(value, int):
            return self._source.titles(field.references, [value]).get(value, "")
        if self.op in OF_TEXT or (isinstance(value, str) and field.kind in (Kind.TAGS, Kind.MOMENT)):
            return str(value)
        return as_typed(field, value)
