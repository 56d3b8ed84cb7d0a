"""The Content tab: every piece of content from plan to live post, as a list or a board of statuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from creator_crm.compat import override
from creator_crm.domain.errors import UserError
from creator_crm.ui.briefs.steps import ContentSteps, advance
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.form.sections import Section
from creator_crm.ui.shared.panel.panel import RecordPanel
from creator_crm.ui.shared.panel.parts import PartsList
from creator_crm.ui.shared.records_view import RecordsView, Shape
from creator_crm.ui.shared.text import tr

if TYPE_CHECKING:
    from creator_crm.domain.fields import Row

SHAPE = Shape(
    record="deliverable",
    title="Content",
    sort="-due_on",
    board="status",
    empty=(
        "Nothing is planned yet. Say who posts what until when; it turns up here until it is live.",
        "Plan content",
        "briefs.plan",
    ),
    actions=(
        "briefs.draft_in",
        "briefs.approve",
        "briefs.ask_changes",
        "briefs.go_live",
        "briefs.read",
        "briefs.open_post",
    ),
    head=("briefs.log_post", "briefs.plan"),
    cards=("name", "creator", "due_on"),
    adds="briefs.plan",
    columns=("name", "creator", "status", "due_on", "live_on", "platform", "format", "views", "campaign"),
)
SECTIONS = (
    Section("", ("name", "creator", "campaign", "brief", "product")),
    Section("What it is", ("format", "platform", "hook", "funnel_stage")),
    Section("When", ("due_from", "due_on", "draft_in_on", "approved_on", "live_on", "rounds")),
    Section("The post", ("live_url", "code", "link", "post_id")),
    Section("Brief", ("brief_version", "acknowledged_on")),
    Section("More", ("shipment", "fee", "currency", "notes")),
)
DISCLOSURE = (
    Section("", ("verdict", "label_present", "label_text", "up_front", "in_the_picture")),
    Section("Also", ("platform_label", "code_disclosed", "claims_allowed")),
    Section("Who looked", ("checked_by", "country", "fix_asked_on", "fixed_on")),
    Section("Notes", ("notes",)),
)


def content_view(context: Context) -> RecordsView:
    """The tab of the content."""
    return RecordsView(context, SHAPE, _panel)


class ContentPanel(RecordPanel):
    """The record panel of a deliverable, with its steps above the tabs."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self._context = context
        source = context.workspace
        super().__init__(
            source,
            "deliverable",
            parent,
            chips=("status", "format", "platform"),
            caption=("creator", "campaign"),
            sections=SECTIONS,
        )
        self.steps = ContentSteps(self)
        self.put_above(self.steps)
        names = ("measured_on", "views", "likes", "comments", "shares", "saves")
        self.add_tab(tr("Measured"), PartsList(source, "post_metrics", "deliverable", names=names))
        said = ("verdict", "label_text", "checked_at", "checked_by")
        checks = PartsList(source, "disclosure_check", "deliverable", names=said, sections=DISCLOSURE)
        self.add_tab(tr("Disclosure"), checks)
        self.steps.wanted.connect(self._advance)
        self.steps.show_content(None)

    @override
    def _show_header(self, row: Row | None) -> None:
        super()._show_header(row)
        if "steps" in vars(self):
            self.steps.show_content(row)

    def _advance(self, status: str) -> None:
        self.form.flush()
        if status == "live":
            from creator_crm.ui.briefs.log_post import LogPostDialog

            LogPostDialog(self._context, self, self.id).open()
            return
        try:
            self._context.tell_done(advance(self._context.workspace, [self.id], status))
        except UserError as refusal:
            self.failed.emit(str(refusal))


def _panel(context: Context, parent: QWidget) -> RecordPanel:
    return ContentPanel(context, parent)
