"""A newcomer runs a small campaign from the first message to the profit, by the command line alone.

Ana is written to, agrees, gets a serum, posts, and her code sells; Bea gets a serum and stays silent.
Every figure below is worked out by hand beside it.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from command_line import Answer, Cli

# Four orders with Ana's code, one of them paid back, and #1004 that came by itself.
ORDERS = """\
Name,Email,Financial Status,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Created at,\
Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Refunded Amount
#1001,kim@example.com,paid,EUR,52.20,4.00,0.00,56.20,ANA10,5.80,2026-10-03 10:00:00 +0200,\
2,Glow serum,29.00,GLOW-30,0.00
#1002,lee@example.com,paid,EUR,104.40,0.00,0.00,104.40,ana10,11.60,2026-10-04 11:00:00 +0200,\
4,Glow serum,29.00,GLOW-30,0.00
#1003,max@example.com,refunded,EUR,26.10,0.00,0.00,26.10,ANA10,2.90,2026-10-05 11:00:00 +0200,\
1,Glow serum,29.00,GLOW-30,26.10
#1004,noa@example.com,paid,EUR,29.00,0.00,0.00,29.00,,0.00,2026-10-05 12:00:00 +0200,\
1,Glow serum,29.00,GLOW-30,0.00
#1005,kim@example.com,paid,EUR,156.60,0.00,0.00,156.60,ANA10,17.40,2026-10-06 09:00:00 +0200,\
6,Glow serum,29.00,GLOW-30,0.00
"""
COLD = {
    # What was spent before anything sold: fee 60.00; two serums at 6.50 = 13.00; postage 4.90 + 5.10 = 10.00.
    "landed_cost": "83.00",
    "revenue": "0.00",
    "profit": "-83.00",
    "roas": "0.000000",
    "aov": None,
    "cost_per_live_post": "23.000000",  # (13.00 + 10.00) / 1
    "post_rate": "0.500000",  # Ana of Ana and Bea
    "on_time_launches": "1.000000",
    "cpm": "4.150000",  # 83.00 / 20,000 * 1,000
}
SOLD = {
    **COLD,
    # Goods before the discount: 58 + 116 + 29 + 174 = 377.00; of these #1003, 29.00, was paid back.
    "revenue": "348.00",
    "refund_rate": "0.076923",  # 29 / 377
    # Discounts that stayed given: 5.80 + 11.60 + 17.40 = 34.80, on top of the 83.00.
    "landed_cost": "117.80",
    "roas": "2.954160",  # 348 / 117.80
    # The 2 + 4 + 6 serums that stayed sold cost 12 * 6.50 = 78.00; 348.00 - 78.00 - 117.80:
    "profit": "152.20",
    "profit_roi": "1.292020",  # 152.20 / 117.80
    "margin": "0.775862",  # (348 - 78) / 348
    "aov": "84.825000",  # (52.20 + 104.40 + 26.10 + 156.60) / 4
    "cpa": "29.450000",  # 117.80 / 4
    "break_even_orders": "1.745185",  # 117.80 / ((348 - 78) / 4)
    "conversion_rate": "0.050000",  # 4 orders / 80 clicks
    "repeat_purchases": "0.333333",  # Kim, of Kim, Lee and Max
    "cpm": "5.890000",  # 117.80 / 20,000 * 1,000
}


def done(answer: Answer) -> Answer:
    assert (answer.status, answer.err) == (0, "")
    return answer


def due(cli: Cli, on: str) -> list[tuple[str, str]]:
    """What waits about Ana and Bea on a day; the weekly look at the figures aside."""
    items = done(cli("due", "--on", on, "--json")).json["items"]
    return [(one["kind"], one["due_on"]) for one in items if one["kind"] != "weekly_review"]


def stock(cli: Cli) -> int:
    pieces: int = cli("show", "product", "GLOW-30", "--json").json["stock"]
    return pieces


def figures(cli: Cli, wanted: dict[str, str | None]) -> dict[str, Any]:
    told = done(cli("metrics", "--campaign", "Glow launch", "--json")).json["metrics"]
    return {one["name"]: one["value"] for one in told if one["name"] in wanted}


def set_up(cli: Cli) -> None:
    """Two creators, a product with ten pieces, a campaign, and the words of a first message."""
    for words in (
        "creator|name=Ana Testwell|handle=@ana.testwell|platform=tiktok|followers=12.5K|email=a@example.com",
        "creator|name=Bea Storyline|handle=@bea.storyline|followers=48000",
        "address|creator=@ana.testwell|street=Testweg 1|city=Berlin|postcode=10115|country=Germany",
        "campaign|name=Glow launch|currency=EUR|budget=500|starts_on=2026-09-01|ends_on=2026-10-31",
        "product|name=Glow serum|sku=GLOW-30|cost=6.50|price=29",
        "stock_movement|product=GLOW-30|kind=received|quantity=10|moved_on=2026-08-30",
        "template|name=First hello|channel=tiktok_dm|body=Hi {{ creator.first_name }}, try our serum?",
        "code|code=ANA10|creator=@ana.testwell|campaign=Glow launch|percent_off=10%",
    ):
        done(cli("add", *words.split("|")))
    assert stock(cli) == 10


def talk_and_agree(cli: Cli) -> None:
    """A message, the reminder to follow it up, her answer, and a fee of 60."""
    about = ("creator=@ana.testwell", "campaign=Glow launch")
    sent = ("status=sent", "sent_at=2026-09-01 10:00", "follow_up_on=2026-09-05")
    done(cli("add", "message", *about, "template=First hello", *sent))
    assert due(cli, "2026-09-04") == []
    assert due(cli, "2026-09-05") == [("follow_up", "2026-09-05")]
    reply = ("direction=in", "status=received", "sent_at=2026-09-05 12:00", "body=Yes, with pleasure!")
    key = done(cli("add", "message", *about, *reply, "--json")).json["id"]
    assert due(cli, "2026-09-06") == [("answer", "2026-09-05")]
    done(cli("set", "message", key, "status=answered"))
    assert due(cli, "2026-09-06") == []
    deal = done(cli("add", "collaboration", *about, "fee=60", "--json")).json["id"]
    done(cli("set", "collaboration", deal, "status=agreed", "agreed_on=2026-09-06"))


def send_parcels(cli: Cli) -> None:
    """A serum for each; Bea's address comes later. A parcel takes one step after the other."""
    to = ("--to", "@ana.testwell,@bea.storyline", "--campaign", "Glow launch")
    shipped = done(cli("ship", "GLOW-30=1", *to, "--json")).json
    ana, bea = (parcel["number"] for parcel in shipped["shipments"])
    assert [parcel["status"] for parcel in shipped["shipments"]] == ["approved", "draft"]
    assert "no address yet for Bea Storyline" in shipped["notes"][0]
    assert stock(cli) == 9  # only Ana's is reserved

    leap = cli("set", "shipment", ana, "status=delivered")
    assert leap.status == 1 and "was approved cannot be delivered" in leap.err
    done(cli("set", "shipment", bea, "street=Rue Test 2", "city=Lyon", "postcode=69001", "country=France"))
    done(cli("set", "shipment", bea, "status=approved"))
    assert stock(cli) == 8
    for parcel, postage, shipped_on, delivered_on in (
        (ana, "4.90", "2026-09-10", "2026-09-12"),
        (bea, "5.10", "2026-09-11", "2026-09-14"),
    ):
        done(cli("set", "shipment", parcel, "status=packed", f"postage={postage}", "carrier=DHL"))
        done(cli("set", "shipment", parcel, "status=shipped", f"shipped_on={shipped_on}"))
        done(cli("set", "shipment", parcel, "status=delivered", f"delivered_on={delivered_on}"))
    assert stock(cli) == 8
    back = cli("set", "shipment", ana, "status=packed")
    assert back.status == 1 and "cannot go back to packed" in back.err


