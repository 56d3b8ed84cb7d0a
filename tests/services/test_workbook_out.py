"""The team's workbook of a real workspace: everything in it, or only what was asked for."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from small_brand import small_brand
from workbooks import saved_by_libreoffice, values_of, with_libreoffice

from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Kind
from creator_crm.exchange.workbook.layout import GONE_SHEET, LISTS_SHEET, ORIGIN_SHEET, Origin
from creator_crm.exchange.workbook.origin import line_in, origin_from
from creator_crm.services.sample import make_sample
from creator_crm.services.workbook_out import export_workbook
from creator_crm.services.workspace import Workspace
from creator_crm.store import copies


def texts_of(path: Path) -> str:
    """All that stands anywhere in the file."""
    with ZipFile(path) as package:
        return "".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


def rows_of(path: Path, title: str) -> list[tuple[str, ...]]:
    sheet = load_workbook(path)[title]
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=2)]


def origin_of(path: Path) -> Origin:
    rows = [(key, text) for key, text in rows_of(path, ORIGIN_SHEET)]
    found = origin_from(line_in(rows) or "", rows)
    assert found is not None
    return found


def test_every_kind_of_record_has_its_sheet_in_their_order_also_an_empty_one(
    workspace: Workspace, tmp_path: Path
) -> None:
    small_brand(workspace)
    written = export_workbook(workspace, tmp_path / "team.xlsx")
    book = load_workbook(tmp_path / "team.xlsx")
    shown = [sheet.title for sheet in book if sheet.sheet_state == "visible"]
    assert shown == ["Summary", "Read me", *(d.plural for d in workspace.catalogue.public)]
    assert book["Variants"].max_row == 1 and written.rows["variant"] == 0
    assert written.rows["creator"] == 3 and written.left_out == ()


def test_every_stored_field_but_folded_keys_comes_along(workspace: Workspace, tmp_path: Path) -> None:
    workspace.add_custom_field("creator", "Skin type", Kind.TEXT)
    export_workbook(workspace, tmp_path / "team.xlsx")
    plans = {plan.record: dict(plan.columns) for plan in origin_of(tmp_path / "team.xlsx").sheets}
    for description in workspace.catalogue.public:
        expected = {f.name for f in description.fields if f.stored and not f.folds}
        assert set(plans[description.name]) == expected
    assert "Skin type" in plans["creator"].values()
    book = load_workbook(tmp_path / "team.xlsx")
    letters = {cell.value: cell.column_letter for cell in book["Brief versions"][1]}
    assert book["Brief versions"].column_dimensions[letters["Content"]].hidden


def test_the_origin_tells_which_copy_wrote_it_and_what_it_knew(workspace: Workspace, tmp_path: Path) -> None:
    workspace.add("creator", {"name": "Ana"})
    export_workbook(workspace, tmp_path / "team.xlsx")
    origin = origin_of(tmp_path / "team.xlsx")
    with workspace.store.read_raw() as raw:
        assert (origin.copy, origin.seen) == (copies.this_copy(raw), copies.seen(raw))
    assert origin.whole and not origin.redacted


def test_what_is_archived_comes_along_and_what_is_in_the_trash_is_named_by_its_id(
    workspace: Workspace, tmp_path: Path
) -> None:
    ana, bea = (workspace.add("creator", {"name": name}) for name in ("Ana", "Bea"))
    workspace.archive("creator", [ana])
    workspace.trash("creator", [bea])
    export_workbook(workspace, tmp_path / "team.xlsx")
    assert [row["Name"] for row in values_of(tmp_path / "team.xlsx", "Creators")] == ["Ana"]
    uid = workspace.uids("creator", [bea])[bea]
    assert rows_of(tmp_path / "team.xlsx", GONE_SHEET) == [("creator", uid)]
    assert "Bea" not in texts_of(tmp_path / "team.xlsx")


def test_rows_name_each_other_by_what_they_are_called(workspace: Workspace, tmp_path: Path) -> None:
    first, second = (workspace.add("creator", {"name": "Ana"}) for _ in range(2))
    workspace.add("shipment", {"creator": second, "number": "P-1"})
    export_workbook(workspace, tmp_path / "team.xlsx")
    uids = workspace.uids("creator", [first, second])
    [parcel] = values_of(tmp_path / "team.xlsx", "Parcels")
    assert parcel["Creator"] == f"Ana · cr_{uids[second]}"
    lists = values_of(tmp_path / "team.xlsx", LISTS_SHEET)
    listed = {row["creator id"]: row["creator"] for row in lists if row["creator"]}
    assert listed == {f"cr_{uid}": f"Ana · cr_{uid}" for uid in uids.values()}


def test_a_choice_that_shows_late_by_itself_is_written_as_it_was_chosen(
    workspace: Workspace, tmp_path: Path
) -> None:
    creator = workspace.add("creator", {"name": "Ana"})
    workspace.add("deliverable", {"creator": creator, "status": "planned", "due_on": "2020-01-01"})
    export_workbook(workspace, tmp_path / "team.xlsx")
    assert [row["Status"] for row in values_of(tmp_path / "team.xlsx", "Pieces of content")] == ["Planned"]


def test_a_redacted_workbook_holds_no_personal_data_anywhere(workspace: Workspace, tmp_path: Path) -> None:
    brand = small_brand(workspace)
    workspace.edit("creator", {brand.ana: {"name": "Xanthippe", "email": "xanthippe@example.com"}})
    workspace.add("address", {"creator": brand.ana, "street": "Xanthippe Street 1"})
    written = export_workbook(workspace, tmp_path / "team.xlsx", redacted=True)
    assert "anthippe" not in texts_of(tmp_path / "team.xlsx").casefold()
    origin = origin_of(tmp_path / "team.xlsx")
    assert origin.redacted and not origin.whole
    assert "Personal data is left out" in " ".join(written.left_out)
    personal = {f.name for f in workspace.catalogue["creator"].fields if f.personal}
    assert personal.isdisjoint(dict(next(p.columns for p in origin.sheets if p.record == "creator")))
    uid = workspace.uids("creator", [brand.ana])[brand.ana]
    assert f"cr_{uid}" in {row["Creator"] for row in values_of(tmp_path / "team.xlsx", "Parcels")}


def test_a_campaign_s_workbook_tells_nothing_of_those_outside_it(
    workspace: Workspace, tmp_path: Path
) -> None:
    brand = small_brand(workspace)
    other = workspace.add("campaign", {"name": "Autumn"})
    dora = workspace.add("creator", {"name": "Dora"})
    workspace.add("shipment", {"creator": dora, "campaign": other, "number": "P-9"})
    written = export_workbook(workspace, tmp_path / "team.xlsx", campaign=brand.campaign)
    assert [row["Name"] for row in values_of(tmp_path / "team.xlsx", "Campaigns")] == ["Spring"]
    everything = texts_of(tmp_path / "team.xlsx")
    assert "Dora" not in everything and "Autumn" not in everything and "Bea" in everything
    assert not origin_of(tmp_path / "team.xlsx").whole
    assert "“Spring”" in written.left_out[0] and "template" not in written.rows


def test_chosen_records_alone_are_written_and_unknown_ones_refused(
    workspace: Workspace, tmp_path: Path
) -> None:
    small_brand(workspace)
    written = export_workbook(workspace, tmp_path / "team.xlsx", records=["shipment", "creator"])
    assert list(written.rows) == ["creator", "shipment"]
    assert not origin_of(tmp_path / "team.xlsx").whole
    for unknown in ("parrot", "setting"):
        with pytest.raises(UserError, match=f"no records called “{unknown}”"):
            export_workbook(workspace, tmp_path / "other.xlsx", records=[unknown])
    assert not (tmp_path / "other.xlsx").exists()


def test_progress_is_told_and_an_error_in_it_leaves_nothing(workspace: Workspace, tmp_path: Path) -> None:
    small_brand(workspace)
    told: list[tuple[int, int]] = []
    export_workbook(workspace, tmp_path / "team.xlsx", progress=lambda *at: told.append(at))
    assert told[0][0] == 0 and told == sorted(told) and told[-1][0] < told[-1][1]

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_workbook(workspace, tmp_path / "half.xlsx", progress=stop)
    assert not list(tmp_path.glob("*half*")) and not list(tmp_path.glob(".~crm*"))


def summary_of(path: Path) -> dict[str, object]:
    """What the cells of the summary show to a reader that works out nothing."""
    book = load_workbook(path, data_only=True, read_only=True)
    cells = [cell for row in book["Summary"].iter_rows() for cell in row if cell.value is not None]
    book.close()
    return {
        cell.coordinate: round(cell.value, 6) if isinstance(cell.value, float) else cell.value
        for cell in cells
    }


def test_the_summary_shows_its_figures_to_who_works_out_nothing(workspace: Workspace, tmp_path: Path) -> None:
    small_brand(workspace)
    export_workbook(workspace, tmp_path / "team.xlsx")
    shown = summary_of(tmp_path / "team.xlsx")
    lines = [line for line in range(1, 200) if f"B{line}" in shown]
    told = {shown[f"A{line}"]: shown[f"B{line}"] for line in lines if f"A{line}" in shown}
    assert (told["Creators"], told["Parcels"], told["Prospect"]) == (3, 3, 3)
    assert (told["Parcels delivered"], told["Lost"]) == (2, 1)
    assert (told["Sales"], told["Paid back"]) == (3, 45)
    assert told["Spring"] == 1  # creators in the campaign


@pytest.mark.long
@with_libreoffice
def test_what_the_summary_shows_is_what_its_formulas_come_to(tmp_path: Path) -> None:
    make_sample(tmp_path / "brand.creatorcrm")
    with Workspace.open(tmp_path / "brand.creatorcrm") as brand:
        export_workbook(brand, tmp_path / "team.xlsx")
    formulas = load_workbook(tmp_path / "team.xlsx")
    formulas.save(tmp_path / "formulas.xlsx")  # without their results
    told = summary_of(tmp_path / "team.xlsx")
    assert summary_of(tmp_path / "formulas.xlsx").keys() < told.keys()
    worked_out = summary_of(saved_by_libreoffice(tmp_path / "formulas.xlsx"))
    assert len(worked_out) > 150
    assert worked_out == told


def test_the_summary_draws_native_charts(workspace: Workspace, tmp_path: Path) -> None:
    small_brand(workspace)
    export_workbook(workspace, tmp_path / "team.xlsx")
    with ZipFile(tmp_path / "team.xlsx") as package:
        charts = [name for name in package.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 7
    export_workbook(workspace, tmp_path / "some.xlsx", records=["tag"])
    assert load_workbook(tmp_path / "some.xlsx")["Summary"]["A1"].value == "brand"


def test_what_is_written_meanwhile_is_not_in_it(workspace: Workspace, tmp_path: Path) -> None:
    workspace.add("creator", {"name": "Ana"})
    with workspace.store.read_raw() as raw:
        before = copies.seen(raw)
    export_workbook(
        workspace, tmp_path / "team.xlsx", progress=lambda *_: workspace.add("creator", {"name": "Bea"})
    )
    assert [row["Name"] for row in values_of(tmp_path / "team.xlsx", "Creators")] == ["Ana"]
    assert origin_of(tmp_path / "team.xlsx").seen == before


def test_a_workspace_of_any_name_has_a_workbook(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "=1+1 \x07 brand.creatorcrm") as odd:
        export_workbook(odd, tmp_path / "team.xlsx")
    cell = load_workbook(tmp_path / "team.xlsx")["Summary"]["A1"]
    assert (cell.value, cell.data_type) == ("=1+1 \ufffd brand", "s")
