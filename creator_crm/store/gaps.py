"""What people leave out because it follows: numbers, names, the parcel of a post, an SKU's article."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from creator_crm.domain.accounts import PLATFORMS
from creator_crm.domain.briefs import FORMATS
from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Choice, Value
from creator_crm.domain.normal import folded
from creator_crm.domain.products import signed
from creator_crm.store.triggers import quoted

_OPEN = (None, "planned", "drafting", "draft_in", "changes_asked", "approved")


@dataclass(slots=True)
class Entry:
    """One row on its way in: the values that are written, and what the row holds (nothing when it is new).

    told: a file says so; what it says has happened is neither checked nor dated today.
    """

    values: dict[str, Value]
    row: Mapping[str, Any]
    new: bool = False
    told: bool = False

    def get(self, name: str) -> Any:
        return self.values[name] if name in self.values else self.row.get(name)

    def lacks(self, name: str) -> bool:
        return self.get(name) in (None, "")


Given = dict[str, int]
LookUp = Callable[[sqlite3.Connection, Sequence[Entry]], None]
Gap = Callable[[sqlite3.Connection, Sequence[Entry], str, Given], None]
Follow = Callable[[sqlite3.Connection, Sequence[Entry]], None]


# Finding the rows that a text names ------------------------------------------------------------------


def _articles(raw: sqlite3.Connection, entries: Sequence[Entry]) -> None:
    """The variant or product of an SKU."""
    wanted = [e for e in entries if e.values.get("sku") and e.lacks("product") and e.lacks("variant")]
    keys = {folded(e.values["sku"]) for e in wanted}
    for record in ("variant", "product"):
        numbers = _by_key(raw, record, "sku_key", keys)
        for entry in wanted:
            found = numbers.get(folded(entry.values["sku"]))
            if found and entry.lacks("variant"):
                entry.values[record] = found


def _codes(raw: sqlite3.Connection, entries: Sequence[Entry]) -> None:
    """The code of an order, where exactly one that we know is among those it was written with."""
    wanted = {
        id(e): [folded(t) for t in re.split(r"[,;|\s]+", str(e.values["code_text"])) if t]
        for e in entries
        if e.values.get("code_text") and e.lacks("code")
    }
    numbers = _by_key(raw, "code", "code_key", {key for keys in wanted.values() for key in keys})
    for entry in entries:
        known = {numbers[key] for key in wanted.get(id(entry), ()) if key in numbers}
        if len(known) == 1:
            entry.values["code"] = known.pop()


def _by_key(
    raw: sqlite3.Connection, record: str, column: str, keys: Collection[str | None]
) -> dict[str | None, int]:
    if not keys:
        return {}
    found = raw.execute(
        f"SELECT t.{column}, t.id FROM json_each(?) k CROSS JOIN {quoted(record)} t "
        f"ON t.{column} = k.value WHERE t.deleted_at IS NULL",
        (json.dumps([k for k in keys if k]),),
    )
    return dict(found.fetchall())


def _posts(raw: sqlite3.Connection, entries: Sequence[Entry]) -> None:
    """A link says where a post is and that it is live; a live post shows what was in a parcel."""
    from creator_crm.domain.values.links import read_link

    live = []
    for entry in entries:
        url = entry.values.get("live_url")
        link = read_link(str(url)) if url else None
        if link and link.platform and any(c.value == link.platform for c in PLATFORMS):
            entry.values["platform"] = link.platform
            if link.post_id and entry.lacks("post_id"):
                entry.values["post_id"] = link.post_id
        said = entry.values.get("status") if not entry.new else None
        if (url or (entry.new and entry.values.get("live_on"))) and not said and entry.get("status") in _OPEN:
            entry.values["status"] = "live"
        if entry.values.get("status") == "live" and entry.lacks("shipment") and not entry.lacks("creator"):
            live.append(entry)
    parcels = _parcels(raw, {int(e.get("creator")) for e in live})
    for entry in live:
        day = str(entry.get("live_on") or "9999")
        for parcel in parcels.get(entry.get("creator"), []):
            number, campaign, sent_on = parcel
            same = entry.lacks("campaign") or campaign in (None, entry.get("campaign"))
            if same and (sent_on is None or sent_on <= day):
                entry.values["shipment"] = number
                break


def _parcels(raw: sqlite3.Connection, creators: Iterable[int]) -> dict[int, list[tuple[Any, ...]]]:
    """The parcels that wait for a post by creator: those without one first, then the newest."""
    found: dict[int, list[tuple[Any, ...]]] = {}
    for creator, *parcel in raw.execute(
        "SELECT s.creator, s.id, s.campaign, coalesce(s.delivered_on, s.shipped_on) AS sent_on "
        "FROM json_each(?) k CROSS JOIN shipment s ON s.creator = k.value "
        "WHERE s.deleted_at IS NULL AND NOT s.no_post_expected "
        "AND s.status IN ('shipped', 'in_transit', 'delivered') "
        "ORDER BY s.posts > 0, sent_on DESC, s.id DESC",
        (json.dumps(list(creators)),),
    ):
        found.setdefault(creator, []).append(tuple(parcel))
    return found


# Filling what is still empty -------------------------------------------------------------------------


def _numbered(raw: sqlite3.Connection, entries: Sequence[Entry], now: str, given: Given) -> None:
    """The next number of the year for parcels without one: S-2026-0042."""
    start = f"S-{now[:4]}-"
    for entry in entries:
        if entry.new and entry.lacks("number"):
            if start not in given:
                highest = f"SELECT max(CAST(substr(number, {len(start) + 1}) AS INTEGER)) FROM shipment"
                held = raw.execute(f"{highest} WHERE number GLOB ?", (f"{start}[0-9]*",)).fetchone()[0]
                given[start] = held or 0
            given[start] += 1
            entry.values["number"] = f"{start}{given[start]:04}"


def _named(_: sqlite3.Connection, entries: Sequence[Entry], __: str, ___: Given) -> None:
    """A deliverable is called by its hook, else by what and where it is."""
    for entry in entries:
        if entry.new and entry.lacks("name"):
            kind = _label(FORMATS, entry.get("format") or "short_video")
            place = _label(PLATFORMS, entry.get("platform") or "tiktok")
            entry.values["name"] = entry.get("hook") or f"{kind} on {place}"


def _label(choices: Iterable[Choice], value: str) -> str:
    return next((c.label for c in choices if c.value == value), value)


def _said(_: sqlite3.Connection, entries: Sequence[Entry], __: str, ___: Given) -> None:
    """What came in is received; what went out on a day is sent."""
    for entry in entries:
        if entry.new and entry.get("status") in (None, "planned"):
            if entry.get("direction") == "in":
                entry.values["status"] = "received"
            elif not entry.lacks("sent_at"):
                entry.values["status"] = "sent"


def _with_its_sign(_: sqlite3.Connection, entries: Sequence[Entry], __: str, ___: Given) -> None:
    for entry in entries:
        pieces = entry.get("quantity")
        if isinstance(pieces, int) and ("quantity" in entry.values or "kind" in entry.values):
            entry.values["quantity"] = signed(str(entry.get("kind") or "received"), pieces)


# What follows from a step -----------------------------------------------------------------------------

_ADDRESS = ("recipient", "street", "street_2", "city", "region", "postcode", "country", "phone")
_TO_BE_SENT = ("approved", "packed")


def _addressed(raw: sqlite3.Connection, entries: Sequence[Entry]) -> None:
    """A parcel takes the creator's address as it is on the day it is made or let go, and keeps it afterwards.

    Raises UserError when a draft is let go that has no address. A parcel that is written down when it has
    left already went to where they lived then.
    """
    wanted = [e for e in entries if e.lacks("street") and not e.lacks("creator") and _goes_out(e)]
    if not wanted:
        return
    people = {int(entry.get("creator")) for entry in wanted}
    homes = _homes(raw, people)
    there = {number for number, home in homes.items() if home["street"]}
    without = {e.get("creator") for e in wanted if _must_have_address(e)} - there
    if without:
        raise UserError(f"{no_address(raw, without)} Nothing was changed.")
    for entry in wanted:
        for name, value in homes.get(entry.get("creator"), {}).items():
            if value is not None and entry.values.get(name) in (None, ""):
                entry.values[name] = value


def _goes_out(entry: Entry) -> bool:
    status = entry.values.get("status") or "draft"
    if entry.new:
        return status in _TO_BE_SENT or (status == "draft" and not entry.told)
    let_go = entry.row["status"] in (None, "draft") and status != "draft"
    return let_go and (not entry.told or status in _TO_BE_SENT)


def _must_have_address(entry: Entry) -> bool:
    return not entry.told and not entry.new


def _homes(raw: sqlite3.Connection, creators: Iterable[int]) -> dict[int, dict[str, Value]]:
    """The default address that a parcel can go to, else the newest; name and country fill it up."""
    own = "coalesce(a.recipient, c.name), a.street, a.street_2, a.city, a.region, a.postcode"
    found = raw.execute(
        f"SELECT c.id, {own}, coalesce(a.country, c.country), coalesce(a.phone, c.phone) "
        "FROM json_each(?) k CROSS JOIN creator c ON c.id = k.value LEFT JOIN address a ON a.creator = c.id "
        "AND a.deleted_at IS NULL AND a.street IS NOT NULL AND coalesce(a.city, a.postcode) IS NOT NULL "
        "ORDER BY a.is_default, a.id",
        (json.dumps(sorted(creators)),),
    )
    return {number: dict(zip(_ADDRESS, values, strict=True)) for number, *values in found}


def no_address(raw: sqlite3.Connection, creators: Collection[int]) -> str:
    """Whose address is missing, in a sentence."""
    found = raw.execute(
        "SELECT coalesce(name, '@' || handle, 'a creator') FROM creator "
        "WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id LIMIT 5",
        (json.dumps(sorted(creators)),),
    )
    names = ", ".join(name for (name,) in found)
    more = f" and {len(creators) - 5} more" if len(creators) > 5 else ""
    return f"There is no address yet for {names}{more}; ask for it and approve the parcel then."


def _another_round(_: sqlite3.Connection, entries: Sequence[Entry]) -> None:
    """Asking for changes begins another round of approval."""
    for entry in entries:
        asked = entry.values.get("status") == "changes_asked" != entry.row.get("status")
        if asked and not entry.told and not entry.new and "rounds" not in entry.values:
            entry.values["rounds"] = (entry.row["rounds"] or 0) + 1


LOOKUPS: Mapping[str, Sequence[LookUp]] = {
    "shipment_item": (_articles,),
    "order_line": (_articles,),
    "order": (_codes,),
    "deliverable": (_posts,),
}
GAPS: Mapping[str, Sequence[Gap]] = {
    "shipment": (_numbered,),
    "deliverable": (_named,),
    "message": (_said,),
    "stock_movement": (_with_its_sign,),
}
FOLLOWS: Mapping[str, Sequence[Follow]] = {"shipment": (_addressed,), "deliverable": (_another_round,)}
