"""Stock at any date: what lies on the shelf, what it is worth, how long it lasts; sums of the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction

from creator_crm.domain.frozen import immutable
from creator_crm.domain.reordering import Incoming, Need, in_order, need

ON_SHELF = ("received", "returned", "corrected", "shipped", "lost")
HELD = ("reserved", "released")
RATE_DAYS = 28  # whole weeks, so that each weekday counts alike

_FINE = 1_000_000  # an average cost is kept in millionths of a minor unit, however long the ledger


@immutable
class Kept:
    """A product, or one of its variants, that stock is kept of; money in minor units of `currency`."""

    product: int
    variant: int | None
    name: str
    sku: str | None = None
    currency: str = "EUR"
    cost: int | None = None
    reorder_level: int | None = None
    lead_time_days: int | None = None
    archived: bool = False


@immutable
class Moved:
    """What moved of one article on one day, in signed pieces by kind.

    with_cost: how many of the received pieces came with a cost in the article's currency; paid: what all
    of those cost together, in minor units.
    """

    on: str
    received: int = 0
    with_cost: int = 0
    paid: int = 0
    returned: int = 0
    corrected: int = 0
    shipped: int = 0
    lost: int = 0
    reserved: int = 0
    released: int = 0

    def sum(self, kinds: Iterable[str]) -> int:
        """The pieces of these kinds."""
        return sum(getattr(self, kind) for kind in kinds)


@immutable
class Average:
    """The weighted average cost of one piece in minor units; None while no cost is known.

    priced, paid: the pieces that came in with a cost of their own, and what all of them cost together.
    assumed: the pieces that came in without one and were taken at `Kept.cost`.
    """

    cost: Fraction | None
    priced: int = 0
    paid: int = 0
    assumed: int = 0

    def value(self, pieces: int) -> int | None:
        """What so many pieces are worth, in minor units, halves to even."""
        if pieces == 0:
            return 0
        return None if self.cost is None else round(self.cost * pieces)


def average_cost(days: Iterable[Moved], cost: int | None = None) -> Average:
    """The moving average over the receipts; `cost` stands in for a receipt without one.

    Whenever pieces come in: (pieces there x average + what was paid) / (pieces there + pieces come in). What
    leaves, comes back or is corrected does so at the average. What came in on a day counts before what left
    on it, so that the order in which lines were written down, here or by a team mate, changes nothing.
    """
    fine = None if cost is None else cost * _FINE
    there = priced = whole = assumed = 0
    for day in sorted(days, key=lambda day: day.on):
        priced, whole = priced + day.with_cost, whole + day.paid
        without = day.received - day.with_cost
        paid, came = day.paid * _FINE, day.with_cost
        if without > 0 and cost is not None:
            paid, came, assumed = paid + without * cost * _FINE, day.received, assumed + without
        if came > 0:
            before = 0 if fine is None else max(there, 0)  # pieces that no cost is known of weigh nothing
            fine = round(Fraction(before * (fine or 0) + paid, before + came))
        there += day.sum(ON_SHELF)
    return Average(None if fine is None else Fraction(fine, _FINE), priced, whole, assumed)


@immutable
class Standing:
    """How one article stands at the end of the day `on`.

    parts: its variants, and what is of none of them.
    sold, sent: pieces of the last RATE_DAYS days, by orders of the shop and in parcels.
    value: in minor units; None when no cost is known. currency: "" when its parts have several.
    """

    kept: Kept
    on: str
    currency: str
    received: int
    returned: int
    corrected: int
    shipped: int
    lost: int
    reserved: int
    average: Average
    value: int | None
    incoming: tuple[Incoming, ...]
    sold: int
    sent: int
    parts: tuple[Standing, ...] = ()

    @property
    def on_hand(self) -> int:
        """What lies on the shelf, reserved pieces too."""
        return sum(getattr(self, kind) for kind in ON_SHELF)

    @property
    def available(self) -> int:
        """What can still be given away or sold."""
        return self.on_hand - self.reserved

    @property
    def on_order(self) -> int:
        """What is ordered and has not arrived."""
        return sum(one.pieces for one in self.incoming)

    @property
    def per_day(self) -> Fraction:
        """Pieces sold or sent a day, by the last RATE_DAYS days."""
        return Fraction(max(self.sold + self.sent, 0), RATE_DAYS)

    @property
    def days_left(self) -> int | None:
        """How many whole days the available pieces last at that pace; None when nothing goes out."""
        return None if not self.per_day else max(self.available, 0) // self.per_day

    @property
    def needs(self) -> Need:
        """Whether it has to be ordered again."""
        kept = self.kept
        return need(
            self.available, self.incoming, kept.reorder_level, kept.lead_time_days, self.days_left, self.on
        )

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing of it, and nothing on its way."""
        return not (self.on_hand or self.reserved or self.on_order)


