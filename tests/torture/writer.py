"""The program that is killed: it works in a workspace and says a line each time something is surely saved.

writer.py edits|imports WORKSPACE
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from creator_crm.store.store import Store

ROWS = 20_000


def acknowledge(number: int) -> None:
    os.write(1, b"%d\n" % number)


def edits(store: Store) -> None:
    """Small changes of several rows each: a person with an account, its figures and an edit."""
    number = 0
    while True:
        with store.change(f"Add {number}") as unit:
            creator = unit.add("creator", {"name": f"Ana {number}", "notes": "tea " * (number % 400)})
            account = unit.add("account", {"creator": creator, "handle": f"ana{creator}", "platform": "x"})
            figures = {"measured_on": "2026-11-01", "followers": creator}
            unit.add("account_metrics", {"account": account, **figures})
            unit.set("creator", creator, {"niche": "tea"})
        number += 1
        acknowledge(number)


def imports(store: Store) -> None:
    """Two kinds of rows in one step, undone again, redone …"""
    with store.change("Import", origin="import", bulk=True) as unit:
        made = unit.add_rows("creator", ("name",), [(f"Ana {n}",) for n in range(ROWS // 2)])
        rows = [(c, "x", f"ana{c}", f"ana{c}") for c in made]
        unit.add_rows("account", ("creator", "platform", "handle", "handle_key"), rows)
    acknowledge(1)
    number = 1
    while True:
        store.undo() if number % 2 else store.redo()
        number += 1
        acknowledge(number)


if __name__ == "__main__":
    opened = Store.open(Path(sys.argv[2]), who="Maya")
    acknowledge(0)
    {"edits": edits, "imports": imports}[sys.argv[1]](opened)
