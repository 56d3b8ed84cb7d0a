"""Stock at a date as sums of the ledger: as many statements for all articles as for one."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from creator_crm.domain.frozen import immutable
from creator_crm.domain.reordering import Incoming
from creator_crm.domain.stock import Kept, LedgerLine, Moved
from creator_crm.store.store import Store

Key = tuple[int, int | None]
"""(product, variant); None where a line names no variant, or one that is in the trash."""

LONGEST = 500  # lines of the ledger behind one figure

_OTHERS = ("returned", "corrected", "shipped", "lost")
_CURRENCY = "coalesce(iif(v.cost IS NULL, p.currency, v.currency), 'EUR')"
_HAS_COST = f"m.unit_cost IS NOT NULL AND coalesce(m.currency, {_CURRENCY}) = {_CURRENCY}"
_OF = (
    "JOIN product p ON p.id = m.product AND p.deleted_at IS NULL "
    "LEFT JOIN variant v ON v.id = m.variant AND v.deleted_at IS NULL"
)
_SOLD = "NOT o.is_sample AND coalesce(o.status, '') NOT IN ('unpaid', 'cancelled')"
_DAY = 'coalesce(o."ordered_on", substr(o."ordered_at", 1, 10), substr(o."created_at", 1, 10))'


def kept(store: Store, product: int | None = None) -> list[Kept]:
    """Every product, and its variants after it, by name."""
    one = " AND p.id = :product" if product else ""
    sql = f"""
        SELECT p.id, NULL, p.name, p.sku, coalesce(p.currency, 'EUR'), p.cost, p.reorder_level,
            p.lead_time_days, p.archived, p.name AS family
        FROM product p WHERE p.deleted_at IS NULL{one}
        UNION ALL
        SELECT p.id, v.id, p.name || ' · ' || v.name, v.sku, {_CURRENCY}, coalesce(v.cost, p.cost),
            v.reorder_level, p.lead_time_days, v.archived OR p.archived, p.name
        FROM variant v JOIN product p ON p.id = v.product
        WHERE v.deleted_at IS NULL AND p.deleted_at IS NULL{one}
        ORDER BY family COLLATE NOCASE, 1, 2"""
    rows = _all(store, sql, product=product)
    return [Kept(*row[:9]) for row in rows]


@immutable
class Ledger:
    """The movements of one article: all of them by kind, and what its average cost follows from.

    days: the receipts, and as `corrected` what else moved on the shelf where that weighs in. sent: pieces
    shipped since a given day.
    """

    whole: Moved
    days: Sequence[Moved]
    sent: int


def ledgers(store: Store, since: str, on: str, product: int | None = None) -> dict[Key, Ledger]:
    """The movements of each article up to the end of a day; what was shipped from `since` on was sent."""
    # Of all products the table is read from end to end: by an index it would be looked up line by line.
    source = "stock_movement m" if product else "stock_movement m NOT INDEXED"
    living = "m.deleted_at IS NULL AND m.moved_on <= :on" + (" AND m.product = :product" if product else "")
    values: dict[str, Any] = {"on": on, "since": since, "product": product}
    there = {number for (number,) in _all(store, "SELECT id FROM variant WHERE deleted_at IS NULL")}
    kinds: dict[Key, Counter[str]] = defaultdict(Counter)
    sent: Counter[Key] = Counter()
    begins: dict[Key, str] = {}  # on the shelf, otherwise than by a receipt
    for number, named, kind, pieces, lately, first in _all(
        store,
        "SELECT +m.product, m.variant, m.kind, sum(m.quantity), "
        "sum(iif(m.moved_on >= :since, -m.quantity, 0)), min(m.moved_on) "
        f"FROM {source} WHERE {living} GROUP BY 1, 2, 3",
        **values,
    ):
        key = (number, named if named in there else None)
        kinds[key][kind] += pieces
        sent[key] += lately if kind == "shipped" else 0
        if kind in _OTHERS:
            begins[key] = min(first, begins.get(key, first))
    days = _receipts(store, f"{source} {_OF} WHERE {living}", values)
    weighing = {key for key, of in days.items() if len(of) > 1 or begins.get(key, of[0].on) < of[0].on}
    if weighing:
        values["these"] = json.dumps(sorted({number for number, _ in weighing}))
        _add_others(store, f"{source} {_OF} WHERE {living}", values, {key: days[key] for key in weighing})
    return {key: Ledger(Moved(on, **of), days.get(key, ()), sent[key]) for key, of in kinds.items()}


def _receipts(store: Store, source: str, values: dict[str, Any]) -> dict[Key, list[Moved]]:
    sql = (
        "SELECT +m.product, v.id, m.moved_on, sum(m.quantity), "
        f"sum(iif({_HAS_COST}, m.quantity, 0)), sum(iif({_HAS_COST}, m.quantity * m.unit_cost, 0)) "
        f"FROM {source} AND m.kind = 'received' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
    )
    found: dict[Key, list[Moved]] = defaultdict(list)
    for number, variant, *day in _all(store, sql, **values):
        found[number, variant].append(Moved(*day))
    return found


def _add_others(store: Store, source: str, values: dict[str, Any], days: dict[Key, list[Moved]]) -> None:
    """Put what else moved on the shelf before the last receipt behind the receipts of each article."""
    sql = (
        f"SELECT +m.product, v.id, m.moved_on, sum(m.quantity) FROM {source} AND m.kind IN {_OTHERS} "
        "AND m.product IN (SELECT value FROM json_each(:these)) GROUP BY 1, 2, 3"
    )
    last = {key: of[-1].on for key, of in days.items()}
    for number, variant, day, pieces in _all(store, sql, **values):
        key = (number, variant)
        if day < last.get(key, ""):
            days[key].append(Moved(day, corrected=pieces))


def incoming(store: Store, on: str, product: int | None = None) -> dict[Key, list[Incoming]]:
    """What was on order at the end of a day and had not arrived."""
    sql = f"""
        SELECT m.product, v.id, m.quantity, m.expected_on FROM incoming_stock m {_OF}
        WHERE m.deleted_at IS NULL AND m.quantity > 0 AND (m.arrived_on IS NULL OR m.arrived_on > :on)
            AND coalesce(m.ordered_on, min(:on, substr(m.created_at, 1, 10))) <= :on
            {"AND m.product = :product" if product else ""}"""
    found: dict[Key, list[Incoming]] = defaultdict(list)
    for number, variant, pieces, expected_on in _all(store, sql, on=on, product=product):
        found[number, variant].append(Incoming(pieces, expected_on))
    return found


def sold(store: Store, since: str, on: str, product: int | None = None) -> dict[Key, int]:
    """Pieces that orders of the shop took between two days, returned ones taken off; samples are parcels."""
    sql = f"""
        SELECT l.product, v.id, sum(coalesce(l.quantity, 1) - coalesce(l.returned, 0))
        FROM "order" o INDEXED BY sums_order_when CROSS JOIN order_line l ON l."order" = o.id
        LEFT JOIN variant v ON v.id = l.variant AND v.deleted_at IS NULL
        WHERE o.deleted_at IS NULL AND l.deleted_at IS NULL AND l.product IS NOT NULL AND {_SOLD}
            AND {_DAY} BETWEEN :since AND :on{" AND l.product = :product" if product else ""}
        GROUP BY 1, 2"""
    rows = _all(store, sql, since=since, on=on, product=product)
    return {(number, variant): pieces for number, variant, pieces in rows}


def lines(
    store: Store, on: str, product: int, variant: int | None = None, kinds: tuple[str, ...] = ()
) -> tuple[int, list[LedgerLine]]:
    """(how many there are, the newest LONGEST) lines of a product up to a day, the newest first.

    Of one variant if it is named; of some kinds alone if they are. Each tells what was available after it.
    """
    wanted = f" AND kind IN ({', '.join(repr(kind) for kind in kinds)})" if kinds else ""
    whose = "m.product = :product" + (" AND m.variant = :variant" if variant else "")
    sql = f"""
        WITH line AS (
            SELECT m.moved_on AS day, m.id, m.kind AS kind, m.quantity, coalesce(m.reason, '') AS reason,
                coalesce(s.number, '') AS parcel, m.unit_cost, coalesce(m.currency, 'EUR') AS currency,
                sum(m.quantity) OVER (ORDER BY m.moved_on, m.id ROWS UNBOUNDED PRECEDING) AS after
            FROM stock_movement m LEFT JOIN shipment s ON s.id = m.shipment
            WHERE m.deleted_at IS NULL AND {whose} AND m.moved_on <= :on)
        SELECT day, kind, quantity, reason, parcel, unit_cost, currency, after, count(*) OVER ()
        FROM line WHERE true{wanted} ORDER BY day DESC, id DESC LIMIT {LONGEST}"""
    rows = _all(store, sql, on=on, product=product, variant=variant)
    return (rows[0][-1] if rows else 0), [LedgerLine(*row[:-1]) for row in rows]


def _all(store: Store, sql: str, **values: Any) -> list[Any]:
    with store.read_raw() as raw:
        return raw.execute(sql, values).fetchall()
