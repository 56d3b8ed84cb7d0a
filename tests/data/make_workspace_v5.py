"""Makes workspace-v5.creatorcrm.gz: a workspace of version 5 with rows in every table, made once.

It was run once, by the program of that time; later programs must open its result. Kept to show what is in it.
    PYTHONPATH=tests/support python tests/data/make_workspace_v5.py
"""

from __future__ import annotations

from make_workspace_v2 import import_a_year, keep, live_on
from make_workspace_v3 import set_a_target
from make_workspace_v4 import learn_of_another_copy

from creator_crm.store.schema import SCHEMA

if __name__ == "__main__":
    assert SCHEMA == 5, "version 5 is history"
    keep("workspace-v5.creatorcrm", import_a_year, set_a_target, learn_of_another_copy, live_on)
