"""What is due: one list from all records, the most urgent first, each with its one action."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from creator_crm.domain import due as rules
from creator_crm.domain.due import DueItem, most_urgent_first
from creator_crm.services.settings import Settings
from creator_crm.store.readers import due, lookup

APPROVAL_HOURS = 72


class Today(Settings):
    """The questions of the Today page; settings: `nudge_days`, `approval_hours`, `review_weekday`."""

    def due(self, on: str | None = None, campaign: int | None = None) -> list[DueItem]:
        """Everything due on a day (ISO, today by default), in all campaigns or one.

        A fixed number of statements, whatever there is.
        """
        today = on or date.today().isoformat()
        nudges = self.nudge_days()
        rows = due.due_rows(self.store, today, campaign, min(nudges, default=0))
        names = lookup.titles(self.store, "creator", rows.creators())
        hours = int(self.setting("approval_hours", APPROVAL_HOURS))
        weekday = int(self.setting("review_weekday", 0))
        return most_urgent_first(
            [
                *rules.follow_ups(rows.messages, names, today),
                *rules.samples_to_ship(rows.unsent, names, today),
                *rules.delivered_no_post(rows.delivered, rows.live, names, today, nudges),
                *rules.drafts_to_approve(rows.drafts, names, today, hours),
                *rules.posts_expected(rows.expected, names, today),
                *rules.rights_ending(rows.assets, rows.terms, today),
                *rules.payments_due(rows.payments, names, today),
                *rules.stock_below_reorder(rows.stock, today),
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

    def nudge_days(self) -> tuple[int, ...]:
        """The days after delivery on which a creator is reminded of the post."""
        days = self.setting("nudge_days")
        return tuple(int(day) for day in days) if isinstance(days, list) else rules.NUDGE_DAYS
