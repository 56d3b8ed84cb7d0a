"""Tracking numbers: whose they are by their form, whether the check digit holds, and where to follow them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from creator_crm.domain.frozen import immutable
from creator_crm.domain.values.place_tables import COUNTRIES

Check = Callable[[str, str], bool]  # (serial, check digit)


@immutable
class Tracking:
    """What a tracking number says of itself; carrier and url are "" when they are not known.

    valid: the form is a carrier's and its check digit, where there is one, holds.
    others: carriers whose numbers look the same, so that it may as well be theirs.
    """

    number: str
    carrier: str
    valid: bool
    url: str
    others: tuple[str, ...] = ()


@immutable
class _Form:
    """One way a carrier writes its numbers: groups `serial` and `check` in `pattern` where a digit checks."""

    carrier: str
    pattern: str  # compiled when the first number is looked at, and kept by `re`
    link: str = ""
    check: Check | None = None


# Check digits ------------------------------------------------------------------------------------------


def _value(sign: str) -> int:
    """Of a digit itself; of a letter as UPS counts it: A is 2, B is 3, ... H is 9, I is 0."""
    return int(sign) if sign.isdigit() else (ord(sign) - 3) % 10


def _alternating(serial: str, check: str, *, even: int = 1, odd: int = 1) -> bool:
    """The signs weighted in turn, counted from the left, fill up to the next ten."""
    total = sum(_value(sign) * (odd if at % 2 else even) for at, sign in enumerate(serial))
    return -total % 10 == int(check)


def _from_the_right(serial: str, check: str) -> bool:
    """GS1: every second digit thrice, beginning beside the check digit."""
    total = sum(int(sign) * (1 if at % 2 else 3) for at, sign in enumerate(reversed(serial)))
    return -total % 10 == int(check)


def _weighted_11(serial: str, check: str, weights: tuple[int, ...]) -> bool:
    total = sum(int(sign) * weight for sign, weight in zip(serial, weights, strict=True))
    return total % 11 % 10 == int(check)


def _seven(serial: str, check: str) -> bool:
    return int(serial) % 7 == int(check)


def _luhn(serial: str, check: str) -> bool:
    total = 0
    for at, sign in enumerate(reversed(serial)):
        doubled = int(sign) * (1 if at % 2 else 2)
        total += doubled - 9 if doubled > 9 else doubled
    return -total % 10 == int(check)


def _iso_7064_37_36(serial: str, check: str) -> bool:
    """ISO 7064, MOD 37,36: digits and letters, one sign that checks."""
    rest = 36
    for sign in serial:
        rest = ((rest + int(sign, 36)) % 36 or 36) * 2 % 37
    return (rest + int(check, 36)) % 36 == 1


def _upu(serial: str, check: str) -> bool:
    """UPU S10: weights 8 6 4 2 3 5 9 7, eleven less the rest; 10 counts as 0 and 11 as 5."""
    total = sum(int(sign) * weight for sign, weight in zip(serial, (8, 6, 4, 2, 3, 5, 9, 7), strict=True))
    return {10: 0, 11: 5}.get(11 - total % 11, 11 - total % 11) == int(check)


def _ontrac(serial: str, check: str, *, first: str) -> bool:
    return _alternating(serial if serial.startswith(first) else first + serial, check, odd=2)


# Carriers ----------------------------------------------------------------------------------------------

_UPS = "https://www.ups.com/track?tracknum={}"
_FEDEX = "https://www.fedex.com/fedextrack/?trknbr={}"
_USPS = "https://tools.usps.com/go/TrackConfirmAction?tLabels={}"
_DHL = "https://www.dhl.com/global-en/home/tracking.html?tracking-id={}"
_DPD = "https://www.dpdgroup.com/nl/mydpd/my-parcels/track?parcelNumber={}"
_ONTRAC = "https://www.ontrac.com/tracking/?number={}"
_PUROLATOR = "https://www.purolator.com/en/shipping/tracker?pin={}"
_FEDEX_12 = (3, 1, 7) * 3 + (3, 1)
_FEDEX_13 = (1, 7, 3) * 4 + (1,)


# In this order: where several forms fit, one whose check digit holds goes before one without, then the first.
_FORMS = (
    _Form("UPS", r"1Z(?P<serial>[A-Z0-9]{15})(?P<check>\d)", _UPS, partial(_alternating, odd=2)),
    _Form("UPS", r"[AHJKTV](?P<serial>\d{9})(?P<check>\d)", _UPS, partial(_alternating, odd=2)),
    _Form("USPS", r"(?:420\d{5}(?:\d{4})?)?(?P<serial>9[1-5]\d{19})(?P<check>\d)", _USPS, _from_the_right),
    _Form("USPS", r"(?P<serial>(?:03|23|[67]\d)\d{17})(?P<check>\d)", _USPS, _from_the_right),
    _Form(
        "FedEx", r"96\d{7}\d{10}\d(?P<serial>\d{13})(?P<check>\d)", _FEDEX,
        partial(_weighted_11, weights=_FEDEX_13),
    ),
    _Form(
        "FedEx", r"[0-8]\d{14}\d{5}(?P<serial>\d{13})(?P<check>\d)", _FEDEX,
        partial(_weighted_11, weights=_FEDEX_13),
    ),
    _Form(
        "FedEx", r"3\d{15}(?P<serial>\d{11})(?P<check>\d)\d{4}", _FEDEX,
        partial(_weighted_11, weights=_FEDEX_12),
    ),
    _Form("FedEx", r"96\d{5}(?P<serial>\d{14})(?P<check>\d)", _FEDEX, partial(_alternating, odd=3)),
    _Form("FedEx", r"(?P<serial>\d{11})(?P<check>\d)", _FEDEX, partial(_weighted_11, weights=_FEDEX_12)),
    _Form("FedEx", r"\d{2}(?P<serial>\d{15})(?P<check>\d)", _FEDEX, partial(_alternating, even=3)),
    _Form("FedEx", r"(?P<serial>\d{14})(?P<check>\d)", _FEDEX, partial(_alternating, odd=3)),
    _Form("DHL Express", r"(?P<serial>\d{9,10})(?P<check>\d)", _DHL, _seven),
    _Form("DHL", r"(?P<serial>00340\d{14})(?P<check>\d)", _DHL, _from_the_right),
    _Form("DHL Express", r"J[A-Z]{2,3}\d{9,18}", _DHL),
    _Form("DHL eCommerce", r"(?:GM|LX|RX|UV|CN|SG|TH|IN|HK|MY)(?=[A-Z]*\d)[A-Z0-9]{10,39}", _DHL),
    _Form("DHL eCommerce", r"\d{14}", _DHL),
    _Form("DPD", r"(?P<serial>\d{24}(?!000)\d{3})(?P<check>[0-9A-Z])", _DPD, _iso_7064_37_36),
    _Form("DPD", r"(?P<serial>\d{14})(?P<check>[0-9A-Z])", _DPD, _iso_7064_37_36),
    _Form("Amazon", r"TB[ACM]\d{12}"),
    _Form("Amazon", r"[AFC]\d{10}"),
    _Form("Canpar", r"[CDKLSUXZ]\d{21}", "https://www.canpar.com/en/tracking/track.htm?barcode={}"),
    _Form("GOFO", r"GFUS\d{14}", "https://www.gofoexpress.com/tracking.html?searchID={}"),
    _Form("Landmark Global", r"LTN\d{8}N1", "https://track.landmarkglobal.com/?search={}"),
    _Form("OnTrac", r"L[AIEHNX][123]\d{7}", _ONTRAC),
    _Form("OnTrac", r"1LS7[12]\d{10}", _ONTRAC),
    _Form("OnTrac", r"1LS7[12]\d{2}01[1-4]\d{6}1", _ONTRAC),
    _Form("OnTrac", r"1LSCX[A-Z0-9]{10}", _ONTRAC),
    _Form("OnTrac", r"C(?P<serial>\d{13})(?P<check>\d)", _ONTRAC, partial(_ontrac, first="4")),
    _Form("OnTrac", r"D(?P<serial>\d{13})(?P<check>\d)", _ONTRAC, partial(_ontrac, first="5")),
    _Form("Purolator", r"(?P<serial>[0-5]\d{10})(?P<check>\d)", _PUROLATOR, _luhn),
    _Form("Purolator", r"[A-Z]{3}\d{9}", _PUROLATOR),
    _Form("Spee-Dee", r"SP\d{18}", "https://www.speedeedelivery.com/track/?tracking={}"),
    _Form("SF Express", r"SF\d{12,13}", "https://www.sf-express.com/we/ow/chn/en/waybill/waybill-detail/{}"),
    _Form("YunExpress", r"YT\d{16}", "https://www.yuntrack.com/parcelTracking?id={}"),
    _Form("InPost", r"\d{24}", "https://inpost.pl/en/find-parcel?number={}"),
)  # fmt: skip

_POST = re.compile(r"(?P<service>[A-Z]{2})(?P<serial>\d{8})(?P<check>\d)(?P<country>[A-Z]{2})", re.ASCII)
_POSTS = {
    "GB": ("Royal Mail", "https://www.royalmail.com/track-your-item#/tracking-results/{}"),
    "US": ("USPS", _USPS),
    "DE": ("DHL", _DHL),
    "FR": ("La Poste", "https://www.laposte.fr/outils/suivre-vos-envois?code={}"),
    "CA": ("Canada Post", "https://www.canadapost-postescanada.ca/track-reperage/en#/search?searchFor={}"),
    "AU": ("Australia Post", "https://auspost.com.au/mypost/track/details/{}"),
    "NL": ("PostNL", "https://postnl.post/tracktrace?barcodes={}"),
    "CH": ("Swiss Post", "https://service.post.ch/ekp-web/ui/entry/search/{}"),
    "SE": ("PostNord", "https://tracking.postnord.com/en/tracking?id={}"),
    "CN": ("China Post", ""),
    "JP": ("Japan Post", "https://trackings.post.japanpost.jp/services/srv/search/direct?reqCodeNo1={}"),
}
_COUNTRIES = frozenset(entry.split(maxsplit=1)[0] for entry in COUNTRIES.split(";"))


def recognise(text: str) -> Tracking:
    """The carrier of a tracking number as people write it, blanks and hyphens allowed."""
    number = re.sub(r"[\s\-\u00a0\u200b]", "", text).upper()
    readings = sorted(_fitting(number), key=lambda r: (not r[0].valid, not r[1]))
    if not readings:
        return Tracking(number, "", False, "")
    best = readings[0][0]
    others = dict.fromkeys(found.carrier for found, _ in readings[1:] if found.valid)
    return replace(best, others=tuple(name for name in others if name != best.carrier))


def _fitting(number: str) -> Iterator[tuple[Tracking, bool]]:
    """Every reading of the number that its form allows, and whether a check digit stands behind it."""
    if post := _POST.fullmatch(number):
        country = post["country"]
        carrier, link = _POSTS.get(country, (f"Post ({country})", ""))
        valid = country in _COUNTRIES and _upu(post["serial"], post["check"])
        yield Tracking(number, carrier, valid, link.format(number) if valid else ""), True
    for form in _FORMS:
        if found := re.fullmatch(form.pattern, number, re.ASCII):
            valid = form.check is None or form.check(found["serial"], found["check"])
            yield (
                Tracking(number, form.carrier, valid, form.link.format(number) if valid else ""),
                form.check is not None,
            )
