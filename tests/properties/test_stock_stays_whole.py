"""Whatever is done with stock and parcels, and undone: the ledger adds up, and no parcel goes without it."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from creator_crm.domain.errors import UserError
from creator_crm.domain.query import Query
from creator_crm.domain.statuses import SHIPMENT
from creator_crm.services.workspace import Workspace
from creator_crm.store.check import check

TODAY = date.today()
ITEMS = st.sampled_from(["GLOW", "GLOW-S", "GLOW-L", "BALM"])
PIECES = st.integers(1, 12)
STATUSES = st.sampled_from([status.value for status in SHIPMENT.statuses])
DAYS = st.integers(0, 30).map(lambda n: (TODAY - timedelta(days=n)).isoformat())
PICK = st.integers(0, 10**6)
LEFT = ("shipped", "in_transit", "delivered", "lost")


class Shelf(RuleBasedStateMachine):
    """A brand of two products and two variants: receiving, counting, sending, and thinking again."""

    @initialize()
    def open_a_workspace(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.workspace = Workspace.create(self.folder / "brand.creatorcrm", who="Maya")
        # No waiting for the disk: nothing here is about what survives a power cut.
        self.workspace.store._raw.execute("PRAGMA synchronous=OFF")
        serum = self.workspace.add("product", {"name": "Serum", "sku": "GLOW", "cost": 450})
        self.workspace.add("variant", {"product": serum, "name": "Mini", "sku": "GLOW-S", "cost": 150})
        self.workspace.add("variant", {"product": serum, "name": "Maxi", "sku": "GLOW-L"})
        self.workspace.add("product", {"name": "Balm", "sku": "BALM"})
        address = {"address": [{"street": "Gasse 1", "city": "Bonn", "country": "DE"}]}
        self.people = [self.workspace.add("creator", {"name": name}, address) for name in ("Ana", "Bea")]

    def teardown(self) -> None:
        if hasattr(self, "workspace"):
            assert check(self.workspace.store) == []
            self.workspace.close()
            shutil.rmtree(self.folder)

    # What is asked of the file itself, not of what is tested ------------------------------------------

    def ask(self, sql: str) -> list[Any]:
        with self.workspace.store.read_raw() as raw:
            return raw.execute(sql).fetchall()

    def attempt(self, do: Callable[[], object]) -> None:
        """What is refused has changed nothing."""
        before = self.ask("SELECT id, version, deleted_at FROM stock_movement ORDER BY id")
        try:
            do()
        except UserError:
            assert self.ask("SELECT id, version, deleted_at FROM stock_movement ORDER BY id") == before

    def some(self, record: str, pick: int, *, trashed: bool = False) -> list[int]:
        numbers = list(self.workspace.ids(Query(record, trashed=trashed)))
        return [sorted(numbers)[pick % len(numbers)]] if numbers else []

    # What people do -----------------------------------------------------------------------------------

    @rule(item=ITEMS, pieces=PIECES, on=DAYS, cost=st.none() | st.integers(1, 900))
    def receive(self, item: str, pieces: int, on: str, cost: int | None) -> None:
        self.attempt(lambda: self.workspace.receive(item, pieces, on=on, unit_cost=cost))

    @rule(item=ITEMS, counted=st.integers(0, 30))
    def count(self, item: str, counted: int) -> None:
        self.attempt(lambda: self.workspace.count_stock(item, counted))

    @rule(item=ITEMS, pieces=PIECES, on=DAYS)
    def lose(self, item: str, pieces: int, on: str) -> None:
        self.attempt(lambda: self.workspace.move_stock(item, "lost", pieces, on=on))

    @rule(item=ITEMS, pieces=PIECES)
    def order(self, item: str, pieces: int) -> None:
        self.attempt(lambda: self.workspace.order_stock(item, pieces))

    @rule(pick=PICK, pieces=st.none() | PIECES)
    def arrive(self, pick: int, pieces: int | None) -> None:
        if order := self.some("incoming_stock", pick):
            self.attempt(lambda: self.workspace.arrived(order, pieces=pieces))

    @rule(items=st.dictionaries(ITEMS, PIECES, min_size=1, max_size=2), approve=st.booleans())
    def ship(self, items: dict[str, int], approve: bool) -> None:
        self.attempt(lambda: self.workspace.ship(items, self.people, approve=approve))

    @rule(pick=PICK, status=STATUSES, on=DAYS)
    def advance(self, pick: int, status: str, on: str) -> None:
        if parcel := self.some("shipment", pick):
            self.attempt(lambda: self.workspace.advance(parcel, status, on))

    @rule(pick=PICK)
    def send_again(self, pick: int) -> None:
        if parcel := self.some("shipment", pick):
            self.attempt(lambda: self.workspace.reship(parcel[0]))

    @rule(pick=PICK, pieces=PIECES)
    def put_another_number_in(self, pick: int, pieces: int) -> None:
        if item := self.some("shipment_item", pick):
            self.attempt(lambda: self.workspace.edit("shipment_item", {item[0]: {"quantity": pieces}}))

    @rule(pick=PICK, record=st.sampled_from(["shipment", "shipment_item", "creator"]))
    def throw_away(self, pick: int, record: str) -> None:
        if row := self.some(record, pick):
            self.attempt(lambda: self.workspace.trash(record, row))

    @rule(pick=PICK, record=st.sampled_from(["shipment", "shipment_item", "creator"]))
    def fetch_back(self, pick: int, record: str) -> None:
        if row := self.some(record, pick, trashed=True):
            self.attempt(lambda: self.workspace.restore(record, row))

    @rule(times=st.integers(1, 4))
    def undo(self, times: int) -> None:
        for _ in range(times):
            self.attempt(self.workspace.undo)

    @rule(times=st.integers(1, 4))
    def redo(self, times: int) -> None:
        for _ in range(times):
            self.attempt(self.workspace.redo)

    # What always holds --------------------------------------------------------------------------------

    @invariant()
    def the_ledger_is_the_sum_and_the_field_and_never_below_nothing(self) -> None:
        if not hasattr(self, "workspace"):
            return
        sums: Counter[tuple[str, int]] = Counter()
        shelf: Counter[tuple[str, int]] = Counter()
        for product, variant, kind, quantity in self.ask(
            "SELECT product, variant, kind, quantity FROM stock_movement WHERE deleted_at IS NULL"
        ):
            for key in (("product", product), ("variant", variant)):
                sums[key] += quantity
                shelf[key] += 0 if kind in ("reserved", "released") else quantity
        told = {}
        for whole in self.workspace.stock_on("9999-12-31"):
            for one in (whole, *(part for part in whole.parts if part.kept.variant)):
                record = "variant" if one.kept.variant else "product"
                told[record, one.kept.variant or one.kept.product] = (one.available, one.on_hand)
        for record in ("product", "variant"):
            for number, stock in self.ask(f"SELECT id, stock FROM {record} WHERE deleted_at IS NULL"):
                key = (record, number)
                assert stock == sums[key] >= 0
                assert told[key] == (sums[key], shelf[key])
                assert shelf[key] >= stock

    @invariant()
    def every_parcel_has_taken_just_what_is_in_it(self) -> None:
        if not hasattr(self, "workspace"):
            return
        packed = Counter(
            {
                tuple(key): pieces
                for *key, pieces in self.ask(
                    "SELECT shipment, product, variant, sum(quantity) FROM shipment_item "
                    "WHERE deleted_at IS NULL AND product IS NOT NULL GROUP BY 1, 2, 3"
                )
            }
        )
        booked: dict[tuple[int, int, int | None], tuple[int, int]] = {
            (shipment, product, variant): (held, gone)
            for shipment, product, variant, held, gone in self.ask(
                "SELECT shipment, product, variant, "
                "sum(iif(kind IN ('reserved', 'released'), quantity, 0)), "
                "sum(iif(kind IN ('shipped', 'returned'), quantity, 0)) FROM stock_movement "
                "WHERE shipment IS NOT NULL AND deleted_at IS NULL GROUP BY 1, 2, 3"
            )
        }
        states = dict(self.ask("SELECT id, status FROM shipment WHERE deleted_at IS NULL"))
        for key in {*packed, *booked}:
            status = states.get(key[0])
            pieces = -packed[key]
            holds = pieces if status in ("approved", "packed") else 0
            gone = pieces if status in LEFT else 0
            assert booked.get(key, (0, 0)) == (holds, gone), (key, status)


TestStockStaysWhole = pytest.mark.timeout(600)(Shelf.TestCase)
# Whole workspaces are made: fewer of them than of other examples, in proportion to the profile.
TestStockStaysWhole.settings = settings(
    max_examples=max(10, settings().max_examples // 5), stateful_step_count=30
)
