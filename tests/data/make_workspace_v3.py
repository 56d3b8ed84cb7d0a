"""Makes workspace-v3.creatorcrm.gz: a workspace of version 3 with rows in every table, made once.

It was run once, by the program of that time; later programs must open its result. Kept to show what is in it.
    PYTHONPATH=tests/support python tests/data/make_workspace_v3.py
"""

from __future__ import annotations

from make_workspace_v2 import import_a_year, keep, live_on

from creator_crm.store.schema import SCHEMA
from creator_crm.store.store import Store


def set_a_target(store: Store) -> None:
    with store.change("Set a target") as unit:
        unit.add("campaign_target", {"campaign": 1, "metric": "creators_posted", "value": 12.5})


if __name__ == "__main__":
    assert SCHEMA == 3, "version 3 is history"
    keep("workspace-v3.creatorcrm", import_a_year, set_a_target, live_on)
