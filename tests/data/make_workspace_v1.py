"""Makes workspace-v1.creatorcrm.gz: a workspace of version 1 with rows in every table, made once.

It was run once, by the program of that time; later programs must open its result. Kept to show what is in it.
    python tests/data/make_workspace_v1.py
"""

from __future__ import annotations

import gzip
import random
import tempfile
from pathlib import Path

from creator_crm.store.attachments import put_file
from creator_crm.store.schema import SCHEMA
from creator_crm.store.store import Store

HERE = Path(__file__).resolve().parent
NAMES = (
    "Ana Lima",
    "Bo Åström",
    "Céline Żak",
    "Deniz Öz",
    "李小龙",
    "Maya & Co",
    'O\'Neill "Q"',
    "  é",
    "🎬 Zoë",
)
NICHES = ("tea", "skin care", "running", "board games")


def fill(store: Store) -> None:
    chance = random.Random(1)
    with store.change("Own fields") as unit:
        for name, kind in (("shoe_size", "count"), ("allergies", "tags"), ("likes_gifts", "flag")):
            unit.add("custom_field", {"about": "creator", "name": name, "label": name, "kind": kind})
        unit.add("setting", {"name": "brand", "value": '{"name":"Teahouse"}'})
        unit.add("saved_view", {"about": "creator", "name": "Hot", "query": "{}"})
        unit.add("tag", {"name": "vip", "tone": "pink", "meaning": "Always first"})
    with store.change("Import 60 creators from tracker.csv", origin="import", bulk=True) as unit:
        for n in range(60):
            creator = unit.add(
                "creator",
                {
                    "name": f"{NAMES[n % len(NAMES)]} {n}",
                    "niche": chance.choice(NICHES),
                    "country": chance.choice(("DE", "TR", "BR")),
                    "email": f"ana{n}@example.com",
                    "tags": ("vip",) if n % 7 == 0 else (),
                    "opted_out": n % 11 == 0,
                    "shoe_size": 36 + n % 8,
                    "notes": "likes tea, writes late",
                },
            )
            account = unit.add("account", {"creator": creator, "handle": f"Ana.{n}", "platform": "tiktok"})
            for day in ("2026-10-01", "2026-11-01"):
                figures = {"followers": chance.randrange(10**6), "engagement": chance.randrange(10**5)}
                unit.add("account_metrics", {"account": account, "measured_on": day, **figures})
            unit.add(
                "address", {"creator": creator, "street": f"Way {n}", "postcode": f"0{n:04}", "country": "DE"}
            )
    with store.change("Add campaign") as unit:
        spring = unit.add("campaign", {"name": "Spring", "budget": 250_000, "regions": ("DE", "TR")})
        for creator in range(1, 20):
            unit.add("collaboration", {"creator": creator, "campaign": spring, "fee": 12_345})
        put_file(unit, "campaign", "x", "brief.txt", b"Be kind.")
    with store.change("Move 2 creators to the trash") as unit:
        unit.trash("creator", [3, 4])
    with store.change("Mistake") as unit:
        unit.set("creator", 5, {"stage": "declined"})
    store.undo()
    with store.change("Edit name") as unit:
        unit.set("creator", 1, {"name": "Ana Lima-Costa", "shoe_size": 41})


if __name__ == "__main__":
    assert SCHEMA == 1, "version 1 is history"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "workspace-v1.creatorcrm"
        store = Store.create(path, who="Maya")
        fill(store)
        store.close()
        (HERE / f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))
