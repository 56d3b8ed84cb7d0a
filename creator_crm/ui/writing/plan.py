"""Planning messages for many creators at once: a whole sequence or a single message; one step to undo."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QPushButton, QWidget

from creator_crm.domain.changes import Changes
from creator_crm.domain.errors import UserError
from creator_crm.domain.query import Query
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.ui.sending.receivers import Receivers
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.form.dates import DateEditor
from creator_crm.ui.shared.form.question import column_of, ending, fill_with_records, lines
from creator_crm.ui.shared.text import counted, day, tr


class PlanMessagesDialog(QDialog):
    """Asks who is written to, what with, and from which day on; the Queue brings each message up."""

    planned = Signal(object)  # Changes

    def __init__(
        self, context: Context, parent: QWidget, creators: Sequence[int] = (), campaign: int | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Plan messages"))
        self._context, self._workspace = context, context.workspace
        self._sequences = self._workspace.sequences()
        self.people = Receivers(self._workspace, self)
        self.people.list.setAccessibleName(tr("Who is written to"))
        self.what = QComboBox(self)
        self.what.setAccessibleName(tr("What is written"))
        self.campaign = QComboBox(self)
        self.campaign.setAccessibleName(tr("Campaign"))
        self.start = DateEditor(self._workspace.catalogue["message"].field("send_on"), self)
        self.start.show_value(date.today().isoformat())
        self.summary = plain_label("", "muted", wrap=True, parent=self)
        self.error = plain_label("", "error", wrap=True, parent=self)
        self.error.hide()
        self.plan_button = buttons.button("", "list-checks", "primary", self)
        self._build()
        self._offer(campaign)
        self._connect()
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # Enter chooses a creator; it must not plan
        self.people.add(creators)
        self._update()
        (self.what if creators else self.people.who).setFocus()

    def plan(self) -> None:
        """Plan it and close, or say in place why not."""
        try:
            changes = self._planned(str(self.start.read() or date.today().isoformat()))
        except (UserError, ValueRefused) as refusal:
            self.error.setText(str(refusal))
            self.error.show()
            return
        self._context.tell_done(changes)
        self.planned.emit(changes)
        self.accept()

    # Inside --------------------------------------------------------------------------------------------

    def _planned(self, start: str) -> Changes:
        what, campaign = self.what.currentData(), self.campaign.currentData() or None
        if isinstance(what, str):
            return self._workspace.start_sequence(what, self.people.numbers, start, campaign=campaign)
        template: Any = self._workspace.row("template", what)
        channel = (template.channel if template else None) or "tiktok_dm"
        return self._workspace.plan_messages(
            self.people.numbers, start, channel=channel, template=what, campaign=campaign
        )

    def _update(self) -> None:
        count, what = len(self.people.numbers), self.what.currentData()
        steps = self._sequences.get(what, []) if isinstance(what, str) else [None]
        label = tr("Plan {messages}").format(messages=counted(count * len(steps), "message", "messages"))
        self.plan_button.setText(f"{buttons.GAP}{label}")
        self.plan_button.setAccessibleName(label)
        self.plan_button.setEnabled(bool(count and steps and what))
        self.error.hide()
        self.summary.setText(self._told(steps, what))

    def _told(self, steps: Sequence[Any], what: object) -> str:
        if not what:
            return tr("There is no template yet. Write one on the Templates tab of Outreach first.")
        if not isinstance(what, str):
            return tr("It comes up in the Queue on that day, filled in for each of them.")
        days = sum((step.wait_days or 0) for step in steps[1:])
        try:
            first = date.fromisoformat(str(self.start.read()))
        except ValueError:
            return ""
        said = tr("{messages} for each, the last on {day}. An answer takes the rest off again.")
        last = day(first + timedelta(days=days))
        return said.format(messages=counted(len(steps), "message", "messages"), day=last)

    def _offer(self, campaign: int | None) -> None:
        for name in self._sequences:
            self.what.addItem(tr("Sequence: {name}").format(name=name), name)
        templates = self._workspace.ids(Query("template", sort=("name",)))
        titles = self._workspace.titles("template", templates)
        for number in templates:
            self.what.addItem(tr("One message: {name}").format(name=titles.get(number, "")), number)
        fill_with_records(self.campaign, self._workspace, "campaign", tr("No campaign"), campaign or 0)

    def _connect(self) -> None:
        self.people.changed.connect(self._update)
        self.what.currentIndexChanged.connect(self._update)
        self.start.edited.connect(self._update)
        self.plan_button.clicked.connect(self.plan)

    def _build(self) -> None:
        form = lines(
            (tr("What is written"), self.what),
            (tr("From"), self.start),
            (tr("Campaign"), self.campaign),
        )
        column = column_of(self, theme.S)
        column.addWidget(plain_label(tr("Who is written to"), "section"))
        column.addWidget(self.people, 1)
        column.addSpacing(theme.S)
        column.addLayout(form)
        column.addSpacing(theme.S)
        column.addWidget(self.error)
        column.addLayout(ending(self, self.plan_button, self.summary))
        self.resize(600, 520)
