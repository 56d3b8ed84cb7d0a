"""Writing to creators: what was said is logged, stages follow, and nobody is written to who must not be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from creator_crm.compat import override
from creator_crm.domain.changes import Changes
from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Value
from creator_crm.domain.frozen import frozen, immutable
from creator_crm.services import opt_outs, sequence_moves
from creator_crm.services.templates import Templates
from creator_crm.store.readers import conversations, stock
from creator_crm.store.readers.conversations import Standing
from creator_crm.store.said import said_in
from creator_crm.store.unit_of_work import Unit, utc_now

FOLLOW_UP_DAYS = 4
"""Days after a message without an answer; the setting `follow_up_days` of a workspace goes before it."""
OTHERS_WITHIN_DAYS = 7
TIKTOK_BEFORE_REPLY = 5  # messages TikTok lets through until there is an answer
DEFAULT = "default"

_STAGES = {
    "out": {"prospect": "contacted"},
    "in": {"prospect": "in_conversation", "contacted": "in_conversation"},
    "agreed": dict.fromkeys(("prospect", "contacted", "in_conversation"), "agreed"),
    "declined": dict.fromkeys(("prospect", "contacted", "in_conversation"), "declined"),
}
_COLLABORATIONS = {
    "out": {"planned": "invited"},
    "in": dict.fromkeys(("planned", "invited"), "negotiating"),
    "agreed": dict.fromkeys(("planned", "invited", "negotiating"), "agreed"),
    "declined": dict.fromkeys(("planned", "invited", "negotiating"), "declined"),
}


@frozen
class Said:
    """One message as it is logged.

    at: UTC, now by default. follow_up_on: a day, None for no follow-up, DEFAULT for the usual wait after a
    message of ours. planned: the number of the planned message that this one is. parcel: the one that this is
    about; once it is delivered, that is a reminder of the post.
    """

    creator: int
    direction: str = "out"
    channel: str = "tiktok_dm"
    body: str | None = None
    subject: str | None = None
    template: int | None = None
    campaign: int | None = None
    outcome: str | None = None
    at: str | None = None
    follow_up_on: str | None = DEFAULT
    planned: int | None = None
    parcel: int | None = None


@immutable
class Advice:
    """What to know before writing to a creator; `blocked` says why they must not be written to, else ""."""

    blocked: str = ""
    warnings: tuple[str, ...] = ()


@immutable
class Logged:
    """What was logged: the numbers of the messages, and what their writer should know."""

    messages: tuple[int, ...]
    warnings: tuple[str, ...]
    changes: Changes


class Outreach(Templates):
    """The verbs of the Outreach page."""

    def log_message(self, creator: int, **said: Any) -> Logged:
        """Log one message; the keywords are the fields of Said. Raises UserError for who opted out."""
        return self.log_messages([Said(creator=creator, **said)])

    def log_messages(self, said: Sequence[Said]) -> Logged:
        """Log messages to or from any number of creators in one step; stages and older messages follow.

        A first message of ours makes a prospect contacted, an answer puts them in conversation, an outcome
        "agreed" or "declined" does what it says; likewise their part in the campaign. Raises UserError, with
        nothing logged, when one of ours would go to somebody who must not be written to.
        """
        ours = self._advice_for([message for message in said if message.direction == "out"])
        self._advice_for([message for message in said if message.direction == "in"])
        refuse_blocked(ours)
        wait = int(self.setting("follow_up_days", FOLLOW_UP_DAYS))
        ahead = conversations.planned(self.store, {message.creator for message in said})
        with self.store.change(self._logged_label(said)) as unit:
            numbers = tuple(self._log_one(unit, message, wait) for message in said)
            self._follow(unit, dict(zip(numbers, said, strict=True)), ahead)
            planned = {row.id: row.shipment for row in ahead}
            self._note_nudges(unit, ((m, m.parcel or planned.get(m.planned)) for m in said))
        warnings = dict.fromkeys(w for found in ours.values() for w in found.warnings)
        return Logged(numbers, tuple(warnings), self.store.last_changes)

    def advice(self, creators: Iterable[int], channel: str) -> dict[int, Advice]:
        """What to know before writing to these creators: blocked, TikTok's limit, who else wrote lately."""
        creators = list(dict.fromkeys(creators))
        standings = conversations.standings(self.store, creators, self.store.who)
        if len(standings) < len(creators):
            raise UserError("A creator is not there any more. Nothing was written down; choose again.")
        days = int(self.setting("others_within_days", OTHERS_WITHIN_DAYS))
        limit = int(self.setting("tiktok_before_reply", TIKTOK_BEFORE_REPLY))
        return {
            number: Advice(opt_outs.why_not(found), tuple(_warnings(found, channel, days, limit)))
            for number, found in standings.items()
        }

    def plan_messages(
        self,
        creators: Sequence[int],
        send_on: str,
        *,
        channel: str = "tiktok_dm",
        template: int | None = None,
        campaign: int | None = None,
    ) -> Changes:
        """Put a message to each creator on the list of `send_on`; refuses who must not be written to."""
        refuse_blocked(self.advice(creators, channel))
        counted = _creators(len(creators))
        with self.store.change(f"Plan a message to {counted}") as unit:
            for creator in creators:
                values = {
                    "creator": creator,
                    "campaign": campaign,
                    "channel": channel,
                    "template": template,
                    "send_on": send_on,
                    "author": self.store.who,
                }
                unit.add("message", values)
        return self.store.last_changes

    def set_follow_up(self, messages: Iterable[int], on: str | None) -> Changes:
        """Set the day on which to follow up on messages, or no day at all."""
        numbers = list(messages)
        label = f"Follow up on {on}" if on else "No follow-up"
        return self.edit("message", {number: {"follow_up_on": on} for number in numbers}, label)

    def opt_out(self, creators: Iterable[int]) -> Changes:
        """Note that creators asked not to be written to; what was planned for them is skipped."""
        numbers = list(creators)
        names = self._creators_named(numbers)
        with self.store.change(f"Note that {names} opted out") as unit:
            for number in numbers:
                unit.set("creator", number, {"opted_out": True})
            for message in conversations.planned(self.store, numbers):
                unit.set("message", message.id, {"status": "skipped"})
        return self.store.last_changes

    def conversation(self, creator: int) -> list[Any]:
        """All messages with a creator in order of time, planned ones last."""
        return conversations.conversation(self.store, creator)

    # Inside ----------------------------------------------------------------------------------------

    @override
    def _entered(self, unit: Unit, record: str) -> None:
        """A message written as a row of a list, or a cell of one, means what a logged one means."""
        super()._entered(unit, record)
        if record != "message":
            return
        wanted, new = said_in(unit.raw, unit.change_set)
        opt_outs.refuse_opted_out(self.store, wanted, "Nothing was written down.")
        said = {row["id"]: _as_said(row) for row in new}
        if not said:
            return
        wait = int(self.setting("follow_up_days", FOLLOW_UP_DAYS))
        for row in new:
            if row["direction"] == "out" and row["follow_up_on"] is None and row["just_said"]:
                day = _follow_up_day(said[row["id"]], row["sent_at"], wait)
                unit.set("message", row["id"], {"follow_up_on": day})
        ahead = conversations.planned(self.store, {message.creator for message in said.values()})
        self._follow(unit, said, ahead)
        just = {row["id"] for row in new if row["just_said"]}
        self._note_nudges(unit, ((one, one.parcel) for number, one in said.items() if number in just))

    def _follow(self, unit: Unit, said: Mapping[int, Said], ahead: Iterable[Any]) -> None:
        """What messages, by their number, mean for other messages, for stages and for campaigns."""
        self._close_open_ends(unit, list(said.values()), list(said))
        sequence_moves.follow(self.store, unit, ahead, said)
        self._move_on(unit, list(said.values()))

    def _note_nudges(self, unit: Unit, said: Iterable[tuple[Said, int | None]]) -> None:
        """Count messages of ours about parcels that are there as reminders of their posts."""
        reminded = {
            parcel: (message.at or utc_now())[:10] for message, parcel in said if message.direction == "out"
        }
        rows = stock.shipments(self.store, [number for number in reminded if number])
        there = [row for row in rows if row.status == "delivered" and not row.no_post_expected]
        unit.set_many("shipment", {row.id: nudged(row, reminded[row.id]) for row in there})

    def _advice_for(self, said: Sequence[Said]) -> dict[int, Advice]:
        found: dict[int, Advice] = {}
        for channel in dict.fromkeys(message.channel for message in said):
            found |= self.advice((m.creator for m in said if m.channel == channel), channel)
        return found

    def _log_one(self, unit: Unit, said: Said, wait: int) -> int:
        at = said.at or utc_now()
        values = {
            "creator": said.creator,
            "campaign": said.campaign,
            "direction": said.direction,
            "channel": said.channel,
            "status": "sent" if said.direction == "out" else "received",
            "sent_at": at,
            "follow_up_on": _follow_up_day(said, at, wait),
            "outcome": said.outcome,
            "subject": said.subject,
            "body": said.body,
            "template": said.template,
            "shipment": said.parcel,
            "author": self.store.who if said.direction == "out" else None,
        }
        if said.planned is None:
            return unit.add("message", values)
        kept = {name: value for name, value in values.items() if value is not None}
        unit.set("message", said.planned, kept)
        return said.planned

    def _close_open_ends(self, unit: Unit, said: Sequence[Said], numbers: Sequence[int]) -> None:
        """An answer answers our newest message; ours answers all that came in."""
        heard = {m.creator: m.at or unit.now for m in said if m.direction == "in"}
        wrote = {m.creator: m.at or unit.now for m in said if m.direction == "out"}
        newest: dict[int, int] = {}
        for message in conversations.open_ends(self.store, {**heard, **wrote}):
            if message.id in numbers:
                continue
            if message.status == "received" and message.sent_at <= wrote.get(message.creator, ""):
                unit.set("message", message.id, {"status": "answered"})
            elif message.status == "sent" and message.sent_at <= heard.get(message.creator, ""):
                newest[message.creator] = message.id
        for number in newest.values():
            unit.set("message", number, {"status": "answered"})

    def _move_on(self, unit: Unit, said: Sequence[Said]) -> None:
        standings = conversations.standings(self.store, {m.creator for m in said}, self.store.who)
        stages = {number: found.stage or "prospect" for number, found in standings.items()}
        moved = _followed(stages, ((m.creator, m) for m in said), _STAGES)
        for number, stage in moved.items():
            unit.set("creator", number, {"stage": stage})
        for campaign in {m.campaign for m in said if m.campaign is not None}:
            theirs = [m for m in said if m.campaign == campaign]
            parts = {
                row.creator: row
                for row in conversations.in_campaign(self.store, {m.creator for m in theirs}, campaign)
            }
            statuses = {number: row.status or "planned" for number, row in parts.items()}
            moved = _followed(statuses, ((m.creator, m) for m in theirs), _COLLABORATIONS)
            for number, status in moved.items():
                dated = {"agreed_on": unit.now[:10]} if status == "agreed" else {}
                unit.set("collaboration", parts[number].id, {"status": status, **dated})

    def _logged_label(self, said: Sequence[Said]) -> str:
        names = self._creators_named(dict.fromkeys(message.creator for message in said))
        directions = {message.direction for message in said}
        return f"Log a message {'from' if directions == {'in'} else 'to'} {names}"

    def _creators_named(self, creators: Iterable[int]) -> str:
        numbers = list(creators)
        if len(numbers) != 1:
            return _creators(len(numbers))
        found = conversations.standings(self.store, numbers, self.store.who)
        return found[numbers[0]].name if found else "a creator"