def post(cli: Cli) -> None:
    """A post that was planned goes live in time and is measured; the silent one is to be nudged."""
    about = ("creator=@ana.testwell", "campaign=Glow launch")
    done(cli("add", "deliverable", "name=Unboxing", *about, "due_on=2026-09-30", "hook=Glass skin"))
    assert due(cli, "2026-09-29") == [
        ("nudge", "2026-09-19"),
        ("nudge", "2026-09-21"),
        ("post", "2026-09-30"),
    ]
    live = "live_url=https://www.tiktok.com/@ana.testwell/video/7301234567890123456"
    done(cli("set", "deliverable", "Unboxing", "status=live", "live_on=2026-09-28", live))
    assert due(cli, "2026-09-29") == [("nudge", "2026-09-21")]
    counted = ("views=20000", "likes=1500", "comments=60", "shares=40", "clicks=80")
    done(cli("add", "post_metrics", "deliverable=Unboxing", "measured_on=2026-10-05", *counted))
    assert cli("show", "deliverable", "Unboxing", "--json").json["views"] == 20_000


def sell(cli: Cli, file: Path) -> int:
    """The shop's own list of orders; returns the step to undo."""
    file.write_text(ORDERS, encoding="utf-8")
    brought = done(cli("import", file, "--json")).json
    (told,) = brought["files"]
    assert (told["recognised"]["kind"], told["created"], told["rejected"]) == ("shopify_orders", 5, 0)
    step: int = brought["change_set"]
    return step


