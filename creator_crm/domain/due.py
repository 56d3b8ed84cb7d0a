"""What is due and why: rules from rows to one list, the most urgent first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType

from creator_crm.domain.clocks import Clocks, next_nudge
from creator_crm.domain.deliverables import Asset, Deliverable
from creator_crm.domain.fields import Row
from creator_crm.domain.frozen import immutable
from creator_crm.domain.outreach import Message, Terms
from creator_crm.domain.results import Payment, WeeklyDecision
from creator_crm.domain.seeding import Shipment
from creator_crm.domain.statuses import deliverable_status
from creator_crm.domain.values.money import format_plain

SAMPLE_REVIEW_DAYS = 7  # how long TikTok lets a request for a sample wait
RIGHTS_NOTICE, SPARK_NOTICE, PAYMENT_NOTICE, POSTS_AHEAD = 14, 7, 7, 7

USUAL_CLOCKS = Clocks()

Names = Mapping[int, str]
NONE: Mapping[str, str] = MappingProxyType({})


@immutable
class DueItem:
    """One thing to do: about which row (`record`, its short id `key`), since or by when, why, which action.

    kind: follow_up, answer, send, ship, let_go, stuck, nudge, ghost, approve, post, rights, spark_code,
    payment, arrival, reorder, weekly_review. action: the id of the one-click action, `page.verb`.
    """

    kind: str
    record: str
    key: str
    due_on: str
    why: str
    action: str


def most_urgent_first(items: Iterable[DueItem]) -> list[DueItem]:
    """By day, and on one day what costs most when forgotten first."""
    return sorted(items, key=lambda i: (i.due_on, _ORDER.index(i.kind), i.why, i.key))


_ORDER = (
    *("answer", "payment", "spark_code", "rights", "approve", "post", "stuck", "nudge", "ghost", "let_go"),
    *("ship", "send", "follow_up", "arrival", "reorder", "weekly_review"),
)


def follow_ups(
    messages: Iterable[Message], names: Names, today: str, blocked: Collection[int] = ()
) -> list[DueItem]:
    """Answers somebody waits for, planned messages whose day has come, and follow-ups nobody answered yet.

    The last message with a creator decides: an answer or a newer message of ours ends an older follow-up.
    `blocked` are creators who must not be written to.
    """
    items: list[DueItem] = []
    last: dict[int, Message] = {}
    for message in messages:
        creator = message.creator
        if creator is None or creator in blocked:
            continue
        if message.status in ("planned", "drafted"):
            if message.send_on is not None and message.send_on <= today:
                why = f"The message to {_name(names, creator)} was planned for this day."
                items.append(_item("send", "message", message, message.send_on, why, "outreach.send"))
        elif message.sent_at is not None and (
            creator not in last
            or (message.sent_at, message.id) > (last[creator].sent_at or "", last[creator].id)
        ):
            last[creator] = message
    for creator, message in last.items():
        sent_on = (message.sent_at or "")[:10]
        if sent_on > today and day_here(message.sent_at or "") > today:
            continue
        name = _name(names, creator)
        if message.direction == "in":
            if message.status != "answered":
                why = f"{name} wrote {_ago(sent_on, today)} and waits for an answer."
                items.append(_item("answer", "message", message, sent_on, why, "outreach.answer"))
        elif (
            message.status != "answered"
            and message.follow_up_on is not None
            and message.follow_up_on <= today
        ):
            why = f"{name} has not answered the message sent {_ago(sent_on, today)}."
            items.append(
                _item("follow_up", "message", message, message.follow_up_on, why, "outreach.follow_up")
            )
    return items


def samples_to_ship(
    shipments: Iterable[Shipment], names: Names, today: str, called_off: Mapping[str, str] = NONE
) -> list[DueItem]:
    """Parcels to approve, pack or ship; a draft without a date is due a week after it was made.

    called_off: the numbers of orders that the shop has cancelled, with the moment that was written down. The
    parcel for such an order is to be let go.
    """
    wait = {
        "draft": ("waits for your approval", "seeding.approve"),
        "approved": ("is approved and not yet packed", "seeding.pack"),
        "packed": ("is packed and not yet shipped", "seeding.ship"),
    }
    items = []
    for parcel in shipments:
        known = day_here(called_off.get(parcel.order_id or "", ""))
        if parcel.status in wait and known and known <= today:
            why = f"The sample order of {_name(names, parcel.creator)} was cancelled, and its parcel is here."
            items.append(_item("let_go", "shipment", parcel, known, why, "seeding.let_go"))
        elif parcel.status in wait:
            state, action = wait[parcel.status]
            since = parcel.packed_on or parcel.approved_on or day_here(parcel.created_at) or today
            if parcel.status == "draft" and not parcel.ship_by and since > today:
                continue  # nobody knew of it on that day
            due_on = parcel.ship_by or (
                _later(since, SAMPLE_REVIEW_DAYS) if parcel.status == "draft" else since
            )
            why = f"The parcel for {_name(names, parcel.creator)} {state}."
            items.append(_item("ship", "shipment", parcel, due_on, why, action))
    return items


def delivered_no_post(
    shipments: Iterable[Shipment],
    deliverables: Iterable[Deliverable],
    names: Names,
    today: str,
    clocks: Clocks = USUAL_CLOCKS,
) -> list[DueItem]:
    """Creators whose parcel arrived and who have not posted: the next nudge, or that their time is up."""
    of_creator: dict[int | None, list[Deliverable]] = {}
    for deliverable in deliverables:
        of_creator.setdefault(deliverable.creator, []).append(deliverable)
    items = []
    for parcel in shipments:
        if not waits_for_post(parcel) or any(answers(d, parcel) for d in of_creator.get(parcel.creator, ())):
            continue
        due_on, is_last = next_nudge(parcel, clocks, today)
        if due_on > today:
            continue
        days = _days(parcel.delivered_on or today, today)
        why = (
            f"{_name(names, parcel.creator)} has had the parcel for {_count(days, 'day')} and has not posted"
        )
        nudges = parcel.nudges or 0
        if is_last:
            said = f"{why}, after {_count(nudges, 'nudge')}." if nudges else f"{why}; the time for it is up."
            items.append(_item("ghost", "shipment", parcel, due_on, said, "seeding.give_up"))
        else:
            said = f"{why}; nudge {nudges + 1} of {len(clocks.of(parcel).nudge_days)}."
            items.append(_item("nudge", "shipment", parcel, due_on, said, "seeding.nudge"))
    return items


def answers(deliverable: Deliverable, shipment: Shipment) -> bool:
    """Whether a live post shows what came in a parcel: it says so, or it fits creator, campaign and time."""
    if deliverable.live_on is None or deliverable.status == "cancelled":
        return False
    if deliverable.shipment is not None:
        return deliverable.shipment == shipment.id
    return (
        deliverable.creator == shipment.creator
        and (None in (deliverable.campaign, shipment.campaign) or deliverable.campaign == shipment.campaign)
        and shipment.delivered_on is not None
        and deliverable.live_on >= shipment.delivered_on
    )


def waits_for_post(parcel: Shipment) -> bool:
    """Whether a parcel is there, a post is hoped for, none is noted and nobody has given up."""
    return (
        parcel.status == "delivered"
        and parcel.delivered_on is not None
        and not parcel.no_post_expected
        and parcel.posted_on is None
        and parcel.ghosted_on is None
    )


def drafts_to_approve(
    deliverables: Iterable[Deliverable], names: Names, today: str, hours: int = 72
) -> list[DueItem]:
    """Drafts that wait for your yes; you have `hours` from the day each came in (48-72 h is usual)."""
    items = []
    for deliverable in deliverables:
        if deliverable.status == "draft_in":
            came = deliverable.draft_in_on or day_here(deliverable.updated_at) or today
            if came > today:
                continue
            why = f"The draft of {_name(names, deliverable.creator)} came in {_ago(came, today)}."
            due_on = _later(came, hours // 24)
            items.append(_item("approve", "deliverable", deliverable, due_on, why, "briefs.approve"))
    return items


def posts_expected(
    deliverables: Iterable[Deliverable], names: Names, today: str, ahead: int = POSTS_AHEAD
) -> list[DueItem]:
    """Posts due in the next `ahead` days, and late ones until they are live or cancelled."""
    until, items = _later(today, ahead), []
    for deliverable in deliverables:
        status = deliverable_status(deliverable.status, deliverable.due_on, today)
        if deliverable.due_on is None or status in ("live", "cancelled") or deliverable.due_on > until:
            continue
        name = _name(names, deliverable.creator)
        if status == "late":
            why = f"The post of {name} is {_count(_days(deliverable.due_on, today), 'day')} late."
        else:
            why = f"The post of {name} is expected {_ahead(deliverable.due_on, today)}."
        items.append(_item("post", "deliverable", deliverable, deliverable.due_on, why, "briefs.mark_live"))
    return items


def rights_ending(
    assets: Iterable[Asset],
    terms: Iterable[Terms],
    today: str,
    notice: int = RIGHTS_NOTICE,
    spark_notice: int = SPARK_NOTICE,
) -> list[DueItem]:
    """Usage rights and Spark codes that end soon; a Spark code that has run out can't be woken up again.

    Yesterday's are still named for as many days as they were announced, then they are history.
    """
    items = []
    for asset in assets:
        if _is_near(asset.rights_until, today, notice):
            why = f"The rights in “{asset.name}” {_end(asset.rights_until, today)}."
            items.append(
                _item("rights", "asset", asset, asset.rights_until or "", why, "briefs.renew_rights")
            )
        if _is_near(asset.spark_until, today, spark_notice):
            why = f"The Spark code of “{asset.name}” {_end(asset.spark_until, today, one=True)}."
            items.append(
                _item("spark_code", "asset", asset, asset.spark_until or "", why, "briefs.renew_spark")
            )
    for agreed in terms:
        if agreed.status != "ended" and _is_near(agreed.rights_until, today, notice):
            why = f"The agreed rights {_end(agreed.rights_until, today)}."
            items.append(
                _item("rights", "terms", agreed, agreed.rights_until or "", why, "outreach.renew_rights")
            )
    return items


def payments_due(
    payments: Iterable[Payment], names: Names, today: str, notice: int = PAYMENT_NOTICE
) -> list[DueItem]:
    """Payments due within `notice` days, and overdue ones until they are paid or cancelled."""
    until, items = _later(today, notice), []
    for payment in payments:
        if payment.status in ("paid", "cancelled") or payment.due_on is None or payment.due_on > until:
            continue
        currency = payment.currency or "EUR"
        sum_of = f"{format_plain(payment.amount or 0, currency)} {currency}"
        to = payment.payee or _name(names, payment.creator)
        if payment.due_on < today:
            why = f"{sum_of} to {to}, {_count(_days(payment.due_on, today), 'day')} overdue."
        else:
            why = f"{sum_of} to {to}, due {_ahead(payment.due_on, today)}."
        items.append(_item("payment", "payment", payment, payment.due_on, why, "results.pay"))
    return items


def weekly_review(
    decisions: Iterable[WeeklyDecision], deliverables: Iterable[Deliverable], today: str, weekday: int = 0
) -> list[DueItem]:
    """The review of this week, from `weekday` on until its first decision; none without a post."""
    day = date.fromisoformat(today)
    monday = (day - timedelta(days=day.weekday())).isoformat()
    due_on = _later(monday, weekday)
    is_done = any(d.week_on is not None and monday <= d.week_on < _later(monday, 7) for d in decisions)
    if is_done or due_on > today or not any(d.live_on is not None for d in deliverables):
        return []
    why = "Ten minutes: what to scale, keep, pause or drop this week."
    return [DueItem("weekly_review", "weekly_decision", monday, due_on, why, "results.review")]


def day_here(moment: str) -> str:
    """The day, where this computer is, of a moment that is stored in UTC."""
    return datetime.fromisoformat(moment).astimezone().date().isoformat() if moment else ""


# Words and days --------------------------------------------------------------------------------


def _item(kind: str, record: str, row: Row, due_on: str, why: str, action: str) -> DueItem:
    return DueItem(kind, record, row.uid, due_on, why, action)


def _name(names: Names, creator: int | None) -> str:
    return names.get(creator or 0) or "a creator"


def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def _days(since: str, until: str) -> int:
    return (date.fromisoformat(until) - date.fromisoformat(since)).days


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _ago(day: str, today: str) -> str:
    days = _days(day, today)
    return "today" if days <= 0 else "yesterday" if days == 1 else f"{days} days ago"


def _ahead(day: str, today: str) -> str:
    days = _days(today, day)
    return "today" if days <= 0 else "tomorrow" if days == 1 else f"in {days} days"


def _is_near(day: str | None, today: str, notice: int) -> bool:
    return day is not None and abs(_days(today, day)) <= notice


def _end(day: str | None, today: str, *, one: bool = False) -> str:
    day = day or today
    if day < today:
        return f"ran out {_ago(day, today)}"
    return f"{'ends' if one else 'end'} {_ahead(day, today)}"
