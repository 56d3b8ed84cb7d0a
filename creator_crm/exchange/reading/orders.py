"""What the reading process is asked for, worked out alike by who asks and, right after opening, by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Facts = Sequence[dict[str, Any]]  # of each sheet, as it was found on opening
Order = dict[str, Any]


def default_sheet(facts: Facts) -> int:
    """The first visible sheet with rows; else the first visible one; else the first."""
    for wanted in (lambda s: not s["hidden"] and s["rows"], lambda s: not s["hidden"]):
        for at, sheet in enumerate(facts):
            if wanted(sheet):
                return at
    return 0


def has_rows(facts: Facts, sheet: int) -> bool:
    """Whether there is such a sheet, and anything on it."""
    return 0 <= sheet < len(facts) and bool(facts[sheet]["rows"])


def rows_of(facts: Facts, sheet: int, limit: int | None) -> Order:
    """One sheet's rows, all or the first `limit`."""
    found = facts[sheet]
    return {
        "do": "read",
        "sheet": sheet,
        "size": found.get("size", 0),
        "limit": limit,
        "careful": bool(found.get("sparse")),
    }


def all_of(facts: Facts) -> Order:
    """All sheets that can be laid out as a grid, and the cells of theirs that only look empty."""
    wanted = [at for at, sheet in enumerate(facts) if sheet["rows"]]
    return {
        "do": "everything",
        "sheets": [at for at in wanted if not facts[at].get("sparse")],
        "silent": [at for at in wanted if facts[at].get("errors") or facts[at].get("uncalculated")],
        "size": sum(sheet.get("size", 0) for sheet in facts),
    }
