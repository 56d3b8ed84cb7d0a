"""One timeline of a creator: messages, parcels, posts, orders, payments and changes, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from creator_crm.domain.fields import Field, Kind, Value
from creator_crm.domain.frozen import immutable
from creator_crm.domain.normal import show
from creator_crm.services.records import Records
from creator_crm.store.codec import decode
from creator_crm.store.readers import lookup, timeline
from creator_crm.store.readers.timeline import Entry

_LONGEST = 400  # characters of a text shown in the timeline
_SHOWN_CHANGES = 6

_STEPS = {
    ("parcel", "approved_on"): "Parcel approved",
    ("parcel", "shipped_on"): "Parcel shipped",
    ("parcel", "delivered_on"): "Parcel delivered",
    ("parcel", "returned_on"): "Parcel came back",
    ("parcel", "lost_on"): "Parcel lost",
    ("parcel", "nudged_on"): "Reminded of the post",
    ("parcel", "ghosted_on"): "Stopped waiting for a post",
    ("deliverable", "draft_in_on"): "Draft came in",
    ("deliverable", "changes_asked_on"): "Changes asked for",
    ("deliverable", "approved_on"): "Draft approved",
    ("deliverable", "live_on"): "Post went live",
}


@immutable
class TimelineEvent:
    """One thing that happened: a day or a UTC moment, which kind, in words, and the row behind it.

    kind: message, parcel, deliverable, order, payment, change. `record` and `number` name the row;
    of a change they name the change set.
    """

    at: str
    kind: str
    title: str
    text: str
    who: str
    record: str
    number: int


class Timeline(Records):
    """The question behind the timeline in a creator's panel."""

    def timeline(self, creator: int, limit: int = 50, offset: int = 0) -> list[TimelineEvent]:
        """A page of what happened with a creator; at most a dozen statements, however long the story."""
        events = timeline.events(self.store, creator, limit, offset)
        by_record: dict[str, set[int]] = {}
        for _, _, record, number, _ in events:
            by_record.setdefault(record, set()).add(number)
        change_sets = by_record.pop("change_set", set())
        rows = {record: timeline.rows(self.store, record, found) for record, found in by_record.items()}
        entries = timeline.entries(self.store, creator, change_sets) if change_sets else []
        changes = self._changes_told(entries)
        told = []
        for at, kind, record, number, what in events:
            if record == "change_set":
                who, text = changes.get(number, ("", ""))
                told.append(TimelineEvent(at, kind, what, text, who, record, number))
            elif row := rows[record].get(number):
                title, text, who = self._event_told(kind, row, what)
                told.append(TimelineEvent(at, kind, title, _short(text), who, record, number))
        return told

    def timeline_length(self, creator: int) -> int:
        """How many events a creator's timeline has."""
        return timeline.count(self.store, creator)

    # Inside ----------------------------------------------------------------------------------------

    def _event_told(self, kind: str, row: Any, what: str) -> tuple[str, str, str]:
        """(title, text, who)."""
        if kind == "message":
            channel = self._field_text("message", "channel", row)
            title = f"{'From creator' if what == 'in' else 'To creator'}{f' · {channel}' if channel else ''}"
            return title, _joined(row.subject, row.body), row.author or ""
        if kind == "order":
            return f"Order {row.number}{self._amount('order', 'total', row)}", "", ""
        if kind == "payment":
            text = _joined(self._field_text("payment", "kind", row), row.method)
            return f"Paid{self._amount('payment', 'amount', row)}", text, ""
        text = (
            _joined(row.contents, row.carrier, row.tracking_number)
            if kind == "parcel"
            else _joined(row.name, row.live_url if what == "live_on" else None)
        )
        return _STEPS[kind, what], text, ""

    def _field_text(self, record: str, field: str, row: Any) -> str:
        described = self.store.catalogue[record].field(field)
        return show(described, getattr(row, field), getattr(row, described.currency or "", None))

    def _amount(self, record: str, field: str, row: Any) -> str:
        amount = self._field_text(record, field, row)
        return f" · {amount} {row.currency or 'EUR'}" if amount else ""

    def _changes_told(self, entries: Sequence[Entry]) -> dict[int, tuple[str, str]]:
        """By change set: (who, what changed in words)."""
        names = self._names_of_changes(entries)
        found: dict[int, tuple[str, list[str]]] = {}
        for entry in entries:
            _, lines = found.setdefault(entry.change_set, (entry.who, []))
            if len(lines) < _SHOWN_CHANGES:
                lines.extend(self._lines_told(entry, names))
        return {number: (who, "\n".join(lines[:_SHOWN_CHANGES])) for number, (who, lines) in found.items()}

    def _names_of_changes(self, entries: Iterable[Entry]) -> dict[str, dict[int, str]]:
        """What the rows that changes refer to are called; one statement for each kind of record."""
        wanted: dict[str, set[int]] = {}
        for entry in entries:
            for field in self._own_references(entry.record):
                for held in (entry.before.get(field.name), entry.after.get(field.name)):
                    if held is not None:
                        wanted.setdefault(field.references, set()).add(held)
        return {record: lookup.titles(self.store, record, numbers) for record, numbers in wanted.items()}

    def _own_references(self, record: str) -> list[Field]:
        return [f for f in self.store.catalogue[record].stored if f.kind is Kind.REFERENCE and not f.owned]

    def _lines_told(self, entry: Entry, names: Mapping[str, Mapping[int, str]]) -> Iterable[str]:
        description = self.store.catalogue[entry.record]
        if "deleted_at" in entry.after and entry.action == "update":
            where = "to the trash" if entry.after["deleted_at"] else "out of the trash"
            yield f"{description.label}: {where}"
            return
        if entry.action == "delete":
            yield f"{description.label} removed"
            return
        for field in description.stored:
            if field.hidden or field.owned or (entry.action == "insert" and not entry.after.get(field.name)):
                continue
            if field.name in entry.before or field.name in entry.after:
                before, after = (_worded(field, held, names) for held in (entry.before, entry.after))
                yield (
                    f"{field.label}: {before} → {after or '—'}"
                    if before
                    else f"{field.label}: {after or '—'}"
                )


def _worded(field: Field, held: Mapping[str, Any], names: Mapping[str, Mapping[int, str]]) -> str:
    value: Value = decode(field, held.get(field.name))
    if field.kind is Kind.REFERENCE and isinstance(value, int):
        return names.get(field.references, {}).get(value, "")
    return show(field, value, held.get(field.currency) if field.currency else None)


def _joined(*texts: str | None) -> str:
    return " · ".join(text for text in texts if text)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
