"""Sample orders become parcels: to the creator who ordered, with what was ordered, once for each order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from creator_crm.domain.fields import Catalogue, Value
from creator_crm.domain.letting_go import let_go_of
from creator_crm.domain.normal import folded
from creator_crm.domain.stuck import UNSENT
from creator_crm.domain.values.dates import parse_date
from creator_crm.domain.values.handles import fold_handle
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.exchange.rehearsal import Parsed, Problem, empty
from creator_crm.exchange.settling.orders import SAMPLES
from creator_crm.exchange.settling.words import order_status, parcel_status
from creator_crm.services.importing.naming import held_keys
from creator_crm.services.importing.part import Part
from creator_crm.store.readers import matching

MASK = "*"  # platforms write it over what a seller must not know
_ADDRESS = ("recipient", "street", "street_2", "city", "region", "postcode")
ONLY_WHERE_EMPTY = frozenset(f"shipment.{name}" for name in (*_ADDRESS, "country", "kind", "creator"))
_SAMPLE = "A sample: becomes a parcel."
_Stock = dict[str, int]


@dataclass(slots=True)
class Samples:
    """The parcels of the sample orders in a list. Orders are named by their number in the plan.

    `people`: handles of the creators who are new; until they are made, -1 stands for the first of them, -2
    for the second. `said`: what becomes of an order that is a sample, in a sentence.
    """

    parcels: Part
    items: Part
    order_of: list[int] = field(default_factory=list)  # parcel → order
    parcel_of: list[int] = field(default_factory=list)  # item → parcel
    people: list[str] = field(default_factory=list)
    said: dict[int, str] = field(default_factory=dict)
    without: Counter[str] = field(default_factory=Counter)  # why no parcel was made → how often
    waiting: list[str] = field(default_factory=list)  # parcels that are here, of orders that were cancelled
    too_late: list[str] = field(default_factory=list)  # and those that had left by then

    @property
    def parts(self) -> tuple[Part, ...]:
        return self.parcels, self.items

    @property
    def to_new_people(self) -> int:
        creators = self.parcels.values["creator"]
        return sum(isinstance(n, int) and n < 0 for n in (creators[m] for m in self.parcels.new))

    def changed_parents(self) -> dict[int, set[str]]:
        """What parcels change about each order, in words."""
        found = {self.order_of[member]: {"a parcel for the sample"} for member in self.parcels.new}
        for member, row in self.parcels.existing.items():
            if row in self.parcels.updates:
                found[self.order_of[member]] = {"its parcel"}
        return found

    def name_people(self, numbers: Sequence[int], orders: Part) -> None:
        """Put the numbers of the creators that were made where they were stood in for."""
        for part in (self.parcels, orders):
            column = part.values.get("creator", [])
            for place, value in enumerate(column):
                if isinstance(value, int) and value < 0:
                    column[place] = numbers[-value - 1]
            for changes in part.updates.values():
                said = changes.get("creator")
                if said is not None and isinstance(said.after, int) and said.after < 0:
                    changes["creator"] = replace(said, after=numbers[-said.after - 1])

    def let_go(self) -> None:
        let_go_of(*self.parts, self)


def plan_samples(
    raw: matching.Raw,
    catalogue: Catalogue,
    parsed: Parsed,
    groups: Sequence[Sequence[int]],
    orders: Part,
    stopped: Mapping[int, object],
) -> Samples | None:
    """The parcels of the sample orders among `groups`; None when there is no sample. Orders of creators who
    are new get what stands for them.
    """
    samples = parsed.column(SAMPLES)
    numbers = parsed.column("order.number")
    members = [n for n, lines in enumerate(groups) if samples[lines[0]] and n not in stopped]
    if not members:
        return None
    described = catalogue["shipment"]
    keys = {(numbers[groups[n][0]],) for n in members}
    held, gone = held_keys(raw, described, ("order_id",), keys)
    reader = _Reader(raw, parsed)
    found = Samples(Part(described, (), {}), Part(catalogue["shipment_item"], (), {}))
    kept: list[tuple[int, dict[str, Value], int | None]] = []
    cancelled: dict[int, int] = {}  # parcel → order
    for n in members:
        lines, key = groups[n], (numbers[groups[n][0]],)
        values = reader.parcel(lines)
        if key in held:
            # What still waits in the shop may be packed here already.
            still = {"status": None} if values["status"] == "approved" else {}
            kept.append((n, {**values, **still}, held[key]))
            if values["status"] is None:
                cancelled[held[key]] = n
        elif key in gone:
            _refuse(found, parsed, n, lines, "Its parcel is in the trash.", tell=False)
        elif values["status"] is None:
            _refuse(found, parsed, n, lines, "It was cancelled before it left.", tell=False)
        else:
            creator, why = reader.creator(lines, found.people)
            if why:
                _refuse(found, parsed, n, lines, why)
                continue
            values["creator"] = creator
            if "creator" in orders.values and empty(orders.values["creator"][n]):
                orders.values["creator"][n] = creator
            kept.append((n, values, None))
    _fill(found, kept)
    _pack(found, parsed, groups, raw)
    _tell_cancelled(found, raw, cancelled)
    return found


def notes_on_samples(found: Samples | None) -> list[str]:
    """What a rehearsal says of the samples as a whole."""
    if found is None:
        return []
    notes = []
    if count := len(found.parcels.new):
        note = "1 sample order becomes a parcel" if count == 1 else f"{count:,} sample orders become parcels"
        if new := found.to_new_people:
            names = _some([f"@{handle}" for handle in found.people])
            note += f", {new:,} of them for creators who are new here: {names}"
        notes.append(f"{note}.")
    for why, count in found.without.items():
        one = "1 sample order becomes" if count == 1 else f"{count:,} sample orders become"
        notes.append(f"{one} no parcel: {why[0].lower()}{why[1:]}")
    return [*notes, *_cancelled(found)]


def done_with_samples(found: Samples | None) -> tuple[str, ...]:
    """What has become of the samples, in sentences; () when no parcel was made and none is to be let go."""
    if found is None:
        return ()
    count = len(found.parcels.new)
    made = "1 sample order became a parcel." if count == 1 else f"{count:,} sample orders became parcels."
    return (*((made,) if count else ()), *_cancelled(found))


def _cancelled(found: Samples) -> list[str]:
    """What to do about parcels whose orders were cancelled after they were made."""
    said = []
    if count := len(found.waiting):
        one = "1 sample order was" if count == 1 else f"{count:,} sample orders were"
        theirs = "its parcel is" if count == 1 else "their parcels are"
        it = "it" if count == 1 else "they"
        said.append(
            f"{one} cancelled in the shop, and {theirs} still here: {_some(found.waiting)}. "
            f"Nothing is removed; Today asks whether {it} should be sent."
        )
    if count := len(found.too_late):
        one = "1 sample order was" if count == 1 else f"{count:,} sample orders were"
        theirs = "its parcel has" if count == 1 else "their parcels have"
        said.append(f"{one} cancelled in the shop, but {theirs} left already: {_some(found.too_late)}.")
    return said


def _some(names: Sequence[str]) -> str:
    return f"{', '.join(names[:5])} and {len(names) - 5} more" if len(names) > 5 else ", ".join(names)


def _tell_cancelled(found: Samples, raw: matching.Raw, orders: Mapping[int, int]) -> None:
    """Say of orders that were cancelled after their parcel was made whether that is still here."""
    parcels = matching.rows_by_column(raw, "shipment", "id", orders.keys(), ["status", "number"])
    for row, ((_, status, number),) in parcels.items():
        name = str(number or f"no. {row}")
        if (status or "draft") in UNSENT:
            found.waiting.append(name)
            said = f"A sample that was cancelled: its parcel {name} is still here."
        elif status in ("shipped", "in_transit"):
            found.too_late.append(name)
            said = f"A sample that was cancelled: its parcel {name} has left already."
        else:
            continue
        found.said[orders[row]] = said


def _refuse(
    found: Samples, parsed: Parsed, number: int, lines: Sequence[int], why: str, tell: bool = True
) -> None:
    """Make no parcel for an order, and say why: in its verdict, and as a problem if somebody can help it."""
    found.said[number] = f"A sample, but no parcel: {why[0].lower()}{why[1:]}"
    found.without[why] += 1
    if tell:
        name = str(parsed.column("order.customer_key")[lines[0]] or "")
        parsed.problems.append(Problem(parsed.lines[lines[0]], "Buyer Username", name, why))


def _fill(found: Samples, kept: Sequence[tuple[int, dict[str, Value], int | None]]) -> None:
    part = found.parcels
    names = dict.fromkeys(name for _, values, _ in kept for name in values)
    part.fields = tuple(part.description.field(name) for name in names)
    for name in names:
        part.values[name] = [values.get(name) for _, values, _ in kept]
    for name in ("creator", "status"):
        part.values.setdefault(name, [None] * len(kept))
    for member, (order, _, row) in enumerate(kept):
        found.order_of.append(order)
        if row is None:
            part.new.append(member)
        else:
            part.existing[member] = row


def _pack(found: Samples, parsed: Parsed, groups: Sequence[Sequence[int]], raw: matching.Raw) -> None:
    """What is in each new parcel; one that must still be sent stays a draft where the stock is too small."""
    skus, ids = parsed.column("order_line.sku"), parsed.column("order_line.sku_id")
    counts = parsed.column("order_line.quantity")
    columns: dict[str, list[Value]] = {name: [] for name in ("product", "variant", "sku", "quantity")}
    given = {name: parsed.column(f"order_line.{name}") for name in ("product", "variant")}
    left = _stock(raw, {str(sku) for sku in skus if sku})
    statuses = found.parcels.values["status"]
    for member in found.parcels.new:
        wanted: Counter[tuple[Value, Value, Value]] = Counter()
        for i in groups[found.order_of[member]]:
            count = counts[i]
            wanted[skus[i] or ids[i], given["product"][i], given["variant"][i]] += (
                count if isinstance(count, int) else 1
            )
        for (sku, product, variant), count in wanted.items():
            found.parcel_of.append(member)
            row = {"product": product, "variant": variant, "sku": sku, "quantity": count}
            for name, value in row.items():
                columns[name].append(value)
        creator = found.parcels.values["creator"][member]
        handle = found.people[-creator - 1] if isinstance(creator, int) and creator < 0 else ""
        said = f"A sample: becomes a parcel for @{handle}, who is new here." if handle else _SAMPLE
        if statuses[member] == "approved" and not _suffices(left, wanted):
            statuses[member] = "draft"
            said = f"{said[:-1]}, a draft until there is stock."
        found.said[found.order_of[member]] = said
    items = found.items
    items.fields = tuple(items.description.field(name) for name in columns)
    items.values.update(columns)
    items.new = list(range(len(found.parcel_of)))


def _suffices(left: _Stock, wanted: Mapping[tuple[Value, Value, Value], int]) -> bool:
    """Whether there is enough of all that is known here; takes it off if so."""
    pieces = Counter({folded(sku) or "": 0 for sku, _, _ in wanted})
    for (sku, _, _), count in wanted.items():
        pieces[folded(sku) or ""] += count
    known = {key: count for key, count in pieces.items() if key in left}
    if any(left[key] < count for key, count in known.items()):
        return False
    for key, count in known.items():
        left[key] -= count
    return True


def _stock(raw: matching.Raw, skus: set[str]) -> _Stock:
    """What is left of each article, by its folded SKU; a variant's is no more than its product's."""
    keys = {key for sku in skus if (key := folded(sku))}
    products = matching.rows_by_column(raw, "product", "sku_key", keys, ["stock"])
    variants = matching.rows_by_column(raw, "variant", "sku_key", keys, ["stock"])
    return {key: int(rows[0][1] or 0) for found in (products, variants) for key, rows in found.items()}


class _Reader:
    """Reads what the lines of an order say of its parcel, and whose handle it went to."""

    def __init__(self, raw: matching.Raw, parsed: Parsed) -> None:
        self.parsed = parsed
        self._columns: dict[str, list[Value]] = {}
        buyers = parsed.column("order.customer_key")
        samples = parsed.column(SAMPLES)
        handles = {fold_handle(str(b)) for b, s in zip(buyers, samples, strict=True) if b and s}
        self._accounts = matching.accounts_by_handle(raw, {h for h in handles if h})
        self._new: dict[str, int] = {}

    def first(self, name: str, lines: Sequence[int]) -> Value:
        """The first value that the lines of an order give."""
        column = self._columns.setdefault(name, self.parsed.column(f"order.{name}"))
        return next((column[i] for i in lines if not empty(column[i])), None)

    def parcel(self, lines: Sequence[int]) -> dict[str, Value]:
        """The values of a parcel; its status is None when it never left and never will."""
        sent, got = (_day(self.first(name, lines)) for name in ("sent", "delivered"))
        values: dict[str, Value] = {
            "order_id": self.first("number", lines),
            "kind": "sample",
            "status": self._status(lines, sent, got),
            "shipped_on": sent,
            "delivered_on": got,
            "tracking_number": self.first("tracking", lines),
            "carrier": self.first("provider", lines),
        }
        address = {name: self.first(name, lines) for name in _ADDRESS}
        if address["street"] and not any(MASK in str(value) for value in address.values() if value):
            values |= {**address, "country": self.first("country", lines)}
        return values

    def _status(self, lines: Sequence[int], sent: str | None, got: str | None) -> str | None:
        said = str(self.first("status", lines) or order_status(str(self.first("shop_status", lines) or "")))
        if said in ("cancelled", "refunded"):
            return "returned" if sent or got else None
        if got or said == "completed":
            return "delivered"
        if said == "shipped" or sent:
            on_its_way = parcel_status(str(self.first("sub_status", lines) or "")) == "in_transit"
            return "in_transit" if on_its_way else "shipped"
        return "approved"

    def creator(self, lines: Sequence[int], people: list[str]) -> tuple[int, str]:
        """(whose sample it is, why that cannot be told); who is new is added to `people`."""
        name = str(self.first("customer_key", lines) or "").strip()
        if not name:
            return 0, "The line names no buyer."
        if MASK in name:
            return 0, "The buyer's name is masked, so it cannot be told whose sample it is."
        key = fold_handle(name)
        if not key:
            return 0, f"“{name}” is no handle."
        accounts = [a for a in self._accounts.get(key, []) if a.platform in ("tiktok", "other")]
        living = {a.creator for a in accounts if not a.trashed}
        if len(living) == 1:
            return living.pop(), ""
        if living:
            return 0, f"@{key} is a handle of several creators; combine them first."
        if accounts:
            return 0, f"@{key} is in the trash; take the creator out of there first."
        if key not in self._new:
            people.append(name.lstrip("@"))
            self._new[key] = -len(people)
        return self._new[key], ""


def _day(text: Value) -> str | None:
    """The day of a moment as TikTok writes it, the day first also in the United States."""
    try:
        return parse_date(text, "dmy").isoformat() if text else None
    except ValueRefused:
        return None
