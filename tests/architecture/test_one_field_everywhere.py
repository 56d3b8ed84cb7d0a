"""A field described once is found by every reader of descriptions, a built-in one and a user's own alike.

Two readers come with later issues and get their lines here then: the team workbook (its sheet, widths and
drop-downs) with the three-way merge that compares cells by the same normal form, and privacy (erasure and
redaction), of which only the mark it will read exists today.
"""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from creator_crm.domain import creators
from creator_crm.domain import fields as f
from creator_crm.domain.conditions import operators
from creator_crm.domain.fields import Catalogue, Field, Kind, describe, record
from creator_crm.domain.filters import parse
from creator_crm.domain.query import Query
from creator_crm.domain.records import CATALOGUE
from creator_crm.services import imports
from creator_crm.services.exports import export_list
from creator_crm.services.workspace import Workspace

NAME, LABEL = "favourite_scent", "Favourite scent"


@record(label="Creator", plural="Creators", key=("handle",), title="name", icon="users")
class Creator(creators.Creator):
    """A creator as it would be after one more line in its description."""

    favourite_scent: str | None = f.text(
        LABEL, searchable=True, shown=True, personal=True, indexed=True, aliases=("lieblingsduft",)
    )


LARGER = Catalogue(describe(Creator) if d.name == "creator" else d for d in CATALOGUE.values())


@pytest.fixture(params=["built in", "own"])
def workspace(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workspace]:
    """A workspace whose creators have the new field: described in the program, or added by its user."""
    own = request.param == "own"
    path = tmp_path / "brand.creatorcrm"
    with Workspace.create(path, who="Mara", catalogue=CATALOGUE if own else LARGER) as made:
        if own:
            made.add_custom_field("creator", LABEL, "text", personal=True)
        yield made


@pytest.fixture
def field(workspace: Workspace) -> Field:
    return workspace.catalogue["creator"].field(NAME)


def add(workspace: Workspace, name: str, scent: str) -> int:
    return workspace.add("creator", {"name": name, NAME: scent})


def test_the_store_keeps_it_through_closing_and_undoes_it_exactly(workspace: Workspace, field: Field) -> None:
    number = add(workspace, "Ana", "fig")
    workspace.edit("creator", {number: {NAME: "salt"}})
    workspace.undo()
    path, built_in = workspace.path, workspace.store.built_in
    workspace.close()
    with Workspace.open(path, catalogue=built_in) as again:
        assert f.value_of(again.row("creator", number), again.catalogue["creator"].field(NAME)) == "fig"
        assert again.check() == []
    with closing(sqlite3.connect(path)) as raw:
        columns = {row[1] for row in raw.execute("PRAGMA table_info(creator)")}
        indexed = raw.execute(
            "SELECT name FROM sqlite_master WHERE name = 'ix_creator_favourite_scent'"
        ).fetchone()
    assert (NAME in columns) is (not field.custom)
    assert (indexed is not None) is (not field.custom)


def test_lists_filter_sort_and_complete_by_it(workspace: Workspace, field: Field) -> None:
    ana, bea, cleo = (
        add(workspace, n, s) for n, s in (("Ana", "salt"), ("Bea", "Fig leaf"), ("Cleo", "fig"))
    )
    description = workspace.catalogue["creator"]
    assert len(operators(field.kind)) > 3
    for expression, found in {
        f'"{LABEL}" starts with fig': {bea, cleo},
        f"{NAME} = salt": {ana},
        f"{NAME} is not set": set(),
    }.items():
        assert set(workspace.ids(Query("creator", where=parse(expression, description)))) == found
    assert list(workspace.ids(Query("creator", sort=(f"-{NAME}",)))) == [ana, bea, cleo]
    assert workspace.choices("creator", field, "f") == ["fig", "Fig leaf"]


def test_many_rows_are_changed_in_it_at_once(workspace: Workspace, field: Field) -> None:
    numbers = [add(workspace, name, "salt") for name in ("Ana", "Bea")]
    workspace.edit("creator", {number: {NAME: "rain"} for number in numbers})
    assert {f.value_of(row, field) for row in workspace.rows("creator", numbers)} == {"rain"}
    assert workspace.change_sets(1)[0].label == "Change Favourite scent of 2 creators"


