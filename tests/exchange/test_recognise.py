"""What a table is, told by its headers alone."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from creator_crm.domain.records import CATALOGUE
from creator_crm.exchange.headers import shown_headers
from creator_crm.exchange.proposing import propose
from creator_crm.exchange.recognise import FORMATS, Recognised, creator_vocabulary, recognise_headers

VOCABULARY = creator_vocabulary(CATALOGUE)


def recognised(line: str) -> Recognised:
    return recognise_headers(line.split(","), VOCABULARY)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Username,Full name,Followers,Engagement rate,Email", "modash"),
        (
            "Creator nickname,Creator username,Affiliate GMV,Items sold,Est. commission",
            "tiktok_creator_performance",
        ),
        ("Date,Followers,Difference in followers from previous day", "tiktok_studio_followers"),
        ("Name,Email,Financial Status,Fulfillment Status,Subtotal,Lineitem name", "shopify_orders"),
        ("Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Total Spent", "shopify_customers"),
        ("Order ID,SKU ID,Seller SKU,Buyer Username,RTS Time", "tiktok_shop_orders"),
        ("Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME", "mailchimp"),
        ("First Name,Last Name,E-mail 1 - Value,Phone 1 - Value", "google_contacts"),
        ("Record ID,First Name,Last Name,Email,Lead Status", "hubspot"),
        ("Created Date,Recipient,Tracking Number,Label Size,Zone", "pirate_ship"),
        ("Bestellnummer,Datum,Kundenemail,Gesamtbetrag,Währung", "shop_orders"),
        ("Tiktoker name,Tiktok name,Subscribers count", "creators"),
        ("Alpha,Beta,Gamma", "unknown"),
    ],
)
def test_a_known_export_is_recognised(line: str, kind: str) -> None:
    assert recognised(line).kind == kind


def test_the_reason_names_the_columns() -> None:
    sentence = recognised("Creator nickname,Creator username,Affiliate GMV,Est. commission").sentence
    assert sentence == (
        "This is TikTok Shop creator performance, because of the columns Creator username, Affiliate GMV, "
        "Est. commission."
    )


def test_a_report_that_does_not_come_in_says_what_to_do_instead() -> None:
    found = recognised("Clicks,Impressions,CTR,Position")
    assert found.instead == (
        "Nothing was imported and the file is untouched. To keep its days, make a sheet with the columns "
        "Day, Source, Impressions, Clicks, write Search Console as the source, and import that sheet; it "
        "comes in as site days."
    )
    assert all("later" not in known.instead for known in FORMATS)


def test_the_sheets_that_are_asked_for_instead_are_recognised() -> None:
    asked = [
        match[1].replace(" (the handle)", "").replace(", ", ",").strip(",")
        for known in FORMATS
        if (match := re.search(r"with the columns ((?:[A-Z][a-z ]+(?: \(the handle\))?, )+)", known.instead))
    ]
    assert len(asked) == 5
    for headers in asked:
        found = recognised(headers)
        assert found.shape in ("site_day", "account_metrics"), headers
        assert not found.instead


def test_a_seeding_tracker_with_handles_stays_a_list_of_creators() -> None:
    assert recognised("TikTok handle,Full name,Address,Carrier,Tracking number,Weight").kind == "creators"


def test_no_real_export_header_is_mapped_to_a_wrong_field(shared_data: Path) -> None:
    wrong = {
        "account.handle": ("username", "handle", "tiktok", "creator", "profile_name"),
        "creator.email": ("mail",),
        "creator.phone": ("phone",),
        "account_metrics.followers": ("followers",),
        "creator.name": ("name", "nickname"),
        "address.postcode": ("zip", "postal"),
        "creator.external_id": ("id",),
    }
    entries = json.loads((shared_data / "B_shop" / "export_header_lines.json").read_text(encoding="utf-8"))
    mapped = 0
    for entry in entries:
        delimiter = {"TAB": "\t", "tab": "\t"}.get(entry["delimiter"], entry["delimiter"])
        raw = next(csv.reader([entry["header"]], delimiter=delimiter))
        found = recognise_headers(raw, VOCABULARY)
        assert found.kind != "unknown", entry["format"]
        if found.instead:
            continue
        proposal = propose(
            "creators", shown_headers(raw), raw, [()] * len(raw), VOCABULARY, known_format=found.format
        )
        for header, target in proposal.mapping.items():
            mapped += 1
            words = wrong.get(target)
            assert words is None or any(word in header.lower() for word in words), (
                entry["format"],
                header,
                target,
            )
    assert mapped > 40
