"""Status machines: which steps make sense, what each step dates, and why the others are refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from creator_crm.domain.errors import UserError
from creator_crm.domain.frozen import immutable


@immutable
class Status:
    """One status: "a parcel that `state`", "it can be `done`", what may come next, the date it stamps.

    computed: told from dates (late, overdue), so it is never set by hand but can be left like any other.
    """

    value: str
    state: str
    done: str
    next: tuple[str, ...] = ()
    stamps: str = ""
    computed: bool = False


@dataclass(frozen=True)
class Machine:
    """The statuses of one kind of record in the order of its life."""

    record: str
    noun: str
    statuses: tuple[Status, ...]
    why_computed: str = ""

    @cached_property
    def by_value(self) -> Mapping[str, Status]:
        return MappingProxyType({status.value: status for status in self.statuses})

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return MappingProxyType({status.value: at for at, status in enumerate(self.statuses)})

    def next(self, status: str) -> tuple[str, ...]:
        """The statuses that may follow; () when it is terminal."""
        return self.by_value[status].next

    def is_terminal(self, status: str) -> bool:
        """Whether nothing comes after it."""
        return not self.by_value[status].next

    def goes_back(self, before: str, after: str) -> bool:
        """Whether `after` comes earlier in the life of the record than `before`."""
        return self._places[after] < self._places[before]


SHIPMENT = Machine(
    "shipment",
    "A parcel",
    (
        Status("draft", "is a draft", "made a draft again", ("approved", "packed", "shipped")),
        Status("approved", "was approved", "approved", ("draft", "packed", "shipped"), "approved_on"),
        Status("packed", "was packed", "packed", ("approved", "shipped"), "packed_on"),
        Status(
            "shipped", "was shipped", "shipped", ("in_transit", "delivered", "returned", "lost"), "shipped_on"
        ),
        Status("in_transit", "is in transit", "put in transit", ("delivered", "returned", "lost")),
        Status("delivered", "was delivered", "delivered", ("returned",), "delivered_on"),
        Status("returned", "was returned", "returned", (), "returned_on"),
        Status("lost", "was lost", "marked as lost", ("delivered", "returned"), "lost_on"),
    ),
)

_UNFINISHED = ("drafting", "draft_in", "approved", "live", "cancelled")

DELIVERABLE = Machine(
    "deliverable",
    "A piece of content",
    (
        Status("planned", "is planned", "planned again", _UNFINISHED),
        Status(
            "drafting", "is being drafted", "given to drafting", ("planned", "draft_in", "live", "cancelled")
        ),
        Status(
            "draft_in",
            "has its draft in",
            "marked as draft in",
            ("changes_asked", "approved", "live", "cancelled"),
            "draft_in_on",
        ),
        Status(
            "changes_asked",
            "waits for changes",
            "sent back for changes",
            ("draft_in", "approved", "live", "cancelled"),
            "changes_asked_on",
        ),
        Status("approved", "was approved", "approved", ("changes_asked", "live", "cancelled"), "approved_on"),
        Status("live", "is live", "put live", (), "live_on"),
        Status("late", "is late", "made late", ("planned", *_UNFINISHED, "changes_asked"), computed=True),
        Status("cancelled", "was cancelled", "cancelled", ("planned",)),
    ),
    "it is late by itself once its due date has passed",
)

PAYMENT = Machine(
    "payment",
    "A payment",
    (
        Status("due", "is due", "made due again", ("paid", "cancelled")),
        Status("paid", "was paid", "paid", ("due",), "paid_on"),
        Status("overdue", "is overdue", "made overdue", ("due", "paid", "cancelled"), computed=True),
        Status("cancelled", "was cancelled", "cancelled"),
    ),
    "it is overdue by itself once its due date has passed",
)

MESSAGE = Machine(
    "message",
    "A message",
    (
        Status("planned", "is planned", "planned again", ("drafted", "sent", "received", "skipped")),
        Status("drafted", "is drafted", "drafted", ("planned", "sent", "skipped")),
        Status("sent", "was sent", "sent", ("answered", "bounced"), "sent_at"),
        Status("received", "was received", "received", ("answered",), "sent_at"),
        Status("answered", "was answered", "answered"),
        Status("bounced", "bounced", "marked as bounced", ("planned",)),
        Status("skipped", "was skipped", "skipped", ("planned",)),
    ),
)

COLLABORATION = Machine(
    "collaboration",
    "A collaboration",
    (
        Status("planned", "is planned", "planned again", ("invited", "negotiating", "agreed", "declined")),
        Status(
            "invited",
            "waits for an answer",
            "offered",
            ("planned", "negotiating", "agreed", "declined"),
        ),
        Status("negotiating", "is being negotiated", "negotiated", ("agreed", "declined")),
        Status("agreed", "was agreed", "agreed", ("negotiating", "active", "declined"), "agreed_on"),
        Status("active", "is active", "made active", ("finished", "declined")),
        Status("finished", "is finished", "finished", ("active",)),
        Status("declined", "was declined", "declined", ("planned", "invited")),
    ),
)

MACHINES: Mapping[str, Machine] = MappingProxyType(
    {m.record: m for m in (COLLABORATION, MESSAGE, SHIPMENT, DELIVERABLE, PAYMENT)}
)


def step(machine: Machine, before: str | None, after: str) -> None:
    """Refuse, with UserError, a step from `before` to `after` that makes no sense.

    A new record (`before` None) may begin anywhere but in a computed status: lists of old parcels come in.
    """
    if after not in machine.by_value:
        names = _series([s.value.replace("_", " ") for s in machine.statuses], "or")
        raise UserError(f"{machine.noun} cannot be “{after}”; it can be {names}.")
    if before == after:
        return
    target = machine.by_value[after]
    if before is None or before not in machine.by_value:
        if target.computed:
            raise UserError(f"{machine.noun} cannot be {target.done} by hand: {machine.why_computed}.")
        return
    held = machine.by_value[before]
    if after in held.next and not target.computed:
        return
    raise UserError(_refusal(machine, held, target))


def _refusal(machine: Machine, held: Status, target: Status) -> str:
    ways = [machine.by_value[value].done for value in held.next]
    allowed = f"it can be {_series(ways, 'or')}" if ways else "nothing comes after that"
    if target.computed:
        return f"{machine.noun} cannot be {target.done} by hand: {machine.why_computed}; {allowed}."
    back = machine.goes_back(held.value, target.value)
    wish = f"go back to {target.value.replace('_', ' ')}" if back else f"be {target.done}"
    return f"{machine.noun} that {held.state} cannot {wish}; {allowed}."


def route(machine: Machine, before: str, after: str) -> tuple[str, ...]:
    """The fewest steps that lead from `before` to `after`, `after` included; () when there are none to take.

    A carrier's list says "delivered" of a parcel that is only packed here: it was shipped in between. Refuses
    with UserError what no steps lead to.
    """
    if before == after:
        return ()
    step(machine, None, after)
    ways: dict[str, tuple[str, ...]] = {before: ()}
    queue = [before]
    for at in queue:
        for following in machine.next(at):
            if following not in ways and not machine.by_value[following].computed:
                ways[following] = (*ways[at], following)
                queue.append(following)
    if after not in ways:
        step(machine, before, after)
    return ways[after]


def stamps(machine: Machine, before: str | None, after: str, when: str) -> dict[str, str | None]:
    """The dates that the step sets, and those that going back empties again.

    `when` is ISO 8601; a field for a day takes only its day.
    """
    changed: dict[str, str | None] = {}
    if before in machine.by_value and before is not None and machine.goes_back(before, after):
        for status in machine.statuses:
            taken_back = machine.goes_back(status.value, after) and not machine.goes_back(
                status.value, before
            )
            if status.stamps and taken_back:
                changed[status.stamps] = None
    if field := machine.by_value[after].stamps:
        changed[field] = when[:10] if field.endswith("_on") else when
    return changed


def deliverable_status(status: str | None, due_on: str | None, today: str) -> str:
    """The status to show: late when the due date has passed and nothing is live or cancelled."""
    held = status or "planned"
    if held in ("live", "cancelled"):
        return held
    if due_on is not None and due_on < today:
        return "late"
    return "planned" if held == "late" else held


def payment_status(status: str | None, due_on: str | None, today: str) -> str:
    """The status to show: overdue when it is due and its day has passed."""
    held = status or "due"
    if held not in ("due", "overdue"):
        return held
    return "overdue" if due_on is not None and due_on < today else "due"


_HOLDS = {"draft": "", "approved": "reserved", "packed": "reserved", "returned": ""}


def bookings(status: str | None, pieces: int, reserved: int, gone: int) -> tuple[tuple[str, int], ...]:
    """The stock movements, (kind, signed quantity) each, that the ledger lacks for one article of a parcel.

    Approved and packed parcels reserve their pieces; one that left has taken them until it returns.
    `reserved` and `gone` are what the ledger says of it so far, at most zero; status None: no such parcel.
    """
    holds = "" if status is None else _HOLDS.get(status, "gone")
    found = []
    if more := (-pieces if holds == "reserved" else 0) - reserved:
        found.append(("released" if more > 0 else "reserved", more))
    if more := (-pieces if holds == "gone" else 0) - gone:
        found.append(("returned" if more > 0 else "shipped", more))
    return tuple(found)


def _series(words: list[str], joiner: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {joiner} {words[-1]}"
