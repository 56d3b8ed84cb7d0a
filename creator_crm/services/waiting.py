"""Waiting for posts: who has the parcel and has not posted, reminders for many, more time, and giving up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from creator_crm.domain import due as rules
from creator_crm.domain.changes import Changes
from creator_crm.domain.clocks import CLOCKS, Clock, next_nudge
from creator_crm.domain.errors import UserError
from creator_crm.domain.frozen import immutable
from creator_crm.services import opt_outs
from creator_crm.services.outreach import nudged
from creator_crm.services.today import Today
from creator_crm.store.readers import conversations, due, lookup, stock
from creator_crm.store.readers import waiting as reader


@immutable
class Waiting:
    """A parcel that arrived without a post so far: for how many days, and when to do what next.

    is_last: on `next_on` it is time to give up rather than to remind again. planned_on: the day for which a
    reminder is planned already, "" for none. cost: products, postage and duties by currency.
    """

    shipment: Any
    name: str
    days: int
    next_on: str
    is_last: bool
    clock: Clock
    can_extend: bool
    planned_on: str
    cost: Mapping[str, int]


@immutable
class Reminders:
    """Reminders that were planned, by the numbers of their messages; `left_out` says of whom not, and why."""

    messages: tuple[int, ...]
    left_out: tuple[str, ...]
    changes: Changes


class WaitingForPosts(Today):
    """The verbs of the No post yet tab; each call is one step to undo."""

    def waiting_for_post(
        self, on: str | None = None, campaign: int | None = None, *, these: Sequence[int] | None = None
    ) -> list[Waiting]:
        """Delivered, no post: the longest wait first; six statements.

        `these`: of these parcels alone, those that were given up on as well.
        """
        today = on or _today()
        if these is None:
            rows = due.waiting_for_post(self.store, today, campaign)
        else:
            rows = stock.shipments(self.store, these)
        posts: dict[int, list[Any]] = {}
        for post in due.live_posts(self.store, rows):
            posts.setdefault(post.creator, []).append(post)
        left = [
            row for row in rows if not any(rules.answers(post, row) for post in posts.get(row.creator, ()))
        ]
        numbers = [row.id for row in left]
        names = lookup.titles(self.store, "creator", {row.creator for row in left})
        planned, costs = reader.planned(self.store, numbers), reader.costs(self.store, numbers)
        clocks = self.clocks()
        waiting = [
            Waiting(
                row,
                names.get(row.creator, ""),
                _days(row.delivered_on or today, today),
                *(next_nudge(row, clocks, today) if row.delivered_on else (today, False)),
                clocks.of(row),
                row.ghosted_on is None and clocks.can_extend(row),
                planned.get(row.id, ""),
                costs.get(row.id, {}),
            )
            for row in left
        ]
        return sorted(waiting, key=lambda w: (-w.days, w.name, w.shipment.id))

    def nudge(self, shipments: Iterable[int], on: str | None = None) -> Changes:
        """Note that creators were reminded of the post; raises UserError for who must be left alone.

        Where the message is logged here, it notes the nudge with it: `Said.parcel`.
        """
        rows = stock.shipments(self.store, shipments)
        opt_outs.refuse_opted_out(self.store, {row.creator for row in rows}, "No nudge was noted.")
        reminded = {row.id: nudged(row, on or _today()) for row in rows}
        return self.edit("shipment", reminded, f"Nudge {self._recipients({row.creator for row in rows})}")

    def plan_reminders(
        self, shipments: Iterable[int], template: int, send_on: str | None = None
    ) -> Reminders:
        """Put a reminder of the post on the list of a day, for each parcel that needs one; one step to undo.

        Left out, with the reason, are creators who must not be written to, and parcels for which a reminder
        is planned already. Each is noted on its parcel once it was sent. Raises UserError, with nothing
        planned, when nobody is left.
        """
        rows = stock.shipments(self.store, shipments)
        text: Any = next(iter(reader.templates(self.store, [template])), None)
        if text is None:
            raise UserError("This template is not there any more. Nothing was planned; choose another one.")
        wanted, left_out = self._to_remind(rows)
        if not wanted:
            told = " ".join(left_out[:3]) or "No parcel was chosen."
            raise UserError(f"{told} Nothing was planned.")
        day = send_on or _today()
        with self.store.change(f"Plan to remind {self._recipients(row.creator for row in wanted)}") as unit:
            made = [
                unit.add(
                    "message",
                    {
                        "creator": row.creator,
                        "campaign": row.campaign,
                        "shipment": row.id,
                        "channel": text.channel or "tiktok_dm",
                        "template": template,
                        "send_on": day,
                        "author": self.store.who,
                    },
                )
                for row in wanted
            ]
        return Reminders(tuple(made), tuple(left_out), self.store.last_changes)

    def reminders_possible(self, shipments: Iterable[int]) -> tuple[int, tuple[str, ...]]:
        """(how many of these parcels can be reminded of, why not of the others)."""
        wanted, left_out = self._to_remind(stock.shipments(self.store, shipments))
        return len(wanted), tuple(left_out)

    def reminder_templates(self) -> list[Any]:
        """The templates that ask for the post, by name."""
        return reader.templates(self.store)

    def give_up(self, shipments: Iterable[int], on: str | None = None) -> Changes:
        """Stop waiting for a post; the parcel still counts for the post rate, and for the reliability."""
        rows = stock.shipments(self.store, shipments)
        given = {row.id: {"ghosted_on": on or _today()} for row in rows}
        return self.edit("shipment", given, f"Stop waiting for {self._recipients(r.creator for r in rows)}")

    def extend(self, shipments: Iterable[int], on: str | None = None) -> Changes:
        """Give the creators of samples longer to post, once; UserError where that cannot be."""
        rows, clocks = stock.shipments(self.store, shipments), self.clocks()
        able = [row for row in rows if clocks.can_extend(row)]
        if not able:
            raise UserError(
                "The time of a sample can be extended once, that of a gift has no end. Nothing was changed."
            )
        label = f"Give {self._recipients(row.creator for row in able)} longer to post"
        return self.edit("shipment", {row.id: {"extended_on": on or _today()} for row in able}, label)

    def set_clocks(self, by_kind: Mapping[str, str]) -> Changes:
        """Say which clock each kind of parcel has, by the names of `domain.clocks.CLOCKS`."""
        known = {clock.name for clock in CLOCKS}
        held = {**self.setting("post_clocks", {})}
        held["by_kind"] = {kind: name for kind, name in by_kind.items() if name in known}
        self.set_setting("post_clocks", held, "Change how long creators have to post")
        return self.store.last_changes

    # Inside ----------------------------------------------------------------------------------------

    def _to_remind(self, rows: Sequence[Any]) -> tuple[list[Any], list[str]]:
        """(parcels to remind of, why not of the others)."""
        standings = conversations.standings(self.store, {row.creator for row in rows}, self.store.who)
        planned = reader.planned(self.store, [row.id for row in rows])
        wanted, left_out = [], []
        for row in rows:
            standing = standings.get(row.creator)
            why = opt_outs.why_not(standing) if standing else "A creator is not there any more."
            if not why and row.id in planned and standing:
                why = f"A reminder to {standing.name} is planned already."
            if why:
                left_out.append(why)
            else:
                wanted.append(row)
        return wanted, list(dict.fromkeys(left_out))

    def _recipients(self, creators: Iterable[int]) -> str:
        numbers = list(dict.fromkeys(creators))
        if len(numbers) == 1:
            return lookup.titles(self.store, "creator", numbers).get(numbers[0], "a creator")
        return f"{len(numbers):,} creators"


def _today() -> str:
    return date.today().isoformat()


def _days(since: str, until: str) -> int:
    return (date.fromisoformat(until) - date.fromisoformat(since)).days
