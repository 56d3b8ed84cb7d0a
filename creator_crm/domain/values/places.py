"""Countries and languages: read from codes and names in many languages, kept as ISO codes."""

import re
import unicodedata
from functools import cache

from creator_crm.domain.values import place_tables
from creator_crm.domain.values.refused import ValueRefused, quoted
from creator_crm.domain.values.texts import fold

# Later names never replace earlier ones, so the most likely languages of a file come first.
_NAMED_IN = """
    en de fr es it pt nl sv tr pl ja zh ru ar da nb fi cs sk hu el
    he ko th vi id ms uk ro bg hr sl lt lv et hi
"""


def parse_country(text: str) -> str:
    """The two-letter code of a country given by code ("DE", "deu"), flag or name, in some forty languages.

    "NA" is Namibia here; whether it means "not available" is for the caller to ask first.
    """
    return _found(text, _country_codes(), "territories") or _refuse(text, "a country")


def parse_language(text: str) -> str:
    """The code of a language given by code ("en", "en-US", "eng") or by name, in some forty languages."""
    known = _language_codes()
    if found := re.fullmatch(r"\s*([A-Za-z]{2,3})[-_][A-Za-z]{2,4}(?:[-_][A-Za-z]{2})?\s*", text):
        text = found[1]
    if code := _found(text, known, "languages"):
        return code
    # "English (US)" is English all the same, but "Korea (North)" is another Korea: not done for countries.
    bare, bracket, _ = text.partition("(")
    if bracket and (code := _found(bare, known, "languages")):
        return code
    if re.fullmatch(r"[A-Za-z]{3}", text.strip()):
        from babel.core import get_global

        short = str(get_global("language_aliases").get(text.strip().lower(), ""))
        if short in known:
            return short
    return _refuse(text, "a language")


def looks_like_country(text: str) -> bool:
    """Whether a cell is a country by its English name or a code in capitals; quick enough for any file."""
    text = text.strip()
    if len(text) <= 3 and text != text.upper():
        return False
    return len(text) <= 60 and _key(text) in _country_codes()


def looks_like_language(text: str) -> bool:
    """Whether a cell is a language by its English name or its code, unless that is a country's code too."""
    text = text.strip()
    if len(text) <= 3 and text.isupper() and looks_like_country(text):
        return False
    return len(text) <= 60 and _key(re.sub(r"^([a-z]{2})[-_][A-Z]{2}$", r"\1", text)) in _language_codes()


def country_name(code: str) -> str:
    """The usual English name of a country code."""
    return _country_names().get(code) or _refuse(code, "a country code")


def language_name(code: str) -> str:
    """The usual English name of a language code."""
    return _language_names().get(code) or _refuse(code, "a language code")


def country_codes() -> tuple[str, ...]:
    """All two-letter country codes, by English name."""
    names = _country_names()
    return tuple(sorted(names, key=lambda code: fold(names[code])))


def _refuse(text: str, wanted: str) -> str:
    raise ValueRefused(f"{quoted(text)} is not {wanted} we know.")


def _found(text: str, known: dict[str, str], names: str) -> str | None:
    """The code for a text: from the English table at once, else from the names in other languages."""
    if flag := re.fullmatch("\\s*([\U0001f1e6-\U0001f1ff])([\U0001f1e6-\U0001f1ff])\\s*", text):
        text = "".join(chr(ord(letter) - 0x1F1E6 + ord("A")) for letter in flag.groups())
    name, comma, rest = text.partition(",")
    key = _key(f"{rest} {name}" if comma else text)
    if not key or len(key) > 60:
        return None
    return known.get(key) or (_foreign_names(names).get(key) if len(key) > 1 else None)


def _key(name: str) -> str:
    """A name without case, accents, punctuation and "the": what spellings of it share."""
    plain = fold(name).translate({ord(c): None for c in "'’."})
    words = "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in plain)
    return " ".join(word for word in words.replace(" and ", " ").split() if word != "the")


@cache
def _country_names() -> dict[str, str]:
    return {line[:2]: line[7:] for line in _entries(place_tables.COUNTRIES)}


@cache
def _country_codes() -> dict[str, str]:
    known: dict[str, str] = {}
    for line in _entries(place_tables.COUNTRIES):
        known |= dict.fromkeys((line[:2].lower(), line[3:6].lower(), _key(line[7:])), line[:2])
    return known | _aliases(place_tables.COUNTRY_ALIASES)


@cache
def _language_names() -> dict[str, str]:
    return dict(line.split(" ", 1) for line in _entries(place_tables.LANGUAGES))


@cache
def _language_codes() -> dict[str, str]:
    names = _language_names()
    known = {code: code for code in names} | {_key(name): code for code, name in names.items()}
    return known | _aliases(place_tables.LANGUAGE_ALIASES)


@cache
def _foreign_names(kind: str) -> dict[str, str]:
    """Names in other languages, from Babel: a tenth of a second, and only once a name is not English."""
    from babel import Locale

    codes = _country_names() if kind == "territories" else _language_names()
    found: dict[str, set[str]] = {}
    for language in _NAMED_IN.split():
        for code, name in getattr(Locale(language), kind).items():
            if code in codes:
                found.setdefault(_key(name), set()).add(code)
    # "Kongo" is one country in Polish and the other in Norwegian: such a name is refused, not guessed.
    known = {name: min(codes) for name, codes in found.items() if len(codes) == 1}
    own = {_key(_own_name(code)): code for code in codes} if kind == "languages" else {}
    return known | own


def _own_name(code: str) -> str:
    """What a language calls itself, "" where Babel has no such locale."""
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale(code).languages.get(code, ""))
    except UnknownLocaleError:
        return ""


def _entries(table: str) -> list[str]:
    return " ".join(table.split()).split("; ")


def _aliases(table: str) -> dict[str, str]:
    """Folded alias to code, from "CODE: Alias, Alias; CODE: …"."""
    lines = (entry.split(": ", 1) for entry in _entries(table))
    return {_key(alias): code for code, aliases in lines for alias in aliases.split(", ")}
