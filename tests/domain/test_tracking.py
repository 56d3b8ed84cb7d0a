"""Tracking numbers are recognised by their form and their check digit, however they are typed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from creator_crm.domain.fields import describe
from creator_crm.domain.normal import parse
from creator_crm.domain.orders import Order
from creator_crm.domain.seeding import Shipment
from creator_crm.domain.tracking import Rules
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.services.tracking import numbers_in, recognise

# What the collected lists call a carrier, and what it is called here; LaserShip became a part of OnTrac.
_NAMES = {
    "amazon": ("Amazon",),
    "canpar": ("Canpar",),
    "dhl": ("DHL", "DHL Express", "DHL eCommerce"),
    "dpd": ("DPD",),
    "fedex": ("FedEx",),
    "gofo": ("GOFO",),
    "landmark": ("Landmark Global",),
    "lasership": ("OnTrac",),
    "ontrac": ("OnTrac",),
    "purolator": ("Purolator",),
    "speedee": ("Spee-Dee",),
    "ups": ("UPS",),
    "s10": ("Royal Mail", "USPS", "Post (CV)", "Post (CF)"),
}
# Numbers that the collection lists as wrong for one carrier or form, and that are right as another's.
_RIGHT_ELSEWHERE = {
    "331426749957": "wrong among Purolator's lettered numbers, right among its twelve digits",
    "6012017224232301": "too long for DHL eCommerce; sixteen digits are Evri's, which checks none",
}


def _listed(folder: Path, which: str) -> Iterator[tuple[str, str]]:
    for file in sorted((folder / "C_shipping" / "tracking_number_data").glob("*.json")):
        plain: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        for form in plain["tracking_numbers"]:
            for number in form["test_numbers"][which]:
                yield file.stem, number


def test_every_collected_number_is_told_its_carrier(shared_data: Path) -> None:
    wrong = [
        (carrier, number, found)
        for carrier, number in _listed(shared_data, "valid")
        if not (found := recognise(number)).valid or not {found.carrier, *found.others} & {*_NAMES[carrier]}
    ]
    assert wrong == []


def test_no_collected_slip_of_the_pen_passes_for_any_carrier(shared_data: Path) -> None:
    slipped = {number for _, number in _listed(shared_data, "invalid") if recognise(number).valid}
    assert slipped == {*_RIGHT_ELSEWHERE}


# Carriers that the collection here lacks: numbers that they or others publish, and the same gone wrong.
@pytest.mark.parametrize(
    ("carrier", "right", "wrong"),
    [
        # github.com/jkeen/tracking_number_data, couriers/usps.json
        ("USPS", "0307 1790 0005 2348 3741", "0307 1790 0005 2348 3742"),
        ("USPS", "7112 3456 7891 2345 6787", "7112 3456 7891 2345 6786"),
        ("USPS", "7196 9010 7560 0307 7385", "6129 9998 8208 2117 1811"),
        ("USPS", "4201002334249200190132607600833457", "4201002334249200190132607600833458"),
        ("USPS", "4201028200009261290113185417468510", "4201028200009261290113185417468511"),
        ("USPS", "420 22153 9101026837331000039521", "420 22153 9101026837331000039522"),
        ("USPS", "9505 5110 6960 5048 6006 24", "9505 5110 6960 5048 6006 25"),
        ("USPS", "92748931507708513018050063", "92748931507708513018050064"),
        ("USPS", "9400 1112 0108 0805 4830 16", "9200000000000000000000"),
        ("USPS", "RB123456785US", "RB123456786US"),
        # couriers/canadapost.json, and the S10 examples of the Universal Postal Union
        ("Canada Post", "0073 9380 0054 9297", "0073938000549292"),
        ("Canada Post", "RN 123 456 785 CA", "RN 123 456 784 CA"),
        ("Royal Mail", "RB123456785GB", "RB123456786GB"),
        ("Australia Post", "RB123456785AU", "RB123456786AU"),
        ("An Post", "CE123456785IE", "CE123456786IE"),
        ("PostNL", "LS123456785NL", "LS123456786NL"),
        # Barcodes that eParcel users publish in their source code; the check digit's rule is not published.
        ("Australia Post", "JDQ019457101000960308", "JDQ019457100000960308"),
        ("Australia Post", "ZLE000119601000930207", "ZLE00011960100093020"),
        ("Australia Post", "33W4P345499501000965104", "33W4P3454995010009651"),
        ("Australia Post", "019931265099999891JDQ019457101000960308", "0199312650999JDQ019457101000960308"),
        # couriers/yodel.json
        ("Yodel", "JJD0002257639032011", "JJD00022576390320"),
        ("Yodel", "JD0002254405060992", "JD000225440506099"),
        # The forms that Evri gives: sixteen digits, or sixteen signs after a letter and two digits.
        ("Evri", "4812345678901234", "48123456789012345"),
        ("Evri", "H00HYA0012345678", "H00HYA001234567"),
        # paketda.de, Prüfziffern-Berechnung für Paketnummern
        ("DHL", "00340433836442636597", "00340433836442636598"),
        ("DHL", "JJD1410302937991", "JC1410302937991"),
        ("Hermes", "09133131530724", "0913313153072"),
        ("GLS", "XHAX4HDA", "XHAX4HDAA"),
        # developer.postnl.nl, Barcode API
        ("PostNL", "3SDEVC6659149", "3SDEVC66"),
        ("PostNL", "3SDEVC748859096", "3SDEVC7488590961"),
        ("Amazon", "TBA502887274000", "TBD502887274000"),
        ("YunExpress", "YT2229521272164446", "YT123456789012345"),
        ("Parcelforce", "AAAA1234567890", "AAAA123456789"),
    ],
)
def test_a_published_number_is_its_carriers_and_a_wrong_one_is_not(
    carrier: str, right: str, wrong: str
) -> None:
    found = recognise(right)
    assert (found.carrier, found.valid) == (carrier, True)
    assert found.number in found.url or carrier == "Amazon"
    assert not (recognise(wrong).valid and recognise(wrong).carrier == carrier)


@pytest.mark.parametrize(
    ("number", "carrier"),
    [
        ("9400 1118 9956 0000 0000 07", "USPS"),
        ("00340434161094042557", "DHL"),
        ("SF1234567890123", "SF Express"),
        ("rb 123 456 785 gb", "Royal Mail"),
        ("1z-5r8-939-03-5756-7127", "UPS"),
    ],
)
def test_blanks_hyphens_and_small_letters_do_not_matter(number: str, carrier: str) -> None:
    found = recognise(number)
    assert (found.carrier, found.valid) == (carrier, True)
    assert found.number in found.url
    assert " " not in found.number and "-" not in found.number


def test_a_number_that_two_carriers_could_have_given_names_both() -> None:
    found = recognise("320610804900")
    assert (found.carrier, found.others) == ("FedEx", ("Purolator",))


def test_the_carrier_that_is_known_decides_between_readings() -> None:
    assert recognise("320610804900", "Purolator").carrier == "Purolator"
    assert recognise("201298452277").carrier == "FedEx"
    assert recognise("201298452277", "Deutsche Post DHL").carrier == "DHL"
    assert recognise("201298452277", "gls").carrier == "GLS"
    assert recognise("0073938000549292", "Evri").valid
    # A digit that is wrong for the carrier the parcel went with is wrong, whoever else counts like that.
    held = recognise("320595463939", "Purolator")
    assert (held.carrier, held.valid) == ("Purolator", False)


def test_the_country_the_parcel_goes_to_decides_where_the_carrier_is_not_known() -> None:
    assert recognise("15501234567890").carrier == "DHL eCommerce"
    assert recognise("15501234567890", country="GB").carrier == "DPD"
    assert recognise("4812345678901231").carrier == "Canada Post"
    assert recognise("4812345678901231", country="GB").carrier == "Evri"
    assert recognise("563102430313", country="DE").carrier == "DHL"


def test_a_wrong_check_digit_names_the_carrier_but_gives_no_link() -> None:
    found = recognise("1Z5R89390357567128")
    assert (found.carrier, found.valid, found.url) == ("UPS", False, "")


@pytest.mark.parametrize(
    "number", ["", "hello", "12", "٣٣١٨٨١٠٠٢٥", "1Z" * 5000, "000000000000", "000000000000000"]
)
def test_what_is_no_number_of_a_carrier_is_said_to_be_none(number: str) -> None:
    found = recognise(number)
    assert (found.carrier, found.valid, found.url, found.cut) == ("", False, "", False)


@pytest.mark.parametrize(
    "number",
    ["1.00340E+19", "9.40551E+21", "9,40551E+21", "1E+19", "340434161094042000", "9405511189922300000000"],
)
def test_a_number_that_excel_has_cut_is_nobodys(number: str) -> None:
    found = recognise(number, "USPS", "US")
    assert (found.cut, found.valid, found.carrier, found.url) == (True, False, "", "")


@pytest.mark.parametrize(
    "number", ["9101 1234 5678 9000 0000 13", "4812345678901230", "00340434161094042000"]
)
def test_a_whole_number_with_zeros_at_its_end_is_not_taken_for_a_cut_one(number: str) -> None:
    assert not recognise(number).cut


def test_a_pasted_list_falls_into_its_numbers() -> None:
    text = "1Z5R89390357567127\nRB 123 456 785 GB; 4812345678901234,\t1Z5R89390357567127\r\n\n"
    assert numbers_in(text) == ["1Z5R89390357567127", "RB 123 456 785 GB", "4812345678901234"]


def test_a_check_that_no_rule_is_known_for_is_no_silent_yes() -> None:
    form = {"carrier": "X", "pattern": r"(?P<serial>\d)(?P<check>\d)", "check": {"rule": "crc"}}
    with pytest.raises(KeyError, match="crc"):
        Rules.of({"forms": [form], "posts": {}, "links": {}})


@pytest.mark.parametrize("typed", ["9.40551E+21", "9405511189922300000000", "9405 5111 8992 2300 0000 00"])
def test_a_cut_number_is_refused_wherever_a_tracking_number_is_typed_or_read(typed: str) -> None:
    with pytest.raises(ValueRefused, match="Excel has cut this number"):
        parse(describe(Shipment).field("tracking_number"), typed)


def test_an_order_number_may_end_in_zeros() -> None:
    assert parse(describe(Order).field("number"), "576543210987654000") == "576543210987654000"
