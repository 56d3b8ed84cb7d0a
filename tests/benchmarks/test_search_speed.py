"""S5: from a keystroke in the search box to the rows that are shown."""

from __future__ import annotations

import time
from array import array
from itertools import chain

import pytest
from conftest import Race

from creator_crm.domain.query import Query
from creator_crm.store.readers import lists
from creator_crm.store.store import Store

pytestmark = pytest.mark.benchmark

# What people type, letter by letter: a name, a handle, an address, two words, a niche, digits, nothing found.
TEXTS = (
    *(
        "j",
        "ja",
        "jad",
        "jade",
        "jade p",
        "jade park",
        "m",
        "mü",
        "mül",
        "müller",
        "g",
        "gl",
        "glow",
        "glow.",
    ),
    *("glow.s", "@gl", "@glowsun", "olga@", "olga@gm", "skin", "skincare", "4915", "田中", "zzz", "xyzq"),
)
SHOWN = 50
FRAME = 1 / 60


def shown(store: Store, text: str) -> int:
    found = lists.ids(store, Query("creator", search=text, sort=("name",), limit=SHOWN))
    return len(lists.rows(store, "creator", found))


def test_a_keystroke_is_answered_in_a_quarter_of_a_scan_and_two_frames(race: Race, big: Store) -> None:
    assert len(TEXTS) == 25
    four = " OR ".join(f"{column} LIKE ?1" for column in ("name", "handles", "email", "notes"))

    def scan(text: str) -> int:
        with big.read_raw() as raw:
            found = raw.execute(f"SELECT id FROM creator WHERE {four}", (f"%{text}%",))
            return len(array("q", chain.from_iterable(found)))

    race.run(
        "S5",
        "25 keystrokes over 100,000 creators, rows shown",
        lambda: [shown(big, text) for text in TEXTS],
        lambda: [scan(text) for text in TEXTS],
        0.25,
    )
    slowest, text = max((_wall(big, text), text) for text in TEXTS)
    race.row(
        "S5",
        f"the slowest of them, “{text}”, against two frames (wall)",
        slowest,
        2 * FRAME,
        slowest / 2 / FRAME,
        1.0,
    )
    race.run(
        "S5",
        "for orientation: all rows found, in order, not only those shown",
        lambda: [lists.ids(big, Query("creator", search=text, sort=("name",))) for text in TEXTS],
        lambda: [scan(text) for text in TEXTS],
        1.5,
    )
    race.check()


def _wall(store: Store, text: str) -> float:
    times = []
    for _ in range(5):
        start = time.perf_counter()
        shown(store, text)
        times.append(time.perf_counter() - start)
    return sorted(times)[2]
