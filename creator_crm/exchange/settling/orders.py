"""Orders: lines numbered, states told from dates and words, amounts that stand on no line summed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from creator_crm.domain.fields import Value
from creator_crm.domain.values.numbers import lost_its_end
from creator_crm.exchange.headers import header_key
from creator_crm.exchange.reading.frames import Cell
from creator_crm.exchange.rehearsal import Parsed, Problem, empty
from creator_crm.exchange.settling.moments import parse_moment
from creator_crm.exchange.settling.words import commission_status, order_status
from creator_crm.exchange.shapes import ORDERS

if TYPE_CHECKING:
    from creator_crm.exchange.mapping import Proposal

SAMPLES = "order.asks_for_a_parcel"  # which lines are of samples that the shop was asked for
_AMOUNTS_OF_LINES = ("order_line.total", "order_line.unit_price")
CUT_NUMBER = (
    "The last digits of this order number have become zeros in a spreadsheet program. "
    "Export the orders again and import that file as it is."
)
_COMMISSIONS = ("commission_actual", "ads_commission_actual", "bonus_actual")


def share_currency(parsed: Parsed, proposal: Proposal) -> None:
    """Give every line of an order the currency that stands on one of them."""
    if proposal.shape != ORDERS or "order.currency" not in parsed.values:
        return
    numbers = parsed.column("order.number")
    said: dict[Value, Value] = {}
    for number, currency in zip(numbers, parsed.values["order.currency"], strict=True):
        if currency:
            said.setdefault(number, currency)
    shared = [said.get(number) for number in numbers]
    parsed.values["order.currency"] = shared
    parsed.values.setdefault("order_line.currency", list(shared))


def settle_orders(parsed: Parsed, proposal: Proposal, cells: Sequence[Sequence[Cell]]) -> None:
    """Everything that follows for the orders of a list and their lines."""
    _refuse_cut_numbers(parsed, proposal)
    by_number: dict[Value, list[int]] = {}
    for i, number in enumerate(parsed.column("order.number")):
        if number:
            by_number.setdefault(number, []).append(i)
    has_lines = any(target.startswith("order_line.") for target in parsed.values if "currency" not in target)
    _moments(parsed, proposal, cells)
    if has_lines:
        _articles(parsed)
        _number_lines(parsed, by_number)
        _commissions(parsed)
    _amounts(parsed, by_number, has_lines)
    _samples(parsed, proposal, by_number)
    _states(parsed, by_number)


def _refuse_cut_numbers(parsed: Parsed, proposal: Proposal) -> None:
    """TikTok's numbers have 18 digits or more. Where most of a file end in zeros from the sixteenth on, a
    spreadsheet has kept them, and each may stand for another order.
    """
    if proposal.known is None or not proposal.known.kind.startswith("tiktok"):
        return
    column = parsed.column("order.number")
    numbers = {str(number) for number in column if number}
    cut = {number for number in numbers if lost_its_end(number)}
    if 2 * len(cut) <= len(numbers):
        return
    for i, number in enumerate(column):
        if str(number) in cut:
            parsed.errors[i] = CUT_NUMBER
            parsed.problems.append(Problem(parsed.lines[i], "Order ID", str(number), CUT_NUMBER, True))


def _moments(parsed: Parsed, proposal: Proposal, cells: Sequence[Sequence[Cell]]) -> None:
    """The moment in UTC beside the day as the shop counts it, where the column tells the time."""
    column = next(iter(proposal.of("order.ordered_on")), None)
    if column is None or proposal.of("order.ordered_at"):
        return
    days = parsed.values["order.ordered_on"]
    found = [parse_moment(cell, day) for cell, day in zip(cells[column.index], days, strict=True)]
    if any(found):
        parsed.values["order.ordered_at"] = list(found)


def _articles(parsed: Parsed) -> None:
    """The amount of a line that gives only price and quantity."""
    totals, prices = (parsed.column(target) for target in _AMOUNTS_OF_LINES)
    if "order_line.unit_price" not in parsed.values:
        return
    counts, off = parsed.column("order_line.quantity"), parsed.column("order_line.discount")
    made: list[Value] = list(totals)
    for i, price in enumerate(prices):
        if made[i] is None and isinstance(price, int):
            count, less = counts[i], off[i]
            times = count if isinstance(count, int) else 1
            made[i] = price * times - (less if isinstance(less, int) else 0)
    parsed.values["order_line.total"] = made


def _number_lines(parsed: Parsed, by_number: dict[Value, list[int]]) -> None:
    """A name for each line that is the same in every export of the order: SKU ID and post, else its place."""
    given = parsed.column("order_line.line")
    skus, posts = parsed.column("order_line.sku_id"), parsed.column("order_line.content_id")
    lines: list[Value] = list(given)
    for positions in by_number.values():
        taken: Counter[str] = Counter()
        for place, i in enumerate(positions, 1):
            if lines[i]:
                continue
            own = "/".join(str(part) for part in (skus[i], posts[i]) if part) or str(place)
            taken[own] += 1
            lines[i] = own if taken[own] == 1 else f"{own}#{taken[own]}"
    parsed.values["order_line.line"] = lines


def _commissions(parsed: Parsed) -> None:
    """Whether a commission is estimated or settled, from the platform's words, else from the amounts."""
    if "order_line.commission_status" in parsed.values:
        return
    amounts = [parsed.column(f"order_line.{name}") for name in _COMMISSIONS]
    words = parsed.column("order_line.settlement")
    estimated = parsed.column("order_line.commission_estimated")
    orders = parsed.column("order.shop_status")
    found: list[Value] = []
    for i in range(len(parsed)):
        said = commission_status(str(words[i])) if words[i] else ""
        if not said and orders[i] and commission_status(str(orders[i])) == "ineligible":
            said = "ineligible"
        if not said and any(column[i] for column in amounts):
            said = "settled"
        found.append(said or ("pending" if estimated[i] is not None else None))
    if any(found):
        parsed.values["order_line.commission_status"] = found


