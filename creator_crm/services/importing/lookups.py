"""Rows by the value of a column, and columns of a list filled where it leaves them empty."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from creator_crm.domain.fields import Value
from creator_crm.exchange.rehearsal import Parsed
from creator_crm.store.readers import matching


def by_number(raw: matching.Raw, record: str, column: str, numbers: Iterable[Value]) -> dict[Any, int]:
    """The row of each number, text or link; none for what several rows have."""
    rows = matching.rows_by_column(raw, record, column, {str(n) for n in numbers if n}, [])
    return {number: found[0][0] for number, found in rows.items() if len(found) == 1}


def fill(parsed: Parsed, target: str, found: Iterable[Value]) -> None:
    """Put what was found into a column where the list says nothing; no column is made of nothing."""
    held = parsed.values.get(target)
    column = [own or new for own, new in zip(held or [None] * len(parsed), found, strict=True)]
    if any(column):
        parsed.values[target] = column
