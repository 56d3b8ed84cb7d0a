"""What LibreOffice does to a workbook on saving is no change: the whole sample brand, and what is awkward."""

from __future__ import annotations

from pathlib import Path

from edited import exported, found
from workbooks import AWKWARD, INJECTIONS, SPELLED, saved_by_libreoffice, with_libreoffice

from creator_crm.services.sample import make_sample
from creator_crm.services.workspace import Workspace


@with_libreoffice
def test_the_sample_brand_saved_by_libreoffice_has_no_change(tmp_path: Path) -> None:
    path = tmp_path / "brand.creatorcrm"
    make_sample(path)
    with Workspace.open(path) as workspace:
        book = saved_by_libreoffice(exported(workspace, tmp_path / "team.xlsx"))
        review = workspace.review_workbook(book)
    assert (found(review), review.left, review.new_columns) == ({}, (), ())


@with_libreoffice
def test_awkward_values_in_every_kind_of_field_survive_libreoffice(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "brand.creatorcrm") as workspace:
        texts = [text for text in (*AWKWARD, *INJECTIONS) if text not in SPELLED]
        for number, text in enumerate(texts):
            workspace.add("creator", {"name": f"n{number}", "notes": text.strip(), "source": text.strip()})
        money = {"currency": "JPY", "price": 1_234_567, "cost": 3}
        workspace.add("product", {"name": "Yen", "sku": "00999", "weight": 10**12, **money})
        workspace.add("product", {"name": "Bill", "sku": "1E05", "currency": "USD", "price": 10**15 + 7})
        workspace.add("campaign", {"name": "2026-11-22", "starts_on": "1900-01-05", "ends_on": "9999-12-31"})
        workspace.add("campaign", {"name": "TRUE", "starts_on": "1850-01-05"})
        workspace.add("message", {"creator": 1, "sent_at": "2026-01-01T23:59:59Z", "body": "a\n\nb"})
        book = saved_by_libreoffice(exported(workspace, tmp_path / "team.xlsx"))
        review = workspace.review_workbook(book)
    assert (found(review), review.left) == ({}, ())
