"""Whatever stands in a list: importing it twice changes nothing more, and undo leaves no trace."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from creator_crm.services import imports
from creator_crm.services.imports import Options
from creator_crm.services.workspace import Workspace

HANDLES = st.sampled_from(
    ["@ana", "ANA", "bo", "bo.kim", "cy_1", "", "-", "not one", "https://www.tiktok.com/@ana"]
)
NAMES = st.sampled_from(["Ana Diaz", "ana diaz", "Bo", "", "N/A", "=1+1", "????", "李", "'Cy"])
EMAILS = st.sampled_from(["ana@x.com", "ANA@X.com", "mail@agency.com", "", "nobody", "Bo <bo@y.com>"])
NUMBERS = st.sampled_from(["12K", "13.8M", "1,234", "", "#VALOR!", "many", "0", "99999999999999999999"])
DAYS = st.sampled_from(["2026-01-01", "2026-02-01", "", "31.02.2026"])
ROWS = st.lists(st.tuples(HANDLES, NAMES, EMAILS, NUMBERS, DAYS), min_size=1, max_size=8)


def tables(workspace: Workspace) -> dict[str, list[tuple[Any, ...]]]:
    with workspace.store.read_raw() as raw:
        return {n: raw.execute(f'SELECT * FROM "{n}" ORDER BY id').fetchall() for n in workspace.catalogue}


def bring_in(workspace: Workspace, folder: Path, rows: list[tuple[str, ...]]) -> imports.ImportResult:
    text = io.StringIO()
    csv.writer(text).writerows([("Handle", "Name", "Email", "Followers", "As of"), *rows])
    path = folder / "tiktok.csv"
    path.write_text(text.getvalue(), encoding="utf-8")
    found = imports.recognise(path, workspace.catalogue)
    mapping = {
        "Handle": "account.handle",
        "Name": "creator.name",
        "Email": "creator.email",
        "Followers": "account_metrics.followers",
        "As of": "account_metrics.measured_on",
    }
    proposal = imports.propose(workspace.store, found, platform="tiktok", mapping_file=mapping)
    options = Options(remember_mapping=False)
    return imports.write(imports.rehearse(workspace.store, found, proposal, options))


@settings(max_examples=25)
@given(lists=st.lists(ROWS, min_size=1, max_size=3))
def test_lists_come_in_once_and_go_out_without_a_trace(lists: list[list[tuple[str, ...]]]) -> None:
    with tempfile.TemporaryDirectory() as name, Workspace.create(Path(name) / "w.creatorcrm") as workspace:
        states = [tables(workspace)]
        for rows in lists:
            first = bring_in(workspace, Path(name), rows)
            if first.change_set is not None:
                states.append(tables(workspace))
            if (
                not first.counts["conflicts"] and not first.counts["rejected"]
            ):  # lines left over may come later
                again = bring_in(workspace, Path(name), rows)
                assert (again.counts["created"], again.counts["updated"], again.change_set) == (0, 0, None)
        assert tables(workspace) == states.pop()
        while states:
            workspace.undo()
            assert tables(workspace) == states.pop()
