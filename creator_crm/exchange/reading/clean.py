"""Text made fit to keep: nothing that a database, a workbook or a screen would choke on later."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

LONGEST: Final = 32_000  # characters; Excel stops at 32,767 and cuts silently
SEPARATOR: Final = "\x1f"  # no clean text holds it

_CONTROLS: Final = bytes(b for b in range(32) if b != 10) + b"\x7f"
_NONCHARACTERS: Final = ("\ufffe".encode(), "\uffff".encode())
_REMOVED: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_REPLACED: Final = re.compile(r"[\ud800-\udfff\ufffe\uffff]")


def is_clean(text: str) -> bool:
    """Whether `clean` would leave the text as it is."""
    try:
        return _is_clean(text.encode(), 0)
    except UnicodeEncodeError:
        return False


def as_one(texts: Sequence[str]) -> bytes | None:
    """The texts joined by SEPARATOR, in UTF-8; None when one is too long, not clean, or no text at all.

    A whole column is looked at, and made ready to be handed over, by a few calls into C.
    """
    try:
        raw = SEPARATOR.join(texts).encode()
    except (TypeError, UnicodeEncodeError):
        return None
    if not _is_clean(raw, max(len(texts) - 1, 0)) or (len(raw) > LONGEST and max(map(len, texts)) > LONGEST):
        return None
    return raw


def _is_clean(raw: bytes, separators: int) -> bool:
    return len(raw) - len(raw.translate(None, _CONTROLS)) == separators and (
        raw.isascii() or not any(mark in raw for mark in _NONCHARACTERS)
    )


def clean(text: str) -> tuple[str, int]:
    """The text with LF line ends, blanks for tabs, no control characters; and how many were taken out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    text, removed = _REMOVED.subn("", text)
    text, replaced = _REPLACED.subn("\ufffd", text)
    return text, removed + replaced
