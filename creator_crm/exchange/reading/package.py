"""The zip around a modern workbook: its kind, whether it is safe to unpack, which part is which sheet."""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final, NamedTuple
from xml.parsers import expat

from creator_crm.exchange.errors import AS_SHEET, SheetRefused
from creator_crm.exchange.reading.unpacked import Unpacked

_inflate: Any = zlib
with suppress(ImportError):  # not made for every processor
    from isal import isal_zlib

    _inflate = isal_zlib  # nearly three times as fast

MOST_SHEETS: Final = 500
_MOST_PARTS: Final = 20_000
_LARGEST_PART: Final = 512 * 1024 * 1024
_SUSPICIOUS: Final = (
    32 * 1024 * 1024
)  # from this size on, a part packed tighter than real tables ever are is a trap
_TIGHTEST: Final = 150
_SMALL_PART: Final = 16 * 1024 * 1024  # workbook, relationships, styles
_BLOCK: Final = 1 << 20
_DEEPEST: Final = 64
_UNSAFE: Final = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:|\0")


class SheetPart(NamedTuple):
    """One worksheet: its name, its place among all sheets, its zip member, whether it is hidden."""

    name: str
    position: int
    member: str
    hidden: bool


class Package:
    """An opened zip whose members have safe names, honest sizes and no duplicates."""

    def __init__(self, path: str, name: str, copy: Unpacked | None = None) -> None:
        """Raise SheetRefused when the zip's directory is damaged or hostile; `name` is for the sentence."""
        self.name = name
        self._path = path
        self._copy = copy
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error) as error:
            raise self.damaged() from error
        self._members: dict[str, zipfile.ZipInfo] = {}
        infos = self._zip.infolist()
        if len(infos) > _MOST_PARTS:
            raise self.hostile(f"it is made of {len(infos):,} parts")
        for info in infos:
            key = info.filename.replace("\\", "/").lower()
            if _UNSAFE.search(info.filename):
                raise self.hostile("a part of it points outside the file")
            if key in self._members:
                raise self.hostile("it holds two parts of the same name")
            self._members[key] = info

    def damaged(self) -> SheetRefused:
        """The sentence for a zip or XML part that is cut, altered or incomplete."""
        return SheetRefused(
            f"“{self.name}” is damaged or incomplete and can't be read. Nothing was imported; "
            "open it in Excel or LibreOffice, save it again as .xlsx or CSV, and choose the new file."
        )

    def hostile(self, why: str) -> SheetRefused:
        """The sentence for a file that is built as no spreadsheet program builds one."""
        return SheetRefused(
            f"“{self.name}” was not opened because {why}, which no ordinary sheet does. "
            "Nothing was imported; if you trust it, open it in Excel or LibreOffice and save it as CSV."
        )

    def has(self, member: str) -> bool:
        """Whether the package holds a member of this name, in any case."""
        return member.lower() in self._members

    def names(self) -> list[str]:
        """All member names, lower case, with forward slashes."""
        return list(self._members)

    @property
    def copied(self) -> bool:
        """Whether parts read to their end are kept unpacked."""
        return self._copy is not None

    @property
    def quick_path(self) -> str:
        """Where the same workbook lies with the parts that were read already unpacked, if anywhere."""
        return (self._copy and self._copy.path(self._members.values())) or self._path

    def size(self, member: str) -> int:
        """The unpacked size the directory states; reading stops there."""
        info = self._members.get(member.lower())
        return info.file_size if info else 0

    def check_size(self, member: str) -> None:
        """Raise SheetRefused for a part too large, or packed too tightly to be a table."""
        info = self._members.get(member.lower())
        if info is None:
            return
        ratio = info.file_size / max(1, info.compress_size)
        if info.file_size > _LARGEST_PART or (info.file_size > _SUSPICIOUS and ratio > _TIGHTEST):
            raise self.hostile(f"a part of it unpacks to {info.file_size // 1_000_000:,} MB")

    def blocks(self, member: str) -> Iterator[bytes]:
        """The unpacked part, a block at a time, its checksum verified at the end. Refuses a DTD."""
        info = self._members.get(member.lower())
        if info is None:
            raise self.damaged()
        if info.flag_bits & 1:
            raise self.hostile("its parts are encrypted")
        self.check_size(member)
        checked = b""
        try:
            unpacked = self._inflated(info)
            for block in self._copy.keep(info, unpacked) if self._copy else unpacked:
                if len(checked) < _BLOCK:  # a DTD can only stand before the first element
                    checked += block
                    if checked[:2] in (b"\xff\xfe", b"\xfe\xff"):
                        raise self.hostile("its parts are in an encoding workbooks don't use")
                    if b"<!DOCTYPE" in checked or b"<!ENTITY" in checked:
                        raise self.hostile("it contains a DTD (definitions that can grow without end)")
                yield block
        except (
            zipfile.BadZipFile,
            zlib.error,
            _inflate.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise self.damaged() from error

    def _inflated(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        """Twice as fast as zipfile's own reading, and as strict about length and checksum."""
        if info.compress_type != zipfile.ZIP_DEFLATED:
            with self._zip.open(info) as part:
                while block := part.read(_BLOCK):
                    yield block
            return
        with self._zip.open(info):
            pass  # lets zipfile check the member's own header against the directory
        with open(self._path, "rb") as file:  # noqa: PTH123
            file.seek(info.header_offset + 26)
            name_length, extra_length = struct.unpack("<HH", file.read(4))
            file.seek(name_length + extra_length, 1)
            left, size, checksum = info.compress_size, 0, 0
            inflater = _inflate.decompressobj(-15)
            while not inflater.eof and (left or inflater.unconsumed_tail):
                data = inflater.unconsumed_tail or file.read(min(left, _BLOCK // 4))
                left -= 0 if inflater.unconsumed_tail else len(data)
                if not data:
                    break
                block = inflater.decompress(data, _BLOCK)
                size += len(block)
                checksum = _inflate.crc32(block, checksum)
                if size > info.file_size:
                    break
                if block:
                    yield block
            if not inflater.eof or size != info.file_size or checksum != info.CRC:
                raise zipfile.BadZipFile("length or checksum differ")

    def xml(self, member: str) -> Iterator[tuple[str, dict[str, str]]]:
        """The start tags of a small part, with attributes by local name (a relationship id is `r:id`)."""
        if self.size(member) > _SMALL_PART:
            raise self.hostile("its table of contents is larger than any real one")
        found: list[tuple[str, dict[str, str]]] = []
        depth = 0

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > _DEEPEST:
                raise self.hostile("its parts are nested without end")
            plain = {}
            for key, value in attributes.items():
                space, _, local = key.rpartition(" ")
                plain["r:id" if local == "id" and space else local] = value
            found.append((tag.rpartition(" ")[2], plain))

        def end(_tag: str) -> None:
            nonlocal depth
            depth -= 1

        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler, parser.EndElementHandler = start, end
        try:
            for block in self.blocks(member):
                parser.Parse(block, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise self.damaged() from error
        return iter(found)

    def kind(self) -> str:
        """`"xlsx"`, `"xlsb"` or `"ods"`; every other archive is refused by what it is."""
        names = self._members
        if any(name.endswith(".iwa") or name == "index.zip" for name in names):
            raise SheetRefused(
                f"“{self.name}” is an Apple Numbers document. In Numbers choose File, Export To, "
                "Excel or CSV, and choose that file."
            )
        if "mimetype" in names:
            mimetype = b"".join(self.blocks("mimetype")).strip() if self.size("mimetype") < 200 else b""
            if mimetype.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
                return "ods"
            raise SheetRefused(f"“{self.name}” is a document, not a sheet. {AS_SHEET}")
        if any(name.startswith(("word/", "ppt/")) for name in names):
            raise SheetRefused(f"“{self.name}” is a document, not a sheet. {AS_SHEET}")
        if any(name.endswith("workbook.bin") for name in names):
            return "xlsb"
        if "[content_types].xml" in names or "_rels/.rels" in names:
            return "xlsx"
        raise SheetRefused(
            f"“{self.name}” is a compressed archive, not a sheet. Unpack it and choose the sheet inside."
        )

    def workbook(self) -> tuple[list[SheetPart], bool, dict[str, str]]:
        """The worksheets in order, whether dates count from 1904, the members of styles and strings."""
        main = "xl/workbook.xml"
        if self.has("_rels/.rels"):
            for tag, attributes in self.xml("_rels/.rels"):
                if tag == "Relationship" and attributes.get("Type", "").endswith("/officeDocument"):
                    main = attributes.get("Target", main).lstrip("/\\").replace("\\", "/")
        if not self.has(main):
            raise self.damaged()
        folder, base = posixpath.split(main)
        targets: dict[str, tuple[str, str]] = {}
        others: dict[str, str] = {}
        for tag, attributes in self.xml(posixpath.join(folder, "_rels", base + ".rels")):
            if tag != "Relationship" or attributes.get("TargetMode") == "External":
                continue
            kind = attributes.get("Type", "").rpartition("/")[2]
            target = self._resolve(folder, attributes.get("Target", ""))
            targets[attributes.get("Id", "")] = (kind, target)
            if kind in ("styles", "sharedStrings"):
                others[kind] = target
        sheets: list[SheetPart] = []
        position, since_1904 = 0, False
        for tag, attributes in self.xml(main):
            if tag == "workbookPr":
                since_1904 = attributes.get("date1904", "0") in ("1", "true")
            if tag != "sheet":
                continue
            kind, member = targets.get(attributes.get("r:id", ""), ("", ""))
            if kind == "worksheet" or not kind:
                hidden = attributes.get("state", "visible") != "visible"
                sheets.append(SheetPart(attributes.get("name", ""), position, member, hidden))
            position += 1
        if len(sheets) > MOST_SHEETS:
            raise SheetRefused(
                f"“{self.name}” has {len(sheets):,} sheets; at most {MOST_SHEETS} can be shown. "
                "Nothing was imported; save the sheet you need as a file of its own."
            )
        if not sheets or not all(self.has(sheet.member) for sheet in sheets):
            raise self.damaged()
        return sheets, since_1904, others

    @staticmethod
    def _resolve(folder: str, target: str) -> str:
        target = target.replace("\\", "/")
        if target.startswith("/"):
            return target.lstrip("/")
        return posixpath.normpath(posixpath.join(folder, target))
