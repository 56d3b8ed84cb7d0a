"""Briefs in their versions, and the calendar they are timed by."""

from __future__ import annotations

from creator_crm.domain import fields as f
from creator_crm.domain.aliases import also
from creator_crm.domain.fields import Choice, Derived, Row, record

BRIEF_STATUSES = (
    Choice("draft", "Draft", "grey"),
    Choice("ready", "Ready", "teal"),
    Choice("sent", "Sent", "green"),
    Choice("retired", "Retired", "amber"),
)

FUNNEL_STAGES = (
    Choice("awareness", "Get known", "violet"),
    Choice("consideration", "Get considered", "blue"),
    Choice("conversion", "Sell", "green"),
    Choice("loyalty", "Sell again", "pink"),
)

FORMATS = (
    Choice("short_video", "Short video", "pink"),
    Choice("live", "LIVE", "red"),
    Choice("review", "Review", "blue"),
    Choice("unboxing", "Unboxing", "amber"),
    Choice("routine", "Routine", "teal"),
    Choice("before_after", "Before and after", "violet"),
    Choice("challenge", "Challenge", "green"),
    Choice("thought_leadership", "Thought leadership", "grey"),
    Choice("story", "Story", "violet"),
    Choice("photo", "Photo", "grey"),
    Choice("other", "Other", "grey"),
)

EVENT_KINDS = (
    Choice("launch", "Launch", "pink"),
    Choice("season", "Season", "teal"),
    Choice("holiday", "Holiday", "green"),
    Choice("sale", "Sale", "red"),
    Choice("stock", "Stock arrives", "amber"),
    Choice("content_drop", "Content drop", "violet"),
    Choice("other", "Other", "grey"),
)


@record(label="Brief", plural="Briefs", key=("name",), title="name", icon="file-text", unique=(("name",),))
class Brief(Row):
    """What a creator should achieve and must not do; how it is done is up to them."""

    name: str | None = f.text(
        "Name", required=True, searchable=True, shown=True, width=26, aliases=also("title; brief")
    )
    campaign: int | None = f.reference("Campaign", references="campaign", indexed=True, shown=True, width=20)
    product: int | None = f.reference("Product", references="product", indexed=True, shown=True, width=22)
    status: str | None = f.choice(
        "Status", choices=BRIEF_STATUSES, default="draft", shown=True, indexed=True, width=10
    )
    latest_version: int | None = f.count(
        "Version",
        derived=Derived("brief_version", "brief", "number", pick="max"),
        shown=True,
        editable=False,
        width=9,
        help="The latest version that was kept.",
    )
    objective: str | None = f.long_text(
        "Objective",
        searchable=True,
        shown=True,
        width=34,
        help="The outcome that counts, and how you will see it.",
        aliases=also("goal; aim; ziel; objetivo"),
    )
    audience: str | None = f.long_text("Audience", searchable=True, width=30)
    key_message: str | None = f.long_text(
        "Key message", searchable=True, width=34, help="The one thing a viewer should remember."
    )
    call_to_action: str | None = f.text(
        "Call to action", searchable=True, width=26, help="One only.", aliases=("cta",)
    )
    product_facts: str | None = f.long_text("Product facts", searchable=True, width=34)
    please_do: str | None = f.long_text("Please do", width=30, aliases=("do",))
    please_do_not: str | None = f.long_text("Please don't", width=30, aliases=("don't",))
    no_go: str | None = f.long_text(
        "No-go", width=30, help="What may not be said or shown at all: claims, rivals, places."
    )
    country: str | None = f.country("Country", width=12, help="Whose rules for advertising apply.")
    language: str | None = f.language("Language", width=12)
    disclosure: str | None = f.text("Disclosure", width=28, help="The words that say that it is advertising.")
    hashtags: tuple[str, ...] = f.tags("Hashtags", width=24)
    sound: str | None = f.text("Sound", width=20)
    formats: tuple[str, ...] = f.tags("Formats", width=22)
    funnel_stage: str | None = f.choice("Funnel stage", choices=FUNNEL_STAGES, shown=True, width=14)
    hook: str | None = f.text("Hook to test", searchable=True, width=26)
    posting_from: str | None = f.day("Posts from", shown=True, width=12)
    posting_until: str | None = f.day("Posts until", shown=True, width=12, aliases=also("deadline; due date"))
    refund_policy: str | None = f.long_text("Refund policy", width=30)
    rights: str | None = f.long_text(
        "Rights", width=30, help="What you may do with the posts, and for how long."
    )
    notes: str | None = f.long_text("Notes", searchable=True, width=30)


@record(
    label="Brief version",
    plural="Brief versions",
    key=("brief", "number"),
    title="name",
    named=("name", "number"),
    icon="history",
    unique=(("brief", "number"),),
)
class BriefVersion(Row):
    """A brief as it was when it was kept; never changed again."""

    brief: int | None = f.reference(
        "Brief", references="brief", owned=True, required=True, indexed=True, shown=True, width=26
    )
    number: int | None = f.count("Version", required=True, editable=False, shown=True, width=9)
    name: str | None = f.text("Name then", editable=False, searchable=True, shown=True, width=26)
    kept_at: str | None = f.moment("Kept", editable=False, shown=True, width=16)
    author: str | None = f.text("By", editable=False, shown=True, width=14)
    content: str | None = f.data("Content", editable=False, hidden=True)
    note: str | None = f.text("What changed", shown=True, searchable=True, width=34)


@record(
    label="Date",
    plural="Dates",
    key=("name", "starts_on"),
    title="name",
    icon="calendar",
)
class CalendarEvent(Row):
    """A launch, season, sale or delivery of stock that posts are timed by."""

    name: str | None = f.text(
        "Name", required=True, searchable=True, shown=True, width=28, aliases=also("event; title; summary")
    )
    kind: str | None = f.choice("Kind", choices=EVENT_KINDS, default="launch", shown=True, width=14)
    starts_on: str | None = f.day(
        "Starts on",
        required=True,
        shown=True,
        indexed=True,
        ordered=True,
        width=12,
        aliases=also("start; start date; date; datum; fecha"),
    )
    ends_on: str | None = f.day("Ends on", shown=True, width=12, aliases=also("end; end date"))
    campaign: int | None = f.reference("Campaign", references="campaign", indexed=True, shown=True, width=20)
    product: int | None = f.reference("Product", references="product", indexed=True, shown=True, width=22)
    notes: str | None = f.long_text("Notes", searchable=True, width=30)
