"""The user's own fields behave like built-in ones from the moment they are added."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from creator_crm.domain.errors import UserError
from creator_crm.domain.filters import parse
from creator_crm.domain.query import Query
from creator_crm.services.exports import export_list
from creator_crm.services.workspace import Workspace


def test_an_own_field_can_be_filled_filtered_exported_and_found_in_history(
    workspace: Workspace, tmp_path: Path
) -> None:
    field = workspace.add_custom_field("creator", "Skin type", "choice", options=("dry", "oily"))
    assert (field.name, field.label, field.custom) == ("skin_type", "Skin type", True)
    ana, bea = (
        workspace.add("creator", {"name": n, "skin_type": s}) for n, s in (("Ana", "dry"), ("Bea", "oily"))
    )
    where = parse("Skin type = oily", workspace.catalogue["creator"])
    assert list(workspace.ids(Query("creator", where=where))) == [bea]
    assert list(workspace.ids(Query("creator", sort=("-skin_type",)))) == [bea, ana]
    workspace.edit("creator", {ana: {"skin_type": "oily"}})
    assert workspace.history("creator", ana)[0].changes == (("Skin type", "dry", "oily"),)
    export_list(workspace, Query("creator", sort=("name",)), tmp_path / "out.csv", ["name", "Skin type"])
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row[1:] for row in csv.reader(file)] == [
            ["Name", "Skin type"],
            ["Ana", "oily"],
            ["Bea", "oily"],
        ]


def test_undo_takes_an_own_field_out_of_the_catalogue_and_redo_brings_it_back(workspace: Workspace) -> None:
    workspace.add_custom_field("campaign", "Landing page", "url")
    workspace.undo()
    assert "landing_page" not in workspace.catalogue["campaign"].by_name
    workspace.redo()
    assert "landing_page" in workspace.catalogue["campaign"].by_name


def test_own_fields_are_there_when_the_workspace_is_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "brand.creatorcrm"
    with Workspace.create(path) as workspace:
        workspace.add_custom_field("creator", "Shoe size", "number", personal=True)
    with Workspace.open(path) as workspace:
        field = workspace.catalogue["creator"].field("shoe_size")
        assert (field.kind, field.personal) == ("number", True)


def test_renaming_changes_the_label_and_keeps_the_name_that_files_use(workspace: Workspace) -> None:
    workspace.add_custom_field("creator", "Skin", "text")
    workspace.rename_custom_field("creator", "skin", "Skin type")
    field = workspace.catalogue["creator"].field("skin")
    assert field.label == "Skin type"


def test_a_removed_field_comes_back_with_its_values(workspace: Workspace) -> None:
    workspace.add_custom_field("creator", "Skin", "text")
    number = workspace.add("creator", {"name": "Ana", "skin": "dry"})
    workspace.remove_custom_field("creator", "skin")
    assert "skin" not in workspace.catalogue["creator"].by_name
    workspace.undo()
    assert workspace.row("creator", number).custom["skin"] == "dry"


def test_a_new_field_never_shows_the_values_of_a_removed_one_of_that_name(workspace: Workspace) -> None:
    workspace.add_custom_field("creator", "Skin", "text")
    workspace.add("creator", {"name": "Ana", "skin": "dry"})
    workspace.remove_custom_field("creator", "skin")
    assert workspace.add_custom_field("creator", "Skin", "text").name == "skin_2"


@pytest.mark.parametrize(
    ("label", "name"),
    [("Größe (cm)", "grosse_cm"), ("2nd choice", "field_2nd_choice"), ("肌", "field"), ("id", "id_2")],
)
def test_any_label_gives_a_name_that_files_and_expressions_take(
    workspace: Workspace, label: str, name: str
) -> None:
    assert workspace.add_custom_field("creator", label).name == name


@pytest.mark.parametrize("label", ["", "  ", "Niche", "e-MAIL", "email", "Stage"])
def test_a_label_that_is_empty_or_taken_is_refused(workspace: Workspace, label: str) -> None:
    with pytest.raises(UserError, match="Nothing was changed"):
        workspace.add_custom_field("creator", label)
    assert workspace.custom_fields("creator") == []


def test_kinds_and_records_that_cannot_be_are_refused(workspace: Workspace) -> None:
    with pytest.raises(UserError, match="Say what there is to choose from in Skin"):
        workspace.add_custom_field("creator", "Skin", "choice")
    with pytest.raises(UserError, match="cannot be of the kind “money”"):
        workspace.add_custom_field("creator", "Price", "money")
    with pytest.raises(UserError, match="cannot have fields of your own"):
        workspace.add_custom_field("saved_view", "Colour")
    with pytest.raises(UserError, match="not one of your own fields"):
        workspace.remove_custom_field("creator", "niche")
