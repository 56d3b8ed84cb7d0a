"""Tracking numbers are recognised by their form and their check digit, however they are typed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from creator_crm.domain.tracking import recognise

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


def test_no_collected_slip_of_the_pen_passes_for_that_carrier(shared_data: Path) -> None:
    slipped = [
        number
        for carrier, number in _listed(shared_data, "invalid")
        if (found := recognise(number)).valid and found.carrier in _NAMES[carrier]
    ]
    # Listed as wrong among Purolator's lettered numbers; among those of digits alone it is a right one.
    assert [number for number in slipped if number != "331426749957"] == []


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


def test_a_wrong_check_digit_names_the_carrier_but_gives_no_link() -> None:
    found = recognise("1Z5R89390357567128")
    assert (found.carrier, found.valid, found.url) == ("UPS", False, "")


@pytest.mark.parametrize("number", ["", "hello", "1.23E+19", "12", "٣٣١٨٨١٠٠٢٥", "1Z" * 5000])
def test_what_is_no_number_of_a_carrier_is_said_to_be_none(number: str) -> None:
    found = recognise(number)
    assert (found.carrier, found.valid, found.url) == ("", False, "")
