"""Long JSON is written a portion at a time, and reads as if it had been written at once."""

from __future__ import annotations

import json
from typing import Any

import pytest

from creator_crm.store import long_json as module
from creator_crm.store.long_json import long_json


@pytest.mark.parametrize("count", [0, 1, 999, 1_000, 1_001, 3_500])
def test_lists_of_any_length_are_written_as_json_writes_them(count: int) -> None:
    places = [(f"u{n}", "niche é “") for n in range(count)]
    value = {"brought": {"typed": places, "typing": "", "gone_from": {"u1": "creator"}}, "none": {}, "n": [1]}
    assert long_json(value) == json.dumps(value, ensure_ascii=False)


def test_no_portion_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[Any] = []
    dumps = json.dumps
    monkeypatch.setattr(
        module.json, "dumps", lambda value, **how: written.append(value) or dumps(value, **how)
    )
    long_json({"typed": list(range(5_000))})
    assert max(len(value) for value in written if isinstance(value, list)) <= 1_000
