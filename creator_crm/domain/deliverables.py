"""Deliverables: content, what they measured, the rights in them, and whether they say they are ads."""

from __future__ import annotations

from typing import Any

from creator_crm.domain import fields as f
from creator_crm.domain.accounts import PLATFORMS
from creator_crm.domain.aliases import also
from creator_crm.domain.briefs import FORMATS, FUNNEL_STAGES
from creator_crm.domain.campaigns import CURRENCIES
from creator_crm.domain.creators import whose
from creator_crm.domain.fields import Choice, Derived, Lapse, Row, record
from creator_crm.domain.outreach import USAGES

DELIVERABLE_STATUSES = (
    Choice("planned", "Planned", "grey"),
    Choice("drafting", "Drafting", "teal"),
    Choice("draft_in", "Draft in", "violet"),
    Choice("changes_asked", "Changes asked", "amber"),
    Choice("approved", "Approved", "blue"),
    Choice("live", "Live", "green"),
    Choice("late", "Late", "red"),
    Choice("cancelled", "Cancelled", "grey"),
)

ASSET_KINDS = (
    Choice("video", "Video", "pink"),
    Choice("photo", "Photo", "blue"),
    Choice("raw_footage", "Raw footage", "grey"),
    Choice("quote", "Quote", "teal"),
    Choice("other", "Other", "grey"),
)

DISCLOSURE_VERDICTS = (
    Choice("fine", "Fine", "green"),
    Choice("fix_asked", "Fix asked for", "amber"),
    Choice("fixed", "Fixed", "teal"),
    Choice("taken_down", "Taken down", "red"),
)

_LATEST = ("-measured_on", "-id")


def _measured(field: str) -> Derived:
    return Derived("post_metrics", "deliverable", field, _LATEST)


def _of_content() -> Any:
    """The piece of content that a row belongs to and goes with."""
    return f.reference(
        "Content",
        aliases=("deliverable",),
        references="deliverable",
        owned=True,
        required=True,
        indexed=True,
        shown=True,
        width=26,
    )