def _follow_up_day(said: Said, at: str, wait: int) -> str | None:
    if said.follow_up_on != DEFAULT:
        return said.follow_up_on
    if said.direction == "in":
        return None
    return (date.fromisoformat(at[:10]) + timedelta(days=wait)).isoformat()


def _followed(
    held: Mapping[int, str], said: Iterable[tuple[int, Said]], ways: Mapping[str, Mapping[str, str]]
) -> dict[int, str]:
    """Where each creator stands after what was said; only those who moved."""
    now = dict(held)
    for number, message in said:
        for what in (message.direction, message.outcome or ""):
            if number in now:
                now[number] = ways.get(what, {}).get(now[number], now[number])
    return {number: after for number, after in now.items() if after != held[number]}


def _warnings(found: Standing, channel: str, days: int, limit: int) -> Iterable[str]:
    if channel == "tiktok_dm" and found.unanswered >= limit:
        yield (
            f"{found.name} has not answered {found.unanswered} TikTok messages; TikTok lets only {limit} "
            "through until there is an answer."
        )
    since = (date.today() - timedelta(days=days)).isoformat()
    if found.other and found.other_at[:10] >= since:
        yield f"{found.other} wrote to {found.name} on {found.other_at[:10]}."


def refuse_blocked(advice: Mapping[int, Advice]) -> None:
    opt_outs.refuse([found.blocked for found in advice.values()], "Nothing was written down.")


def _as_said(row: Mapping[str, Any]) -> Said:
    names = ("creator", "direction", "channel", "campaign", "outcome")
    return Said(**{name: row[name] for name in names}, at=row["sent_at"], parcel=row["shipment"])


def nudged(parcel: Any, on: str) -> dict[str, Value]:
    """What a reminder of the post leaves on the parcel."""
    return {"nudges": (parcel.nudges or 0) + 1, "nudged_on": on}


def _creators(count: int) -> str:
    return "1 creator" if count == 1 else f"{count:,} creators"