def standing(
    kept: Kept,
    whole: Moved,
    days: Sequence[Moved],
    incoming: Sequence[Incoming] = (),
    sold: int = 0,
    sent: int = 0,
) -> Standing:
    """How an article without parts stands on the day `whole.on`.

    whole: all that moved up to then. days: the same day by day, as far as its average cost follows from it.
    """
    found = average_cost(days, kept.cost)
    sums = {kind: getattr(whole, kind) for kind in ON_SHELF}
    return Standing(
        kept,
        whole.on,
        kept.currency,
        **sums,
        reserved=-whole.sum(HELD),
        average=found,
        value=found.value(sum(sums.values())),
        incoming=in_order(incoming),
        sold=sold,
        sent=sent,
    )


def together(kept: Kept, parts: Sequence[Standing]) -> Standing:
    """How a product stands with all its variants: their sums; its average is their value by their pieces."""
    currencies = {part.currency for part in parts if part.on_hand} or {kept.currency}
    values = [part.value for part in parts]
    pieces = sum(part.on_hand for part in parts)
    whole = None if None in values or len(currencies) > 1 else sum(value or 0 for value in values)
    cost = Fraction(whole, pieces) if whole is not None and pieces > 0 else None
    sums = {kind: sum(getattr(part, kind) for part in parts) for kind in ON_SHELF}
    return Standing(
        kept,
        parts[0].on,
        currencies.pop() if len(currencies) == 1 else "",
        **sums,
        reserved=sum(part.reserved for part in parts),
        average=_joined([part.average for part in parts], cost),
        value=whole,
        incoming=in_order([one for part in parts for one in part.incoming]),
        sold=sum(part.sold for part in parts),
        sent=sum(part.sent for part in parts),
        parts=tuple(parts),
    )


def _joined(averages: Sequence[Average], cost: Fraction | None) -> Average:
    priced, paid, assumed = (
        sum(getattr(one, name) for one in averages) for name in ("priced", "paid", "assumed")
    )
    return Average(cost, priced, paid, assumed)


def totals(standings: Iterable[Standing]) -> dict[str, tuple[int, int, int]]:
    """(pieces on hand, value in minor units, pieces without a known cost) by currency."""
    found: dict[str, tuple[int, int, int]] = {}
    for whole in standings:
        for one in whole.parts or (whole,):
            pieces, value, unknown = found.get(one.currency, (0, 0, 0))
            lacking = one.on_hand if one.value is None else 0
            found[one.currency] = (pieces + one.on_hand, value + (one.value or 0), unknown + lacking)
    return found


def pace_since(on: str) -> str:
    """The first of the RATE_DAYS days that end with this one."""
    return (date.fromisoformat(on) - timedelta(days=RATE_DAYS - 1)).isoformat()


# The ledger behind a figure ---------------------------------------------------------------------


@immutable
class LedgerLine:
    """One movement as the ledger shows it; `after` is what was available once it was booked."""

    on: str
    kind: str
    quantity: int
    reason: str = ""
    parcel: str = ""
    unit_cost: int | None = None
    currency: str = "EUR"
    after: int = 0
