"""Tracking numbers: whose they are by their form, whether the check digit holds, and where to follow them.

What is known of each carrier is data (`resources/carriers/tracking.toml`), handed in as `Rules`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from creator_crm.domain.frozen import immutable
from creator_crm.domain.values.numbers import is_cut_by_spreadsheet, lost_its_end
from creator_crm.domain.values.place_tables import COUNTRIES

Check = Callable[[str, str], bool]  # (serial, check digit)

CUT = (
    "Excel has cut this number; its last digits are gone. Take it from the carrier's own list or message, "
    "with the column set to text."
)


@immutable
class Tracking:
    """What a tracking number says of itself; carrier and url are "" when they are not known.

    valid: the form is a carrier's and its check digit, where there is one, holds.
    others: carriers whose numbers look the same, so that it may as well be theirs.
    cut: a spreadsheet has replaced its last digits, so that it is nobody's number any more.
    """

    number: str
    carrier: str
    valid: bool
    url: str
    others: tuple[str, ...] = ()
    cut: bool = False


@immutable
class Form:
    """One way a carrier writes its numbers: groups `serial` and `check` in `pattern` where a digit checks.

    weak: so common that it counts only where no other form fits, or the carrier or its home is known.
    home: the country whose parcels such numbers most likely are.
    """

    carrier: str
    pattern: re.Pattern[str]
    check: Check | None = None
    weak: bool = False
    home: str = ""


@immutable
class _Reading:
    """One way to understand a number."""

    form: Form
    valid: bool


# Check digits ------------------------------------------------------------------------------------------


def _value(sign: str) -> int:
    """Of a digit itself; of a letter as UPS counts it: A is 2, B is 3, ... H is 9, I is 0."""
    return int(sign) if sign.isdigit() else (ord(sign) - 3) % 10


def _turns(serial: str, check: str, *, even: int = 1, odd: int = 1, more: int = 0) -> bool:
    """The signs weighted in turn, counted from the left, and `more` fill up to the next ten."""
    total = sum(_value(sign) * (odd if at % 2 else even) for at, sign in enumerate(serial))
    return -(total + more) % 10 == int(check)


def _gs1(serial: str, check: str) -> bool:
    """GS1: every second digit thrice, beginning beside the check digit."""
    total = sum(int(sign) * (1 if at % 2 else 3) for at, sign in enumerate(reversed(serial)))
    return -total % 10 == int(check)


def _weights(serial: str, check: str, *, weights: Sequence[int]) -> bool:
    """The weighted sum, modulo 11 and then 10."""
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


def _preceded(rule: Check, before: str, serial: str, check: str) -> bool:
    """By `rule`, with `before` in front of a serial that does not begin with it."""
    return rule(serial if serial.startswith(before) else before + serial, check)


_CHECKS: Mapping[str, Callable[..., bool]] = {
    "turns": _turns,
    "gs1": _gs1,
    "weights": _weights,
    "seven": _seven,
    "luhn": _luhn,
    "37,36": _iso_7064_37_36,
}


def _check(told: Mapping[str, Any]) -> Check | None:
    if not told:
        return None
    settings = {name: value for name, value in told.items() if name not in ("rule", "before")}
    rule: Check = partial(_CHECKS[told["rule"]], **settings)
    return partial(_preceded, rule, told["before"]) if "before" in told else rule


# Carriers ----------------------------------------------------------------------------------------------

_POST = re.compile(r"[A-Z]{2}(?P<serial>\d{8})(?P<check>\d)(?P<country>[A-Z]{2})", re.ASCII)
_COUNTRIES = frozenset(entry.split(maxsplit=1)[0] for entry in COUNTRIES.split(";"))


@dataclass(frozen=True)
class Rules:
    """The forms of all carriers in their order, whose S10 numbers are, and the carriers' pages."""

    forms: tuple[Form, ...]
    posts: Mapping[str, str]  # by country
    links: Mapping[str, str]  # by carrier; {} is the number

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Rules:
        """The rules as the data file tells them; KeyError for a check rule that is not known here."""
        forms = tuple(
            Form(
                **{
                    **form,
                    "pattern": re.compile(form["pattern"], re.ASCII),
                    "check": _check(form.get("check", {})),
                }
            )
            for form in told["forms"]
        )
        return cls(forms, told["posts"], told["links"])

    def recognise(self, text: str, carrier: str = "", country: str = "") -> Tracking:
        """What a tracking number is as people write it, blanks and hyphens allowed.

        A carrier that is known already, and the country the parcel goes to, decide between several readings.
        """
        number = re.sub(r"[\s\-\u00a0\u200b]", "", text).upper()
        if is_cut_by_spreadsheet(text) or lost_its_end(number):
            return Tracking(number, "", False, "", cut=True)
        found = list(self._fitting(number))
        likely = [r for r in found if not r.form.weak or _is_known(r.form, carrier, country)]
        readings = sorted(likely or found, key=partial(_rank, carrier, country))
        if not readings:
            return Tracking(number, "", False, "")
        best = readings[0]
        link = self.links.get(best.form.carrier, "") if best.valid else ""
        others = dict.fromkeys(r.form.carrier for r in readings[1:] if r.valid)
        others.pop(best.form.carrier, None)
        return Tracking(number, best.form.carrier, best.valid, link.format(number), tuple(others))

    def _fitting(self, number: str) -> Iterator[_Reading]:
        """Every reading of the number that its form allows; zeros alone, which suit any check, have none."""
        if not number.strip("0"):
            return
        if post := _POST.fullmatch(number):
            country = post["country"]
            name = self.posts.get(country, f"Post ({country})")
            holds = country in _COUNTRIES and _upu(post["serial"], post["check"])
            yield _Reading(Form(name, _POST, _upu), holds)
        for form in self.forms:
            if found := form.pattern.fullmatch(number):
                yield _Reading(form, form.check is None or form.check(found["serial"], found["check"]))


def _rank(carrier: str, country: str, reading: _Reading) -> tuple[bool, ...]:
    """The known carrier first; then what holds, is at home there, and has a check digit behind it."""
    form = reading.form
    return (
        not _is_carrier(form.carrier, carrier),
        not reading.valid,
        not (country and form.home == country),
        form.weak,
        form.check is None,
    )


def _is_known(form: Form, carrier: str, country: str) -> bool:
    return _is_carrier(form.carrier, carrier) or bool(country and form.home == country)


def _is_carrier(name: str, said: str) -> bool:
    """Whether "DHL", "dhl express" or "Deutsche Post DHL" means the carrier of this name."""
    name, said = name.casefold(), said.casefold().strip()
    return bool(said) and (name in said or said in name or name.partition(" ")[0] in said.split())
