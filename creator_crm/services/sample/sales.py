"""The sample brand's orders, payments and ads: a few creators carry the sales, and one code has leaked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from creator_crm.domain.fields import Value
from creator_crm.services.sample.invented import Die, word_list
from creator_crm.services.sample.past import Step
from creator_crm.services.sample.trade import Part, Rows
from creator_crm.store.unit_of_work import Unit

Values = dict[str, Value]
COUNTRIES = {"IE": 40, "GB": 30, "DE": 22, "FR": 12, "NL": 8, "SE": 4}


@dataclass(frozen=True, eq=False)
class Sale:
    """One order to come: its day, whose code it carries, and which products."""

    day: date
    part: Part | None
    skus: tuple[str, ...]
    discount: bool


@dataclass
class Sold:
    """Every order to come, and its row once it is written."""

    sales: list[Sale] = field(default_factory=list)
    rows: dict[Sale, int] = field(default_factory=dict)


def amounts(sale: Sale, prices: dict[str, dict[str, int]]) -> tuple[int, int, int]:
    """Subtotal, discount and shipping of an order, in cents."""
    subtotal = sum(prices[sku]["price"] for sku in sale.skus)
    return subtotal, subtotal // 10 if sale.discount else 0, 0 if subtotal >= 4000 else 490


def sales(die: Die, parts: list[Part], rows: Rows, made: Sold, today: date) -> Iterator[Step]:
    """Orders month by month, fees that fall due, ads behind the best posts, the leak."""
    prices = {p["sku"]: p for p in word_list("trade")["products"]}
    leaked = next((p for p in parts if p.live and p.star and (today - p.live).days > 120), None)
    orders = sorted(_all_sales(die, parts, leaked, today), key=lambda sale: sale.day)
    made.sales = orders
    number = 1000
    for month in sorted({sale.day.replace(day=1) for sale in orders}):
        inside = [sale for sale in orders if sale.day.replace(day=1) == month]
        label = f"Import {len(inside)} orders from orders_export.csv"
        day = min(inside[-1].day + timedelta(days=1), today)
        yield Step(
            day, "Theo", label, partial(_import, die, inside, number, prices, rows, made, today), "import"
        )
        number += len(inside)
    yield from _payments(die, parts, today)
    yield from _ads(die, parts, today)
    if leaked:
        assert leaked.live is not None
        day = min(leaked.live + timedelta(days=75), today)
        label = f"The code {leaked.code} is on a coupon site"
        yield Step(day, "Mara", label, partial(_leak, leaked, day))


def _all_sales(die: Die, parts: list[Part], leaked: Part | None, today: date) -> Iterator[Sale]:
    skus = [p["sku"] for p in word_list("trade")["products"]]
    for days in range(330, 0, -1):
        day = today - timedelta(days=days)
        for _ in range(die.choice((0, 0, 1, 1, 1, 2, 2, 3))):
            yield Sale(day, None, (die.choice(skus[:3] if days > 40 else skus),), False)
    for part in parts:
        if part.live is None:
            continue
        brought = die.randint(70, 190) if part.star else round(part.views * die.uniform(0.0, 0.00022))
        for _ in range(min(brought, 190)):
            day = part.live + timedelta(days=min(int(die.expovariate(0.16)), 60))
            if day < today:
                more = (die.choice(skus[:3]),) if die.chance(0.25) else ()
                yield Sale(day, part, (part.sku, *more), True)
    if leaked is not None and leaked.live is not None:
        for days in range(60, min((today - leaked.live).days, 130)):
            for _ in range(die.choice((0, 1, 1, 2))):
                yield Sale(leaked.live + timedelta(days=days), leaked, (leaked.sku,), True)


def _import(
    die: Die,
    orders: list[Sale],
    number: int,
    prices: dict[str, dict[str, int]],
    rows: Rows,
    made: Sold,
    today: date,
    unit: Unit,
) -> None:
    for at, sale in enumerate(orders):
        subtotal, discount, shipping = amounts(sale, prices)
        total = subtotal - discount + shipping
        refunded = total - shipping if die.chance(0.045) else 0
        hour = f"{die.randint(7, 22):02d}:{die.randint(0, 59):02d}"
        order = unit.add(
            "order",
            {
                "number": f"#{number + at}",
                "shop": "shopify",
                "external_id": str(5_800_000_000_000 + (number + at) * 1013),
                "ordered_on": sale.day.isoformat(),
                "ordered_at": f"{sale.day.isoformat()}T{hour}:00Z",
                "status": "refunded" if refunded else "completed" if (today - sale.day).days > 4 else "paid",
                "code": sale.part.code_row if sale.part else None,
                "code_text": sale.part.code if sale.part else None,
                "deliverable": sale.part.deliverable if sale.part else None,
                "currency": "EUR",
                "subtotal": subtotal,
                "discount": discount,
                "shipping": shipping,
                "tax": 0,
                "total": total,
                "refunded": refunded,
                "customer": "returning" if die.chance(0.22) else "new",
                "customer_key": f"c{die.randint(1, 900):04d}",
                "country": die.weighted(COUNTRIES),
            },
        )
        made.rows[sale] = order
        for line, sku in enumerate(sale.skus, 1):
            unit.add(
                "order_line",
                {
                    "order": order,
                    "line": str(line),
                    "product": rows.products[sku],
                    "sku": sku,
                    "name": str(prices[sku]["name"]),
                    "quantity": 1,
                    "returned": 1 if refunded else 0,
                    "currency": "EUR",
                    "unit_price": prices[sku]["price"],
                    "discount": prices[sku]["price"] // 10 if sale.discount else 0,
                    "total": prices[sku]["price"] - (prices[sku]["price"] // 10 if sale.discount else 0),
                },
            )


def _payments(die: Die, parts: list[Part], today: date) -> Iterator[Step]:
    owed = [p for p in parts if p.fee and p.live]
    for part in owed:
        assert part.live is not None
        due = part.live + timedelta(days=14)
        paid = due + timedelta(days=die.randint(-3, 2))
        settled = (today - due).days > 18  # the last fees are still owed
        name = part.person.values["name"]
        label = f"Write down the fee of {name}"
        yield Step(part.live, "Mara", label, partial(_owe, part, due, paid if settled else None))


def _owe(part: Part, due: date, paid: date | None, unit: Unit) -> None:
    values: Values = {
        "creator": part.person.row,
        "campaign": part.campaign_row,
        "deliverable": part.deliverable or None,
        "kind": "fee",
        "currency": part.currency,
        "amount": part.fee,
        "due_on": due.isoformat(),
        "status": "paid" if paid else "due",
    }
    if paid:
        values |= {"paid_on": paid.isoformat(), "method": "bank transfer"}
    unit.add("payment", values)


def _ads(die: Die, parts: list[Part], today: date) -> Iterator[Step]:
    for part in parts:
        if not part.star or part.live is None:
            continue
        for week in range(1, 5):
            day = part.live + timedelta(days=7 * week)
            if day <= today:
                spent = die.randint(40, 160) * 100
                label = f"Note {spent // 100} € of ads behind {part.code}"
                yield Step(day, "Theo", label, partial(_spend, die, part, day, spent))


def _spend(die: Die, part: Part, day: date, spent: int, unit: Unit) -> None:
    unit.add(
        "ad_spend",
        {
            "name": f"Spark {part.code}",
            "spent_on": day.isoformat(),
            "kind": "spark_ad",
            "platform": part.person.accounts[0]["platform"],
            "creator": part.person.row,
            "campaign": part.campaign_row,
            "deliverable": part.deliverable or None,
            "currency": "EUR",
            "amount": spent,
            "impressions": spent * die.randint(11, 19),
            "clicks": spent // die.randint(38, 70),
        },
    )


def _leak(part: Part, day: date, unit: Unit) -> None:
    unit.set("code", part.code_row, {"status": "leaked", "leaked_on": day.isoformat()})
