"""Text that no spreadsheet runs as a formula: the guard is one apostrophe, taken off again on import.

CSV has no text cells, so a value that a spreadsheet could run gets an apostrophe before it. Handles
(`@ana`) and phone numbers (`+49 170 …`) cannot run and stay as they are; `+49-170` would be a subtraction.
A value that itself begins with an apostrophe gets one more, so that taking exactly one off always gives
back what was written.
"""

from __future__ import annotations

import re

_GUARD = "'"
_DANGEROUS = re.compile("^[=+@|%\\t\\r\\n\\-\uff1d\uff0b\uff0d\uff20]")
_HARMLESS = re.compile(r"(@[\w.]+|\+[\d ]+|-\d+([.,]\d+)*%?|-)\Z")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def writable(text: str) -> str:
    """`text` with U+FFFD for the signs that no spreadsheet file can hold, such as half of an emoji."""
    return _UNWRITABLE.sub("\ufffd", text) if not text.isprintable() else text


def guarded(text: str) -> str:
    """`text` as it may stand in a CSV cell."""
    if text.startswith(_GUARD) or (_DANGEROUS.match(text) and not _HARMLESS.match(text)):
        return _GUARD + text
    return text


def unguarded(text: str) -> str:
    """What `guarded` was given; other text is left alone."""
    rest = text[1:]
    if text.startswith(_GUARD) and (rest.startswith(_GUARD) or guarded(rest) != rest):
        return rest
    return text
