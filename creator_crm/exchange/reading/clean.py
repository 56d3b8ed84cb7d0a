"""Text made fit to keep: nothing that a database, a workbook or a screen would choke on later."""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 32_000  # characters; Excel stops at 32,767 and cuts silently

_CONTROLS: Final = bytes(b for b in range(32) if b != 10) + b"\x7f"
_NONCHARACTERS: Final = ("\ufffe".encode(), "\uffff".encode())
_REMOVED: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_REPLACED: Final = re.compile(r"[\ud800-\udfff\ufffe\uffff]")


def is_clean(text: str) -> bool:
    """Whether `clean` would leave the text as it is; fast enough to ask of a whole column joined into one."""
    try:
        raw = text.encode()
    except UnicodeEncodeError:
        return False
    return len(raw.translate(None, _CONTROLS)) == len(raw) and (
        raw.isascii() or not any(mark in raw for mark in _NONCHARACTERS)
    )


def clean(text: str) -> tuple[str, int]:
    """The text with LF line ends, blanks for tabs, no control characters; and how many were taken out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    text, removed = _REMOVED.subn("", text)
    text, replaced = _REPLACED.subn("\ufffd", text)
    return text, removed + replaced
