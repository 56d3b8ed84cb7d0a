"""What is on order and what has arrived of it add up, also where two copies noted an arrival differently.

Of an order that arrives in part the rest stays on order, as a row that follows it. Its id, and that of the
line by which the ledger received the part, are the same whoever notes it: two copies write one row, not two.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from creator_crm.store.columns import uid_of
from creator_crm.store.unit_of_work import Unit

_ORDER, _LINE = "incoming_stock", "stock_movement"
_Before = dict[int, Mapping[str, Any] | None]
_KEPT = ("product", "variant", "ordered_on", "expected_on", "supplier", "currency", "unit_cost", "notes")


def receipt_of(order: str) -> str:
    """The uid of the line of the ledger by which an order was received."""
    return uid_of(f"arrived {order}")


def rest_of(order: str) -> str:
    """The uid of the row that says what of an order is still to come."""
    return uid_of(f"rest of {order}")


def of_all_copies(raw: sqlite3.Connection) -> set[str]:
    """The uids that every copy gives to what it notes of the arrival of orders."""
    orders = [uid for (uid,) in raw.execute("SELECT uid FROM incoming_stock")]
    return {named(uid) for uid in orders for named in (receipt_of, rest_of)}


class _Order(NamedTuple):
    """An order, or the rest of one, with the line by which it was received and the pieces that this says."""

    number: int
    uid: str
    quantity: int
    arrived_on: str | None
    deleted_at: str | None
    line: int | None
    received: int | None
    came_on: str | None


def settle_arrivals(unit: Unit, asked: Collection[str]) -> list[str]:
    """Set right what a merge left of orders of which both copies had noted an arrival, each in its way.

    What the ledger received has arrived, and of what was ordered the rest is on order. `asked` are the lines
    of the ledger that the copies did not agree about. Returns the uids of the rows that were written.
    """
    if not unit.changes().touches(_ORDER, _LINE):
        return []
    told = _told(unit.raw, unit.change_set)
    asked = {*asked, *(uid for uid, new in told.items() if not new)}
    before = _before(unit.raw, unit.change_set)
    numbers: dict[str, int] = dict(unit.raw.execute("SELECT uid, id FROM incoming_stock").fetchall())
    rests = {rest_of(uid) for uid in numbers}
    written: list[str] = []
    for uid in numbers.keys() - rests:
        orders = list(_chain(unit.raw, uid))
        came_too = [before.get(order.number, {}) is None for order in orders]
        doubtful = any(
            receipt_of(order.uid) in asked
            or (rest_came and not came and _had_arrived(order, before))
            # The ledger may tell of an arrival before the order does.
            or (told.get(receipt_of(order.uid)) and not order.arrived_on)
            for order, came, rest_came in zip(orders, came_too, [*came_too[1:], False], strict=True)
        )
        touched = any(order.number in before for order in orders)
        if (doubtful or (touched and _contradict(orders))) and not came_too[0]:
            written += _settle(unit, orders, _ordered(unit.raw, orders, before))
    return written


def _contradict(orders: Sequence[_Order]) -> bool:
    """Whether parts of one order say other than the ledger, or two of them are what is still to come."""
    living = [order for order in orders if order.deleted_at is None]
    otherwise = any(order.received not in (None, order.quantity) for order in living)
    return len(orders) > 1 and (otherwise or sum(order.arrived_on is None for order in living) > 1)


def _had_arrived(order: _Order, before: _Before) -> bool:
    return bool({**order._asdict(), **(before.get(order.number) or {})}["arrived_on"])


def _ordered(raw: sqlite3.Connection, orders: Sequence[_Order], before: _Before) -> int:
    """How many pieces were ordered, as it was here before.

    That is what the rows come to, or what was written down before more arrived than that.
    """
    found = 0
    for order in orders:
        if (changed := before.get(order.number, {})) is not None:  # else the other copy brought it
            was = {**order._asdict(), **changed}
            found += was["quantity"] if was["deleted_at"] is None else 0
    return min(found, _ordered_at_first(raw, orders[0].number, found))


def _ordered_at_first(raw: sqlite3.Connection, number: int, otherwise: int) -> int:
    """The pieces of an order just before the first of them arrived."""
    known = raw.execute(
        "SELECT json_extract(before, '$.quantity') FROM history WHERE record = ?1 AND \"row\" = ?2 "
        "AND action = 'update' AND id >= (SELECT min(id) FROM history WHERE record = ?1 AND \"row\" = ?2 "
        "AND action = 'update' AND json_extract(after, '$.arrived_on') IS NOT NULL) "
        "AND json_type(before, '$.quantity') IS NOT NULL ORDER BY id LIMIT 1",
        (_ORDER, number),
    ).fetchone()
    return int(known[0]) if known else otherwise


def _settle(unit: Unit, orders: Sequence[_Order], ordered: int) -> Iterator[str]:
    """Give every order of a chain the pieces that came of it, and what is left to the one after the last."""
    left = ordered
    for order in orders:
        due = order.received if order.received is not None else order.quantity if order.arrived_on else left
        if left <= 0:
            yield from _remove(unit, order)
            continue
        if order.deleted_at is not None and order.received is None:
            unit.told_back(_ORDER, [order.number])
            unit.told_changes(_ORDER, {order.number: {"quantity": left, "arrived_on": None}})
            due = left
            yield order.uid
        else:
            arrived_on = order.arrived_on if order.received is None else order.arrived_on or order.came_on
            if (due, arrived_on) != (order.quantity, order.arrived_on):
                unit.told_changes(_ORDER, {order.number: {"quantity": due, "arrived_on": arrived_on}})
                yield order.uid
        left -= due
    if left > 0:
        last = orders[-1]
        kept = ", ".join(f'"{name}"' for name in _KEPT)
        values = unit.raw.execute(
            f"SELECT {kept} FROM incoming_stock WHERE id = ?", (last.number,)
        ).fetchone()
        unit.told_new(_ORDER, rest_of(last.uid), {**dict(zip(_KEPT, values, strict=True)), "quantity": left})
        yield rest_of(last.uid)


def _remove(unit: Unit, order: _Order) -> Iterator[str]:
    if order.deleted_at is None:
        unit.told_gone(_ORDER, [order.number])
        yield order.uid
    if order.line is not None and order.received is not None:
        unit.told_gone(_LINE, [order.line])
        yield receipt_of(order.uid)


def _chain(raw: sqlite3.Connection, uid: str) -> Iterator[_Order]:
    """An order, the rest of it, the rest of that, and so on, in the trash or not."""
    while found := raw.execute(
        "SELECT o.id, o.uid, o.quantity, o.arrived_on, o.deleted_at, m.id, "
        "iif(m.deleted_at IS NULL, m.quantity, NULL), m.moved_on "
        "FROM incoming_stock o LEFT JOIN stock_movement m ON m.uid = ? WHERE o.uid = ?",
        (receipt_of(uid), uid),
    ).fetchone():
        yield _Order(*found)
        uid = rest_of(uid)


def _told(raw: sqlite3.Connection, change_set: int) -> dict[str, bool]:
    """By uid the lines of the ledger that a change set made, and those that it counted anew: whether made."""
    found = raw.execute(
        "SELECT m.uid, h.action = 'insert' FROM history h JOIN stock_movement m ON m.id = h.\"row\" "
        "WHERE h.change_set = ? AND h.record = ? "
        "AND (h.action = 'insert' OR json_type(h.before, '$.quantity') IS NOT NULL) ORDER BY h.id DESC",
        (change_set, _LINE),
    )
    return {uid: bool(new) for uid, new in found}


def _before(raw: sqlite3.Connection, change_set: int) -> _Before:
    """What a change set changed of orders, as it was before, by number; None for those that it made."""
    found: _Before = {}
    for number, action, before in raw.execute(
        'SELECT "row", action, before FROM history WHERE change_set = ? AND record = ? ORDER BY id DESC',
        (change_set, _ORDER),
    ):
        found[number] = None if action == "insert" else {**(found.get(number) or {}), **json.loads(before)}
    return found
