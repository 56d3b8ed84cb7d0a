"""The team's workbook by command."""

from __future__ import annotations

from pathlib import Path

from command_line import Cli
from workbooks import values_of


def test_a_workbook_is_written_and_told_of(cli: Cli, tmp_path: Path) -> None:
    assert cli("add", "creator", "name=Ana", "email=ana@example.com").status == 0
    answer = cli("export", "workbook", tmp_path / "team.xlsx", "--json")
    assert (answer.status, answer.err) == (0, "")
    assert answer.json["file"] == str(tmp_path / "team.xlsx") and answer.json["redacted"] is False
    assert answer.json["rows"]["creator"] == 1 and answer.json["rows"]["shipment"] == 0
    assert [row["E-mail"] for row in values_of(tmp_path / "team.xlsx", "Creators")] == ["ana@example.com"]


def test_a_workbook_may_leave_out_personal_data_and_kinds_of_records(cli: Cli, tmp_path: Path) -> None:
    cli("add", "creator", "name=Ana", "email=ana@example.com")
    answer = cli("export", "workbook", tmp_path / "team.xlsx", "--redacted", "--records", "creators,parcels")
    assert answer.status == 0
    assert "1 row on 2 sheets is in" in answer.out and "Personal data is left out" in answer.out
    [row] = values_of(tmp_path / "team.xlsx", "Creators")
    assert "E-mail" not in row and row["Stage"] == "Prospect"


def test_a_workbook_of_one_campaign_holds_what_belongs_to_it(cli: Cli, tmp_path: Path) -> None:
    cli("add", "campaign", "name=Spring")
    cli("add", "campaign", "name=Autumn")
    answer = cli("export", "workbook", tmp_path / "team.xlsx", "--campaign", "Spring", "--json")
    assert answer.json["rows"]["campaign"] == 1 and "template" not in answer.json["rows"]


def test_options_of_lists_and_of_workbooks_are_not_taken_for_each_other(cli: Cli, tmp_path: Path) -> None:
    cli("add", "creator", "name=Ana")
    assert cli("export", "workbook", tmp_path / "a.xlsx", "--where", "name is set").status == 2
    assert cli("export", "creator", tmp_path / "a.xlsx", "--redacted").status == 2
    refused = cli("export", "workbook", tmp_path / "a.csv")
    assert refused.status == 1 and "ends in .xlsx" in refused.err
    assert list(tmp_path.glob("a.*")) == []