def settle(cli: Cli) -> None:
    """Her fee is due, overdue, and paid."""
    owed = ("creator=@ana.testwell", "campaign=Glow launch", "amount=60", "due_on=2026-10-10")
    key = done(cli("add", "payment", *owed, "--json")).json["id"]
    assert ("payment", "2026-10-10") in due(cli, "2026-10-11")
    done(cli("set", "payment", key, "status=paid", "paid_on=2026-10-11"))
    assert "payment" not in [kind for kind, _ in due(cli, "2026-10-11")]


@pytest.mark.usefixtures("qapp")
def test_from_the_first_message_to_the_profit(cli: Cli, tmp_path: Path) -> None:
    set_up(cli)
    talk_and_agree(cli)
    send_parcels(cli)
    post(cli)
    assert figures(cli, COLD) == COLD
    step = sell(cli, tmp_path / "orders_export.csv")
    settle(cli)
    assert figures(cli, SOLD) == SOLD

    done(cli("add", "brief", "name=Glow", "campaign=Glow launch", "product=GLOW-30", "objective=Sell 100"))
    for ending in ("md", "pdf"):
        done(
            cli("report", "brief", "Glow", "--out", tmp_path / f"glow.{ending}", "--creator", "@ana.testwell")
        )
    assert "ANA10" in (tmp_path / "glow.md").read_text(encoding="utf-8")
    assert (tmp_path / "glow.pdf").read_bytes().startswith(b"%PDF-1.")
    drawn = done(cli("charts", tmp_path / "charts", "--campaign", "Glow launch", "--json")).json["files"]
    assert {"profit.png", "revenue.svg", "figures.xlsx"} <= {Path(file).name for file in drawn}
    done(cli("export", "order", tmp_path / "out.csv", "--where", "code is set"))
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as out:
        rows = {row["Order number"]: row for row in csv.DictReader(out)}
    assert list(rows) == ["#1001", "#1002", "#1003", "#1005"]
    assert (rows["#1002"]["Creator"], rows["#1003"]["Status"]) == ("Ana Testwell", "Refunded")

    undone = done(cli("undo", step, "--json")).json
    assert "Import 5 orders" in undone["label"]
    assert cli("list", "order", "--json").json["total"] == 0
    assert figures(cli, COLD) == COLD
    done(cli("redo"))
    assert figures(cli, SOLD) == SOLD
    assert done(cli("check", "--json")).json["ok"]
