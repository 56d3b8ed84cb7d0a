"""The program is killed at any moment: what it said was saved is there, nothing is there by halves."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from creator_crm.store.check import check
from creator_crm.store.store import Store

WRITER = Path(__file__).with_name("writer.py")
ROWS = 20_000

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="a process is killed by a signal on POSIX alone"),
    pytest.mark.timeout(3600),
]
few = 10
many = pytest.param(200, marks=pytest.mark.torture)


def acknowledged_before_a_kill(what: str, path: Path, after: float) -> int:
    """Let the writer work, kill it `after` seconds from its start, and return the last number it said."""
    writer = subprocess.Popen([sys.executable, str(WRITER), what, str(path)], stdout=subprocess.PIPE)
    assert writer.stdout is not None
    assert writer.stdout.readline() == b"0\n", "the writer did not start"
    time.sleep(after)
    writer.send_signal(signal.SIGKILL)
    said = writer.stdout.read().split()
    writer.stdout.close()
    assert writer.wait() == -signal.SIGKILL
    return int(said[-1]) if said else 0


@pytest.mark.parametrize("kills", [few, many])
def test_no_acknowledged_edit_is_lost_and_none_is_half_there(kills: int, tmp_path: Path) -> None:
    chance = random.Random(kills)
    path = tmp_path / "brand.creatorcrm"
    Store.create(path).close()
    steps = 0
    for _ in range(kills):
        said = acknowledged_before_a_kill("edits", path, chance.uniform(0, 0.15))
        store = Store.open(path)
        with store.read_raw() as raw:
            [held] = raw.execute("SELECT count(*) FROM change_set").fetchone()
            whole = raw.execute(
                "SELECT count(*) FROM creator c JOIN account a ON a.creator = c.id "
                "JOIN account_metrics m ON m.account = a.id "
                "WHERE c.niche = 'tea' AND c.followers = c.id AND c.handle = 'ana' || c.id"
            ).fetchone()
            counts = [raw.execute(f"SELECT count(*) FROM {t}").fetchone() for t in ("creator", "account")]
        assert steps + said <= held <= steps + said + 1
        assert counts == [(held,), (held,)] and whole == (held,)
        assert check(store) == []
        store.close()
        steps = held
    assert steps > kills // 2, "the writer was killed before it wrote anything worth losing"


@pytest.mark.parametrize("kills", [few, many])
def test_an_import_is_there_whole_or_not_at_all(kills: int, tmp_path: Path) -> None:
    chance = random.Random(kills)
    interrupted = 0
    for number in range(kills):
        path = tmp_path / f"brand {number}.creatorcrm"
        Store.create(path).close()
        said = acknowledged_before_a_kill("imports", path, chance.uniform(0, 1 if kills == few else 3))
        store = Store.open(path)
        with store.read_raw() as raw:
            [held] = raw.execute("SELECT count(*) FROM change_set").fetchone()
            counts = [
                raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("creator", "account")
            ]
            found = raw.execute(
                "SELECT count(*) FROM creator_words WHERE creator_words MATCH 'ana'"
            ).fetchone()
        assert said <= held <= said + 1
        there = ROWS // 2 if held % 2 else 0
        assert counts == [there, there] and found == (there,)
        assert check(store) == []
        interrupted += said < 3
        store.close()
        path.unlink()
    assert interrupted
