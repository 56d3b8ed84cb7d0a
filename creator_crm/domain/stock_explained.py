"""Each figure of an article's stock with its formula and what went into it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from creator_crm.domain.metrics.metric import COUNT, Figure, Input, Metric, count, money, rounded
from creator_crm.domain.stock import HELD, ON_SHELF, RATE_DAYS, Standing
from creator_crm.domain.values.money import exponent

ORDERS_APART = "Orders in your shop do not lower this stock; parcels and what you note yourself do."
_LEDGER = "your stock ledger, every line up to that day; orders in your shop are no lines of it"
_PACE = f"orders of your shop and parcels of the last {RATE_DAYS} days; weekdays count alike"


def _on_hand(one: Standing) -> Metric:
    inputs = [count(kind, getattr(one, kind)) for kind in ON_SHELF]
    return _ON_HAND(Decimal(one.on_hand), COUNT, *inputs)


def _reserved(one: Standing) -> Metric:
    return _RESERVED(
        Decimal(one.reserved), COUNT, count("held for approved and packed parcels", one.reserved)
    )


def _available(one: Standing) -> Metric:
    inputs = (count("on hand", one.on_hand), count("reserved", one.reserved))
    return _AVAILABLE(Decimal(one.available), COUNT, *inputs)


def _incoming(one: Standing) -> Metric:
    inputs = [
        count(f"expected on {each.expected_on}" if each.expected_on else "expected some day", each.pieces)
        for each in one.incoming
    ]
    return _INCOMING(Decimal(one.on_order), COUNT, *inputs)


def _average(one: Standing) -> Metric:
    found, kept = one.average, one.kept
    inputs = [
        count("pieces received with a cost", found.priced),
        money("paid for those together", found.paid, one.currency or kept.currency),
    ]
    if found.assumed:
        inputs.append(
            count("pieces received without a cost, taken at the cost of the product", found.assumed)
        )
    if kept.cost is not None:
        inputs.append(money("cost of the product", kept.cost, kept.currency))
    formula = _AVERAGE if not one.parts else _AVERAGE_OF_PARTS
    if not one.currency:
        return formula.undefined("its variants have costs in several currencies", "", *inputs)
    if found.cost is None:
        why = "nothing of it is there" if one.parts and not one.on_hand else "no cost is known"
        return formula.undefined(why, one.currency, *inputs)
    return formula(_whole(found.cost, one.currency), one.currency, *inputs)


def _value(one: Standing) -> Metric:
    if one.parts:
        inputs = [
            Input(
                part.kept.name,
                None if part.value is None else _whole(part.value, part.currency),
                part.currency,
            )
            for part in one.parts
        ]
        made: Figure = _VALUE_OF_PARTS
    else:
        cost = one.average.cost
        unit = Input("average cost", None if cost is None else _whole(cost, one.currency), one.currency)
        inputs, made = [count("on hand", one.on_hand), unit], _VALUE
    if one.value is None:
        why = "no cost is known" if one.currency else "its variants have costs in several currencies"
        return made.undefined(why, one.currency, *inputs)
    return made(_whole(one.value, one.currency), one.currency, *inputs)


def _per_day(one: Standing) -> Metric:
    inputs = (count("sold by orders", one.sold), count("sent in parcels", one.sent), count("days", RATE_DAYS))
    return _PER_DAY(rounded(one.per_day), COUNT, *inputs)


def _days_left(one: Standing) -> Metric:
    inputs = (count("available", one.available), Input("out a day", rounded(one.per_day), COUNT))
    if one.days_left is None:
        return _DAYS_LEFT.undefined("nothing went out in that time", COUNT, *inputs)
    return _DAYS_LEFT(Decimal(one.days_left), COUNT, *inputs)


def _whole(minor: Fraction | int, currency: str) -> Decimal:
    return rounded(Fraction(minor) / 10 ** exponent(currency))


_ON_HAND = Figure("on_hand", "On hand", "received + returned + corrected + shipped + lost", _LEDGER)
_RESERVED = Figure("reserved", "Reserved", "reserved − released", _LEDGER)
_AVAILABLE = Figure("available", "Available", "on hand − reserved", _LEDGER)
_INCOMING = Figure(
    "incoming", "On order", "sum of what is ordered and has not arrived", "your stock on order"
)
_AVERAGE = Figure(
    "average_cost",
    "Average cost",
    "at each receipt: (pieces there × average so far + what was paid) / (pieces there + pieces received)",
    "the moving weighted average; what leaves or comes back does so at the average",
)
_AVERAGE_OF_PARTS = Figure("average_cost", "Average cost", "value / on hand", "the averages of its variants")
_VALUE = Figure("value", "Value", "on hand × average cost", _LEDGER)
_VALUE_OF_PARTS = Figure("value", "Value", "sum over its variants", _LEDGER)
_PER_DAY = Figure("per_day", "Out a day", f"(sold + sent) / {RATE_DAYS} days", _PACE)
_DAYS_LEFT = Figure("days_left", "Days left", "available / out a day, whole days", _PACE)

FIGURES: Mapping[str, Callable[[Standing], Metric]] = MappingProxyType(
    {
        "on_hand": _on_hand,
        "reserved": _reserved,
        "available": _available,
        "incoming": _incoming,
        "average_cost": _average,
        "value": _value,
        "per_day": _per_day,
        "days_left": _days_left,
    }
)
"""The figures by name, in the order in which they are shown."""

LINES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "on_hand": ON_SHELF,
        "reserved": HELD,
        "available": (*ON_SHELF, *HELD),
        "average_cost": ("received",),
        "value": ON_SHELF,
        "per_day": ("shipped",),
        "days_left": (*ON_SHELF, *HELD),
    }
)
"""The kinds of movements that each figure is worked out from."""
