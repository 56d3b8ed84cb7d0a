"""The Assets tab: videos and pictures you may use again, where, until when, with their Spark codes."""

from __future__ import annotations

from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.form.sections import Section
from creator_crm.ui.shared.records_view import RecordsView, Shape

SECTIONS = (
    Section("", ("name", "kind", "link")),
    Section("What you may do with it", ("usage", "usage_channels", "rights_until")),
    Section("As an ad", ("spark_code", "spark_until")),
    Section("Where it comes from", ("creator", "deliverable", "campaign", "product")),
    Section("Notes", ("notes",)),
)
SHAPE = Shape(
    record="asset",
    title="Assets",
    sort="rights_until",
    board="usage",
    empty=(
        "Nothing is kept for your own use yet. Note what you may use, where, and until when.",
        "Add an asset",
        "list.add",
    ),
    cards=("name", "creator", "rights_until"),
    columns=("name", "kind", "creator", "usage", "rights_until", "spark_until", "campaign"),
    chips=("usage", "kind"),
    caption=("creator", "rights_until"),
    sections=SECTIONS,
)


def assets_view(context: Context) -> RecordsView:
    """The tab of the assets."""
    return RecordsView(context, SHAPE)
