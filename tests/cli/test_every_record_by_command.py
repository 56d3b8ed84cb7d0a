"""Every kind of record is added, listed, shown, changed, sent out and deleted from the command line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from whole_rows import WholeRows

from creator_crm.domain.fields import Field, Kind, Value
from creator_crm.domain.normal import show
from creator_crm.domain.records import CATALOGUE
from creator_crm.services.workspace import Workspace

_OWN = ("setting", "attachment", "custom_field", "saved_view")


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


@pytest.mark.parametrize("record", [name for name in CATALOGUE if name not in _OWN])
def test_by_the_words_of_the_command_line(
    record: str, full: Path, path: Path, cli: Callable[..., Any]
) -> None:
    shutil.copy(full, path)
    with Workspace.open(path, who="Mara") as workspace:
        fields = CATALOGUE[record].by_name
        rows = WholeRows(CATALOGUE, workspace.add)
        rows.made = {(name, 1): 1 for name in CATALOGUE}  # what the second of a kind may refer to
        given = rows.values(record, 2)
        words = [f"{name}={_typed(workspace, fields[name], value)}" for name, value in given.items()]

    added = cli("--json", "add", record, *words)
    assert added.status == 0, added.err
    key = added.json["id"]
    listed = cli("--json", "list", record).json
    assert listed["total"] >= 2 and key in [row["id"] for row in listed["rows"]]
    assert cli("--json", "show", record, key).json == added.json
    assert all(
        added.json[name] not in (None, "") for name in given if not CATALOGUE[record].field(name).hidden
    )

    typed = (Kind.TEXT, Kind.LONG_TEXT, Kind.IDENTIFIER)
    notes = next(f for f in CATALOGUE[record].visible if f.kind in typed and f.stored)
    changed = cli("--json", "set", record, key, f"{notes.name}=Other words")
    assert changed.status == 0 and changed.json[notes.name] == "Other words", changed.err
    found = cli("--json", "list", record, "--where", f'{notes.name} = "Other words"').json
    assert [row["id"] for row in found["rows"]] == [key]

    assert cli("export", record, path.with_suffix(".csv")).status == 0
    assert cli("delete", record, key).status == 0
    assert cli("show", record, key).status == 1
    assert cli("undo").status == 0 and cli("show", record, key).status == 0
    assert cli("check").status == 0


def _typed(workspace: Workspace, field: Field, value: Value) -> str:
    """What a person types: an amount in its currency, the title of a row that has only one of that name."""
    if not field.references:
        return show(field, value, "EUR")
    assert isinstance(value, int)
    title = workspace.titles(field.references, [value])[value]
    return title if workspace.find(field.references, title) == [value] else _uid(workspace, field, value)


def _uid(workspace: Workspace, field: Field, value: int) -> str:
    return workspace.uids(field.references, [value])[value]