def test_history_tells_it_by_its_label_and_in_its_normal_form(workspace: Workspace) -> None:
    number = add(workspace, "Ana", "salt")
    workspace.edit("creator", {number: {NAME: None}})
    emptied, added = workspace.history("creator", number)
    assert emptied.changes == ((LABEL, "salt", ""),)
    assert (LABEL, "", "salt") in added.changes


def test_search_finds_it_where_it_is_searchable(workspace: Workspace, field: Field) -> None:
    number = add(workspace, "Ana", "Sandelholz")
    if (
        field.custom
    ):  # own fields are filtered, not searched: the full-text index follows the program's fields
        assert not field.searchable
    else:
        assert [hit.id for hit in workspace.search("sandel")] == [number]
        assert list(workspace.ids(Query("creator", search="SANDELH"))) == [number]


@pytest.mark.parametrize("header", [LABEL, "favourite scent", "Lieblingsduft"])
def test_an_import_proposes_it_for_its_names_and_fills_it(
    workspace: Workspace, field: Field, tmp_path: Path, header: str
) -> None:
    if field.custom and header == "Lieblingsduft":
        header = "FAVOURITE_SCENT"  # an own field has no aliases but its name and its label
    file = tmp_path / "tiktok.csv"
    file.write_text(f"Username,Followers,{header}\nana.b,900,fig\nbea.c,800,salt\n", encoding="utf-8")
    found = imports.recognise(file, workspace.catalogue)
    proposal = imports.propose(workspace.store, found)
    assert proposal.mapping[header] == f"creator.{NAME}"
    imports.write(imports.rehearse(workspace.store, found, proposal))
    (number,) = workspace.find("creator", "@ana.b")
    assert f.value_of(workspace.row("creator", number), field) == "fig"


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_an_export_has_its_column(workspace: Workspace, tmp_path: Path, ending: str) -> None:
    add(workspace, "Ana", "=fig")
    export_list(workspace, Query("creator"), tmp_path / f"list{ending}")
    if ending == ".csv":
        with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as file:
            header, row = csv.reader(file)
    else:
        from openpyxl import load_workbook

        header, row = load_workbook(tmp_path / "list.xlsx").active.values
    assert row[list(header).index(LABEL)] == ("'=fig" if ending == ".csv" else "=fig")


def test_the_table_offers_a_column_and_the_form_an_editor(
    workspace: Workspace, field: Field, qtbot: Any
) -> None:
    from creator_crm.ui.shared.form.make import editor_for
    from creator_crm.ui.shared.form.sections import usual_sections
    from creator_crm.ui.shared.table.model import RecordModel

    number = add(workspace, "Ana", "fig")
    model = RecordModel(workspace, "creator")
    assert field.name in model.column_of
    model.set_ids(workspace.ids(Query("creator")))
    assert model.text(0, model.column_of[NAME]) == "fig"
    names = [name for section in usual_sections(workspace.catalogue["creator"]) for name in section.names]
    assert NAME in names
    editor = editor_for(workspace, "creator", field)
    qtbot.addWidget(editor)
    editor.show_value(f.value_of(workspace.row("creator", number), field))
    assert editor.read() == "fig"


def test_privacy_knows_that_it_is_about_a_person(workspace: Workspace) -> None:
    personal = {x.name for x in workspace.catalogue["creator"].fields if x.personal}
    assert {NAME, "name", "email"} <= personal


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_of_field_can_be_asked_typed_and_written_down(kind: Kind) -> None:
    """No reader has forgotten a kind: it has operators, a parser that takes nothing for empty, a text."""
    from creator_crm.domain.normal import as_json, show
    from creator_crm.domain.normal import parse as read

    field = Field(name="x", label="X", kind=kind)
    assert operators(kind)
    assert read(field, "  ") == field.empty
    assert show(field, field.empty) == ""
    assert as_json(field, field.empty) in (None, [], False)
