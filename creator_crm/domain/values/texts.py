"""Cleans text at the door and folds it for comparing and searching."""

import re
import unicodedata

LONGEST_TEXT = 32_000
"""Characters a cell of Excel is sure to take (its limit is 32,767); longer text is refused, never cut."""

_UNWANTED = {code: None for code in (*range(0x20), 0x7F) if code not in (0x09, 0x0A)}
# Letters that Unicode does not take apart into a plain letter and a mark.
_PLAIN_LETTERS = str.maketrans(
    {
        "ı": "i",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ħ": "h",
        "ŧ": "t",
        "ŀ": "l",
    }
)


def clean_text(text: str) -> tuple[str, int]:
    """The text as it may be stored, and how many characters had to be removed or replaced.

    Control characters go (line breaks stay and become "\\n", a tab becomes a blank); lone surrogates, U+FFFE
    and U+FFFF, which no file could hold, become U+FFFD.
    """
    if text.isprintable():
        return text, 0
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = text.translate(_UNWANTED)
    whole, replaced = re.subn("[\ud800-\udfff\ufffe\uffff]", "\ufffd", kept)
    return whole.replace("\t", " "), len(text) - len(kept) + replaced


def fold(text: str) -> str:
    """The text without case and accents: "Zoë Müller" gives "zoe muller". Folding twice changes nothing.

    Marks go from Latin, Greek and Cyrillic letters only: in Thai, Hindi or Japanese they make another word.
    """
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = re.sub("[\u0300-\u036f]", "", apart).translate(_PLAIN_LETTERS)
    return unicodedata.normalize("NFC", plain)


def too_long(text: str, limit: int = LONGEST_TEXT) -> bool:
    """Whether the text is longer than a spreadsheet cell can carry."""
    return len(text) > limit


def looks_damaged(text: str) -> bool:
    """Whether an earlier program has lost letters of this text: "????", "�"."""
    return "\ufffd" in text or re.search(r"\?{3}|(?:^|\s)\?{2}(?:\s|$)", text) is not None
