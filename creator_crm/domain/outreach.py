"""Outreach: every message in or out, the templates and sequences behind them, and the terms agreed."""

from __future__ import annotations

from creator_crm.domain import fields as f
from creator_crm.domain.aliases import also
from creator_crm.domain.creators import whose
from creator_crm.domain.fields import Choice, Row, record

CHANNELS = (
    Choice("tiktok_dm", "TikTok DM", "pink"),
    Choice("instagram_dm", "Instagram DM", "violet"),
    Choice("email", "E-mail", "blue"),
    Choice("phone", "Phone", "teal"),
    Choice("other", "Other", "grey"),
)

DIRECTIONS = (Choice("out", "To creator", "blue"), Choice("in", "From creator", "green"))

MESSAGE_STATUSES = (
    Choice("planned", "Planned", "grey"),
    Choice("drafted", "Drafted", "amber"),
    Choice("sent", "Sent", "blue"),
    Choice("received", "Received", "violet"),
    Choice("answered", "Answered", "green"),
    Choice("bounced", "Bounced", "red"),
    Choice("skipped", "Skipped", "grey"),
)

OUTCOMES = (
    Choice("interested", "Interested", "teal"),
    Choice("question", "Has a question", "blue"),
    Choice("agreed", "Agreed", "green"),
    Choice("not_now", "Not now", "amber"),
    Choice("declined", "Declined", "red"),
    Choice("wrong_person", "Wrong person", "grey"),
)

PURPOSES = (
    Choice("first_message", "First message", "blue"),
    Choice("follow_up", "Follow-up", "teal"),
    Choice("terms", "Terms", "violet"),
    Choice("on_its_way", "Parcel on its way", "amber"),
    Choice("nudge", "Nudge for the post", "pink"),
    Choice("brief", "Brief", "violet"),
    Choice("thanks", "Thanks", "green"),
    Choice("agreement", "Agreement", "grey"),
    Choice("other", "Other", "grey"),
)

TERMS_STATUSES = (
    Choice("draft", "Draft", "grey"),
    Choice("sent", "Sent", "blue"),
    Choice("signed", "Signed", "green"),
    Choice("ended", "Ended", "teal"),
)

USAGES = (
    Choice("none", "No use of ours", "grey"),
    Choice("organic", "Organic", "green"),
    Choice("paid", "Paid ads", "violet"),
    Choice("organic_and_paid", "Organic and paid ads", "pink"),
)


@record(
    label="Template",
    plural="Templates",
    key=("name", "language"),
    title="name",
    named=("name", "language"),
    icon="file-text",
)
class Template(Row):
    """A text with gaps that are filled for each creator; the same name in another language is its variant."""

    name: str | None = f.text("Name", required=True, searchable=True, shown=True, indexed=True, width=26)
    language: str | None = f.language("Language", shown=True, width=12)
    purpose: str | None = f.choice("Purpose", choices=PURPOSES, default="first_message", shown=True, width=18)
    channel: str | None = f.choice("Channel", choices=CHANNELS, shown=True, width=14)
    subject: str | None = f.text("Subject", searchable=True, shown=True, width=30)
    body: str | None = f.long_text(
        "Text",
        searchable=True,
        width=50,
        help="Gaps are written like {{ creator.name }}; the preview shows them filled.",
        aliases=also("body; message; text; nachricht; mensaje; texte"),
    )
    archived: bool = f.flag("Archived", width=10)
    notes: str | None = f.long_text("Notes", searchable=True, width=30)


@record(
    label="Sequence step",
    plural="Sequence steps",
    key=("sequence", "position"),
    title="sequence",
    named=("sequence", "position"),
    icon="list-checks",
    unique=(("sequence", "position"),),
)
class SequenceStep(Row):
    """One message of a sequence: which template, how long after the one before."""

    sequence: str | None = f.text(
        "Sequence", required=True, searchable=True, shown=True, indexed=True, width=24
    )
    position: int | None = f.count("Step", required=True, default=1, shown=True, width=8)
    wait_days: int | None = f.count(
        "Days to wait",
        default=0,
        shown=True,
        width=13,
        help="Days after the step before; the first step goes out on the day you start.",
    )
    template: int | None = f.reference("Template", references="template", indexed=True, shown=True, width=26)
    channel: str | None = f.choice("Channel", choices=CHANNELS, shown=True, width=14)
    goes_on_after_reply: bool = f.flag(
        "Goes on after a reply", width=18, help="Usually no: an answer ends the sequence."
    )


