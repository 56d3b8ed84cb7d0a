"""A newcomer runs a small campaign in a real window, by keyboard and mouse, from an empty file to the profit.

What came of it is read by the command line once the window is closed.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from screen import Program, Screen, wait_for

Start = Callable[..., Program]
Place = tuple[int, int]
# Places in windows that were never resized, for what has no key.
CAMPAIGN, THIRD_TAB, FIRST_TAB = (297, 50), (364, 104), (265, 104)
FIRST_PARCEL, ADD_CAMPAIGN, LOG_AS_SENT, MAKE_PARCELS = (265, 220), (990, 30), (500, 668), (725, 470)

PEOPLE = """Name,TikTok handle,Followers,Street,City,Postcode,Country
Ana Testwell,@ana.testwell,12.5K,Testweg 1,Berlin,10115,Germany
Bea Storyline,@bea.storyline,48000,Rue Test 2,Lyon,69001,France
"""
ORDERS = """Name,Email,Financial Status,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,\
Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku
#1001,kim@example.com,paid,EUR,52.20,4.00,0.00,56.20,ANA10,5.80,2026-10-03 10:00:00 +0200,2,Serum,29,GLOW-30
#1002,lee@example.com,paid,EUR,26.10,0.00,0.00,26.10,ANA10,2.90,2026-10-04 11:00:00 +0200,1,Serum,29,GLOW-30
#1003,noa@example.com,paid,EUR,29.00,0.00,0.00,29.00,,0.00,2026-10-05 12:00:00 +0200,1,Serum,29,GLOW-30
"""


class Brand:
    """The window of one workspace, by what a person does in it."""

    def __init__(self, program: Program, screen: Screen, file: Path) -> None:
        self._program, self._screen = program, screen
        program.window("^Creator CRM$")
        screen.wait_until_still()
        program.key("ctrl+n")
        program.type(str(file))
        screen.do("key", "Return")
        self._name = file.stem
        self.come_back()

    def come_back(self) -> str:
        """To the main window, after another one has gone."""
        window = self._program.window(f"^{self._name}")
        self._screen.wait_until_still()
        self._screen.shot("back")
        return window

    def command(self, words: str, opens: str = "") -> str:
        """Run a command by its name; with `opens`, the window that it opens has the keyboard then."""
        self._program.key("ctrl+k")
        self._program.type(words)
        self._screen.do("key", "Return")
        window = self._program.window(opens) if opens else ""
        self._screen.wait_until_still()
        return window

    def fill_in(self, title: str, *values: str) -> None:
        """Type values into the fields of a form, one after the other, and end it with Enter."""
        self._program.window(title)
        self._screen.wait_until_still()
        for place, value in enumerate(values):
            if place:
                self._screen.do("key", "Tab")
            self._screen.do("type", "--delay", "8", value)
        self._screen.wait_until_still()
        self._screen.shot(title.strip("^$"))
        self._program.answer("Return", title)

    def add(self, title: str, *values: str) -> None:
        """Add a record to the list in front."""
        self._screen.do("key", "ctrl+shift+n")
        self.fill_in(title, *values)
        self.come_back()

    def click(self, place: Place, *keys: str) -> None:
        self._program.click(self.come_back(), *place)
        self._program.key(*keys)

    def click_away(self, window: str, place: Place, title: str) -> None:
        """Click the button that ends a dialog."""
        self._screen.shot(title.strip("^$"))
        self._screen.do("mousemove", "--window", window, *place, "click", 1)
        wait_for(f"{title} to go", lambda: not self._screen.do("search", "--onlyvisible", "--name", title))
        self.come_back()

    def leave(self, title: str) -> None:
        """Escape, first from what is open inside a window, then from the window itself."""

        def gone() -> bool:
            if self._screen.do("search", "--onlyvisible", "--name", title):
                self._program.window(title)
                self._screen.wait_until_still()
                self._screen.do("key", "Escape")
                self._screen.wait_until_still()
            return not self._screen.do("search", "--onlyvisible", "--name", title)

        wait_for(f"{title} to go", gone)

    def bring_in(self, command: str, file: Path, dialog: str) -> None:
        """Import a file, step by step of the wizard."""
        self.command(command, dialog)
        self._program.type(str(file))
        self._program.answer("Return", dialog)
        wizard = f"^Import {file.name}$"
        self._program.window(wizard)
        self._screen.wait_until_still()
        self._program.key("alt+Right", "alt+Right", "alt+Right")
        self._screen.shot("import done")
        self._program.answer("alt+Right", wizard)
        self.come_back()


def told(workspace: Path, *words: str) -> Any:
    """What the command line says of a workspace that no window has open."""
    command = [sys.executable, "-m", "creator_crm", "-w", str(workspace), *words, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def figures(workspace: Path, *names: str) -> list[str | None]:
    answer = told(workspace, "metrics", "--campaign", "Glow launch")
    found = {one["name"]: one["value"] for one in answer["metrics"]}
    return [found[name] for name in names]


def test_from_an_empty_file_to_the_profit(start: Start, screen: Screen, tmp_path: Path) -> None:
    people, orders = tmp_path / "people.csv", tmp_path / "orders_export.csv"
    people.write_text(PEOPLE, encoding="utf-8")
    orders.write_text(ORDERS, encoding="utf-8")
    today = date.today().isoformat()
    # TikTok's number of a post tells its second.
    link = f"https://www.tiktok.com/@ana.testwell/video/{int(time.time()) << 32}"

    program = start()
    brand = Brand(program, screen, tmp_path / "Glow.creatorcrm")
    brand.bring_in("import a list", people, "Import a list")
    campaigns = brand.command("campaigns", "^Campaigns$")
    program.click(campaigns, *ADD_CAMPAIGN)
    brand.fill_in("^Add a campaign$", "Glow launch")
    brand.leave("^Campaigns$")
    brand.click(CAMPAIGN, "Down", "Return")

    program.key("ctrl+3")
    brand.command("products")
    brand.add("^Add a product$", "Glow serum", "GLOW-30", "", "", "29", "6.50")
    brand.command("receive stock", "^Receive stock$")
    brand.fill_in("^Receive stock$", "", "", "10")

    brand.come_back()
    writing = brand.command("write to a creator", "^Write to a creator$")
    program.type("ana")
    program.key("Return")
    program.type("Hi Ana, try our serum?")
    brand.click_away(writing, LOG_AS_SENT, "^Write to a creator$")

    sending = brand.command("new parcel", "^Send a product$")
    program.type("ana")
    program.key("Down", "Return")
    brand.click_away(sending, MAKE_PARCELS, "^Send a product$")
    program.answer("Return", "^Parcels made$")
    brand.click(FIRST_TAB)
    brand.click(FIRST_PARCEL)
    for step in ("packed", "shipped", "delivered"):
        brand.command(step)
    screen.shot("delivered")

    brand.command("log a live post", "^Log a live post$")
    brand.fill_in("^Log a live post$", link)
    brand.come_back()
    program.key("ctrl+5")
    brand.click(THIRD_TAB)
    brand.add("^Add a code$", "ANA10", "Ana Testwell", "Glow launch", "", "", "10%")
    brand.bring_in("import orders", orders, "Import a list")
    screen.shot("sold")
    program.quit()

    file = tmp_path / "Glow.creatorcrm"
    (parcel,) = told(file, "list", "shipment")["rows"]
    assert (parcel["status"], parcel["street"], parcel["delivered_on"]) == ("delivered", "Testweg 1", today)
    assert told(file, "show", "product", "GLOW-30")["stock"] == 9  # ten came in, one went to Ana
    (message,) = told(file, "list", "message")["rows"]
    assert (message["status"], message["body"]) == ("sent", "Hi Ana, try our serum?")
    (post,) = told(file, "list", "deliverable")["rows"]
    assert (post["status"], post["live_on"], post["live_url"]) == ("live", today, link)
    assert told(file, "show", "code", "ANA10")["orders"] == 2

    names = ("revenue", "landed_cost", "profit", "post_rate")
    # Sold with the code: 58.00 + 29.00 before the discount of 5.80 + 2.90 = 8.70. Ana's serum cost 6.50, the
    # three sold 19.50. So 6.50 + 8.70 = 15.20 was spent, and 87.00 - 19.50 - 15.20 = 52.30 is left.
    assert figures(file, *names) == ["87.00", "15.20", "52.30", "1.000000"]
    assert "Import 3 orders" in told(file, "undo")["label"]
    assert figures(file, *names) == ["0.00", "6.50", "-6.50", "1.000000"]
    assert told(file, "check")["ok"]