@record(
    label="Piece of content",
    plural="Pieces of content",
    key=("post_id",),
    title="name",
    icon="video",
    unique=(("platform", "post_id"),),
)
class Deliverable(Row):
    """One piece of content of one creator, from plan to live post."""

    name: str | None = f.text(
        "Name",
        searchable=True,
        shown=True,
        width=26,
        aliases=also(
            "video name; video title; post title; title; caption; content; post; live title; 视频标题"
        ),
    )
    creator: int | None = whose()
    campaign: int | None = f.reference("Campaign", references="campaign", indexed=True, shown=True, width=20)
    product: int | None = f.reference("Product", references="product", indexed=True, width=22)
    brief: int | None = f.reference(
        "Brief", references="brief", indexed=True, width=22, fills=("campaign", "product")
    )
    brief_version: int | None = f.reference(
        "Brief version",
        references="brief_version",
        indexed=True,
        fills=("brief",),
        width=16,
        help="The version the creator was given.",
    )
    acknowledged_on: str | None = f.day("Brief acknowledged on", width=18)
    shipment: int | None = f.reference(
        "Parcel",
        references="shipment",
        indexed=True,
        width=18,
        fills=("campaign",),
        help="The parcel whose contents it shows.",
    )
    status: str | None = f.choice(
        "Status",
        choices=DELIVERABLE_STATUSES,
        default="planned",
        shown=True,
        indexed=True,
        width=14,
        lapses=Lapse("late", "due_on", ("planned", "drafting", "draft_in", "changes_asked", "approved")),
    )
    format: str | None = f.choice(
        "Format", choices=FORMATS, default="short_video", shown=True, width=15, aliases=("content type",)
    )
    platform: str | None = f.choice("Platform", choices=PLATFORMS, default="tiktok", shown=True, width=12)
    funnel_stage: str | None = f.choice("Funnel stage", choices=FUNNEL_STAGES, width=14)
    hook: str | None = f.text(
        "Hook", searchable=True, shown=True, width=24, aliases=also("angle; idea; concept")
    )
    due_from: str | None = f.day("Posts from", width=12)
    due_on: str | None = f.day(
        "Due on",
        shown=True,
        indexed=True,
        ordered=True,
        width=12,
        help="The last day of the posting window.",
        aliases=also("due date; posting date; post due; deadline; go live; planned for"),
    )
    draft_in_on: str | None = f.day("Draft in on", indexed=True, width=12)
    changes_asked_on: str | None = f.day("Changes asked on", width=14)
    rounds: int | None = f.count("Approval rounds", default=0, width=14)
    approved_on: str | None = f.day("Approved on", width=12)
    live_on: str | None = f.day(
        "Live on",
        shown=True,
        indexed=True,
        ordered=True,
        width=12,
        aliases=also(
            """video post date; post date; posted on; posted; post time; video publish time; publish date;
            published; live start time; date posted; date; veröffentlicht am; fecha de publicación"""
        ),
    )
    live_url: str | None = f.url(
        "Live link",
        searchable=True,
        personal=True,
        shown=True,
        width=28,
        aliases=also("video link; post url; post link; link to post; content link; live url; permalink; url"),
    )
    post_id: str | None = f.identifier(
        "Post ID",
        indexed=True,
        width=21,
        help="The number of the post on its platform; digits are kept as they are.",
        aliases=also("video id; content id; live id; media id; รหัสเนื้อหา"),
    )
    code: int | None = f.reference(
        "Code", references="code", indexed=True, width=14, fills=("campaign", "product")
    )
    link: str | None = f.url("Creator's link", width=26, help="The tracked link that the post carries.")
    currency: str | None = f.choice("Currency", choices=CURRENCIES, default="EUR", width=10)
    fee: int | None = f.money("Fee", currency="currency", width=12, help="What this piece costs by itself.")
    views: int | None = f.count(
        "Views", derived=_measured("views"), shown=True, editable=False, width=11, ordered=True
    )
    likes: int | None = f.count("Likes", derived=_measured("likes"), editable=False, width=10)
    comments: int | None = f.count("Comments", derived=_measured("comments"), editable=False, width=10)
    shares: int | None = f.count("Shares", derived=_measured("shares"), editable=False, width=10)
    saves: int | None = f.count("Saves", derived=_measured("saves"), editable=False, width=10)
    measured_on: str | None = f.day("Measured on", derived=_measured("measured_on"), editable=False, width=12)
    notes: str | None = f.long_text("Notes", searchable=True, width=30)


@record(
    label="Post metrics",
    plural="Post metrics",
    key=("deliverable", "measured_on"),
    title="measured_on",
    named=("deliverable", "measured_on"),
    icon="chart-line",
    unique=(("deliverable", "measured_on"),),
)
class PostMetrics(Row):
    """What a post had reached on one day; dated snapshots, never added up."""

    deliverable: int | None = _of_content()
    measured_on: str | None = f.day(
        "Measured on", required=True, shown=True, indexed=True, width=12, aliases=also("as of; data date")
    )
    counts_from: str | None = f.day(
        "Counts from", width=12, help="First day of the window, when the report covers only some days."
    )
    views: int | None = f.count(
        "Views",
        shown=True,
        width=11,
        aliases=also(
            """total views; video views; play count; plays; shoppable video impressions; aufrufe; vistas;
            vues; ยอดดู; 播放量; 再生回数"""
        ),
    )
    reach: int | None = f.count(
        "Reach", shown=True, width=11, aliases=also("reached audience; unique viewers")
    )
    likes: int | None = f.count(
        "Likes", shown=True, width=10, aliases=also("total likes; shoppable video likes; likes count; 点赞")
    )
    comments: int | None = f.count(
        "Comments", shown=True, width=10, aliases=also("total comments; shoppable video comments; 评论")
    )
    shares: int | None = f.count("Shares", shown=True, width=10, aliases=also("total shares; 分享"))
    saves: int | None = f.count("Saves", shown=True, width=10, aliases=also("favorites; bookmarks; 收藏"))
    clicks: int | None = f.count("Clicks", shown=True, width=10, aliases=also("link clicks; product clicks"))
    watch_seconds: float | None = f.number(
        "Average watch (s)", width=15, aliases=also("average watch time; avg watch time")
    )
    watched_to_end: int | None = f.percent(
        "Watched to the end", width=16, aliases=also("completion rate; full video watched rate")
    )
    orders: int | None = f.count(
        "Orders reported", width=14, aliases=also("affiliate orders; live-attributed orders")
    )
    items_sold: int | None = f.count(
        "Items reported", width=13, aliases=also("affiliate items sold; items sold")
    )
    currency: str | None = f.choice("Currency", choices=CURRENCIES, default="EUR", width=10)
    revenue: int | None = f.money(
        "Revenue reported",
        currency="currency",
        width=15,
        help="As the platform reported it; orders themselves count in Results.",
        aliases=also("gmv; affiliate shoppable video gmv; affiliate gmv; creator live-attributed gmv"),
    )
    source: str | None = f.text("Source", width=18)


