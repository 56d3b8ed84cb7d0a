"""What LibreOffice does to a workbook on saving is no change: the whole sample brand, and what is awkward."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from edited import Edited, exported, found, taken
from restructured import ALONE, BY_THEMSELVES, rearrange, structured
from typed_in_libreoffice import cell, typed
from workbooks import AWKWARD, INJECTIONS, all_saved_by_libreoffice, with_libreoffice

from creator_crm.services.sample import make_sample
from creator_crm.services.workspace import Workspace

WAYS = {
    "xlsx": "saved as xlsx/{}.xlsx",
    "ods": "saved as ods/{}.ods",
    "xlsx by way of ods": "saved as ods/saved as xlsx/{}.xlsx",
}

pytestmark = [pytest.mark.long, with_libreoffice]


def awkward(path: Path) -> None:
    """Every awkward text in two kinds of field, and what is awkward in amounts and days."""
    with Workspace.create(path) as workspace:
        for number, text in enumerate((*AWKWARD, *INJECTIONS)):
            workspace.add("creator", {"name": f"n{number}", "notes": text.strip(), "source": text.strip()})
        money = {"currency": "JPY", "price": 1_234_567, "cost": 3}
        workspace.add("product", {"name": "Yen", "sku": "00999", "weight": 10**12, **money})
        workspace.add("product", {"name": "Bill", "sku": "1E05", "currency": "USD", "price": 10**15 + 7})
        workspace.add("campaign", {"name": "2026-11-22", "starts_on": "1900-01-05", "ends_on": "9999-12-31"})
        workspace.add("campaign", {"name": "TRUE", "starts_on": "1850-01-05"})
        workspace.add("message", {"creator": 1, "sent_at": "2026-01-01T23:59:59Z", "body": "a\n\nb"})


def without_formulas(path: Path) -> None:
    """Leave only the results of the summary: LibreOffice works it out at every opening, for seconds."""
    with ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, re.sub(rb"<f>[^<]*1048576[^<]*</f>", b"", content))


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of workspaces, their workbooks, and those workbooks as LibreOffice saved them."""
    folder = tmp_path_factory.mktemp("saved")
    makers = {"sample brand": make_sample, "awkward": awkward, "structured": structured}
    for name, make in makers.items():
        make(folder / f"{name}.creatorcrm")
        with Workspace.open(folder / f"{name}.creatorcrm") as workspace:
            exported(workspace, folder / f"{name}.xlsx")
    books = [folder / f"{name}.xlsx" for name in makers]
    rearrange(folder / "structured.xlsx", [name for name in ALONE if name not in BY_THEMSELVES])
    for name in ("awkward", "structured"):  # those of the summary go through it with the sample brand
        without_formulas(folder / f"{name}.xlsx")
    all_saved_by_libreoffice(books)
    all_saved_by_libreoffice(all_saved_by_libreoffice(books, "ods"))
    return folder


@pytest.mark.timeout(400)  # nine files go through LibreOffice before the first one is looked at
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", ["sample brand", "awkward", "structured"])
def test_what_libreoffice_does_on_saving_is_no_change(saved: Path, name: str, way: str) -> None:
    """What was written survives, also texts such as `_x005F_x0041_`, which spell a sign as Excel does.

    LibreOffice 7.4 reads them right and saves them without the layer that makes them texts again, so the file
    no longer tells `_x005F_x0041_` from `_x0041_`, nor `_x005F_x005F_` from `_x005F_`; no way of writing them
    helps. They survive because it is known what was written there. One that somebody types in LibreOffice, or
    in a row that is not here any more, comes without that layer. Nothing is lost by way of ODS alone.
    """
    with Workspace.open(saved / f"{name}.creatorcrm") as workspace:
        review = workspace.review_workbook(saved / WAYS[way].format(name))
    assert (found(review), review.new_columns) == ({}, ())
    if name != "structured":
        assert review.left == ()


def test_what_is_typed_in_libreoffice_arrives_as_exactly_that(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "brand.creatorcrm") as workspace:
        for name in ("Ana", "Bea", "Cho"):
            workspace.add("creator", {"name": name})
        workspace.add("product", {"name": "Serum", "sku": "S1", "currency": "EUR"})
        book = exported(workspace, tmp_path / "team.xlsx")
        their = Edited(book)
        notes, name = their.column("Creators", "Notes"), their.column("Creators", "Name")
        sku, price = their.column("Products", "SKU"), their.column("Products", "Price")
        steps = [
            cell("Creators", notes, 2, "00999"),
            cell("Creators", notes, 3, "7300712345678901234567"),
            cell("Creators", notes, 4, "3/4"),
            cell("Creators", name, 5, "Deniz"),
            cell("Products", sku, 2, "1E05"),
            cell("Products", price, 2, "12.5"),
            'book.Sheets.getByName("Creators").Rows.insertByIndex(2, 1)',
        ]
        review = workspace.review_workbook(typed(book, tmp_path / "typed.xlsx", steps))
    assert taken(review) == {
        ("Ana", "notes"): "00999",
        ("Bea", "notes"): "7300712345678901234567",
        ("Cho", "notes"): "3/4",
        ("Serum", "sku"): "1E05",
        ("Serum", "price"): 12_50,
    }
    assert found(review) == {"creator": {"taken": 3, "new": 1}, "product": {"taken": 2}}
