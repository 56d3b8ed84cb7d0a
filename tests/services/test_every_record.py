"""Whatever can be done with one kind of record can be done with every kind."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from whole_rows import WholeRows

from creator_crm.domain.conditions import Condition, Op, evaluate, operators
from creator_crm.domain.fields import Description, Field, Kind, Value, value_of
from creator_crm.domain.normal import show
from creator_crm.domain.query import Query
from creator_crm.domain.records import CATALOGUE
from creator_crm.exchange.lists_out import ID_HEADER
from creator_crm.services.exports import export_list
from creator_crm.services.workspace import Workspace

# The program's own: written by the program, so that nobody adds them by hand.
_OWN = ("setting", "attachment", "custom_field", "saved_view")
every_record = pytest.mark.parametrize("record", [name for name in CATALOGUE if name not in _OWN])


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed workspace with one whole row of every record."""
    path = tmp_path_factory.mktemp("full") / "brand.creatorcrm"
    with Workspace.create(path, who="Mara") as workspace:
        rows = WholeRows(CATALOGUE, workspace.add)
        for record in CATALOGUE:
            if record not in _OWN:
                rows.add(record, 1)
    return path


@pytest.fixture
def workspace(full: Path, tmp_path: Path) -> Iterator[Workspace]:
    path = Path(shutil.copy(full, tmp_path / full.name))
    with Workspace.open(path, who="Mara") as opened:
        yield opened


def second(workspace: Workspace, record: str) -> tuple[int, dict[str, Value]]:
    """The number and the given values of one more row, and of others it needs."""
    rows = WholeRows(CATALOGUE, workspace.add)
    rows.made = {(name, 1): 1 for name in CATALOGUE}  # there is one of each
    return rows.add(record, 2), rows.values(record, 2)


def held(workspace: Workspace, record: str, number: int) -> dict[str, Value]:
    row = workspace.row(record, number)
    return {f.name: value_of(row, f) for f in CATALOGUE[record].fields}


@every_record
def test_a_row_with_every_field_is_kept_as_it_was_given(workspace: Workspace, record: str) -> None:
    number, given = second(workspace, record)
    kept = held(workspace, record, number)
    # A status that has lapsed says so; everything else is what was typed.
    lapsing = {f.name for f in CATALOGUE[record].fields if f.lapses}
    assert {n: v for n, v in kept.items() if n in given and n not in lapsing} == {
        n: v for n, v in given.items() if n not in lapsing
    }
    assert workspace.titles(record, [number])[number]
    assert workspace.history(record, number)[-1].action == "insert"
    assert workspace.check() == []


@every_record
def test_a_list_is_filtered_by_every_field_as_the_rules_say(workspace: Workspace, record: str) -> None:
    number, _ = second(workspace, record)
    description = workspace.catalogue[record]
    everything = workspace.ids(Query(record))
    rows = {row.id: row for row in workspace.rows(record, everything)}
    assert number in rows
    for field in description.fields:
        if field.kind is Kind.DATA:
            continue
        asked = [Op.SET, Op.NOT_SET, Op.IS, Op.IS_NOT]
        value = value_of(rows[number], field)
        for op in (op for op in asked if op in operators(field.kind)):
            if value is None and op in (Op.IS, Op.IS_NOT):
                continue
            where = Condition(field.name, op, None if op in (Op.SET, Op.NOT_SET) else value)
            found = set(workspace.ids(Query(record, where=where)))
            assert found == {n for n, row in rows.items() if evaluate(where, row, description)}, (field, op)


@every_record
def test_a_list_is_sorted_by_every_field(workspace: Workspace, record: str) -> None:
    second(workspace, record)
    everything = set(workspace.ids(Query(record)))
    for field in workspace.catalogue[record].visible:
        for sort in (field.name, f"-{field.name}"):
            assert set(workspace.ids(Query(record, sort=(sort,)))) == everything


@every_record
def test_search_finds_it_by_whatever_is_searchable(workspace: Workspace, record: str) -> None:
    number, given = second(workspace, record)
    for field in workspace.catalogue[record].fields:
        if field.searchable and field.name in given:
            word = _word(field, given[field.name])
            assert number in workspace.ids(Query(record, search=word)), field.name


def _word(field: Field, value: Value) -> str:
    first = value[0] if isinstance(value, tuple) else value
    return str(first).split()[0]


@every_record
def test_it_goes_out_to_csv_and_excel(workspace: Workspace, record: str, tmp_path: Path) -> None:
    number, _ = second(workspace, record)
    description: Description[Any] = workspace.catalogue[record]
    row = workspace.row(record, number)
    total = workspace.count(Query(record))
    for name in ("list.csv", "list.xlsx"):
        assert export_list(workspace, Query(record), tmp_path / name) == total
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    mine = next(line for line in lines if line[ID_HEADER] == row.uid)
    for field in description.visible:
        if field.kind not in (Kind.REFERENCE, Kind.MONEY, Kind.HANDLE, Kind.LONG_TEXT):
            assert mine[field.label].lstrip("'") == show(field, value_of(row, field)), field.name
        elif field.kind is Kind.REFERENCE:
            referred = value_of(row, field)
            assert isinstance(referred, int)
            assert mine[field.label] == workspace.titles(field.references, [referred])[referred]


@every_record
def test_undo_trash_and_restore_bring_back_what_was(workspace: Workspace, record: str) -> None:
    number, _ = second(workspace, record)
    before = held(workspace, record, number)
    workspace.trash(record, [number])
    assert number not in workspace.ids(Query(record))
    assert number in workspace.ids(Query(record, trashed=True))
    workspace.restore(record, [number])
    assert held(workspace, record, number) == before
    workspace.undo()
    workspace.undo()
    assert held(workspace, record, number) == before
    workspace.undo()
    assert workspace.row(record, number) is None
    workspace.redo()
    assert held(workspace, record, number) == before
    assert workspace.check() == []


@every_record
def test_a_short_id_or_natural_key_finds_it(workspace: Workspace, record: str) -> None:
    number, _ = second(workspace, record)
    uid = workspace.uids(record, [number])[number]
    assert workspace.find(record, uid) == [number]
    row = held(workspace, record, number)
    texts = []
    for field in map(workspace.catalogue[record].field, workspace.catalogue[record].key):
        value = row[field.name]
        if field.references and isinstance(value, int):
            value = workspace.uids(field.references, [value])[value]
        texts.append(value)
    if None not in texts:
        assert number in workspace.find(record, ":".join(map(str, texts)))
