"""Between what people type or files hold and the one normal form of each kind, and back to plain text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from creator_crm.domain.fields import Description, Value


def completed(
    description: Description[Any], values: Mapping[str, Value], *, defaults: bool = False
) -> dict[str, Value]:
    """`values` with the folded match keys that follow from them and, for a new row, the described defaults."""
    full = dict(values)
    for field in description.stored:
        if defaults and field.name not in full and field.default is not None:
            full[field.name] = field.default
        if field.folds and field.folds in full:
            full[field.name] = folded(full[field.folds])
    return full


def folded(value: Value) -> str | None:
    """The match key of a handle: None for nothing."""
    from creator_crm.domain.values.handles import fold_handle

    return fold_handle(str(value)) or None if value else None
