"""A copy of a workbook's zip in memory, with its large parts unpacked.

Whoever looked a part over has had it unpacked already, and the reader that comes after would do so again, by
a slower library. Only where the system has files that lie in memory alone; nothing is written to a disk.
"""

from __future__ import annotations

import os
import struct
import zipfile
from collections.abc import Iterable, Iterator
from typing import Final

from creator_crm.exchange.reading.limits import MOST_COPIED

_LARGE: Final = 1 << 20
_UTF_8: Final = 0x800
_VERSION: Final = 20
_FIRST_DAY: Final = 33  # 1 January 1980
_LOCAL: Final = struct.Struct("<4s5H3I2H")
_ENTRY: Final = struct.Struct("<4s6H3I5H2I")
_END: Final = struct.Struct("<4s4H2IH")


class Unpacked:
    """The bytes of a zip, and after them, as they come, some of its parts unpacked."""

    def __init__(self, path: str) -> None:
        """Copy the file at `path`. Raises OSError where there is no memory for it."""
        with open(path, "rb") as file:  # noqa: PTH123
            self._end = os.fstat(file.fileno()).st_size
            self._file = open(os.memfd_create("workbook"), "wb", buffering=0)  # noqa: PTH123, SIM115
            while os.sendfile(self._file.fileno(), file.fileno(), None, 1 << 30):
                pass
        self._parts: dict[str, int] = {}  # where each starts

    def keep(self, info: zipfile.ZipInfo, blocks: Iterable[bytes]) -> Iterator[bytes]:
        """The blocks of a part as they are; it is kept once the last of them was taken."""
        if info.filename in self._parts or not _LARGE <= info.file_size <= MOST_COPIED - self._end:
            yield from blocks
            return
        name, flags = _name(info)
        start, size = self._end, info.file_size
        head = _LOCAL.pack(b"PK\3\4", _VERSION, flags, 0, 0, _FIRST_DAY, info.CRC, size, size, len(name), 0)
        self._file.seek(start)
        whole = self._add(head + name)
        for block in blocks:
            whole = whole and self._add(block)
            yield block
        if whole:
            self._parts[info.filename] = start
            self._end = self._file.tell()

    def close(self) -> None:
        """Give the memory back."""
        self._file.close()

    def _add(self, data: bytes) -> bool:
        try:
            return self._file.write(data) == len(data)
        except OSError:  # no memory left for more: such a part will be unpacked twice
            return False

    def path(self, infos: Iterable[zipfile.ZipInfo]) -> str | None:
        """Where the copy can be opened until this process ends; None where it would save nothing."""
        if not self._parts:
            return None
        entries = [self._entry(info) for info in infos]
        size = sum(map(len, entries))
        self._file.seek(self._end)
        self._file.truncate()
        count = len(entries)
        end = _END.pack(b"PK\5\6", 0, 0, count, count, size, self._end, 0)
        path = f"/proc/self/fd/{self._file.fileno()}"
        return path if self._add(b"".join(entries) + end) and os.path.exists(path) else None  # noqa: PTH110

    def _entry(self, info: zipfile.ZipInfo) -> bytes:
        name, flags = _name(info)
        how, size, start = info.compress_type, info.compress_size, info.header_offset
        if info.filename in self._parts:
            how, size, start = zipfile.ZIP_STORED, info.file_size, self._parts[info.filename]
        else:
            flags = info.flag_bits
        sizes = (info.CRC, size, info.file_size)
        facts = (_VERSION, _VERSION, flags, how, 0, _FIRST_DAY, *sizes, len(name), 0, 0, 0, 0, 0, start)
        return _ENTRY.pack(b"PK\1\2", *facts) + name


def _name(info: zipfile.ZipInfo) -> tuple[bytes, int]:
    """The name as the zip has it, and the flag that says how it is written."""
    utf_8 = info.flag_bits & _UTF_8
    return info.orig_filename.encode("utf-8" if utf_8 else "cp437"), utf_8
