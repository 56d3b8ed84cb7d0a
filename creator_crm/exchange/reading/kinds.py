"""What a file is, judged by its first bytes and never by its suffix."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from creator_crm.exchange.errors import AS_SHEET, SheetRefused

if TYPE_CHECKING:
    from pathlib import Path

HEAD: Final = 65_536
WORKBOOK_SUFFIXES: Final = {".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".xlt", ".xltx"}

_BINARY: Final = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"BM", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"7z\xbc\xaf", "a compressed archive"),
    (b"Rar!", "a compressed archive"),
    (b"SQLite format 3\0", "a database"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
)
# A mail starts with header lines; two of them in the first lines tell it from a sheet with a column "From".
_MAIL: Final = re.compile(
    r"^(?:from|to|subject|date|received|return-path|message-id|mime-version|delivered-to|reply-to|cc|"
    r"content-type|x-[\w-]+): ?\S",
    re.I | re.M,
)
_TEXTUAL: Final = (
    (re.compile(r"BEGIN:VCARD", re.I), "a contact card (vCard)"),
    (re.compile(r"BEGIN:VCALENDAR", re.I), "a calendar"),
    (re.compile(r"ID;P"), "a SYLK sheet (.slk), an old exchange format"),
    (re.compile(r"(?:<!doctype\s+html|<html|<head|<body|<table)", re.I), "a web page"),
    (
        re.compile(r"<\?xml.{0,2000}?urn:schemas-microsoft-com:office:spreadsheet", re.S),
        "an XML workbook of Excel 2003",
    ),
    (re.compile(r"<\?xml|<!DOCTYPE", re.I), "an XML file"),
    (re.compile(r"\{\s*(?:\"|\}|$)|\[\s*(?:[\[{\"]|\]\s*$)"), "a data file for programs (JSON)"),
)


def container(path: Path, head: bytes) -> str:
    """`"zip"`, `"ole"` or `"text"`; anything that is surely none of them is refused by name."""
    if path.name.startswith("~$"):
        raise SheetRefused(
            f"“{path.name}” is only the lock file Excel keeps while the workbook is open. "
            f"Close Excel and choose “{path.name[2:]}” instead."
        )
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return "zip"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "ole"
    if (
        head[:2] in (b"\x09\x00", b"\x09\x02", b"\x09\x04")
        and len(head) > 8
        and head[2] in (4, 6)
        and head[3] == 0
    ):
        raise SheetRefused(
            f"“{path.name}” was saved by a very old Excel (before 1995). "
            "Open it in Excel or LibreOffice, save it as .xlsx, and choose that file."
        )
    for signature, what in _BINARY:
        # Two letters alone are too little proof: a sheet may well begin with "BM" or "MZ".
        if head.startswith(signature) and (len(signature) > 2 or b"\0" in head[:64]):
            raise SheetRefused(f"“{path.name}” is {what}, which can't be read as a sheet. {AS_SHEET}")
    return "text"


def refuse_other_text(name: str, text: str) -> None:
    """Raise SheetRefused when the text begins as a page, card, calendar, mail or program data does."""
    start = text.lstrip("\ufeff \t\r\n")
    for pattern, what in _TEXTUAL:
        if pattern.match(start):
            raise SheetRefused(f"“{name}” is {what}, which can't be read as a sheet. {AS_SHEET}")
    top = start[:2000].splitlines()[:6]
    if sum(1 for line in top if _MAIL.match(line)) >= 2:
        raise SheetRefused(f"“{name}” is an e-mail message, not a sheet. {AS_SHEET}")


def looks_binary(head: bytes) -> bool:
    """Whether bytes without a text encoding's mark hold more control characters than any text would."""
    sample = head[:8192]
    odd = len(sample) - len(
        sample.translate(None, bytes(range(1, 9)) + bytes(range(14, 27)) + bytes((28, 29, 30, 31)))
    )
    nul = sample.count(0)
    return odd + nul > max(8, len(sample) // 10)