def _amounts(parsed: Parsed, by_number: dict[Value, list[int]], has_lines: bool) -> None:
    """Goods and total of orders whose export gives amounts only line by line; wholly refunded lines."""
    totals, goods = parsed.column("order.total"), parsed.column("order.subtotal")
    refunds = parsed.column("order.refunded")
    lines, wholly = parsed.column("order_line.total"), parsed.column("order_line.refunded_wholly")
    shipping, tax = parsed.column("order.shipping"), parsed.column("order.tax")
    counts = parsed.column("order_line.quantity")
    new_totals, new_goods, new_refunds = list(totals), list(goods), list(refunds)
    returned: list[Value] = list(parsed.column("order_line.returned"))
    for positions in by_number.values() if has_lines else ():
        back = [
            i
            for i in positions
            if str(wholly[i] or "").strip().casefold() in ("yes", "y", "true", "ya", "ใช่")
        ]
        for i in back:
            returned[i] = counts[i] if isinstance(counts[i], int) else 1
        if back and not any(refunds[i] for i in positions):
            new_refunds[positions[0]] = _sum(lines[i] for i in back)
        if any(lines[i] is not None for i in positions):
            whole = _sum(lines[i] for i in positions)
            if all(goods[i] is None for i in positions):
                new_goods[positions[0]] = whole
            if all(totals[i] is None for i in positions):
                new_totals[positions[0]] = whole + _first(shipping, positions) + _first(tax, positions)
    for target, column in (
        ("order.total", new_totals), ("order.subtotal", new_goods), ("order.refunded", new_refunds),
        ("order_line.returned", returned),
    ):  # fmt: skip
        if any(value is not None for value in column):
            parsed.values[target] = column


def _sum(values: Iterable[Value]) -> int:
    return sum(int(value) for value in values if isinstance(value, int))


def _first(column: Sequence[Value], positions: Sequence[int]) -> int:
    return next((value for i in positions if isinstance(value := column[i], int)), 0)


def _samples(parsed: Parsed, proposal: Proposal, by_number: dict[Value, list[int]]) -> None:
    """In TikTok's export an order of nothing that nobody paid for is a sample for a creator."""
    if "order.total" not in parsed.values or not _says_how_it_was_paid(parsed, proposal):
        return
    totals, paid_by = parsed.values["order.total"], parsed.column("order.payment_method")
    samples: list[Value] = [False] * len(parsed)
    for positions in by_number.values():
        free = all(totals[i] == 0 for i in positions)
        for i in positions if free and not any(paid_by[i] for i in positions) else ():
            samples[i] = True
    parsed.values["order.is_sample"] = parsed.values[SAMPLES] = samples


def _says_how_it_was_paid(parsed: Parsed, proposal: Proposal) -> bool:
    """Whether there is a column for it, and be it empty: an export of samples alone has nothing in there."""
    if "order.payment_method" in parsed.values:
        return True
    known = proposal.known.targets if proposal.known else {}
    headers = {header_key(header) for header, target in known.items() if target == "order.payment_method"}
    return any(header_key(column.header) in headers for column in proposal.columns)


def _states(parsed: Parsed, by_number: dict[Value, list[int]]) -> None:
    """The state of each order: cancelled first, then refunded, then the shop's words, then its dates."""
    if "order.status" in parsed.values:
        return
    words, fulfilment = parsed.column("order.shop_status"), parsed.column("order.fulfilment")
    dates = {name: parsed.column(f"order.{name}") for name in ("paid", "sent", "delivered", "cancelled_on")}
    totals, refunds = parsed.column("order.total"), parsed.column("order.refunded")
    found: list[Value] = [None] * len(parsed)
    for positions in by_number.values():

        def any_of(column: Sequence[Value], where: Sequence[int] = positions) -> Value:
            return next((column[i] for i in where if not empty(column[i])), None)

        said = order_status(str(any_of(words) or ""))
        all_sent = str(any_of(fulfilment) or "").casefold() in ("fulfilled", "shipped")
        total, refunded = any_of(totals), any_of(refunds)
        if any_of(dates["cancelled_on"]) or said == "cancelled":
            said = "cancelled"
        elif isinstance(refunded, int) and isinstance(total, int) and refunded >= total > 0:
            said = "refunded"
        elif any_of(dates["delivered"]) and said in ("", "paid", "shipped"):
            said = "completed"
        elif (any_of(dates["sent"]) or all_sent) and said in ("", "paid"):
            said = "shipped"
        found[positions[0]] = said or ("paid" if any_of(dates["paid"]) else None)
    if any(found):
        parsed.values["order.status"] = found
