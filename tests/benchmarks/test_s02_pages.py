"""S2 for every page: from the command to the rows of a program of years, whichever page was left in front."""

from __future__ import annotations

import statistics
from pathlib import Path

import pytest
from conftest import Race
from test_s01_start import Starts, kept_copy, median_of

from creator_crm.store.store import Store
from creator_crm.ui.shared.state import State, state_file

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(600)]


@pytest.mark.parametrize(
    ("page", "tab"),
    [
        *(("today", ""), ("creators", ""), ("outreach", ""), ("outreach", "messages")),
        *(("seeding", ""), ("briefs", "content"), ("results", "orders")),
    ],
)
def test_the_rows_of_a_page_are_there_almost_as_soon_as_an_empty_window(
    race: Race, tmp_path: Path, program: Store, page: str, tab: str
) -> None:
    state = State(state_file())
    state.remember("page", page)
    state.save()
    mark = f"rows:{tab}" if tab else "rows"
    pairs = Starts(tmp_path).pairs(mark, kept_copy(program))
    ratio = statistics.median(ours["cpu"] / floor["cpu"] for ours, floor in pairs)
    what = f"start to the rows of {page} {tab}".rstrip()
    race.row("S2", f"{what} (CPU)", median_of(pairs, 0, "cpu"), median_of(pairs, 1, "cpu"), ratio, 2.8)
    race.check()