@record(label="Asset", plural="Assets", key=("name",), title="name", icon="image")
class Asset(Row):
    """A video or picture you may use again: where, until when, and its Spark code."""

    name: str | None = f.text(
        "Name", required=True, searchable=True, shown=True, width=28, aliases=also("asset; file name; title")
    )
    creator: int | None = f.reference("Creator", references="creator", indexed=True, shown=True, width=22)
    campaign: int | None = f.reference("Campaign", references="campaign", indexed=True, shown=True, width=20)
    deliverable: int | None = f.reference(
        "Content",
        aliases=("deliverable",),
        references="deliverable",
        indexed=True,
        width=24,
        fills=("creator", "campaign", "product"),
    )
    product: int | None = f.reference("Product", references="product", indexed=True, width=22)
    kind: str | None = f.choice("Kind", choices=ASSET_KINDS, default="video", shown=True, width=12)
    link: str | None = f.url("Link or folder", width=28, aliases=also("url; drive link; file link"))
    usage: str | None = f.choice("Usage rights", choices=USAGES, shown=True, width=18)
    usage_channels: tuple[str, ...] = f.tags("Where it may be used", width=22)
    rights_until: str | None = f.day(
        "Rights until", shown=True, indexed=True, width=12, aliases=also("usage until; rights expire")
    )
    spark_code: str | None = f.identifier(
        "Spark code",
        shown=True,
        width=22,
        help="Permission to run the post as an ad; once it has run out it can't be woken up again.",
        aliases=also("spark ads code; ad code; video code; authorization code"),
    )
    spark_until: str | None = f.day(
        "Spark code until",
        shown=True,
        indexed=True,
        width=14,
        aliases=also("spark code expiry; code expires"),
    )
    notes: str | None = f.long_text("Notes", searchable=True, width=30)


@record(
    label="Disclosure check",
    plural="Disclosure checks",
    key=("deliverable", "checked_at"),
    title="deliverable",
    named=("deliverable", "checked_at"),
    icon="shield-check",
)
class DisclosureCheck(Row):
    """Whether a live post said clearly that it is advertising; the screenshot is among its attachments."""

    deliverable: int | None = _of_content()
    checked_at: str | None = f.moment("Checked", shown=True, width=16)
    checked_by: str | None = f.text("By", shown=True, width=14)
    country: str | None = f.country("Rules of", width=12)
    label_present: bool = f.flag("Label is there", shown=True, width=13)
    label_text: str | None = f.text("Its words", shown=True, width=18)
    up_front: bool = f.flag(
        "At the start", width=12, help="Seen before “more” and not in a pile of hashtags."
    )
    in_the_picture: bool = f.flag("Said or shown in the video", width=20)
    platform_label: bool = f.flag("Platform's label is on", width=18)
    code_disclosed: bool = f.flag("Code or link named as such", width=20)
    claims_allowed: bool = f.flag("Claims keep to the brief", width=18)
    verdict: str | None = f.choice("Verdict", choices=DISCLOSURE_VERDICTS, shown=True, indexed=True, width=14)
    fix_asked_on: str | None = f.day("Fix asked on", width=12)
    fixed_on: str | None = f.day("Fixed on", width=12)
    notes: str | None = f.long_text("Notes", searchable=True, width=30)
