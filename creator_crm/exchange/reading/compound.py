"""Old Excel's container (OLE): tells a workbook from a document and from one locked with a password."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from creator_crm.exchange.errors import SheetRefused

_LOOKED_AT: Final = 64 * 1024 * 1024
_BOF: Final = (b"\x09\x08\x10\x00\x00\x06", b"\x09\x08\x08\x00\x00\x05")  # Excel 97 and later, Excel 5 and 95
_FILEPASS: Final = 0x002F  # [MS-XLS] 2.4.117: stands among the first records of an encrypted workbook
_OTHERS: Final = (("WordDocument", "a Word document"), ("PowerPoint Document", "a presentation"))


def check_compound(path: Path) -> None:
    """Raise SheetRefused unless the container holds an Excel workbook that can be read without a password."""
    with path.open("rb") as file:
        data = file.read(_LOOKED_AT)
    if "EncryptedPackage".encode("utf-16-le") in data or _has_filepass(data):
        raise SheetRefused(protected(path.name))
    for stream, what in _OTHERS:
        if stream.encode("utf-16-le") in data and "Workbook".encode("utf-16-le") not in data:
            raise SheetRefused(
                f"“{path.name}” is {what}, not a sheet. "
                "Copy its table into Excel, save it as .xlsx, and choose that."
            )


def protected(name: str) -> str:
    """The sentence for a workbook that only opens with a password."""
    return (
        f"“{name}” is protected with a password. Open it in Excel, save a copy without the password "
        "(File, Info, Protect Workbook), and choose that copy."
    )


def _has_filepass(data: bytes) -> bool:
    for mark in _BOF:
        at = data.find(mark)
        while at >= 0 and at % 512:
            at = data.find(mark, at + 1)
        if at < 0:
            continue
        for _ in range(12):
            kind, length = (
                int.from_bytes(data[at : at + 2], "little"),
                int.from_bytes(data[at + 2 : at + 4], "little"),
            )
            if kind == _FILEPASS:
                return True
            at += 4 + length
    return False
