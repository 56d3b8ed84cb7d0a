"""Which parcels the lines of a carrier's list are about, and what they say; never guessed silently."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from creator_crm.domain.fields import Value
from creator_crm.domain.frozen import immutable
from creator_crm.domain.values.texts import fold
from creator_crm.exchange.rehearsal import Parsed, Problem
from creator_crm.exchange.settling.words import parcel_status
from creator_crm.services.importing.lookups import by_number, fill
from creator_crm.services.importing.naming import Named
from creator_crm.services.tracking import recognise
from creator_crm.store.readers import matching

_HEARD_OF = ("in_transit", "delivered", "returned")
_ADD = "Put the number of the parcel into the list."


@immutable
class _Open:
    """A parcel that waits for its tracking number."""

    row: int
    number: str
    postcode: str


def link_parcels(raw: matching.Raw, parsed: Parsed, named: Named) -> None:
    """Complete a carrier's list in place: the parcel of each line, its status, its last day, its carrier."""
    _settle_statuses(parsed)
    _tidy_numbers(parsed)
    by_name = _find(raw, parsed, named)
    _look_for_doubles(parsed, named, by_name)
    _look_at_numbers(raw, parsed, named)


def _find(raw: matching.Raw, parsed: Parsed, named: Named) -> set[int]:
    """Name the parcel of each line that has one; returns the lines that were told by name and postcode."""
    numbers, tracking = parsed.column("shipment.number"), parsed.column("shipment.tracking_number")
    creators, postcodes = parsed.column("shipment.creator"), parsed.column("shipment.postcode")
    names = parsed.column("shipment.recipient")
    by_reference = by_number(raw, "shipment", "number", numbers)
    by_tracking = by_number(raw, "shipment", "tracking_number", tracking)
    unknown = {(number,) for number in numbers if number and number not in by_reference}
    gone = matching.rows_by_keys(raw, "shipment", ("number",), unknown, trashed=True)
    waiting = _waiting(raw) if any(names) else {}
    by_name = set()
    for i, name in enumerate(names):
        if i in named.rows or i in named.trashed:
            continue
        row, other = by_reference.get(numbers[i]), by_tracking.get(tracking[i])
        if row is not None and other not in (None, row):
            _refuse(parsed, i, str(tracking[i]), _belongs_to_another(raw, int(other or 0)))
        # A number in the trash, and one of a parcel that this line makes, are no other parcel's.
        elif row is None and other is None and (numbers[i],) not in gone and not (numbers[i] and creators[i]):
            row = _by_name_and_postcode(parsed, i, str(name or ""), str(postcodes[i] or ""), waiting)
            by_name.add(i)
        if row is not None or other is not None:
            named.rows[i] = row or other or 0
    return by_name


def _belongs_to_another(raw: matching.Raw, row: int) -> str:
    found = matching.rows_by_column(raw, "shipment", "id", [row], ["number"])
    number = found[row][0][1] if row in found else ""
    return f"This tracking number is that of parcel {number} already; nothing was changed."


def _look_for_doubles(parsed: Parsed, named: Named, by_name: set[int]) -> None:
    """Two tracking numbers for one parcel: refused where only a name led to it, else told."""
    tracking = parsed.column("shipment.tracking_number")
    lines: dict[int, dict[Value, int]] = {}
    for i, row in named.rows.items():
        if tracking[i] and i not in parsed.errors:
            lines.setdefault(row, {}).setdefault(tracking[i], i)
    for row in [row for row, found in lines.items() if len(found) > 1]:
        at = " and ".join(f"{parsed.lines[i]:,}" for i in lines[row].values())
        for i in [i for i, of in named.rows.items() if of == row]:
            if i in by_name:
                reason = f"Lines {at} have different tracking numbers and could mean the same parcel. {_ADD}"
                _refuse(parsed, i, str(tracking[i] or ""), reason)
            elif i == max(lines[row].values()):
                reason = f"Lines {at} have different tracking numbers for one parcel; it can keep only one."
                parsed.problems.append(Problem(parsed.lines[i], "Tracking number", str(tracking[i]), reason))


def _refuse(parsed: Parsed, i: int, value: str, reason: str) -> None:
    parsed.errors[i] = reason
    parsed.problems.append(Problem(parsed.lines[i], "", value, reason, True))


# What the list says ------------------------------------------------------------------------------------


