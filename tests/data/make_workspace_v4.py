"""Makes workspace-v4.creatorcrm.gz: a workspace of version 4 with rows in every table, made once.

It was run once, by the program of that time; later programs must open its result. Kept to show what is in it.
    PYTHONPATH=tests/support python tests/data/make_workspace_v4.py
"""

from __future__ import annotations

from make_workspace_v2 import import_a_year, keep, live_on
from make_workspace_v3 import set_a_target

from creator_crm.store.copies import note_seen
from creator_crm.store.schema import SCHEMA
from creator_crm.store.store import Store


def learn_of_another_copy(store: Store) -> None:
    with store.change("Bring back theirs.xlsx", origin="merge", details={"as_written": True}) as unit:
        unit.set("creator", 2, {"name": "Bo Kim"})
        note_seen(unit.raw, {"another00001": 12}, unit.change_set)


if __name__ == "__main__":
    assert SCHEMA == 4, "version 4 is history"
    keep("workspace-v4.creatorcrm", import_a_year, set_a_target, learn_of_another_copy, live_on)
