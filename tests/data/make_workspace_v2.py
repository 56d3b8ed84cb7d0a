"""Makes workspace-v2.creatorcrm.gz: a workspace of version 2 with rows in every table, made once.

It was run once, by the program of that time; later programs must open its result. Kept to show what is in it.
    PYTHONPATH=tests/support python tests/data/make_workspace_v2.py
"""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Callable
from pathlib import Path

from whole_rows import WholeRows

from creator_crm.domain.records import CATALOGUE
from creator_crm.store.attachments import put_file
from creator_crm.store.schema import SCHEMA
from creator_crm.store.store import Store

HERE = Path(__file__).resolve().parent
ROWS = 5
OWN = ("attachment", "custom_field")


def import_a_year(store: Store) -> None:
    with store.change("Own fields") as unit:
        for name, kind in (("shoe_size", "count"), ("allergies", "tags")):
            unit.add("custom_field", {"about": "creator", "name": name, "label": name, "kind": kind})
    with store.change("Import a year", origin="import", bulk=True) as unit:
        rows = WholeRows(CATALOGUE, unit.add)
        for n in range(1, ROWS + 1):
            for record in CATALOGUE:
                if record not in OWN:
                    rows.add(record, n)
        put_file(unit, "brief", "x", "brief.txt", b"Be kind.")


def live_on(store: Store) -> None:
    with store.change("Send a parcel") as unit:
        unit.add("stock_movement", {"product": 1, "quantity": 40, "moved_on": "2026-02-01"})
        parcel = unit.add("shipment", {"creator": 1, "campaign": 1, "status": "approved"})
        unit.add("shipment_item", {"shipment": parcel, "product": 1, "quantity": 2})
    with store.change("Ship it") as unit:
        unit.set("shipment", parcel, {"status": "shipped"})
    with store.change("Move a creator to the trash") as unit:
        unit.trash("creator", [3])
    with store.change("Mistake") as unit:
        unit.set("order", 2, {"status": "cancelled"})
    store.undo()
    with store.change("Edit a name") as unit:
        unit.set("creator", 1, {"name": "Ana Lima-Costa", "shoe_size": 41})


def keep(name: str, *steps: Callable[[Store], None]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        store = Store.create(path, who="Maya")
        for step in steps:
            step(store)
        store.close()
        (HERE / f"{name}.gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))


if __name__ == "__main__":
    assert SCHEMA == 2, "version 2 is history"
    keep("workspace-v2.creatorcrm", import_a_year, live_on)
