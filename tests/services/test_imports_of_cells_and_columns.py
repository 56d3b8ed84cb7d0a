"""Importing: what becomes of cells and columns, of other records than creators, and what is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from stored import rows

from creator_crm.domain.errors import UserError
from creator_crm.services import imports
from creator_crm.services.imports import Action, Rehearsal
from creator_crm.services.workspace import Workspace

Rehearse = Callable[..., Rehearsal]


def everything(workspace: Workspace) -> dict[str, list[tuple[Any, ...]]]:
    with workspace.store.read_raw() as raw:
        return {
            name: raw.execute(f'SELECT * FROM "{name}" ORDER BY id').fetchall()
            for name in workspace.catalogue
        }


LIST = "Handle,Name,Followers,Email\n@ana,Ana Diaz,12K,ana@x.com\n@bo,Bo Kim,3M,bo@y.com\n"


def test_a_bad_cell_is_left_empty_and_listed(workspace: Workspace, rehearse: Rehearse) -> None:
    rehearsal = rehearse(
        "Handle,Followers,Phone\n@ana,many,6.28123E+12\n@bo,3,\n@cy,4,+4915123456789\n@di,5,\n"
    )
    assert [(p.line, p.column, p.value, p.rejected) for p in rehearsal.problems] == [
        (2, "Followers", "many", False),
        (2, "Phone", "6.28123E+12", False),
    ]
    assert "Excel has cut this number" in rehearsal.problems[1].reason
    imports.write(rehearsal)
    assert rows(workspace, "creator", "handle, followers, phone")[0] == ("ana", None, None)


def test_a_line_whose_only_identity_is_bad_is_rejected(workspace: Workspace, rehearse: Rehearse) -> None:
    text = "Handle,Name,Email\n@ana,Ana,\nnot a handle,Bo,\n@cy,Cy,\n,,nobody\n,,\n,,di@x.com\n"
    rehearsal = rehearse(text)
    assert [(v.line, v.action) for v in rehearsal.verdicts(actions=[Action.ERROR])] == [
        (3, Action.ERROR),
        (5, Action.ERROR),
    ]
    assert (rehearsal.counts["created"], rehearsal.counts["rejected"]) == (3, 2)


def test_the_error_workbook_holds_the_lines_and_the_reasons(
    workspace: Workspace, rehearse: Rehearse, tmp_path: Path
) -> None:
    rehearsal = rehearse("Handle,Followers\n@ana,many\nnot a handle,3\n@cy,4\n@di,5\n")
    path = tmp_path / "problems.xlsx"
    assert imports.write_error_workbook(rehearsal, path) == 2
    found = imports.recognise(path, workspace.catalogue)
    assert found.rows.rows[0] == ["Line", "What is wrong", "Handle", "Followers"]
    assert [row[0] for row in found.rows.rows[1:]] == ["2", "3"]
    assert found.rows.rows[1][2:] == ["@ana", "many"]
    assert "many" in str(found.rows.rows[1][1])


def test_a_column_can_become_a_field_of_ones_own(workspace: Workspace, rehearse: Rehearse) -> None:
    before = everything(workspace)
    text = "Handle,Shoe size\n@ana,38\n@bo,39.5\n"
    mapping = {"Handle": "account.handle", "Shoe size": "creator.+number"}
    imports.write(rehearse(text, mapping_file=mapping))
    assert workspace.catalogue["creator"].field("shoe_size").label == "Shoe size"
    assert [row.custom["shoe_size"] for row in workspace.rows("creator", [1, 2])] == [38.0, 39.5]
    workspace.undo()
    assert everything(workspace) == before


def test_a_mapping_file_with_an_unknown_column_or_field_is_refused(rehearse: Rehearse) -> None:
    with pytest.raises(UserError, match="has no column “Nick”"):
        rehearse(LIST, mapping_file={"Nick": "creator.name"})
    with pytest.raises(UserError, match="is no field"):
        rehearse(LIST, mapping_file={"Name": "creator.shoe"})


def test_a_chosen_mapping_is_offered_again_and_goes_with_undo(
    workspace: Workspace, rehearse: Rehearse, tmp_path: Path
) -> None:
    text = "Handle,Score\n@ana,1\n@bo,2\n"
    path = tmp_path / "tiktok.csv"
    path.write_text(text, encoding="utf-8")
    found = imports.recognise(path, workspace.catalogue)
    chosen = imports.change_mapping(
        workspace.store, found, imports.propose(workspace.store, found), {1: "creator.external_id"}
    )
    imports.write(imports.rehearse(workspace.store, found, chosen))
    other = rehearse("SCORE,handle\n7,@cy\n", name="tiktok other.csv")
    assert other.proposal.saved
    assert other.proposal.mapping == {"SCORE": "creator.external_id", "handle": "account.handle"}
    workspace.undo()
    assert rows(workspace, "setting", "name") == []


def test_a_report_is_named_and_nothing_is_written(workspace: Workspace, rehearse: Rehearse) -> None:
    rehearsal = rehearse("Date,Clicks,Impressions,CTR,Position\n2026-05-01,4,100,4%,3.2\n")
    assert rehearsal.recognition.kind == "search_console"
    assert "make a sheet with the columns Day, Source, Impressions, Clicks" in rehearsal.sentence
    assert imports.write(rehearsal).change_set is None


def test_the_sheets_that_take_the_place_of_reports_come_in(workspace: Workspace, rehearse: Rehearse) -> None:
    days = rehearse("Day,Source,Sessions,Users,New users\n2026-05-01,Google Analytics,40,30,20\n")
    imports.write(days)
    assert rows(workspace, "site_day", "day_on, source, channel, sessions") == [
        ("2026-05-01", "analytics", "all", 40)
    ]
    imports.write(rehearse("Handle\n@ana\n"))
    imports.write(rehearse("Account,Measured on,Followers\n@ana,2026-05-01,1200\n@ana,2026-05-02,1300\n"))
    assert rows(workspace, "account_metrics", "measured_on, followers") == [
        ("2026-05-01", 1200),
        ("2026-05-02", 1300),
    ]


def test_the_json_of_a_file_is_the_contract(rehearse: Rehearse) -> None:
    found = rehearse(LIST + "bad handle,x,1,\n@dd,Di,few,\n").as_json()
    assert found["recognised"] == {"kind": "creators", "because": ["Handle", "Name", "Followers", "Email"]}
    assert (found["created"], found["rejected"]) == (3, 1)
    problems = found["problems"]
    assert isinstance(problems, list)
    assert [set(p) for p in problems] == [{"line", "column", "value", "reason"}] * 2
    assert [p["line"] for p in problems] == [4, 5]


def test_any_record_can_be_imported_by_its_description(workspace: Workspace, rehearse: Rehearse) -> None:
    imports.write(rehearse(LIST))
    campaigns = (
        "Name,Budget,Start date,Goal\nSpring,€1.250,2026-03-01,Sales\nSummer,900,2026-06-01,Awareness\n"
    )
    result = imports.write(rehearse(campaigns, name="plan.csv", shape="campaign"))
    assert result.counts["created"] == 2
    assert rows(workspace, "campaign", "name, budget, starts_on, goal") == [
        ("Spring", 125_000, "2026-03-01", "sales"),
        ("Summer", 90_000, "2026-06-01", "awareness"),
    ]
    text = "Creator,Campaign,Fee,Status\n@ana,Spring,100,Agreed\n@bo,Winter,5,\n@bo,Summer,,Invited\n"
    rehearsal = rehearse(text, name="who.csv", shape="collaboration")
    assert [v.reason for v in rehearsal.verdicts(actions=[Action.ERROR])] == [
        "There is no campaign “Winter”; import or add it first."
    ]
    imports.write(rehearsal)
    assert rows(workspace, "collaboration", "creator, campaign, fee, status") == [
        (1, 1, 10_000, "agreed"),
        (2, 2, None, "invited"),
    ]
    again = rehearse(text.replace("100", "120"), name="who.csv", shape="collaboration")
    assert (again.counts["created"], again.counts["updated"], again.counts["unchanged"]) == (0, 1, 1)


def test_a_shape_there_is_none_of_is_refused(rehearse: Rehearse) -> None:
    with pytest.raises(UserError, match="no kind of list"):
        rehearse(LIST, shape="spaceship")


def test_a_text_that_a_spreadsheet_could_run_comes_back_as_it_was(
    workspace: Workspace, rehearse: Rehearse
) -> None:
    imports.write(rehearse("Handle,Name,Notes\n@ana,Ana,'=1+1\n@bo,Bo,''quoted\n@cy,Cy,'plain\n"))
    assert rows(workspace, "creator", "notes") == [("=1+1",), ("'quoted",), ("'plain",)]


def test_typed_cells_of_a_workbook_keep_their_meaning(workspace: Workspace, tmp_path: Path) -> None:
    from datetime import date

    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["TikTok handle", "Name", "Followers", "Engagement rate", "As of", "ID", "Opted out", "Notes"],
        ["ana", "Ana", 12_000.0, 0.046, date(2026, 3, 1), 721044830112, True, "'=1+1"],
        ["bo", 1984, 3_000_000, 0.01, date(2026, 3, 2), "0042", False, None],
    ):
        sheet.append(row)
    path = tmp_path / "list.xlsx"
    book.save(path)
    found = imports.recognise(path, workspace.catalogue)
    imports.write(imports.rehearse(workspace.store, found, imports.propose(workspace.store, found)))
    assert rows(workspace, "creator", "name, followers, engagement, external_id, opted_out, notes") == [
        ("Ana", 12_000, 46_000, "721044830112", 1, "'=1+1"),
        ("1984", 3_000_000, 10_000, "0042", 0, None),
    ]
    assert rows(workspace, "account_metrics", "measured_on") == [("2026-03-01",), ("2026-03-02",)]


def test_ids_of_many_digits_are_kept_digit_for_digit(workspace: Workspace, rehearse: Rehearse) -> None:
    imports.write(rehearse("ID,Name,Phone\n583870900000000001\t,Ana,'+4915123456789\n'0042,Bo,\n"))
    assert rows(workspace, "creator", "external_id, phone") == [
        ("583870900000000001", "+4915123456789"),
        ("0042", None),
    ]


def test_a_person_may_insist_that_a_list_is_of_creators(workspace: Workspace, rehearse: Rehearse) -> None:
    text = "Record ID,Company name,Email\n1,Ana Diaz,ana@x.com\n"
    assert rehearse(text).plan is None
    assert rehearse(text, shape="creators").counts["created"] == 1


def test_the_number_of_questions_to_the_workspace_does_not_grow_with_the_list(
    workspace: Workspace, rehearse: Rehearse, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [f"@c{n},Name {n},{n},c{n}@x.com,{n}" for n in range(300)]
    head = "Handle,Name,Followers,Email,ID\n"
    imports.write(rehearse(head + "\n".join(lines)))
    asked: list[str] = []
    read = workspace.store.read_raw

    @contextmanager
    def listening() -> Iterator[Any]:
        with read() as raw:
            raw.set_trace_callback(asked.append)
            yield raw
            raw.set_trace_callback(None)

    monkeypatch.setattr(workspace.store, "read_raw", listening)
    counts = []
    for size in (3, 300):
        asked.clear()
        changed = "\n".join(line.replace("Name", "Other") for line in lines[:size])
        assert rehearse(head + changed, name=f"tiktok {size}.csv").counts["updated"] == size
        counts.append(len(asked))
    assert counts[0] == counts[1] < 30


def test_a_list_that_names_nobody_is_refused_in_one_sentence(
    workspace: Workspace, rehearse: Rehearse
) -> None:
    rehearsal = rehearse("City,Zip,Street\nBonn,53111,Weg 1\n")
    assert rehearsal.plan is None
    assert "name nobody" in rehearsal.sentence
    assert imports.write(rehearsal).change_set is None


def test_a_new_field_never_takes_the_name_of_one_in_the_trash(
    workspace: Workspace, rehearse: Rehearse
) -> None:
    workspace.add_custom_field("creator", "Shoe size", "text")
    creator = workspace.add("creator", {"name": "Ana", "shoe_size": "old"})
    workspace.remove_custom_field("creator", "shoe_size")
    text = "Name,Email,Shoe size\nBo,bo@x.com,38\n"
    imports.write(rehearse(text, mapping_file={"Name": "creator.name", "Email": "creator.email",
                                               "Shoe size": "creator.+text"}))  # fmt: skip
    [field] = workspace.custom_fields("creator")
    assert field.name == "shoe_size_2"
    assert workspace.rows("creator", [creator])[0].custom.get("shoe_size_2") is None


def test_an_address_that_is_no_public_one_is_kept(workspace: Workspace, rehearse: Rehearse) -> None:
    imports.write(rehearse("Name,Email\nAna,Ana@Studio.test\nBo,bo@mail.local\n"))
    found = workspace.rows("creator", [1, 2])
    assert [row.email for row in found] == ["Ana@studio.test", "bo@mail.local"]
