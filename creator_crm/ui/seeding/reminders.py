"""Reminders for many at once, how long creators have to post, and when a parcel is stuck: what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QPlainTextEdit, QPushButton, QWidget

from creator_crm.domain.clocks import CLOCKS
from creator_crm.domain.errors import UserError
from creator_crm.domain.seeding import PARCEL_KINDS
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.form.dates import DateEditor
from creator_crm.ui.shared.form.number_box import NumberBox
from creator_crm.ui.shared.form.question import column_of, ending, lines
from creator_crm.ui.shared.text import counted, number, tr

NAMED = 3  # reasons that are told one by one
STUCK_AFTER = {
    "approved": "Approved, not packed",
    "packed": "Packed, not shipped",
    "home": "Under way without a scan",
    "abroad": "Under way abroad without a scan",
}


class RemindersDialog(QDialog):
    """Asks with which template and on which day some creators are reminded of their posts."""

    def __init__(self, context: Context, parent: QWidget, parcels: Sequence[int]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Remind of the post"))
        self._context, self._workspace, self._parcels = context, context.workspace, parcels
        first: Any = self._workspace.row("shipment", parcels[0]) if parcels else None
        self._creator = first.creator if first is not None else 0
        self.template = QComboBox(self)
        self.template.setAccessibleName(tr("Template"))
        for row in self._workspace.reminder_templates():
            self.template.addItem(row.name, row.id)
        self.on = DateEditor(self._workspace.catalogue["message"].field("send_on"), self)
        self.on.setAccessibleName(tr("On"))
        self.on.show_value(date.today().isoformat())
        self.preview = QPlainTextEdit(self)
        self.preview.setAccessibleName(tr("What the first of them reads"))
        self.preview.setReadOnly(True)
        self.preview.setMinimumHeight(110)
        self.summary = plain_label("", "muted", wrap=True, parent=self)
        self.left_out = plain_label("", "muted", wrap=True, parent=self)
        self.error = plain_label("", "error", wrap=True, parent=self)
        self.error.hide()
        self._possible, self._left_out = self._workspace.reminders_possible(parcels)
        label = tr("Plan {reminders}").format(reminders=counted(self._possible, "reminder", "reminders"))
        self.plan_button = buttons.button(label, "bell", "primary", self)
        self._build()
        self.template.currentIndexChanged.connect(self._show_preview)
        self.plan_button.clicked.connect(self.plan)
        self._show_preview()

    def plan(self) -> None:
        """Plan them and close, or say in place why not."""
        try:
            done = self._workspace.plan_reminders(
                self._parcels, self.template.currentData(), str(self.on.read() or date.today().isoformat())
            )
        except (UserError, ValueRefused) as refusal:
            self.error.setText(str(refusal))
            self.error.show()
            return
        self._context.tell_done(done.changes)
        self.accept()

    # Inside --------------------------------------------------------------------------------------------

    def _show_preview(self) -> None:
        template = self.template.currentData()
        self.plan_button.setEnabled(template is not None and self._possible > 0)
        self.error.hide()
        if template is None:
            self.summary.setText(
                tr("No template asks for a post yet. Write one on the Templates tab of Outreach first.")
            )
            return
        try:
            filled = self._workspace.render(template, self._creator)
        except UserError as refusal:
            self.preview.setPlainText("")
            self.summary.setText(str(refusal))
            return
        self.preview.setPlainText(filled.text)
        self.summary.setText(
            tr("They come up in the Queue of Outreach on that day, filled in for each creator to be sent.")
        )
        if self._left_out:
            self.left_out.setText(tr("Left out: {why}").format(why=_some(self._left_out)))

    def _build(self) -> None:
        column = column_of(self, theme.S)
        column.addLayout(lines((tr("Template"), self.template), (tr("On"), self.on)))
        column.addSpacing(theme.S)
        column.addWidget(plain_label(tr("What the first of them reads"), "section"))
        column.addWidget(self.preview, 1)
        column.addWidget(self.left_out)
        self.left_out.setVisible(bool(self._left_out))
        column.addWidget(self.error)
        column.addLayout(ending(self, self.plan_button, self.summary))
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        self.resize(560, 400)


def _some(reasons: Sequence[str]) -> str:
    """The first reasons, and how many more there are."""
    more = tr("And {n} more.").format(n=number(len(reasons) - NAMED)) if len(reasons) > NAMED else ""
    return " ".join([*reasons[:NAMED], more]).strip()


class ClocksDialog(QDialog):
    """Asks for each kind of parcel how long its creator has to post."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("How long creators have to post"))
        self._context = context
        held = context.workspace.clocks().by_kind
        self.boxes: dict[str, QComboBox] = {}
        asked: list[tuple[str, QWidget]] = []
        for kind in PARCEL_KINDS:
            box = self.boxes[kind.value] = QComboBox(self)
            box.setAccessibleName(tr(kind.label))
            for clock in CLOCKS:
                box.addItem(tr(clock.label), clock.name)
            box.setCurrentIndex(max(box.findData(held.get(kind.value, CLOCKS[0].name)), 0))
            asked.append((tr(kind.label), box))
        self.save_button = buttons.button(tr("Save"), "check", "primary", self)
        self.save_button.clicked.connect(self.save)
        form: QFormLayout = lines(*asked)
        column = column_of(self)
        column.addWidget(
            plain_label(
                tr("Counted from the day of delivery. TikTok Shop's days are those that it tells sellers."),
                "muted",
                wrap=True,
            )
        )
        column.addLayout(form)
        column.addLayout(ending(self, self.save_button))
        self.setMinimumWidth(720)

    def save(self) -> None:
        """Remember the choice; the list follows at once."""
        chosen = {kind: str(box.currentData()) for kind, box in self.boxes.items()}
        self._context.tell_done(self._context.workspace.set_clocks(chosen))
        self.accept()


class PatienceDialog(QDialog):
    """Asks after how many days a parcel that does not move is stuck."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("When a parcel is stuck"))
        self._context = context
        held = context.workspace.patience()
        self.boxes: dict[str, NumberBox] = {}
        asked: list[tuple[str, QWidget]] = []
        for name, label in STUCK_AFTER.items():
            box = self.boxes[name] = NumberBox(1, 365, self)
            box.setAccessibleName(tr(label))
            box.setSuffix(tr(" days"))
            box.setValue(getattr(held, name))
            asked.append((tr(label), box))
        told = tr("A carrier service may have days of its own; they go before these.")
        if not held.country:
            told += " " + tr("Which parcels go abroad is known once there is a sender address.")
        self.save_button = buttons.button(tr("Save"), "check", "primary", self)
        self.save_button.clicked.connect(self.save)
        column = column_of(self)
        column.addWidget(plain_label(told, "muted", wrap=True))
        column.addLayout(lines(*asked))
        column.addLayout(ending(self, self.save_button))
        self.setMinimumWidth(460)

    def save(self) -> None:
        """Remember the days; list and Today follow at once."""
        days = {name: box.value() for name, box in self.boxes.items()}
        self._context.tell_done(self._context.workspace.set_patience(days))
        self.accept()
