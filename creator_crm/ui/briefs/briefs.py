"""The Briefs tab: the list, and one brief in sections with its versions and who has which."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from creator_crm.ui.briefs.holders import HoldersTab
from creator_crm.ui.briefs.versions import VersionsTab
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.form.sections import Section
from creator_crm.ui.shared.panel.panel import RecordPanel
from creator_crm.ui.shared.records_view import RecordsView, Shape
from creator_crm.ui.shared.text import tr

SHAPE = Shape(
    record="brief",
    title="Briefs",
    sort="name",
    board="status",
    empty=(
        "No brief yet. Write down what a creator should achieve and must not do; how is up to them.",
        "Add a brief",
        "list.add",
    ),
    actions=("briefs.keep", "briefs.export", "briefs.hand_out", "briefs.plan"),
    columns=("name", "status", "posting_until", "campaign", "latest_version", "product", "objective"),
)
SECTIONS = (
    Section("", ("name", "campaign", "product", "status")),
    Section("Outcome", ("objective", "audience", "key_message", "call_to_action", "funnel_stage")),
    Section("Product", ("product_facts",)),
    Section("Boundaries", ("please_do", "please_do_not", "no_go")),
    Section("Rules", ("country", "language", "disclosure")),
    Section("The post", ("formats", "hook", "hashtags", "sound", "posting_from", "posting_until")),
    Section("Terms", ("rights", "refund_policy")),
    Section("Notes", ("notes",)),
)
WIDE = 440  # a brief is mostly written, not looked up
HEAD = ("briefs.keep", "briefs.export")


class BriefPanel(RecordPanel):
    """The record panel of a brief: written in sections, kept in versions, handed out."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        source = context.workspace
        super().__init__(
            source,
            "brief",
            parent,
            chips=("status", "funnel_stage"),
            caption=("campaign", "product", "posting_until"),
            sections=SECTIONS,
        )
        row = QHBoxLayout()
        row.setContentsMargins(theme.M, 0, theme.M, 0)
        row.setSpacing(theme.S)
        self.buttons = {}
        for name in HEAD:
            action = context.actions[name]
            made = buttons.button(action.text().removesuffix("…"), context.actions.sign(name), "", self)
            made.clicked.connect(self.form.flush)  # what is being typed belongs to it
            made.clicked.connect(action.trigger)
            row.addWidget(made)
            self.buttons[name] = made
        row.addStretch(1)
        self.put_above(row)
        self.add_tab(tr("Versions"), VersionsTab(context, self))
        self.setMinimumWidth(WIDE)
        self.add_tab(tr("Who has it"), HoldersTab(context, self))


def briefs_view(context: Context) -> RecordsView:
    """The tab of the briefs."""
    return RecordsView(context, SHAPE, BriefPanel)