def _settle_statuses(parsed: Parsed) -> None:
    """The carrier's words as statuses; the day of its last word, where the list has one."""
    said = parsed.column("shipment.carrier_status")
    fill(parsed, "shipment.status", (parcel_status(str(text)) or None if text else None for text in said))
    shipped = parsed.column("shipment.shipped_on")
    if any(shipped) and "shipment.status" not in parsed.values:
        parsed.values["shipment.status"] = ["shipped" if day else None for day in shipped]
    statuses = parsed.column("shipment.status")
    scanned, arrived = parsed.column("shipment.scanned_on"), parsed.column("shipment.delivered_on")
    fill(
        parsed,
        "shipment.delivered_on",
        (day if status == "delivered" else None for day, status in zip(scanned, statuses, strict=True)),
    )
    # Without a day of its own the carrier's word is no older than the parcel's departure.
    known = zip(arrived, shipped, statuses, strict=True)
    fill(
        parsed, "shipment.scanned_on", (there or left if s in _HEARD_OF else None for there, left, s in known)
    )


def _tidy_numbers(parsed: Parsed) -> None:
    """Numbers that are a carrier's without the blanks they are printed with."""
    numbers, carriers = parsed.values.get("shipment.tracking_number"), parsed.column("shipment.carrier")
    for i, number in enumerate(numbers or ()):
        if numbers and number and re.search(r"[\s-]", str(number)):
            found = recognise(str(number), str(carriers[i] or ""))
            numbers[i] = found.number if found.valid else number


def _look_at_numbers(raw: matching.Raw, parsed: Parsed, named: Named) -> None:
    """Carriers where neither list nor parcel names one; check digits that do not hold are told, and kept.

    A list that is older than the last scan does not set it back.
    """
    held = matching.rows_by_column(
        raw, "shipment", "id", set(named.rows.values()), ["carrier", "country", "scanned_on"]
    )
    numbers, said = parsed.column("shipment.tracking_number"), parsed.column("shipment.carrier")
    scans = parsed.values.get("shipment.scanned_on")
    carriers: list[Value] = [None] * len(numbers)
    for i, number in enumerate(numbers):
        _, carrier, country, scanned = held.get(named.rows.get(i), [(0, None, None, None)])[0]
        if scans and scans[i] and scanned and str(scans[i]) < scanned:
            scans[i] = None
        if not number:
            continue
        found = recognise(str(number), str(said[i] or carrier or ""), country or "")
        if found.carrier and not found.valid:
            reason = f"The check digit of this {found.carrier} number does not hold; it is kept as it is."
            parsed.problems.append(Problem(parsed.lines[i], "Tracking number", str(number), reason))
        carriers[i] = found.carrier if found.valid and not carrier else None
    fill(parsed, "shipment.carrier", carriers)


# Whose parcel it is ------------------------------------------------------------------------------------


def _waiting(raw: matching.Raw) -> dict[str, list[_Open]]:
    """The parcels without a tracking number by the name they go to."""
    found: dict[str, list[_Open]] = {}
    for row, number, recipient, name, postcode in matching.parcels_without_tracking(raw):
        parcel = _Open(row, number or f"no. {row}", postcode or "")
        found.setdefault(fold(recipient or name or ""), []).append(parcel)
    return found


def _by_name_and_postcode(
    parsed: Parsed, i: int, name: str, postcode: str, waiting: Mapping[str, Sequence[_Open]]
) -> int | None:
    """The one open parcel to this name at this postcode; where it can't be told, the line is refused."""
    called = waiting.get(fold(name), ()) if name else ()
    there = [parcel for parcel in called if _same_postcode(parcel.postcode, postcode)]
    if len(there) == 1:
        return there[0].row
    reason = ""
    if there:
        reason = f"{len(there)} parcels go to “{name}” at {postcode}: {_series(there)}. {_ADD}"
    elif called:
        lacks = "goes to another postcode" if postcode else "is not told by a name alone"
        many = "parcel" if len(called) == 1 else "parcels"
        reason = f"“{name}” is the recipient of {many} {_series(called)}, which {lacks}. {_ADD}"
    if reason:
        _refuse(parsed, i, name, reason)
    return None


def _same_postcode(ours: str, theirs: str) -> bool:
    """Alike but for blanks, hyphens, four further digits of a ZIP code, and zeros that a sheet dropped."""
    mine, other = (re.sub(r"[\s-]", "", text).upper() for text in (ours, theirs))
    if not mine or not other:
        return False
    if mine.isdecimal() and other.isdecimal():
        short, long = sorted((mine.lstrip("0"), other.lstrip("0")), key=len)
        return short == long or (len(long) - len(short) == 4 and len(short) >= 3 and long.startswith(short))
    return mine == other


def _series(parcels: Sequence[_Open]) -> str:
    numbers = [parcel.number for parcel in parcels]
    return " and ".join(filter(None, (", ".join(numbers[:-1]), numbers[-1])))
