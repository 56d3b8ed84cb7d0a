"""Damage at random places: refused or found by `check`, always in words, and the good backup stays."""

from __future__ import annotations

import gzip
import random
from contextlib import suppress
from pathlib import Path

import pytest

from creator_crm.domain.errors import UserError
from creator_crm.store.backup import backups
from creator_crm.store.check import check
from creator_crm.store.store import Store

DATA = Path(__file__).resolve().parents[1] / "data"
PAGE = 4096


def damaged(content: bytes, chance: random.Random) -> bytes:
    """The content with a page of noise, a page of nothing, some bits turned, or its end cut off."""
    page = chance.randrange(len(content) // PAGE) * PAGE
    kind = chance.randrange(4)
    if kind == 0:
        return content[:page] + chance.randbytes(PAGE) + content[page + PAGE :]
    if kind == 1:
        return content[:page] + bytes(PAGE) + content[page + PAGE :]
    if kind == 2:
        return content[: chance.randrange(len(content))]
    turned = bytearray(content)
    for _ in range(20):
        turned[chance.randrange(len(turned))] ^= 1 << chance.randrange(8)
    return bytes(turned)


def held(store: Store) -> dict[str, list[object]]:
    """Every row of every kind of record, and their history."""
    tables = [*store.built_in, "history"]
    with store.read_raw() as raw:
        return {table: raw.execute(f'SELECT * FROM "{table}" ORDER BY id').fetchall() for table in tables}


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("times", [24, pytest.param(200, marks=pytest.mark.torture)])
def test_no_damage_is_a_crash_or_goes_unnoticed(times: int, path: Path) -> None:
    content = gzip.decompress((DATA / "workspace-v1.creatorcrm.gz").read_bytes())
    path.write_bytes(content)
    store = Store.open(path)
    good = store.back_up()
    sound = held(store)
    store.close()
    for seed in range(times):
        path.write_bytes(damaged(content, random.Random(seed)))
        try:
            store = Store.open(path)
        except UserError:
            continue
        try:
            # Bits in unused room do no harm, and what follows from other data is made anew on opening.
            assert check(store) or held(store) == sound, f"seed {seed}"
            with suppress(UserError):  # some damage is seen by the full check alone
                store.back_up()
        finally:
            store.close()
        assert good in [b.path for b in backups(path)]
