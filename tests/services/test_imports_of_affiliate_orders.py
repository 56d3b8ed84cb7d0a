"""TikTok's affiliate orders: creator, post and both commissions, met with the shop's own export."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from stored import one, rows

from creator_crm.services import imports
from creator_crm.services.imports import Rehearsal
from creator_crm.services.workspace import Workspace

Rehearse = Callable[..., Rehearsal]


TIKTOK = "Order ID,Order Status,Order Substatus,SKU ID,Seller SKU,Product Name,Quantity,"
TIKTOK += "SKU Subtotal After Discount,Order Amount,Created Time,Paid Time,Payment Method,Buyer Username\n"
SOLD = "576461413038785752\t,Completed,,1729384756473829105\t,S-1,Serum,1,20.00,24.00,"
SOLD += "03/04/2026 10:00:00\t,03/04/2026 10:01:00\t,Visa,buyer1\n"

AFFILIATE = "Order ID,Product ID,Product Name,SKU ID,Price,Payment Amount,Currency,Quantity,"
AFFILIATE += (
    "Fully returned or refunded,Payment method,Order Status,Creator Username,Content Type,Content ID,"
)
AFFILIATE += (
    "commission model,Standard commission rate,Est. Commission Base,Est. standard commission payment,"
)
AFFILIATE += "Actual Commission Base,Actual Commission Payment,Time Created,Time Commission Paid,Platform\n"


def affiliate(order: str, post: str = "7300000000000000001", actual: str = "", refunded: str = "No") -> str:
    return (
        f"{order}\t,1729,Serum,1729384756473829105\t,24.00,22.00,USD,1,{refunded},Visa,Completed,jade.park,"
        f"Video,{post}\t,Affiliate,15%,22.00,3.30,22.00,{actual},13/04/2026 10:00:00\t,,TTS\n"
    )


def test_affiliate_orders_know_creator_post_and_both_commissions(
    workspace: Workspace, rehearse: Rehearse
) -> None:
    imports.write(rehearse("Handle\n@Jade.Park\n"))
    post = workspace.add(
        "deliverable", {"creator": 1, "platform": "tiktok", "post_id": "7300000000000000001"}
    )
    imports.write(
        rehearse(AFFILIATE + affiliate("576461413038785752") + affiliate("9", actual="3.10"), name="a.csv")
    )
    orders = rows(workspace, "order", "number, shop, creator, deliverable, currency, total, ordered_on")
    assert orders[0] == ("576461413038785752", "tiktok_shop", 1, post, "USD", 2200, "2026-04-13")
    columns = "commission_rate, commission_estimated, commission_actual, commission_status, creator_handle"
    assert rows(workspace, "order_line", columns) == [
        (150_000, 330, None, "pending", "jade.park"),
        (150_000, 330, 310, "settled", "jade.park"),
    ]


def test_an_unknown_creator_is_kept_by_name(workspace: Workspace, rehearse: Rehearse) -> None:
    imports.write(rehearse(AFFILIATE + affiliate("1"), name="a.csv"))
    assert one(workspace, "order", "creator") == (None,)
    assert one(workspace, "order_line", "creator_handle") == ("jade.park",)
    assert rows(workspace, "creator", "id") == []


def test_a_settled_commission_replaces_the_estimate_of_the_same_line(
    workspace: Workspace, rehearse: Rehearse
) -> None:
    imports.write(rehearse(AFFILIATE + affiliate("1"), name="may.csv"))
    later = rehearse(AFFILIATE + affiliate("1", actual="3.10"), name="june.csv")
    assert (later.counts["created"], later.counts["updated"]) == (0, 1)
    imports.write(later)
    assert one(workspace, "order_line", "commission_actual, commission_status") == (310, "settled")


@pytest.mark.parametrize("shop_first", [True, False])
def test_the_shops_own_export_and_the_affiliate_report_meet_in_one_line(
    workspace: Workspace, rehearse: Rehearse, shop_first: bool
) -> None:
    files = [
        (TIKTOK + SOLD, "orders.csv"),
        (AFFILIATE + affiliate("576461413038785752"), "affiliate.csv"),
    ]
    for text, name in files if shop_first else reversed(files):
        imports.write(rehearse(text, name=name))
    assert one(workspace, "order", "total, lines") == (2400, 1)
    line = one(workspace, "order_line", "sku, total, commission_estimated, content_id")
    assert line == ("S-1", 2000, 330, "7300000000000000001")


def test_a_wholly_refunded_line_is_a_refund(workspace: Workspace, rehearse: Rehearse) -> None:
    imports.write(rehearse(AFFILIATE + affiliate("1", refunded="Yes"), name="a.csv"))
    assert one(workspace, "order", "total, refunded, status") == (2200, 2200, "refunded")
    assert one(workspace, "order_line", "returned") == (1,)


def test_the_report_is_known_in_thai_as_in_english(
    workspace: Workspace, rehearse: Rehearse, shared_data: Path
) -> None:
    path = shared_data / "B_shop" / "tiktok_affiliate_headers_en_th.json"
    pairs: Sequence[Sequence[str]] = json.loads(path.read_text(encoding="utf-8"))
    cells = {"Order ID": "5838709\t", "SKU ID": "1729\t", "Items sold": "2", "Currency": "THB", "GMV": "500",
             "Est. standard commission": "75", "Order date": "13/04/2026", "Content ID": "73\t"}  # fmt: skip
    found = []
    for language, name in enumerate(("en.csv", "th.csv")):
        header = ",".join(pair[language] for pair in pairs)
        line = ",".join(cells.get(english, "") for english, _ in pairs)
        rehearsal = rehearse(f"{header}\n{line}\n", name=name)
        found.append((rehearsal.recognition.kind, rehearsal.verdicts()[0].values))
    assert found[0] == found[1]
    assert found[0][0] == "tiktok_creator_earnings"
    assert found[0][1]["order_line.commission_estimated"] == 7500
