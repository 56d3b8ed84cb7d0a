"""What is due: one list from all records, the most urgent first, each with its one action."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from creator_crm.domain import due as rules
from creator_crm.domain.clocks import GIFTED, USUAL, Clocks
from creator_crm.domain.due import DueItem, most_urgent_first
from creator_crm.domain.due_stock import stock_expected, stock_to_reorder
from creator_crm.domain.stuck import stuck_parcels
from creator_crm.services.stuck import OF_PATIENCE, StuckParcels
from creator_crm.store.readers import due, lookup

APPROVAL_HOURS = 72
OF_CLOCKS = ("nudge_days", "post_clocks")


class Today(StuckParcels):
    """The questions of the Today page; settings: `nudge_days`, `approval_hours`, `review_weekday`."""

    def due(self, on: str | None = None, campaign: int | None = None) -> list[DueItem]:
        """Everything due on a day (ISO, today by default), in all campaigns or one.

        A fixed number of statements, whatever there is.
        """
        today = on or date.today().isoformat()
        held = self.settings((*OF_CLOCKS, *OF_PATIENCE, "approval_hours", "review_weekday"))
        clocks, patience = _clocks(held), self._patience(held)
        rows = due.due_rows(self.store, today, campaign, clocks.first, patience.least)
        names = lookup.titles(self.store, "creator", rows.creators())
        hours, weekday = int(held.get("approval_hours", APPROVAL_HOURS)), int(held.get("review_weekday", 0))
        return most_urgent_first(
            [
                *rules.follow_ups(rows.messages, names, today),
                *rules.samples_to_ship(rows.unsent, names, today, rows.called_off),
                *stuck_parcels(rows.under_way, names, today, patience),
                *rules.delivered_no_post(rows.delivered, rows.live, names, today, clocks),
                *rules.drafts_to_approve(rows.drafts, names, today, hours),
                *rules.posts_expected(rows.expected, names, today),
                *rules.rights_ending(rows.assets, rows.terms, today),
                *rules.payments_due(rows.payments, names, today),
                *stock_to_reorder(rows.stock, rows.on_order, rows.products, today),
                *stock_expected(rows.on_order, rows.products, today),
                *rules.weekly_review(rows.decisions, rows.posted, today, weekday),
            ]
        )

    def queue(self, on: str | None = None, campaign: int | None = None) -> list[DueItem]:
        """Who to write to next and why, the most urgent first."""
        today = on or date.today().isoformat()
        rows = due.messages(self.store, today, campaign)
        names = lookup.titles(self.store, "creator", {row.creator for row in rows})
        return most_urgent_first(rules.follow_ups(rows, names, today))

    def due_counts(self, items: Iterable[DueItem]) -> dict[str, int]:
        """How many items of each kind, the largest number first."""
        return dict(Counter(item.kind for item in items).most_common())

    def due_rows(self, items: Iterable[DueItem]) -> dict[tuple[str, str], int]:
        """The number of the row each item is about, by (record, short id); none for the weekly review."""
        keys: dict[str, list[str]] = {}
        for item in items:
            keys.setdefault(item.record, []).append(item.key)
        return {
            (record, uid): number
            for record, uids in keys.items()
            for uid, number in lookup.by_uid(self.store, record, uids).items()
        }

    def clocks(self) -> Clocks:
        """How long creators have to post; settings: `nudge_days` of a gift, and `post_clocks`: `by_kind` of
        parcel the name of its clock."""
        return _clocks(self.settings(OF_CLOCKS))


def _clocks(held: Mapping[str, Any]) -> Clocks:
    days, own = held.get("nudge_days"), held.get("post_clocks") or {}
    return Clocks(
        {**USUAL, **own.get("by_kind", {})},
        replace(GIFTED, nudge_days=tuple(map(int, days))) if isinstance(days, list) else GIFTED,
    )
