"""What customs will ask for is told while there is still time to find it out."""

from __future__ import annotations

from types import SimpleNamespace

from creator_crm.domain.customs import Lacking, lacking, told

KNOWN = {
    "name": "Glow serum",
    "customs_code": "3304.99",
    "customs_description": "Face serum",
    "made_in": "DE",
}


def test_nothing_is_said_when_all_is_known() -> None:
    assert lacking(SimpleNamespace(customs_value=1200), [SimpleNamespace(**KNOWN)]) == ()
    assert told(()) == ""


def test_what_is_missing_is_told_by_product() -> None:
    bare = SimpleNamespace(name="Candle", customs_code=None, customs_description="", made_in=None)
    half = SimpleNamespace(**{**KNOWN, "made_in": None})
    other = SimpleNamespace(**{**vars(bare), "name": "Soap"})
    missing = lacking(SimpleNamespace(customs_value=None), [bare, half, other])
    assert missing[0] == Lacking("", "value")
    assert told(missing) == (
        "For customs this parcel still lacks its value; the code, description and country of origin of "
        "“Candle” and “Soap”; the country of origin of “Glow serum”."
    )
