"""Old Excel's container (OLE): tells a workbook from a document and from one locked with a password."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Final

from creator_crm.exchange.errors import SheetRefused

_LOOKED_AT: Final = 64 * 1024 * 1024
_BOF: Final = (b"\x09\x08\x10\x00\x00\x06", b"\x09\x08\x08\x00\x00\x05")  # Excel 97 and later, Excel 5 and 95
_FILEPASS: Final = 0x002F  # [MS-XLS] 2.4.117: stands among the first records of an encrypted workbook
_NONE: Final = 0xFFFFFFFA  # no sector has this number or a higher one
_SMALL: Final = 4096  # bytes; shorter streams lie together in one of their own
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
            kind, length = _number(data, at, 2), _number(data, at + 2, 2)
            if kind == _FILEPASS:
                return True
            at += 4 + length
    return False


def workbook_stream(path: str) -> bytes:
    """The stream that holds the sheets; empty when the container is not laid out as [MS-CFB] says."""
    data = Path(path).read_bytes()
    if len(data) < 512:
        return b""
    size = 1 << min(_number(data, 30, 2), 16)
    sectors = _Sectors(data[size:], size)
    table = list(_numbers(data[76:512]))
    more = _number(data, 68)
    for _ in range(len(data) // size):
        if more >= _NONE:
            break
        *found, more = _numbers(sectors.one(more)) or (_NONE,)
        table += found
    sectors.follows = [n for number in table if number < _NONE for n in _numbers(sectors.one(number))]
    directory = sectors.chain(_number(data, 48))
    entries = {}
    for at in range(0, len(directory) - 127, 128):
        entry = directory[at : at + 128]
        name = entry[: max(_number(entry, 64, 2) - 2, 0)].decode("utf-16-le", "replace").lower()
        entries[name] = (_number(entry, 116), _number(entry, 120))
    start, length = entries.get("workbook") or entries.get("book") or (_NONE, 0)
    if length < _SMALL:
        small = _Sectors(sectors.chain(entries.get("root entry", (_NONE, 0))[0]), 64)
        small.follows = list(_numbers(sectors.chain(_number(data, 60))))
        sectors = small
    return sectors.chain(start)[:length]


class _Sectors:
    """Pieces of one size that follow each other as a table says."""

    def __init__(self, data: bytes, size: int) -> None:
        self._data, self._size = data, size
        self.follows: list[int] = []

    def one(self, number: int) -> bytes:
        return self._data[number * self._size : (number + 1) * self._size]

    def chain(self, number: int) -> bytes:
        parts: list[bytes] = []
        while number < len(self.follows) and len(parts) * self._size < len(self._data):
            parts.append(self.one(number))
            number = self.follows[number]
        return b"".join(parts)


def _number(data: bytes, at: int, length: int = 4) -> int:
    return int.from_bytes(data[at : at + length], "little")


def _numbers(block: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4])
