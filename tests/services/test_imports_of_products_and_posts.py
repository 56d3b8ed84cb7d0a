"""Product lists and lists of posts: what they say is written to the rows they are about."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from stored import rows

from creator_crm.services import imports
from creator_crm.services.imports import Rehearsal
from creator_crm.services.workspace import Workspace

Rehearse = Callable[..., Rehearsal]


@pytest.fixture
def creator(workspace: Workspace) -> int:
    return workspace.add("creator", {"name": "Jade Park"})


def taken(workspace: Workspace, path: Path, folder: Path) -> Rehearsal:
    copy = Path(shutil.copy(path, folder / path.name))
    found = imports.recognise(copy, workspace.catalogue)
    return imports.rehearse(workspace.store, found, imports.propose(workspace.store, found))


# Products --------------------------------------------------------------------------------------------------

SHOPIFY = "Handle,Title,Body (HTML),Vendor,Type,Tags,Option1 Name,Option1 Value,Variant SKU,Variant Grams,"
SHOPIFY += "Variant Inventory Qty,Variant Price,Variant Barcode,Image Src,Cost per item\n"


def test_products_of_a_shop_come_in_by_sku(workspace: Workspace, rehearse: Rehearse) -> None:
    text = (
        SHOPIFY
        + "serum,Serum,<p>,Me,Face,new,Size,30 ml,S-30,120,7,24.00,4006381333931,https://x.com/s.png,6.10\n"
    )
    imports.write(rehearse(text, name="products.csv"))
    columns = "name, sku, category, price, cost, weight, barcode"
    assert rows(workspace, "product", columns) == [("Serum", "S-30", "Face", 2400, 610, 120, "4006381333931")]
    again = rehearse(text.replace("24.00", "26.00"), name="later.csv")
    assert (again.counts["created"], again.counts["updated"]) == (0, 1)


def test_variants_of_a_product_carry_its_name(workspace: Workspace, rehearse: Rehearse) -> None:
    text = (
        SHOPIFY
        + "serum,Serum,,,Face,,Size,30 ml,S-30,120,7,24.00,,,\nserum,,,,,,,50 ml,S-50,180,3,34.00,,,\n"
    )
    text += "serum,,,,,,,,,,,,,https://x.com/2.png,\n"
    rehearsal = rehearse(text, name="products.csv")
    imports.write(rehearsal)
    assert rows(workspace, "product", "name, sku, price") == [
        ("Serum, 30 ml", "S-30", 2400),
        ("Serum, 50 ml", "S-50", 3400),
    ]


def test_any_list_of_skus_is_a_list_of_products(workspace: Workspace, rehearse: Rehearse) -> None:
    rehearsal = rehearse("SKU,Product name,Price,Cost\nS-1,Serum,24,6\n", name="list.csv")
    assert rehearsal.proposal.shape == "product"
    imports.write(rehearsal)
    assert rows(workspace, "product", "sku, name, price, cost") == [("S-1", "Serum", 2400, 600)]


# Posts -----------------------------------------------------------------------------------------------------


def test_a_list_of_videos_brings_figures_to_the_posts_by_their_links(
    workspace: Workspace, rehearse: Rehearse, shared_data: Path, tmp_path: Path
) -> None:
    imports.write(rehearse("Handle\n@vivante\n"))
    workspace.add("deliverable", {"creator": 1, "name": "Hifu", "post_id": "7300000000000000002"})
    path = shared_data / "B_shop" / "tiktok_studio_videos_en.csv"
    rehearsal = taken(workspace, path, tmp_path)
    assert (rehearsal.counts["created"], rehearsal.counts["updated"]) == (1, 1)
    imports.write(rehearsal)
    assert rows(workspace, "deliverable", "name, post_id, status, live_on, views") == [
        ("Hifu", "7300000000000000002", "live", "2026-09-08", 3200),
        ("Criolipólisis: antes y después 😍", "7300000000000000001", "live", "2026-09-10", 15_400),
    ]
    figures = sorted(rows(workspace, "post_metrics", "views, likes, comments, shares, reach, watch_seconds"))
    assert figures == [(3200, 120, 5, 8, None, 4.1), (15_400, 820, 44, 63, 12_100, 6.8)]
    assert imports.write(taken(workspace, path, tmp_path)).change_set is None


def test_posts_of_somebody_unknown_are_refused_by_name(
    workspace: Workspace, shared_data: Path, tmp_path: Path
) -> None:
    rehearsal = taken(workspace, shared_data / "B_shop" / "tiktok_studio_videos_en.csv", tmp_path)
    assert rehearsal.counts["rejected"] == 2
    assert rehearsal.problems[0].reason == "There is no creator “@vivante”; import or add it first."


# Any record ------------------------------------------------------------------------------------------------


def test_any_record_comes_in_by_its_kind(workspace: Workspace, rehearse: Rehearse, creator: int) -> None:
    text = "Creator,Kind,Amount,Currency,Due on\nJade Park,Fee,120.50,USD,2026-05-01\n"
    imports.write(rehearse(text, name="list.csv", shape="payment"))
    assert rows(workspace, "payment", "creator, kind, amount, currency, due_on") == [
        (creator, "fee", 12_050, "USD", "2026-05-01")
    ]


def test_parts_come_in_by_their_kind_too(workspace: Workspace, rehearse: Rehearse) -> None:
    workspace.add("order", {"number": "#1", "shop": "shopify"})
    text = "Order,Line,Article,Quantity\n#1,1,Serum,2\n"
    imports.write(rehearse(text, name="list.csv", shape="order_line"))
    assert rows(workspace, "order_line", '"order", line, name, quantity') == [(1, "1", "Serum", 2)]
