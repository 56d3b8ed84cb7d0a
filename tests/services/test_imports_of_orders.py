"""Order exports of shops: each order once, whatever number of lines it has, and the same file twice."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from stored import one, rows

from creator_crm.domain.normal import Reading
from creator_crm.services import imports
from creator_crm.services.imports import Action, Rehearsal
from creator_crm.services.workspace import Workspace

Rehearse = Callable[..., Rehearsal]


@pytest.fixture
def take(workspace: Workspace, tmp_path: Path) -> Callable[[Path], Rehearsal]:
    """Rehearses the import of a file that is there, without a hand-made mapping."""

    def taken(path: Path) -> Rehearsal:
        copy = tmp_path / path.name
        if path != copy:
            shutil.copy(path, copy)
        found = imports.recognise(copy, workspace.catalogue)
        return imports.rehearse(workspace.store, found, imports.propose(workspace.store, found))

    return taken


SHOPIFY = "Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Subtotal,Shipping,Total,"
SHOPIFY += "Discount Code,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,"
SHOPIFY += "Lineitem sku,Cancelled at,Refunded Amount\n"
FIRST = "#1,ann@x.com,paid,2026-03-01 10:00:00 +0100,fulfilled,EUR,30.00,5.00,35.00,ANA10,3.00,"
FIRST += "2026-03-01 00:30:00 +0200,2,Serum,12.00,S-1,,0.00\n"
FIRST += "#1,,,,,,,,,,,2026-03-01 00:30:00 +0200,1,Balm,9.00,B-1,,\n"


# Shopify ---------------------------------------------------------------------------------------------------


def test_a_shopify_export_of_40_lines_is_19_orders(
    workspace: Workspace, shared_data: Path, take: Callable[[Path], Rehearsal]
) -> None:
    path = shared_data / "B_shop" / "shopify_orders_export_devstore.csv"
    rehearsal = take(path)
    assert rehearsal.recognition.kind == "shopify_orders"
    assert imports.write(rehearsal).counts["created"] == 19
    assert len(rows(workspace, "order_line", "id")) == 40
    orders = rows(workspace, "order", "number, total, lines, ordered_on, ordered_at, status, shop, currency")
    assert orders[0] == (
        "#1001", 165_995, 4, "2025-05-11", "2025-05-11T13:55:16Z", "shipped", "shopify", "EUR",
    )  # fmt: skip
    # The sum of the column Total, which stands only on the first line of each order.
    assert sum(total for _, total, *_ in orders) == 1_408_904
    assert {number: status for number, *_, status, _, _ in orders}["#1013"] == "unpaid"


@pytest.mark.parametrize(
    ("name", "orders"), [("shopify_orders_export_devstore.csv", 19), ("shopify_orders_min_multiline.csv", 8)]
)
def test_the_same_orders_again_change_nothing(
    workspace: Workspace, shared_data: Path, take: Callable[[Path], Rehearsal], name: str, orders: int
) -> None:
    imports.write(take(shared_data / "B_shop" / name))
    again = take(shared_data / "B_shop" / name)
    assert again.counts["unchanged"] == orders
    assert again.writes_nothing
    assert imports.write(again).change_set is None
    assert len(workspace.change_sets()) == 1


def test_the_same_orders_in_another_file_change_nothing_either(
    workspace: Workspace, rehearse: Rehearse
) -> None:
    imports.write(rehearse(SHOPIFY + FIRST, name="march.csv"))
    again = rehearse(SHOPIFY + FIRST + FIRST.replace("#1", "#2"), name="april.csv")
    assert (again.counts["created"], again.counts["unchanged"]) == (1, 1)


def test_order_cells_on_the_first_line_count_for_the_whole_order(
    workspace: Workspace, rehearse: Rehearse
) -> None:
    imports.write(rehearse(SHOPIFY + FIRST))
    order = one(
        workspace, "order", "subtotal, shipping, discount, total, code_text, lines, pieces, ordered_at"
    )
    assert order == (3000, 500, 300, 3500, "ANA10", 2, 3, "2026-02-28T22:30:00Z")
    assert rows(workspace, "order_line", "line, name, sku, quantity, unit_price, total") == [
        ("1", "Serum", "S-1", 2, 1200, 2400),
        ("2", "Balm", "B-1", 1, 900, 900),
    ]


def test_the_lines_of_an_order_count_in_its_currency(workspace: Workspace, rehearse: Rehearse) -> None:
    imports.write(rehearse(SHOPIFY + FIRST.replace("EUR", "JPY").replace(".00", "")))
    assert rows(workspace, "order_line", "currency, unit_price") == [("JPY", 12), ("JPY", 9)]


def test_a_known_code_gives_the_order_to_its_creator(workspace: Workspace, rehearse: Rehearse) -> None:
    creator = workspace.add("creator", {"name": "Ana"})
    workspace.add("code", {"code": "Ana10", "creator": creator})
    imports.write(rehearse(SHOPIFY + FIRST + FIRST.replace("#1", "#2").replace("ANA10", "WHO5")))
    assert rows(workspace, "order", "code_text, code, creator") == [
        ("ANA10", 1, creator),
        ("WHO5", None, None),
    ]


def test_a_code_that_was_made_later_is_found_by_the_next_export(
    workspace: Workspace, rehearse: Rehearse
) -> None:
    imports.write(rehearse(SHOPIFY + FIRST, name="march.csv"))
    creator = workspace.add("creator", {"name": "Ana"})
    workspace.add("code", {"code": "ANA10", "creator": creator})
    imports.write(rehearse(SHOPIFY + FIRST + FIRST.replace("#1", "#2"), name="april.csv"))
    assert rows(workspace, "order", "code, creator") == [(1, creator), (1, creator)]


def test_a_code_with_a_blank_in_it_is_one_code(
    workspace: Workspace, shared_data: Path, take: Callable[[Path], Rehearsal]
) -> None:
    workspace.add("code", {"code": "Free Bag"})
    imports.write(take(shared_data / "B_shop" / "discount_orders_report.csv"))
    assert rows(workspace, "order", "number, code_text, code, status, total") == [
        ("1041", "SATHYA10", None, "completed", 53_910),
        ("1042", "PINKY30", None, "shipped", 149_900),
        ("1043", "PINKY30", None, "refunded", 149_900),
        ("1044", "FREE BAG", 1, "completed", 120_000),
        ("1045", None, None, "completed", 89_900),
    ]


def test_articles_are_found_by_their_sku(workspace: Workspace, rehearse: Rehearse) -> None:
    product = workspace.add("product", {"name": "Serum", "sku": "s-1"})
    imports.write(rehearse(SHOPIFY + FIRST))
    assert rows(workspace, "order_line", "product") == [(product,), (None,)]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        (("S-1,,0.00", "S-1,2026-03-04 10:00:00 +0100,0.00"), "cancelled"),
        (("S-1,,0.00", "S-1,,35.00"), "refunded"),
        (("S-1,,0.00", "S-1,,10.00"), "shipped"),
        ((",fulfilled,", ",unfulfilled,"), "paid"),
        ((",fulfilled,", ",partial,"), "paid"),
        ((",paid,", ",pending,"), "unpaid"),
        ((",paid,", ",voided,"), "cancelled"),
    ],
)
def test_what_became_of_an_order_is_told_from_its_cells(
    workspace: Workspace, rehearse: Rehearse, change: tuple[str, str], status: str
) -> None:
    imports.write(rehearse(SHOPIFY + FIRST.replace(*change)))
    assert one(workspace, "order", "status") == (status,)


def test_an_older_list_takes_no_order_back(workspace: Workspace, rehearse: Rehearse) -> None:
    imports.write(rehearse(SHOPIFY + FIRST.replace("S-1,,0.00", "S-1,,35.00"), name="new.csv"))
    older = rehearse(SHOPIFY + FIRST.replace(",paid,", ",pending,"), name="old.csv")
    assert "Its status stays" in older.verdicts()[0].reason
    imports.write(older)
    assert one(workspace, "order", "status") == ("refunded",)


def test_an_order_in_the_trash_stays_there(workspace: Workspace, rehearse: Rehearse) -> None:
    imports.write(rehearse(SHOPIFY + FIRST, name="march.csv"))
    workspace.trash("order", [1])
    again = rehearse(SHOPIFY + FIRST + FIRST.replace("#1", "#2"), name="april.csv")
    assert (again.counts["skipped"], again.counts["created"]) == (1, 1)
    assert "in the trash" in again.verdicts()[0].reason


def test_undo_takes_all_orders_of_an_import_back(workspace: Workspace, rehearse: Rehearse) -> None:
    imports.write(rehearse(SHOPIFY + FIRST))
    workspace.undo()
    assert rows(workspace, "order", "id") == rows(workspace, "order_line", "id") == []


def test_a_line_without_a_number_is_refused_and_the_others_come_in(
    workspace: Workspace, shared_data: Path, take: Callable[[Path], Rehearsal]
) -> None:
    rehearsal = take(shared_data / "B_shop" / "etsy_sold_order_items_eur.csv")
    reasons = [(problem.line, problem.value, problem.reason) for problem in rehearsal.problems]
    assert reasons == [
        (5, "not-a-date", "“not-a-date” is not a date."),
        (6, "", "This line has no order number."),
    ]
    imports.write(rehearsal)
    assert rows(workspace, "order", "number, ordered_on, total") == [
        ("5000001", "2024-03-14", 1190),
        ("5000002", "2024-03-20", 1650),
        ("5000003", None, 350),
    ]
    assert rows(workspace, "order_line", "unit_price")[2] == (1200,)


def test_amazon_orders_come_in_once(
    workspace: Workspace, shared_data: Path, take: Callable[[Path], Rehearsal]
) -> None:
    path = shared_data / "B_shop" / "amazon_all_orders_in.txt.tsv"
    imports.write(take(path))
    assert imports.write(take(path)).change_set is None
    assert rows(workspace, "order", "number, currency, total, status, ordered_at") == [
        ("403-1111111-1111111", "INR", 46_100, "shipped", "2026-09-20T18:45:00Z"),
        ("403-2222222-2222222", "INR", 49_700, "cancelled", "2026-09-21T04:00:00Z"),
    ]


# TikTok Shop ------------------------------------------------------------------------------------------


def test_tiktok_orders_keep_their_numbers_and_count_their_amount_once(
    workspace: Workspace, shared_data: Path, take: Callable[[Path], Rehearsal]
) -> None:
    imports.write(take(shared_data / "B_shop" / "tiktok_shop_orders_thai_bom_tabs.csv"))
    assert rows(workspace, "order", "number, status, shop_status, ordered_on, total, shipping, pieces") == [
        ("583870900000000001", "shipped", "จัดส่งแล้ว", "2026-05-10", 23_800, 3800, 3),
        ("583870900000000002", "cancelled", "ยกเลิกแล้ว", "2026-05-10", 6700, 3800, 1),
        ("583870900000000003", "paid", "ที่จะจัดส่ง", "2026-05-10", 6700, 3800, 1),
    ]


def test_a_blank_first_line_hides_no_header(
    workspace: Workspace, shared_data: Path, take: Callable[[Path], Rehearsal]
) -> None:
    rehearsal = take(shared_data / "B_shop" / "tiktok_orders_blank_first_line.csv")
    assert rehearsal.recognition.header_row == 2
    imports.write(rehearsal)
    assert rows(workspace, "order_line", "sku_id")[3] == ("1729500444198670817",)


TIKTOK = "Order ID,Order Status,Order Substatus,SKU ID,Seller SKU,Product Name,Quantity,"
TIKTOK += "SKU Subtotal After Discount,Order Amount,Created Time,Paid Time,Payment Method,Buyer Username\n"
EXPLAINED = "Platform unique order ID.,Current order status.,Sub status.,Platform SKU ID.,SKU.,Name.,"
EXPLAINED += "Pieces.,After discount.,Paid.,When.,When.,How.,Who.\n"
SOLD = "576461413038785752\t,Completed,,1729384756473829105\t,S-1,Serum,1,20.00,24.00,"
SOLD += "03/04/2026 10:00:00\t,03/04/2026 10:01:00\t,Visa,buyer1\n"
SAMPLE = "576461413038785753\t,Completed,,1729384756473829105\t,S-1,Serum,1,0.00,0.00,"
SAMPLE += "05/04/2026 10:00:00\t,,,jade.park\n"


def test_descriptions_under_the_header_are_no_order(workspace: Workspace, rehearse: Rehearse) -> None:
    imports.write(rehearse(TIKTOK + EXPLAINED + SOLD))
    assert one(workspace, "order", "number, ordered_on, total") == ("576461413038785752", "2026-04-03", 2400)


def test_an_order_that_nobody_paid_is_a_sample_for_its_creator(
    workspace: Workspace, rehearse: Rehearse
) -> None:
    imports.write(rehearse("Handle\n@jade.park\n"))
    imports.write(rehearse(TIKTOK + SOLD + SAMPLE, name="orders.csv"))
    assert rows(workspace, "order", "is_sample, creator") == [(0, None), (1, 1)]


def test_every_order_export_of_the_world_is_read_without_a_question(
    workspace: Workspace, rehearse: Rehearse, shared_data: Path
) -> None:
    entries = json.loads((shared_data / "B_shop" / "export_header_lines.json").read_text(encoding="utf-8"))
    numbered = 0
    for n, entry in enumerate(entries):
        delimiter = {"TAB": "\t", "tab": "\t"}.get(entry["delimiter"], entry["delimiter"])
        if "signature columns" in entry["format"]:
            continue  # a few words of the header only
        line = delimiter.join(["x1"] * len(entry["header"].split(delimiter)))
        rehearsal = rehearse(f"{entry['header']}\n{line}\n", name=f"{n}.csv")
        if rehearsal.proposal.shape == "orders":
            numbered += 1
            assert rehearsal.proposal.of("order.number"), entry["format"]
    assert numbered >= 8


def test_a_rejected_line_is_told_apart_in_the_verdicts(workspace: Workspace, rehearse: Rehearse) -> None:
    rehearsal = rehearse(SHOPIFY + FIRST + FIRST.replace("#1", ""))
    actions = [verdict.action for verdict in rehearsal.verdicts()]
    assert actions == [Action.CREATE, Action.CREATE, Action.ERROR, Action.ERROR]


def test_a_currency_that_somebody_states_counts_for_the_whole_list(
    workspace: Workspace, rehearse: Rehearse
) -> None:
    without = rehearse(TIKTOK + SOLD, name="orders.csv")
    assert "The file names no currency; its amounts are taken as EUR." in without.notes
    stated = rehearse(TIKTOK + SOLD, name="orders.csv", reading=Reading(currency="JPY"))
    assert "The file names no currency; its amounts are taken as JPY." in stated.notes
    imports.write(stated)
    assert rows(workspace, "order", "currency") == rows(workspace, "order_line", "currency") == [("JPY",)]


def test_a_file_without_a_currency_takes_that_of_the_campaigns_and_leaves_what_is_here_alone(
    workspace: Workspace, rehearse: Rehearse
) -> None:
    workspace.add("campaign", {"name": "Glow", "currency": "USD"})
    first = rehearse(TIKTOK + SOLD, name="orders.csv")
    assert "The file names no currency; its amounts are taken as USD." in first.notes
    imports.write(first)
    assert rows(workspace, "order", "currency") == rows(workspace, "order_line", "currency") == [("USD",)]
    workspace.add("campaign", {"name": "Calm", "currency": "GBP"})
    workspace.add("campaign", {"name": "Dawn", "currency": "GBP"})
    later = rehearse(TIKTOK + SOLD.replace("Shipped", "Completed") + "\n", name="later.csv")
    assert "The file names no currency; its amounts are taken as GBP." in later.notes
    imports.write(later)
    assert rows(workspace, "order", "currency") == [("USD",)]


def test_money_beside_anything_but_orders_says_what_it_is_taken_as_too(
    workspace: Workspace, rehearse: Rehearse
) -> None:
    silent = rehearse("Name,SKU,Price\nBalm,B-1,12.00\n", shape="product")
    assert silent.proposal.names_no_currency
    assert "The file names no currency; its amounts are taken as EUR." in silent.notes
    for text in ("Name,SKU,Price\nBalm,B-1,$12.00\n", "Name,SKU,Price,Currency\nBalm,B-1,12.00,USD\n"):
        named = rehearse(text, shape="product")
        assert not named.proposal.names_no_currency
        assert not any("names no currency" in note for note in named.notes)


def test_a_long_import_is_preceded_by_a_backup(workspace: Workspace, rehearse: Rehearse) -> None:
    many = "".join(FIRST.replace("#1", f"#{n}") for n in range(60))
    imports.write(rehearse(SHOPIFY + many, name="first.csv"))
    assert workspace.backups() == []  # nothing was there to lose
    imports.write(rehearse(SHOPIFY + many.replace("#", "#9"), name="second.csv"))
    assert len(workspace.backups()) == 1
