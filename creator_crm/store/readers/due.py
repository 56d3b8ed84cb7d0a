"""The rows that may be due on a day: one statement for each kind, whatever number of creators there is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from creator_crm.domain.clocks import NUDGE_DAYS
from creator_crm.domain.due import (
    PAYMENT_NOTICE,
    POSTS_AHEAD,
    RIGHTS_NOTICE,
    SPARK_NOTICE,
)
from creator_crm.domain.frozen import immutable
from creator_crm.domain.stuck import Patience
from creator_crm.store.readers.picked import THESE, by_number, picked
from creator_crm.store.store import Store
from creator_crm.store.summing import OPEN_DELIVERABLE, OPEN_MESSAGE, OPEN_PAYMENT, OPEN_SHIPMENT

# Archived creators are out of the daily lists, and who opted out is not written to.
_TO_WRITE_TO = (
    "JOIN creator c ON c.id = t.creator AND c.deleted_at IS NULL AND c.archived = 0 AND c.opted_out = 0 "
    "AND coalesce(c.stage, '') <> 'do_not_contact'"
)
_NEWEST = (
    "NOT EXISTS (SELECT 1 FROM message n WHERE n.creator = t.creator AND n.deleted_at IS NULL "
    "AND n.sent_at IS NOT NULL AND (n.sent_at, n.id) > (t.sent_at, t.id) "
    "AND n.status NOT IN ('planned', 'drafted'))"
)


@immutable
class DueRows:
    """Everything that the rules of `domain.due` look at; `live` are the posts that may answer a parcel."""

    messages: list[Any]
    unsent: list[Any]
    called_off: dict[str, str]
    under_way: list[Any]
    delivered: list[Any]
    live: list[Any]
    drafts: list[Any]
    expected: list[Any]
    assets: list[Any]
    terms: list[Any]
    payments: list[Any]
    stock: list[Any]
    on_order: list[Any]
    products: dict[int, Any]
    decisions: list[Any]
    posted: list[Any]

    def creators(self) -> set[int]:
        """Everybody named in them."""
        named = (
            self.messages,
            self.unsent,
            self.under_way,
            self.delivered,
            self.drafts,
            self.expected,
            self.payments,
        )
        return {row.creator for rows in named for row in rows if row.creator is not None}


def due_rows(
    store: Store,
    today: str,
    campaign: int | None = None,
    first_nudge: int = NUDGE_DAYS[0],
    quiet_days: int = Patience().home,
) -> DueRows:
    """The rows that may be due `today`, of one campaign or all; a dozen statements.

    first_nudge: days after delivery from which on a post is asked for; quiet_days: days without a scan from
    which on a parcel under way may be stuck.
    """
    waiting = unsent(store, campaign)
    low = [row for record in ("product", "variant") for row in _low(store, record)]
    on_order = picked(store, "incoming_stock", "t.arrived_on IS NULL")
    delivered = waiting_for_post(store, _shifted(today, -first_nudge), campaign, unplanned=True)
    return DueRows(
        messages=messages(store, today, campaign),
        unsent=waiting,
        called_off=called_off(store, waiting),
        under_way=under_way(store, today, quiet_days, campaign),
        delivered=delivered,
        live=live_posts(store, delivered),
        drafts=_scoped(store, "deliverable", "t.status = 'draft_in'", [], campaign),
        expected=_scoped(
            store,
            "deliverable",
            _among("deliverable", f"{OPEN_DELIVERABLE} AND due_on <= ?"),
            [_shifted(today, POSTS_AHEAD)],
            campaign,
        ),
        assets=_ending_assets(store, today, campaign),
        terms=_ending_terms(store, today, campaign),
        payments=_scoped(
            store,
            "payment",
            _among("payment", f"{OPEN_PAYMENT} AND due_on <= ?"),
            [_shifted(today, PAYMENT_NOTICE)],
            campaign,
        ),
        stock=low,
        on_order=on_order,
        products=by_number(store, "product", _products(low, on_order)),
        decisions=picked(store, "weekly_decision", "t.week_on > ?", [_shifted(today, -7)]),
        posted=picked(
            store,
            "deliverable",
            "t.id = (SELECT id FROM deliverable WHERE live_on > '' AND deleted_at IS NULL LIMIT 1)",
        ),
    )


def unsent(store: Store, campaign: int | None = None) -> list[Any]:
    """Parcels that have not left."""
    return _scoped(store, "shipment", "t.status IN ('draft', 'approved', 'packed')", [], campaign)


def called_off(store: Store, parcels: Sequence[Any]) -> dict[str, str]:
    """Of the sample orders that these parcels are for, those that the shop has cancelled: (number → when it
    was written down here, in UTC).
    """
    orders = [parcel.order_id for parcel in parcels if parcel.order_id]
    if not orders:
        return {}
    sql = (
        "SELECT o.number, o.updated_at FROM \"order\" o WHERE o.shop = 'tiktok_shop' "
        f"AND o.number IN {THESE} AND +o.is_sample = 1 AND +o.status IN ('cancelled', 'refunded') "
        "AND o.deleted_at IS NULL"
    )
    with store.read_raw() as raw:
        return dict(raw.execute(sql, [json.dumps(orders)]).fetchall())


def under_way(store: Store, today: str, quiet_days: int, campaign: int | None = None) -> list[Any]:
    """Parcels that left and did not arrive, and of which nobody has heard for so many days."""
    where = f"{OPEN_SHIPMENT} AND shipped_on <= ? AND coalesce(scanned_on, '') <= ?"
    until = _shifted(today, -quiet_days)
    # Without the index's name the status alone would be looked up, and each parcel under way read.
    where = _among("shipment", where, 'INDEXED BY "sums_shipment_open"')
    return _scoped(store, "shipment", where, [until, until], campaign)


def carrier_services(store: Store) -> list[Any]:
    """The services of carriers that say for themselves when a parcel is stuck, or that go abroad."""
    return picked(store, "carrier_service", "t.stuck_after_days IS NOT NULL OR t.abroad = 1")


def messages(store: Store, today: str, campaign: int | None = None) -> list[Any]:
    """Planned messages whose day has come, and of each conversation the newest one if it may be due."""
    said = "t.sent_at IS NOT NULL AND coalesce(t.status, '') NOT IN ('planned', 'drafted', 'answered')"
    where = (
        "(t.status IN ('planned', 'drafted') AND t.send_on <= ?) "
        f"OR ({said} AND (t.direction = 'in' OR t.follow_up_on <= ?) AND {_NEWEST})"
    )
    where = _among("message", f"{OPEN_MESSAGE} AND ({where})")
    return _scoped(store, "message", where, [today, today], campaign, f"message t {_TO_WRITE_TO}")


def waiting_for_post(
    store: Store, until: str, campaign: int | None = None, *, unplanned: bool = False
) -> list[Any]:
    """Parcels delivered on or before `until` that no post is noted for and nobody gave up on.

    unplanned: only those for which no reminder is planned already.
    """
    where = (
        "t.status = 'delivered' AND t.delivered_on <= ? AND t.posted_on IS NULL AND t.ghosted_on IS NULL "
        "AND t.no_post_expected = 0"
    )
    if unplanned:
        where += (
            " AND NOT EXISTS (SELECT 1 FROM message m WHERE m.shipment = t.id "
            "AND m.status IN ('planned', 'drafted') AND m.deleted_at IS NULL)"
        )
    return _scoped(store, "shipment", _among("shipment", where), [until], campaign)


def live_posts(store: Store, parcels: Sequence[Any]) -> list[Any]:
    """The posts of who got these parcels that may answer one: made for it, or live since the first came."""
    first = min((parcel.delivered_on for parcel in parcels), default="")
    who, which = (json.dumps([getattr(p, name) for p in parcels]) for name in ("creator", "id"))
    where = (
        f"t.creator IN {THESE} AND t.live_on IS NOT NULL "
        f"AND CASE WHEN t.shipment IS NULL THEN t.live_on >= ? ELSE t.shipment IN {THESE} END"
    )
    return picked(store, "deliverable", _among("deliverable", where), [who, first, which])


def _ending_assets(store: Store, today: str, campaign: int | None) -> list[Any]:
    where = "t.rights_until BETWEEN ? AND ? OR t.spark_until BETWEEN ? AND ?"
    return _scoped(
        store, "asset", where, [*_around(today, RIGHTS_NOTICE), *_around(today, SPARK_NOTICE)], campaign
    )


def _ending_terms(store: Store, today: str, campaign: int | None) -> list[Any]:
    where = "t.rights_until BETWEEN ? AND ? AND t.status IS NOT 'ended'"
    values: list[Any] = list(_around(today, RIGHTS_NOTICE))
    if campaign is not None:
        where += " AND t.collaboration IN (SELECT id FROM collaboration WHERE campaign = ?)"
        values.append(campaign)
    return picked(store, "terms", where, values)


def _products(low: list[Any], on_order: list[Any]) -> set[int]:
    """The products that these variants and orders are of."""
    return {row.product for row in (*low, *on_order) if getattr(row, "product", None) is not None}


def _low(store: Store, record: str) -> list[Any]:
    return picked(
        store, record, "t.reorder_level IS NOT NULL AND t.stock <= t.reorder_level AND t.archived = 0"
    )


def _scoped(
    store: Store, record: str, where: str, values: list[Any], campaign: int | None, source: str = ""
) -> list[Any]:
    if campaign is not None:
        where, values = f"({where}) AND t.campaign = ?", [*values, campaign]
    return picked(store, record, where, values, source=source)


def _among(record: str, where: str, index: str = "") -> str:
    """The rows found by an index that holds all this: asked at once, the table is read in its order."""
    return f't.id IN (SELECT t.id FROM "{record}" t {index} WHERE {where})'


def _around(today: str, days: int) -> tuple[str, str]:
    return _shifted(today, -days), _shifted(today, days)


def _shifted(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
