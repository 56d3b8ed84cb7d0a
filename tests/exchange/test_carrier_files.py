"""Every carrier's file, read back by another reader: columns, lengths, letters, digits, nothing lost."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from creator_crm.exchange.carriers import LAYOUTS
from creator_crm.exchange.carriers.going import Going, Goods, weighed
from creator_crm.exchange.carriers.layout import one_line, wrapped
from creator_crm.exchange.carriers.write import write
from creator_crm.exchange.errors import ExchangeError
from creator_crm.exchange.safe_text import unguarded, writable

SERUM = Goods("GLOW-30", "Glow “Serum”, 30 ml", 2, 2400, 120, "Face serum", "330499", "KR")
MIST = Goods("00042", "Mist", 1, 601, 85, "Face mist", "330499", "FR")
PARCEL = Going(
    number="S-2026-0042",
    day="2026-11-20",
    recipient='Zoë "Zo" O’Neil, Jr.',
    street="12, Rue de l’Église",
    street_2="Appt. 4",
    city="Dresden",
    region="MA",
    postcode="01067",
    country="DE",
    goods=(SERUM, MIST),
    email="zoe@example.com",
    phone="+4915123456789",
    notes="Ring twice;\nleave it with\tthe neighbour",
    weight=325,
    worth=3001,
    currency="EUR",
    service="TPN24",
)
HOME = replace(PARCEL, country="US", postcode="02110")
ABROAD = replace(PARCEL, abroad=True)
NAMES = [
    "张伟 (Zhang Wei)",
    "مريم الهاشمي",
    "=cmd|' /C calc'!A0",
    "@ana",
    'A "quoted" name, with commas; and semicolons',
    "Maximiliana-Alexandra Freifrau von und zu Hohenstein-Wackernagel " * 2,
]


def read(name: str, *parcels: Going, folder: Path, ending: str = ".csv") -> list[dict[str, str]]:
    """What another reader finds, cell by cell, the guard of a spreadsheet taken off."""
    path = folder / f"out{ending}"
    write(LAYOUTS[name], parcels, path)
    if ending == ".xlsx":
        sheet = openpyxl.load_workbook(path).active
        rows = [["" if cell.value is None else cell.value for cell in row] for row in sheet.iter_rows()]
        return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    text = path.read_bytes().decode(LAYOUTS[name].encoding)
    assert text.count("\r\n") == text.count("\n"), "only CRLF ends a line"
    return [
        {header: unguarded(cell) for header, cell in row.items()}
        for row in csv.DictReader(io.StringIO(text, newline=""), strict=True)
    ]


# Each carrier's own form -------------------------------------------------------------------------------


def test_pirate_ship_gets_one_line_a_parcel_with_the_columns_of_its_known_encoder(tmp_path: Path) -> None:
    (row,) = read("pirateship", HOME, folder=tmp_path)
    assert list(row) == [
        "Order ID", "Name", "Company", "Address", "Address 2", "City", "State", "Zipcode", "Country", "Email",
        "Weight", "Weight Unit", "Items",
    ]  # fmt: skip
    assert row == {
        "Order ID": "S-2026-0042",
        "Name": 'Zoë "Zo" O’Neil, Jr.',
        "Company": "",
        "Address": "12, Rue de l’Église",
        "Address 2": "Appt. 4",
        "City": "Dresden",
        "State": "MA",
        "Zipcode": "02110",
        "Country": "US",
        "Email": "zoe@example.com",
        "Weight": "11.46",
        "Weight Unit": "oz",
        "Items": "2 × Glow “Serum”, 30 ml, 1 × Mist",
    }
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_pirate_ship_gets_what_customs_ask_of_a_parcel_abroad_alone(tmp_path: Path) -> None:
    home, abroad = read("pirateship", HOME, ABROAD, folder=tmp_path)
    assert (abroad["Customs Description"], abroad["HS Code"]) == ("Face serum; Face mist", "330499")
    assert (abroad["Customs Value"], abroad["Customs Currency"]) == ("30.01", "EUR")
    assert (abroad["Country of Origin"], abroad["Phone"]) == ("KR; FR", "+4915123456789")
    assert (home["Customs Value"], home["HS Code"]) == ("", "")


def test_pirate_ships_workbook_holds_zip_codes_as_text(tmp_path: Path) -> None:
    (row,) = read("pirateship", HOME, folder=tmp_path, ending=".xlsx")
    assert row["Zipcode"] == "02110" and row["Weight"] == "11.46"
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    zipcode = next(cell for cell in sheet[2] if cell.value == "02110")
    assert (zipcode.data_type, zipcode.number_format) == ("s", "@")


def test_shipstation_gets_a_line_for_each_article_under_one_order_number(tmp_path: Path) -> None:
    first, second = read("shipstation", ABROAD, folder=tmp_path)
    assert first["Order - Number"] == second["Order - Number"] == "S-2026-0042"
    assert (first["Date - Order Date"], first["Ship To - Postal Code"]) == ("11/20/2026", "01067")
    assert (first["Item - SKU"], first["Item - Qty"], first["Item - Price"]) == ("GLOW-30", "2", "12.00")
    assert (second["Item - SKU"], second["Item - Name"], second["Item - Price"]) == ("00042", "Mist", "6.01")
    assert (second["Customs - Value"], second["Customs - Tariff No."]) == ("6.01", "330499")
    assert (second["Customs - Country"], second["Ship To - Country"]) == ("FR", "DE")
    assert (first["Order - Weight (oz)"], first["Item - Weight (oz)"]) == ("11.46", "4.23")
    assert first["Notes - Internal"] == "Ring twice; leave it with the neighbour"
    assert not (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert "Customs - Value" not in read("shipstation", HOME, folder=tmp_path)[0]


def test_shippo_gets_its_template_and_says_the_address_once(tmp_path: Path) -> None:
    first, second = read("shippo", HOME, folder=tmp_path)
    assert list(first) == [
        "Order Number", "Order Date", "Recipient Name", "Email", "Phone", "Company", "Street Line 1",
        "Street Line 2", "City", "State/Province", "Zip/Postal Code", "Country", "Item Title", "SKU",
        "Quantity", "Item Price", "Item Weight", "Item Weight Unit", "Order Amount", "Order Currency",
        "Order Weight", "Order Weight Unit",
    ]  # fmt: skip
    assert (first["Order Date"], first["Zip/Postal Code"]) == ("2026-11-20", "02110")
    assert (first["Order Weight"], first["Order Weight Unit"]) == ("0.7165", "lb")
    assert (first["Order Amount"], first["Order Currency"]) == ("30.01", "EUR")
    assert {name for name, cell in second.items() if cell} == {
        "Order Number", "Order Date", "Item Title", "SKU", "Quantity", "Item Price", "Item Weight",
        "Item Weight Unit",
    }  # fmt: skip
    assert (second["SKU"], second["Item Weight"]) == ("00042", "0.1874")


def test_click_and_drop_gets_its_columns_with_days_kilograms_and_country_names(tmp_path: Path) -> None:
    british = replace(HOME, country="GB", postcode="LE1 6RN", phone="+447911123456", currency="GBP")
    (row,) = read("royalmail", british, folder=tmp_path)
    assert list(row) == [
        "Order reference", "Order date", "Recipient name", "Recipient email", "Recipient mobile",
        "Recipient address line 1", "Recipient address line 2", "Recipient address line 3", "Recipient town",
        "Recipient county", "Recipient postcode", "Recipient country", "Weight", "Length", "Width", "Depth",
        "Order value", "Service code",
    ]  # fmt: skip
    assert (row["Order date"], row["Recipient country"]) == ("20/11/26", "United Kingdom")
    assert (row["Recipient mobile"], row["Weight"]) == ("07911123456", "0.325")
    assert (row["Order value"], row["Service code"]) == ("30.01", "TPN24")
    euros = read("royalmail", replace(british, currency="EUR"), folder=tmp_path)
    assert euros[0]["Order value"] == "", "no column says that it is not pounds"


def test_click_and_drop_gets_a_line_for_each_article_abroad(tmp_path: Path) -> None:
    first, second = read("royalmail", ABROAD, folder=tmp_path)
    assert first["Order reference"] == second["Order reference"]
    assert (first["Recipient country"], first["Recipient mobile"]) == ("Germany", "+4915123456789")
    assert (first["Customs description"], first["Product customs code"]) == ("Face serum", "330499")
    assert (first["Quantity"], first["Unit price"], first["Currency code"]) == ("2", "12.00", "EUR")
    assert (second["Country of origin"], second["Product weight"]) == ("France", "0.085")
    (unnamed, _) = read("royalmail", replace(ABROAD, country="ZZ"), folder=tmp_path)
    assert unnamed["Recipient country"] == "ZZ"


# All of them ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("recipient", NAMES)
def test_a_name_comes_back_sign_for_sign(name: str, recipient: str, tmp_path: Path) -> None:
    column = {
        "pirateship": "Name",
        "shipstation": "Ship To - Name",
        "shippo": "Recipient Name",
        "royalmail": "Recipient name",
    }[name]
    for ending in LAYOUTS[name].endings:
        rows = read(name, replace(PARCEL, recipient=recipient), folder=tmp_path, ending=ending)
        assert rows[0][column] == recipient.strip()


@pytest.mark.parametrize("name", LAYOUTS)
def test_nothing_in_a_csv_runs_when_a_spreadsheet_opens_it(name: str, tmp_path: Path) -> None:
    evil = replace(ABROAD, recipient="=1+1", street="-2+3", notes="@SUM(A1)", city="\t=cmd", region="+1+1")
    write(LAYOUTS[name], [evil], tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding=LAYOUTS[name].encoding, newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert "'=1+1" in cells
    assert not [cell for cell in cells if cell[:1] in "=@-\t" and cell]


def test_only_the_ending_that_a_program_takes_is_written(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match=r"ShipStation takes files that end in \.csv"):
        write(LAYOUTS["shipstation"], [PARCEL], tmp_path / "out.xlsx")
    assert not list(tmp_path.iterdir())


def test_a_long_street_goes_on_in_the_next_line_between_words() -> None:
    street = "Bundesstrasse zur alten Muehle am Weiher hinter dem Rathaus der Gemeinde 117 B"
    lines = wrapped(replace(PARCEL, street=street, street_2="Hof 3"), 3, 40)
    assert lines == (
        "Bundesstrasse zur alten Muehle am Weiher",
        "hinter dem Rathaus der Gemeinde 117 B",
        "Hof 3",
    )
    assert wrapped(replace(PARCEL, street="A 1\nHof B", street_2=""), 3, 40) == ("A 1", "Hof B", "")
    assert " ".join(wrapped(replace(PARCEL, street=street, street_2=""), 2, 40)) == street


def test_what_is_too_long_is_named_with_what_to_do_and_never_cut() -> None:
    royal_mail = LAYOUTS["royalmail"]
    assert royal_mail.troubles(PARCEL) == []
    long = replace(PARCEL, number="S" * 43, street="x" * 320, postcode="1" * 21)
    assert royal_mail.troubles(long) == [
        "The number has 43 signs and Click & Drop takes 40; shorten it on the parcel by 3.",
        "The street has 320 signs and Click & Drop takes 100; shorten it on the parcel by 220.",
        f"The postcode {'1' * 21} is more than Click & Drop takes from files; enter this parcel there.",
    ]
    assert "30001.00 is more" in royal_mail.troubles(replace(ABROAD, worth=3_000_100))[0]
    note = LAYOUTS["shipstation"].troubles(replace(PARCEL, notes="n" * 1010))
    assert note == ["The note has 1010 signs and ShipStation takes 1000; shorten it on the parcel by 10."]


def test_what_click_and_drop_would_damage_is_named() -> None:
    (letters,) = LAYOUTS["royalmail"].troubles(replace(PARCEL, recipient="张伟"))
    assert "takes Latin letters alone for the recipient" in letters
    (digits,) = LAYOUTS["royalmail"].troubles(replace(PARCEL, number="202611220042"))
    assert "at most 11 digits" in digits and "Put a letter before it" in digits


def test_weights_are_the_nearest_in_the_unit_and_nothing_for_no_weight() -> None:
    assert [weighed(250, unit, places) for unit, places in (("oz", 2), ("lb", 4), ("kg", 3), ("g", 0))] == [
        "8.82",
        "0.5512",
        "0.250",
        "250",
    ]
    assert weighed(None, "oz", 2) == weighed(0, "kg", 3) == ""


@pytest.mark.parametrize("name", LAYOUTS)
@given(texts=st.lists(st.text(max_size=40), min_size=3, max_size=3))
def test_whatever_is_typed_comes_back_on_one_line(name: str, texts: list[str]) -> None:
    recipient, city, postcode = texts
    layout = LAYOUTS[name]
    parcel = replace(PARCEL, recipient=recipient, city=city, postcode=postcode, goods=(SERUM,))
    with TemporaryDirectory() as folder:
        write(layout, [parcel], Path(folder) / "out.csv")
        text = (Path(folder) / "out.csv").read_bytes().decode(layout.encoding)
    (row,) = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    cells = [unguarded(cell) for cell in row.values()]
    for typed in texts:
        assert writable(one_line(typed)) in cells