@record(
    label="Message",
    plural="Messages",
    key=("creator", "sent_at", "direction"),
    title="creator",
    named=("creator", "sent_at"),
    icon="message-square",
)
class Message(Row):
    """One message to or from a creator, planned or done; the conversation is all of them in order of time."""

    creator: int | None = whose()
    campaign: int | None = f.reference("Campaign", references="campaign", indexed=True, shown=True, width=20)
    direction: str | None = f.choice(
        "Direction", choices=DIRECTIONS, required=True, default="out", shown=True, width=11
    )
    channel: str | None = f.choice(
        "Channel",
        choices=CHANNELS,
        default="tiktok_dm",
        shown=True,
        width=14,
        aliases=also("medium; via; contact method; kanal; canal"),
    )
    status: str | None = f.choice(
        "Status",
        choices=MESSAGE_STATUSES,
        default="planned",
        shown=True,
        indexed=True,
        ordered=True,
        width=12,
    )
    send_on: str | None = f.day(
        "To be sent on", indexed=True, width=13, aliases=also("send date; scheduled for; planned for")
    )
    sent_at: str | None = f.moment(
        "Sent or received",
        shown=True,
        indexed=True,
        ordered=True,
        width=17,
        aliases=also(
            """date contacted; contacted on; last contacted; last contact; contact date; sent on; sent at;
            outreach date; dm date; date; datum; fecha"""
        ),
    )
    follow_up_on: str | None = f.day(
        "Follow up on",
        shown=True,
        indexed=True,
        ordered=True,
        width=13,
        aliases=also("follow up date; follow up; next follow up; next contact; next step on; remind on"),
    )
    outcome: str | None = f.choice(
        "Outcome", choices=OUTCOMES, shown=True, width=15, aliases=also("response; result; answer; reaction")
    )
    subject: str | None = f.text("Subject", searchable=True, personal=True, width=28)
    body: str | None = f.long_text(
        "Text",
        searchable=True,
        personal=True,
        shown=True,
        width=44,
        aliases=also("message; body; text; dm; conversation; nachricht; mensaje"),
    )
    template: int | None = f.reference("Template", references="template", indexed=True, width=22)
    sequence_step: int | None = f.reference(
        "Sequence step", references="sequence_step", indexed=True, width=20
    )
    shipment: int | None = f.reference(
        "About parcel",
        references="shipment",
        indexed=True,
        width=20,
        help="The parcel for whose post this message asks.",
    )
    author: str | None = f.text("Written by", shown=True, width=14, aliases=also("sender; from; sent by"))


@record(
    label="Terms",
    plural="Terms",
    key=("collaboration",),
    title="collaboration",
    icon="briefcase",
    unique=(("collaboration",),),
)
class Terms(Row):
    """What was agreed beside the fee of a collaboration: what is made, until when, how it may be used."""

    collaboration: int | None = f.reference(
        "Collaboration", references="collaboration", owned=True, required=True, indexed=True, shown=True
    )
    status: str | None = f.choice("Status", choices=TERMS_STATUSES, default="draft", shown=True, width=10)
    deliverables: int | None = f.count(
        "Pieces", shown=True, width=9, aliases=also("number of posts; posts; videos; number of videos")
    )
    scope: str | None = f.long_text(
        "What they make",
        searchable=True,
        shown=True,
        width=34,
        aliases=also("deliverables; scope of work; content agreed"),
    )
    posting_from: str | None = f.day("Posts from", shown=True, width=12)
    posting_until: str | None = f.day(
        "Posts until", shown=True, indexed=True, width=12, aliases=also("posting deadline; deadline")
    )
    commission: int | None = f.percent(
        "Commission", shown=True, width=12, aliases=also("commission rate; affiliate rate; provision")
    )
    payment_days: int | None = f.count("Paid within days", default=30, width=15, aliases=also("net days"))
    kill_fee: int | None = f.percent(
        "Fee if cancelled",
        width=15,
        help="How much of the fee is due when you cancel.",
        aliases=also("kill fee; cancellation fee"),
    )
    usage: str | None = f.choice("Usage rights", choices=USAGES, shown=True, width=18)
    usage_channels: tuple[str, ...] = f.tags(
        "Where it may be used", width=22, help="Own TikTok, shop page, newsletter, ads …"
    )
    rights_until: str | None = f.day(
        "Rights until",
        shown=True,
        indexed=True,
        width=12,
        aliases=also("usage until; usage rights until; license until; rights expire"),
    )
    exclusivity: str | None = f.text(
        "Exclusivity", width=22, help="Which products or brands they leave aside meanwhile."
    )
    exclusive_until: str | None = f.day("Exclusive until", width=14)
    approval_rounds: int | None = f.count("Approval rounds", default=1, width=15)
    approval_hours: int | None = f.count(
        "Hours to approve", default=72, width=15, help="How long you may take to look at a draft."
    )
    stays_up_days: int | None = f.count("Stays up for days", width=15, help="How long the post stays online.")
    disclosure: str | None = f.text("Disclosure", width=24, help="How they say that it is advertising.")
    cancellation: str | None = f.long_text("Cancellation", width=30)
    sample_return: str | None = f.text(
        "If they do not post", width=24, help="Keep, return or pay the sample."
    )
    sent_on: str | None = f.day("Sent on", width=12)
    signed_on: str | None = f.day("Signed on", shown=True, width=12)
    notes: str | None = f.long_text("Notes", searchable=True, width=30)
