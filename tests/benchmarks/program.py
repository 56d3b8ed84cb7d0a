"""Fills a big workspace with what a program of years leaves: messages, parcels, posts, orders, money."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from workspace import WORDS

from creator_crm.store.codec import Stored
from creator_crm.store.store import Store
from creator_crm.store.unit_of_work import Unit

MESSAGES, SHIPMENTS, ORDERS = 300_000, 200_000, 500_000
POSTS, PAYMENTS, ADS, CODES, CAMPAIGNS, PRODUCTS = 120_000, 60_000, 5_000, 8_000, 40, 60
WRITTEN_TO = 60_000  # of the creators
DAYS = 730  # of history, up to today

_CHUNK = 50_000
Maker = Callable[[int], Sequence[Stored]]


def add_program(store: Store, *, share: float = 1.0, seed: int = 11) -> None:
    """The program of a workspace that has creators; `share` makes a smaller one of the same shape."""
    Program(store, share, seed).write()


class Program:
    """Writes record by record, what others refer to first."""

    def __init__(self, store: Store, share: float, seed: int) -> None:
        self.store, self.rng, self.share = store, random.Random(seed), share
        self.today = date.today()
        with store.read_raw() as raw:
            self.people: list[int] = [n for (n,) in raw.execute("SELECT id FROM creator WHERE archived = 0")]
        self.people = self.rng.sample(self.people, min(len(self.people), int(WRITTEN_TO * share)))

    def write(self) -> None:
        with self.store.change("Make a program", bulk=True, origin="import") as unit:
            self._furniture(unit)
            self._add(unit, "message", MESSAGES, self._message, "creator campaign direction channel status "
                      "sent_at send_on follow_up_on outcome subject body author")  # fmt: skip
            self.parcels = self._add(unit, "shipment", SHIPMENTS, self._shipment, "number creator campaign "
                                     "status carrier tracking_number currency postage packed_on shipped_on "
                                     "delivered_on lost_on ghosted_on recipient city country")  # fmt: skip
            items = len(self.parcels)
            self._add(
                unit, "shipment_item", items, self._item, "shipment product quantity unit_cost", whole=True
            )
            self.posts = self._add(unit, "deliverable", POSTS, self._post, "name creator campaign shipment "
                                   "status format hook due_on live_on live_url platform post_id")  # fmt: skip
            measured = len(self.posts)
            self._add(unit, "post_metrics", measured, self._measured, "deliverable measured_on views likes "
                      "comments shares saves clicks", whole=True)  # fmt: skip
            self.orders = self._add(unit, "order", ORDERS, self._order, "number shop ordered_on status "
                                    "is_sample code code_text currency subtotal discount shipping tax "
                                    "total refunded customer_key customer country")  # fmt: skip
            sold = len(self.orders)
            self._add(unit, "order_line", sold, self._line, "order line name product sku quantity "
                      "unit_price total commission_status commission_estimated "
                      "commission_actual", whole=True)  # fmt: skip
            self._add(unit, "payment", PAYMENTS, self._payment, "creator campaign kind status currency "
                      "amount due_on paid_on invoice_number")  # fmt: skip
            self._add(unit, "ad_spend", ADS, self._ad, "name spent_on creator campaign amount")

    def _add(
        self, unit: Unit, record: str, count: int, make: Maker, columns: str, *, whole: bool = False
    ) -> range:
        """So many rows; `whole` when the number is one for each of some others already."""
        count = count if whole else int(count * self.share)
        made = range(0)
        for start in range(0, count, _CHUNK):
            size = min(_CHUNK, count - start)
            new = unit.add_rows(record, columns.split(), [make(start + n) for n in range(size)])
            made = range(made.start or new.start, new.stop)
        return made

    # Rows --------------------------------------------------------------------------------------------

    def _furniture(self, unit: Unit) -> None:
        campaigns = [(f"{self._word().title()} push {n}", "EUR") for n in range(CAMPAIGNS)]
        self.campaigns = unit.add_rows("campaign", ["name", "currency"], campaigns)
        goods = [(f"{self._word().title()} {self._word()}", f"SKU-{n}", f"sku-{n}", "EUR",
                  self._cents(1500, 6000), self._cents(300, 1200)) for n in range(PRODUCTS)]  # fmt: skip
        columns = ["name", "sku", "sku_key", "currency", "price", "cost"]
        self.products = unit.add_rows("product", columns, goods)
        received = [(product, "received", SHIPMENTS, self._ago(DAYS + 1)) for product in self.products]
        unit.add_rows("stock_movement", ["product", "kind", "quantity", "moved_on"], received)
        codes = []
        for n in range(max(1, int(CODES * self.share))):
            text = f"{self._word().upper()}{n}"
            codes.append((text, text.casefold(), self._someone(), self._campaign(), 100_000))
        columns = ["code", "code_key", "creator", "campaign", "percent_off"]
        self.codes = unit.add_rows("code", columns, codes)
        count = int(20_000 * self.share)
        pairs = {(self._someone(), self.rng.choice(self.campaigns)) for _ in range(count)}
        status = "agreed active finished declined"
        together = [(c, k, self._one(status), self._cents(5_000, 80_000), self._day())
                    for c, k in sorted(pairs)]  # fmt: skip
        unit.add_rows("collaboration", ["creator", "campaign", "status", "fee", "agreed_on"], together)

    def _message(self, n: int) -> Sequence[Stored]:
        chance, day = self.rng.random(), self._day()
        out = chance < 0.7
        status = self._one("sent sent answered skipped") if out else "answered"
        # What is older has been seen to: a brand that keeps up has some hundred things to do on a day.
        if chance < 0.01:
            status, day = "planned", self._later(str(self.today), self.rng.randint(0, 60))
        elif not out and day > self._ago(2):
            status = self._one("answered answered received")
        planned = status == "planned"
        due = self._later(day, 7) if out and chance < 0.1 and day > self._ago(10) else None
        return (
            *(self._someone(), self._campaign(), "out" if out else "in"),
            *(self._one("tiktok_dm email instagram_dm"), status),
            *(
                None if planned else f"{day}T{self.rng.randint(6, 22):02}:15:00Z",
                day if planned else None,
                due,
            ),
            *(None, self._words(3) if chance < 0.5 else None, self._words(self.rng.randint(4, 60))),
            self.rng.choice(("Mia", "Tom", "Leyla")),
        )

    def _shipment(self, n: int) -> Sequence[Stored]:
        chance, day = self.rng.random(), self._day()
        status = "delivered" if chance < 0.98 else self._one("returned lost")
        if day > self._ago(1):
            status = self._one("draft approved packed shipped shipped shipped")
        elif day > self._ago(6):
            status = "in_transit"
        sent = status not in ("draft", "approved", "packed")
        got = self._later(day, self.rng.randint(2, 9)) if status in ("delivered", "returned") else None
        gave_up = self._later(got, 7) if got and self._later(got, 7) < str(self.today) else None
        return (
            *(f"P{n:07}", self._someone(), self._campaign(), status, self._one("DHL UPS DPD Hermes")),
            *(f"{self.rng.randrange(10**19):020}" if sent else None, "EUR", self._cents(300, 1500)),
            *(day, day if sent else None, got, self._later(day, 20) if status == "lost" else None),
            *(gave_up, self._words(2).title(), self._word().title(), self._one("DE FR US GB ES IT")),
        )

    def _item(self, n: int) -> Sequence[Stored]:
        return (
            self.parcels[n],
            self.rng.choice(self.products),
            self.rng.randint(1, 2),
            self._cents(300, 1200),
        )

    def _post(self, n: int) -> Sequence[Stored]:
        chance, due = self.rng.random(), self._day()
        status = "live" if chance < 0.99 else self._one("planned drafting approved cancelled")
        if chance > 0.999:
            status = "draft_in"
        live = self._later(due, self.rng.randint(-6, 4)) if status == "live" else None
        if not live:
            due = self._later(str(self.today), self.rng.randint(-3, 90))
        number = f"7{n:018}" if live else None
        return (
            *(self._words(3), self._someone(), self._campaign(), self.parcels[n] if chance < 0.6 else None),
            *(status, self._one("short_video live review unboxing"), self._words(2), due, live),
            *(f"https://www.tiktok.com/@x/video/{number}" if number else None, "tiktok", number),
        )

    def _measured(self, n: int) -> Sequence[Stored]:
        views = int(10 ** self.rng.uniform(2, 6))
        parts = [int(views * self.rng.uniform(0, share)) for share in (0.1, 0.01, 0.01, 0.02, 0.03)]
        return (self.posts[n], self._day(), views, *parts)

    def _order(self, n: int) -> Sequence[Stored]:
        chance = self.rng.random()
        goods = self._cents(1_500, 12_000)
        off = goods // 10 if chance < 0.7 else 0
        code = self.rng.choice(self.codes) if chance < 0.7 else None
        status = self._one("paid paid completed completed completed shipped refunded cancelled")
        refunded = goods - off if status == "refunded" else self._cents(100, 1_500) if chance < 0.02 else None
        return (
            *(
                f"#{1000 + n}",
                self._one("shopify shopify tiktok_shop"),
                self._day(),
                status,
                int(chance > 0.99),
            ),
            *(
                code,
                f"CODE{code}" if code else None,
                "USD" if chance < 0.1 else "EUR",
                goods - off,
                off,
                490,
                0,
            ),
            *(goods - off + 490, refunded, f"buyer{self.rng.randrange(300_000)}@{self._word()}.example"),
            *(self._one("new returning"), self._one("DE FR US GB ES IT")),
        )

    def _line(self, n: int) -> Sequence[Stored]:
        price = self._cents(1_500, 6_000)
        place = self.rng.randrange(PRODUCTS)
        paid = price // 10 if n % 3 == 0 else None
        return (
            *(self.orders[n], "1", self._words(2), self.products[place], f"SKU-{place}"),
            *(self.rng.randint(1, 2), price, price, "settled" if paid else None, paid, paid),
        )

    def _payment(self, n: int) -> Sequence[Stored]:
        day, paid = self._day(), self.rng.random() < 0.985
        return (
            *(self._someone(), self._campaign(), self._one("fee fee bonus commission production")),
            *("paid" if paid else "due", "EUR", self._cents(2_000, 60_000)),
            *(day if paid else self._later(str(self.today), self.rng.randint(-3, 60)), day if paid else None),
            f"R-{n:06}",
        )

    def _ad(self, n: int) -> Sequence[Stored]:
        return (f"Boost {n}", self._day(), self._someone(), self._campaign(), self._cents(1_000, 20_000))

    # Values ------------------------------------------------------------------------------------------

    def _one(self, words: str) -> str:
        return self.rng.choice(words.split())

    def _word(self) -> str:
        return self.rng.choice(WORDS)

    def _words(self, count: int) -> str:
        return " ".join(self.rng.choices(WORDS, k=count))

    def _cents(self, low: int, high: int) -> int:
        return self.rng.randint(low, high)

    def _someone(self) -> int:
        return self.people[int(len(self.people) * self.rng.random() ** 2)]  # few of them do much of it

    def _campaign(self) -> int | None:
        return self.rng.choice(self.campaigns) if self.rng.random() < 0.9 else None

    def _day(self) -> str:
        return str(self.today - timedelta(days=self.rng.randrange(DAYS)))

    def _ago(self, days: int) -> str:
        return self._later(str(self.today), -days)

    def _later(self, day: str, days: int) -> str:
        return str(date.fromisoformat(day) + timedelta(days=days))
