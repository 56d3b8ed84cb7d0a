"""Parcels on their way to a carrier: which are ready, what their file says of them, and who is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from creator_crm.domain import customs
from creator_crm.domain.conditions import Condition, Op
from creator_crm.domain.errors import UserError
from creator_crm.domain.frozen import immutable
from creator_crm.domain.query import Query
from creator_crm.exchange.carriers import LAYOUTS, Layout
from creator_crm.exchange.carriers.going import Going, Goods
from creator_crm.exchange.carriers.write import write
from creator_crm.store.readers import due, lists, stock
from creator_crm.store.readers.picked import by_number
from creator_crm.store.store import Store

READY = ("approved", "packed")
_TO_BE_SENT = ("draft", *READY)
# Members of the European Union, between which goods need no customs form.
_UNION = frozenset(
    {"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
     "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"}
)  # fmt: skip
_NAMED = 5
CALLED_OFF = "The shop has cancelled its sample order; take the order off the parcel to send it anyway."


@immutable
class LeftOut:
    """A parcel that does not go into the file, and why; `is_draft`: nobody has said yet that it should."""

    parcel: int
    number: str
    recipient: str
    why: str
    is_draft: bool = False


@immutable
class CarrierFile:
    """What the file of a shipping program will hold; `remarks` say what its parcels still lack."""

    program: str
    label: str
    endings: tuple[str, ...]
    advice: str
    parcels: tuple[int, ...]
    numbers: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    remarks: tuple[str, ...]
    going: tuple[Going, ...]


def programs() -> dict[str, str]:
    """What shipping programs are called, by the name that `carrier_file` takes."""
    return {layout.name: layout.label for layout in LAYOUTS.values()}


def carrier_file(
    store: Store, program: str, parcels: Iterable[int] | None, sender_country: str
) -> CarrierFile:
    """What of these parcels (None: of all still here) goes into the program's file.

    Raises UserError for a program that is not known.
    """
    layout = LAYOUTS.get(program)
    if layout is None:
        known = ", ".join(LAYOUTS)
        raise UserError(f"There is no file for “{program}”; there are: {known}. Nothing was written.")
    told = _Told(store, _still_here(store) if parcels is None else list(parcels))
    called_off = due.called_off(store, told.rows)
    going: dict[int, Going] = {}
    left_out: list[LeftOut] = []
    for row in told.rows:
        parcel = told.going(row, sender_country or layout.home)
        why = _not_ready(row, parcel) or (CALLED_OFF if row.order_id in called_off else "")
        if why := why or " ".join(layout.troubles(parcel)):
            is_draft = row.status in (None, "draft")
            left_out.append(LeftOut(row.id, parcel.number, parcel.recipient, why, is_draft))
        else:
            going[row.id] = parcel
    return CarrierFile(
        layout.name,
        layout.label,
        layout.endings,
        layout.advice,
        tuple(going),
        tuple(parcel.number for parcel in going.values()),
        tuple(sorted(left_out, key=lambda one: one.is_draft)),
        tuple(_remarks(layout, told, going)),
        tuple(going.values()),
    )


def write_carrier_file(
    file: CarrierFile, path: Path, progress: Callable[[int, int], None] | None = None
) -> None:
    """Write it whole or not at all; raises UserError, with nothing written, also for no parcel."""
    if not file.going:
        first = f" {file.left_out[0].number}: {file.left_out[0].why}" if file.left_out else ""
        raise UserError(f"No parcel is ready for {file.label}, so nothing was written.{first}")
    total = len(file.going)
    told = (lambda line: progress(min(line, total), total)) if progress else None
    write(LAYOUTS[file.program], file.going, path, told)


def _still_here(store: Store) -> list[int]:
    where = Condition("status", Op.IN, _TO_BE_SENT)
    return list(lists.ids(store, Query("shipment", where=where, sort=("number",))))


class _Told:
    """Everything that a file says of some parcels, looked up once."""

    def __init__(self, store: Store, numbers: Sequence[int]) -> None:
        self._store = store
        places = {number: place for place, number in enumerate(numbers)}
        self.rows = sorted(stock.shipments(store, numbers), key=lambda row: places[row.id])
        self.items: dict[int, list[Any]] = {}
        for item in stock.items(store, numbers):
            self.items.setdefault(item.shipment, []).append(item)

    @cached_property
    def products(self) -> Mapping[int, Any]:
        return by_number(self._store, "product", self._referred("product"))

    @cached_property
    def variants(self) -> Mapping[int, Any]:
        return by_number(self._store, "variant", self._referred("variant"))

    @cached_property
    def people(self) -> Mapping[int, Any]:
        return stock.people(self._store, {row.creator for row in self.rows})

    @cached_property
    def services(self) -> Mapping[int, Any]:
        numbers = {row.carrier_service for row in self.rows if row.carrier_service}
        return by_number(self._store, "carrier_service", numbers)

    def going(self, row: Any, home: str) -> Going:
        """The parcel as a shipping program asks for it, sent from the country `home`."""
        service = self.services.get(row.carrier_service)
        person = self.people.get(row.creator)
        goods, worth = self._goods(row)
        country = row.country or ""
        return Going(
            number=row.number or row.uid,
            day=row.approved_on or row.created_at[:10],
            recipient=row.recipient or (person and person.name) or "",
            street=row.street or "",
            street_2=row.street_2 or "",
            city=row.city or "",
            region=row.region or "",
            postcode=row.postcode or "",
            country=country,
            goods=goods,
            email=(person and person.email) or "",
            phone=row.phone or (person and person.phone) or "",
            notes=row.notes or "",
            weight=self._weight(row, service),
            worth=worth,
            currency=row.currency or "",
            service=(service and service.code) or row.service or "",
            package=(service and service.package) or "",
            length=service and service.length,
            width=service and service.width,
            height=service and service.height,
            ship_by=row.ship_by or "",
            abroad=bool(home and country) and home != country and not {home, country} <= _UNION,
        )

    def of(self, parcel: int) -> list[Any]:
        """The products in a parcel, each once."""
        numbers = dict.fromkeys(item.product for item in self.items.get(parcel, ()))
        return [self.products[number] for number in numbers if number in self.products]

    def _referred(self, name: str) -> set[int]:
        return {number for items in self.items.values() for item in items if (number := getattr(item, name))}

    def _goods(self, row: Any) -> tuple[tuple[Goods, ...], int | None]:
        """What is in a parcel, and its worth for customs: what is written on it, else what it cost."""
        items = [item for item in self.items.get(row.id, ()) if item.quantity]
        costs = [
            (item.unit_cost or 0) * item.quantity if item.currency == row.currency else 0 for item in items
        ]
        worth = row.customs_value or sum(costs) or None
        shares = _shared(worth, costs) if worth else [None] * len(items)
        return tuple(self._article(i, share) for i, share in zip(items, shares, strict=True)), worth

    def _article(self, item: Any, worth: int | None) -> Goods:
        product, variant = self.products.get(item.product), self.variants.get(item.variant)
        names = [part.name for part in (product, variant) if part and part.name]
        return Goods(
            sku=item.sku or "",
            name=", ".join(names) or item.sku or "",
            quantity=item.quantity,
            worth=worth,
            weight=self._of_one(item),
            description=(product and product.customs_description) or "",
            code=(product and product.customs_code) or "",
            origin=(product and product.made_in) or "",
        )

    def _of_one(self, item: Any) -> int | None:
        """The weight of one piece."""
        product, variant = self.products.get(item.product), self.variants.get(item.variant)
        return (variant and variant.weight) or (product and product.weight) or None

    def _weight(self, row: Any, service: Any) -> int | None:
        """Of the parcel as it was weighed; of what is in it and its box where nobody has weighed it."""
        each = [(self._of_one(item), item.quantity or 0) for item in self.items.get(row.id, ())]
        inside = sum(weight * count for weight, count in each if weight)
        whole = bool(each) and all(weight for weight, _ in each)
        if row.weight and row.weight != inside:
            return int(row.weight)
        box = (service and service.box_weight) or 0
        return inside + box if inside and (whole or row.weight) else None


def _not_ready(row: Any, parcel: Going) -> str:
    """Why a parcel cannot go to a carrier yet, or not again; "" when it can."""
    if row.status not in READY:
        return (
            "It is still a draft; approve it first."
            if row.status in (None, "draft")
            else "It has left already."
        )
    if row.tracking_number:
        return "It has a tracking number already, so there is a label for it."
    lacking = [
        word
        for word, held in (
            ("a recipient", parcel.recipient),
            ("a street", parcel.street),
            ("a city or postcode", parcel.city or parcel.postcode),
            ("a country", parcel.country),
        )
        if not held
    ]
    return f"Its address lacks {' and '.join(lacking)}; write it on the parcel." if lacking else ""


def _remarks(layout: Layout, told: _Told, going: Mapping[int, Going]) -> Iterable[str]:
    light = [parcel.number for parcel in going.values() if not parcel.weight]
    if light:
        yield f"No weight is known of {_series(light)}; add it in {layout.label}, or to the products."
    lacking: dict[str, list[str]] = {}
    for number, parcel in going.items():
        worth = SimpleNamespace(customs_value=parcel.worth)  # as the file says it: without one, what it cost
        if parcel.abroad and (what := customs.told(customs.lacking(worth, told.of(number)))):
            lacking.setdefault(what, []).append(parcel.number)
    for what, numbers in lacking.items():
        yield f"{_series(numbers)}: {what}"


def _series(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{', '.join(names[:_NAMED])}{more}"


def _shared(total: int, weights: Sequence[int]) -> list[int | None]:
    """A sum in shares that add up to it, by weights; equal ones where nothing has a weight."""
    weights = weights if any(weights) else [1] * len(weights)
    whole, shares, given = sum(weights), [], 0
    reached = 0
    for weight in weights:
        reached += weight
        share = total * reached // whole - given
        given += share
        shares.append(share)
    return [share or None for share in shares]
