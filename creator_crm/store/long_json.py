"""Long JSON a portion at a time: written in one call, 100,000 entries make every other thread wait."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

_PORTION = 1_000  # entries of a list


def long_json(value: Any) -> str:
    """What `json.dumps` writes of the same; keys are text."""
    return "".join(_pieces(value))


def _pieces(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        before = "{"
        for key, held in value.items():
            yield f"{before}{_written(key)}: "
            yield from _pieces(held)
            before = ", "
        yield "}" if value else "{}"
    elif isinstance(value, (list, tuple)) and len(value) > _PORTION:
        for at in range(0, len(value), _PORTION):
            yield f"{', ' if at else '['}{_written(value[at : at + _PORTION])[1:-1]}"
        yield "]"
    else:
        yield _written(value)


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
