"""Planning content: who posts what until when, one piece or several for each creator."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QSpinBox, QWidget

from creator_crm.domain.errors import UserError
from creator_crm.domain.query import Query
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.ui.sending.receivers import Receivers
from creator_crm.ui.shared import buttons
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.form.dates import DateEditor
from creator_crm.ui.shared.form.editors import ChoiceEditor
from creator_crm.ui.shared.form.question import column_of, ending, fill_with_records, lines
from creator_crm.ui.shared.text import counted, tr


class PlanDialog(QDialog):
    """Asks what is to be planned; `planned` gives the new deliverables."""

    planned = Signal(object)  # list[int]

    def __init__(
        self, context: Context, parent: QWidget, campaign: int | None = None, brief: int = 0
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Plan content"))
        self._context, self._workspace = context, context.workspace
        description = self._workspace.catalogue["deliverable"]
        self.brief = self._picker("brief", tr("Brief"), tr("No brief"), brief)
        self.campaign = self._picker("campaign", tr("Campaign"), tr("No campaign"), campaign or 0)
        self.format = ChoiceEditor(description.field("format"), self, empty=False)
        self.format.show_value("short_video")
        self.platform = ChoiceEditor(description.field("platform"), self, empty=False)
        self.platform.show_value("tiktok")
        self.due = DateEditor(description.field("due_on"), self)
        self.each = QSpinBox(self)
        self.each.setAccessibleName(tr("Pieces for each creator"))
        self.each.setRange(1, 20)
        self.people = Receivers(self._workspace, self)
        self.people.list.setAccessibleName(tr("Who posts"))
        self.all_button = buttons.button(tr("Everybody in the campaign"), "users", "quiet", self)
        self.error = plain_label("", "error", wrap=True, parent=self)
        self.error.hide()
        self.plan_button = buttons.button("", "calendar-check", "primary", self)
        self.plan_button.setDefault(True)
        self._build()
        self._connect()
        self._on_brief()

    def plan(self) -> None:
        """Plan it and close, or say in place why not."""
        try:
            due = self.due.read()
            values = {
                "brief": self.brief.currentData() or None,
                "campaign": self.campaign.currentData() or None,
                "format": self.format.read(),
                "platform": self.platform.read(),
                "due_on": due if isinstance(due, str) else None,
            }
            made = self._workspace.plan_deliverables(self.people.numbers, values, each=self.each.value())
        except (UserError, ValueRefused) as refusal:
            self.error.setText(str(refusal))
            self.error.show()
            return
        self._context.tell_done(self._workspace.store.last_changes)
        self.planned.emit(made)
        self.accept()

    # Inside --------------------------------------------------------------------------------------------

    def _on_brief(self) -> None:
        """A brief brings its campaign and its last day, where nothing else was chosen."""
        number = self.brief.currentData()
        row: Any = self._workspace.row("brief", number) if number else None
        if row is not None:
            if row.campaign and not self.campaign.currentData():
                self.campaign.setCurrentIndex(max(self.campaign.findData(row.campaign), 0))
            if row.posting_until and not self.due.text().strip():
                self.due.show_value(row.posting_until)
        self._update()

    def _add_everybody(self) -> None:
        parts: list[Any] = self._workspace.rows(
            "collaboration",
            self._workspace.ids(Query("collaboration", campaign=self.campaign.currentData())),
        )
        gone = ("declined",)
        self.people.add([part.creator for part in parts if part.status not in gone])

    def _update(self) -> None:
        pieces = len(self.people.numbers) * self.each.value()
        many = counted(pieces, "piece", "pieces")
        label = tr("Plan {pieces}").format(pieces=many) if pieces else tr("Plan")
        self.plan_button.setText(f"{buttons.GAP}{label}")
        self.plan_button.setAccessibleName(label)
        self.plan_button.setEnabled(pieces > 0)
        self.all_button.setEnabled(bool(self.campaign.currentData()))
        self.error.hide()

    def _picker(self, record: str, name: str, none: str, chosen: int) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(name)
        fill_with_records(box, self._workspace, record, none, chosen)
        return box

    def _connect(self) -> None:
        self.brief.currentIndexChanged.connect(self._on_brief)
        self.campaign.currentIndexChanged.connect(self._update)
        self.each.valueChanged.connect(self._update)
        self.people.changed.connect(self._update)
        self.all_button.clicked.connect(self._add_everybody)
        self.plan_button.clicked.connect(self.plan)

    def _build(self) -> None:
        form = lines(
            (tr("Brief"), self.brief),
            (tr("Campaign"), self.campaign),
            (tr("Format"), self.format),
            (tr("Platform"), self.platform),
            (tr("Due on"), self.due),
            (tr("For each"), self.each),
        )
        who = QHBoxLayout()
        who.addWidget(plain_label(tr("Who posts"), "section"))
        who.addStretch(1)
        who.addWidget(self.all_button)
        column = column_of(self)
        column.addWidget(plain_label(tr("What is planned"), "section"))
        column.addLayout(form)
        column.addLayout(who)
        column.addWidget(self.people, 1)
        column.addLayout(ending(self, self.plan_button, self.error))
        self.resize(560, 620)
