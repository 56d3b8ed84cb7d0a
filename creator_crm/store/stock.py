"""The stock ledger follows the parcels: what their status and their items hold back or took is booked.

No change set takes an article below zero. What a person wants is refused; what a file tells of parcels that
left already is a fact, so the ledger is set right by a line of its own that says why.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from creator_crm.domain.errors import UserError
from creator_crm.domain.statuses import bookings
from creator_crm.store.columns import new_uids, uid_of

TOLD = "Sent before it was counted here"
TWICE = "Booked by two copies, taken back once"

_Article = tuple[int, int, int | None]  # shipment, product, variant
_Kept = tuple[int, int | None]  # product, variant; a product without one is all of its variants together

_SUMS = """
    WITH these AS (SELECT value AS p FROM json_each(?)), held AS (
        SELECT m.* FROM these CROSS JOIN stock_movement m ON m.product = these.p
        JOIN product p ON p.id = m.product WHERE m.deleted_at IS NULL AND p.deleted_at IS NULL)
    SELECT m.product, NULL, {columns} FROM held m GROUP BY m.product {rest}
    UNION ALL
    SELECT m.product, m.variant, {columns} FROM held m WHERE m.variant IS NOT NULL
    GROUP BY m.product, m.variant {rest}
"""


class Movement(NamedTuple):
    """One line that the ledger lacks, as columns of a new row."""

    product: int
    variant: int | None
    shipment: int | None
    kind: str
    quantity: int
    moved_on: str
    reason: str | None = None


def due_bookings(raw: sqlite3.Connection, change_set: int, today: str) -> Iterator[Movement]:
    """The movements that the ledger lacks after a change set."""
    changed, told = _touched(raw, change_set), _told_by_copies(raw, change_set)
    touched = json.dumps(sorted(changed | told))
    states = {
        number: (status, {"shipped": left_on, "returned": returned_on})
        for number, status, left_on, returned_on in raw.execute(
            "SELECT id, status, coalesce(shipped_on, delivered_on, lost_on), returned_on FROM shipment "
            "WHERE deleted_at IS NULL AND id IN (SELECT value FROM json_each(?))",
            (touched,),
        )
    }
    held = _held(raw, touched)
    packed = _packed(raw, touched)
    for article in sorted(held.keys() | packed.keys(), key=str):
        shipment, product, variant = article
        status, days = states.get(shipment, (None, {}))
        why = None if shipment in changed else TWICE
        for kind, quantity in bookings(status, packed.get(article, 0), *held.get(article, (0, 0))):
            yield Movement(product, variant, shipment, kind, quantity, days.get(kind) or today, why)


def uids_for_all(raw: sqlite3.Connection, lines: Sequence[Movement]) -> list[str]:
    """Ids that these lines get in every copy that has to write them after a merge: they must not add up."""
    written: Counter[str] = Counter()
    found = []
    for line in lines:
        names = [
            raw.execute(f"SELECT uid FROM {record} WHERE id = ?", (number,)).fetchone()
            for record, number in (
                ("shipment", line.shipment),
                ("product", line.product),
                ("variant", line.variant),
            )
        ]
        held = raw.execute(
            "SELECT count(*) FROM stock_movement WHERE shipment IS ? AND product = ? AND variant IS ? "
            "AND kind = ?",
            (line.shipment, line.product, line.variant, line.kind),
        ).fetchone()[0]
        told = f"{names} {line.kind} {line.quantity}"
        written[told] += 1
        uid = uid_of(f"{told} {held + written[told]}")
        taken = raw.execute("SELECT 1 FROM stock_movement WHERE uid = ?", (uid,)).fetchone()
        found.append(new_uids(1)[0] if taken else uid)
    return found


def set_right(raw: sqlite3.Connection, booked: Sequence[Movement]) -> Iterator[Movement]:
    """The lines that make up for parcels which a file says have left, with what the ledger never held.

    That is what left before the first line of its article, and what goes beyond all that there was.
    """
    left: dict[_Kept, Counter[str]] = defaultdict(Counter)
    for (_, product, variant), lines in _by_parcel(booked).items():
        pieces = -sum(line.quantity for line in lines)
        day = next((line.moved_on for line in lines if line.kind == "shipped"), "")
        if pieces > 0 and day:
            left[product, variant][day] += pieces
    held = {
        (product, variant): (pieces, first)
        for product, variant, pieces, first in raw.execute(
            _SUMS.format(columns="sum(m.quantity), min(m.moved_on)", rest=""),
            (json.dumps(sorted({product for product, _ in left})),),
        )
    }
    for (product, variant), days in left.items():
        pieces, first = held.get((product, variant), (0, ""))
        before = sum(n for day, n in days.items() if not first or day < first)
        beyond = days.total() - max(pieces, 0)
        if (more := max(before, beyond)) > 0:
            yield Movement(product, variant, None, "corrected", more, min(days), TOLD)


def refuse_short(raw: sqlite3.Connection, change_set: int, *, parcels: bool) -> None:
    """Raise UserError, naming what is missing, when a change set took more of an article than there is.

    `parcels`: whether it is parcels that want it.
    """
    short = _short(raw, change_set)
    if not short:
        return
    if parcels:
        lacking = "; ".join(
            f"{-by} of “{name}” are needed and {max(now - by, 0)} are left: {min(-now, -by)} missing"
            for name, now, by in short
        )
        raise UserError(
            f"There is not enough stock. {lacking}. Nothing was changed; receive stock first, or send less."
        )
    lacking = "; ".join(f"{now} of “{name}” would be left" for name, now, _ in short)
    raise UserError(
        f"There cannot be less than nothing: {lacking}. Nothing was changed; count the stock first."
    )


def _by_parcel(booked: Iterable[Movement]) -> Mapping[tuple[int | None, int, int | None], list[Movement]]:
    found: dict[tuple[int | None, int, int | None], list[Movement]] = defaultdict(list)
    for line in booked:
        found[line.shipment, line.product, line.variant].append(line)
    return found


def _short(raw: sqlite3.Connection, change_set: int) -> list[tuple[str, int, int]]:
    """(name, pieces now, change) of each article that the change set lowered and that is below zero."""
    touched = raw.execute(
        "SELECT json_extract(coalesce(after, before), '$.product') FROM history "
        "WHERE change_set = ?1 AND record = 'stock_movement' "
        'UNION SELECT m.product FROM history h JOIN stock_movement m ON m.id = h."row" '
        "WHERE h.change_set = ?1 AND h.record = 'stock_movement'",
        (change_set,),
    )
    products = json.dumps([product for (product,) in touched if product is not None])
    sums = _SUMS.format(columns="sum(m.quantity) AS pieces", rest="HAVING pieces < 0")
    below: dict[_Kept, int] = {(p, v): pieces for p, v, pieces in raw.execute(sums, (products,))}
    change = _changed_by(raw, change_set) if below else {}
    short = {article: now for article, now in below.items() if change.get(article, 0) < 0}
    variants = {product for product, variant in short if variant is not None}
    return [
        (_name(raw, *article), now, change[article])
        for article, now in short.items()
        if article[1] is not None or article[0] not in variants
    ]


def _name(raw: sqlite3.Connection, product: int, variant: int | None) -> str:
    names = raw.execute(
        "SELECT p.name, v.name FROM product p LEFT JOIN variant v ON v.id = ? WHERE p.id = ?",
        (variant, product),
    ).fetchone()
    return " · ".join(name for name in names or ("A product",) if name)


def _changed_by(raw: sqlite3.Connection, change_set: int) -> Counter[_Kept]:
    """By how many pieces a change set raised or lowered each article."""
    rows: dict[int, tuple[dict[str, Any], dict[str, Any]]] = {}
    names = ("product", "variant", "quantity", "deleted_at")
    for number, action, before, *now in raw.execute(
        'SELECT h."row", h.action, h.before, m.product, m.variant, m.quantity, m.deleted_at '
        'FROM history h LEFT JOIN stock_movement m ON m.id = h."row" '
        "WHERE h.change_set = ? AND h.record = 'stock_movement' ORDER BY h.id DESC",
        (change_set,),
    ):
        after, was = rows.setdefault(number, (dict(zip(names, now, strict=True)),) * 2)
        rows[number] = (after, {} if action == "insert" else {**was, **json.loads(before)})
    changed: Counter[_Kept] = Counter()
    for after, was in rows.values():
        for state, sign in ((after, 1), (was, -1)):
            if state.get("product") is not None and state.get("deleted_at") is None:
                for variant in {None, state.get("variant")}:
                    changed[state["product"], variant] += sign * (state.get("quantity") or 0)
    return changed


def _touched(raw: sqlite3.Connection, change_set: int) -> set[int]:
    found: Iterable[tuple[int | None]] = raw.execute(
        "SELECT \"row\" FROM history WHERE change_set = ?1 AND record = 'shipment' "
        "UNION SELECT json_extract(coalesce(before, after), '$.shipment') FROM history "
        "WHERE change_set = ?1 AND record = 'shipment_item' "
        'UNION SELECT i.shipment FROM history h JOIN shipment_item i ON i.id = h."row" '
        "WHERE h.change_set = ?1 AND h.record = 'shipment_item'",
        (change_set,),
    )
    return {number for (number,) in found if number is not None}


def _told_by_copies(raw: sqlite3.Connection, change_set: int) -> set[int]:
    """The parcels of which a merge brought lines of the ledger: they may have been booked here as well."""
    found: Iterable[tuple[int | None]] = raw.execute(
        'SELECT DISTINCT m.shipment FROM history h JOIN stock_movement m ON m.id = h."row" '
        "JOIN change_set s ON s.id = h.change_set WHERE h.change_set = ? AND s.origin = 'merge' "
        "AND h.record = 'stock_movement' AND h.action = 'insert'",
        (change_set,),
    )
    return {number for (number,) in found if number is not None}


def _held(raw: sqlite3.Connection, touched: str) -> dict[_Article, tuple[int, int]]:
    """(reserved, gone) of each article as the ledger says; both at or below zero."""
    found = raw.execute(
        "SELECT m.shipment, m.product, m.variant, "
        "coalesce(sum(m.quantity) FILTER (WHERE m.kind IN ('reserved', 'released')), 0), "
        "coalesce(sum(m.quantity) FILTER (WHERE m.kind IN ('shipped', 'returned')), 0) "
        "FROM json_each(?) k CROSS JOIN stock_movement m ON m.shipment = k.value "
        "WHERE m.deleted_at IS NULL GROUP BY 1, 2, 3",
        (touched,),
    )
    return {(shipment, product, variant): (r, g) for shipment, product, variant, r, g in found}


def _packed(raw: sqlite3.Connection, touched: str) -> dict[_Article, int]:
    found: Iterable[Any] = raw.execute(
        "SELECT i.shipment, i.product, i.variant, sum(i.quantity) "
        "FROM json_each(?) k CROSS JOIN shipment_item i ON i.shipment = k.value "
        "WHERE i.deleted_at IS NULL AND i.product IS NOT NULL GROUP BY 1, 2, 3",
        (touched,),
    )
    return {(shipment, product, variant): pieces for shipment, product, variant, pieces in found}
