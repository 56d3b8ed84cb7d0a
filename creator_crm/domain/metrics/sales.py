"""From orders to facts: what is a sale, what refunds take back, which commission counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from creator_crm.domain.metrics.facts import Facts
from creator_crm.domain.orders import Order, OrderLine

_NONE, _ALL = Fraction(0), Fraction(1)
_NO_SALE = frozenset({"unpaid", "cancelled"})


class Sale(NamedTuple):
    """The money of one sale in minor units; `revenue` and `refunds` before the discount, see `sale`."""

    revenue: int = 0
    refunds: int = 0
    charged: int = 0
    discount: int = 0


class Commission(NamedTuple):
    """The commission on a line in minor units: what is settled and what is still an estimate."""

    settled: int = 0
    estimated: int = 0

    @property
    def total(self) -> int:
        return self.settled + self.estimated


def is_sale(order: Order) -> bool:
    """Whether an order counts: samples, unpaid and cancelled ones do not; refunded ones do."""
    return not order.is_sample and order.status not in _NO_SALE


def creator_of(order: Order, creator_by_code: Mapping[int, int]) -> int | None:
    """Whose order it is: the creator named on it, else the one whose code was used."""
    if order.creator is not None:
        return order.creator
    return creator_by_code.get(order.code) if order.code is not None else None


def charged_for_goods(order: Order) -> int:
    """What the buyer paid for goods, discount taken off, without postage and tax on top."""
    if order.subtotal is not None:
        return order.subtotal
    return max(0, (order.total or 0) - (order.shipping or 0) - (order.tax or 0))


def refunded_share(order: Order) -> Fraction:
    """The part of the order that was paid back, 0 to 1; all of it when only its status says so."""
    paid = order.total if order.total is not None else charged_for_goods(order)
    if order.refunded is None:
        return _ALL if order.status == "refunded" else _NONE
    if paid <= 0 or order.refunded <= 0:
        return _NONE
    return min(_ALL, Fraction(order.refunded, paid))


def sale(order: Order) -> Sale:
    """The money of one order; nothing when it is no sale.

    Revenue is taken before the discount, because the discount is a cost of the program (codingace.net). A
    refund takes back its part of revenue and discount: a wholly refunded order leaves nothing of either.
    Parts are rounded to the minor unit, halves to even.
    """
    if not is_sale(order):
        return Sale()
    charged, discount = charged_for_goods(order), order.discount or 0
    back = refunded_share(order)
    if not back:
        return Sale(charged + discount, 0, charged, discount)
    return Sale(
        charged + discount,
        round((charged + discount) * back),
        charged,
        discount - round(discount * back),
    )


def commission_of(line: OrderLine) -> Commission:
    """The affiliate commission on a line: standard, Shop Ads and co-funded bonus, each by itself.

    A component counts as settled if its settled amount is above nothing, else as estimated (as public
    seller programs do). Once the line is settled, a settled nothing stands. Ineligible lines earn none.
    """
    if line.commission_status == "ineligible":
        return Commission()
    is_settled = line.commission_status == "settled"
    settled = estimated = 0
    for guess, fact in (
        (line.commission_estimated, line.commission_actual),
        (line.ads_commission_estimated, line.ads_commission_actual),
        (line.bonus_estimated, line.bonus_actual),
    ):
        if fact is not None and (fact > 0 or is_settled):
            settled += fact
        else:
            estimated += guess or 0
    return Commission(settled, estimated)


def goods_cost_of(line: OrderLine, unit_cost: int | None, back: Fraction = _NONE) -> int | None:
    """What the pieces of a line that stayed sold cost you; None when the cost of one is not known.

    Where the file does not say what came back, as much did as was refunded of the order, `back`.
    """
    if unit_cost is None:
        return None
    pieces = line.quantity or 0
    if line.returned is not None:
        return unit_cost * max(0, pieces - line.returned)
    return round(unit_cost * pieces * (1 - back)) if back else unit_cost * pieces


def agreed_fee(agreed: int | None, pieces: Iterable[int | None], billed: Iterable[int]) -> int:
    """The fee of one collaboration: what was agreed, or billed when that is more.

    Agreed is the fee of the terms, else the fees of the single pieces. Half paid so far is no half cost.
    """
    promised = agreed if agreed is not None else sum(fee or 0 for fee in pieces)
    return max(promised, sum(billed))


def sales_facts(
    orders: Iterable[Order],
    lines: Iterable[OrderLine] = (),
    unit_costs: Mapping[int, int] = MappingProxyType({}),
    creator_by_code: Mapping[int, int] = MappingProxyType({}),
) -> dict[str, Facts]:
    """The facts of the orders by currency; every order counts once, whatever number of lines it has.

    `unit_costs` are those of products by their number, in the currency of the order. The cost of goods is
    known only if every sale has lines and every line a cost.
    """
    of_order: dict[int, list[OrderLine]] = defaultdict(list)
    for line in lines:
        if line.order is not None:
            of_order[line.order].append(line)
    sums: dict[str, _Sums] = defaultdict(_Sums)
    for order in orders:
        if is_sale(order):
            creator = creator_of(order, creator_by_code)
            sums[order.currency or "EUR"].add(order, of_order.get(order.id, []), unit_costs, creator)
    return {currency: one.facts(currency) for currency, one in sums.items()}


class _Sums:
    """Running totals of the sales in one currency."""

    def __init__(self) -> None:
        self.revenue = self.refunds = self.charged = self.discounts = self.commission = self.orders = 0
        self.goods_cost: int | None = 0
        self.by_creator: Counter[int] = Counter()
        self.of_customer: Counter[str] = Counter()
        self.new: set[str] = set()
        self.anonymous = self.unsorted = 0

    def add(
        self, order: Order, lines: list[OrderLine], unit_costs: Mapping[int, int], creator: int | None
    ) -> None:
        money = sale(order)
        self.orders += 1
        self.revenue += money.revenue
        self.refunds += money.refunds
        self.charged += money.charged
        self.discounts += money.discount
        self.commission += sum(commission_of(line).total for line in lines)
        back = refunded_share(order)
        self._cost([goods_cost_of(line, unit_costs.get(line.product or 0), back) for line in lines])
        if creator is not None:
            self.by_creator[creator] += money.revenue - money.refunds
        if order.customer_key is None:
            self.anonymous += 1
        else:
            self.of_customer[order.customer_key] += 1
        if order.customer == "new":
            self.new.add(order.customer_key or f"order {order.id}")
        elif order.customer is None:
            self.unsorted += 1

    def _cost(self, costs: list[int | None]) -> None:
        known = [cost for cost in costs if cost is not None]
        if self.goods_cost is None or not costs or len(known) < len(costs):
            self.goods_cost = None
        else:
            self.goods_cost += sum(known)

    def facts(self, currency: str) -> Facts:
        """Buyers are counted only if every order names its buyer; new ones only if every order tells."""
        named = self.anonymous == 0
        return Facts(
            currency=currency,
            revenue=self.revenue,
            refunds=self.refunds,
            charged=self.charged,
            goods_cost=self.goods_cost,
            discounts=self.discounts,
            commission=self.commission,
            orders=self.orders,
            customers=len(self.of_customer) if named else None,
            repeat_customers=sum(n > 1 for n in self.of_customer.values()) if named else None,
            new_customers=len(self.new) if self.unsorted == 0 else None,
            revenue_by_creator=MappingProxyType(dict(self.by_creator)),
        )
