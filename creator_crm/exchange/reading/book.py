"""A workbook inside the reading process: what its sheets are, looked over before calamine may open it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from creator_crm.exchange.errors import SheetRefused
from creator_crm.exchange.reading.limits import limit_memory, limits_memory

if TYPE_CHECKING:
    from creator_crm.exchange.reading.package import Package
    from creator_crm.exchange.reading.silent import Silent

_PICTURES: Final = ("pictures/", "xl/media/", "thumbnails/")


class Book:
    """One workbook; `container` is zip or ole, `copied` keeps what is unpacked for whoever reads it next."""

    def __init__(self, path: str, name: str, container: str, copied: bool) -> None:
        self.path, self.name = path, name
        self.package = None if container == "ole" else self._package(copied)
        self.format = self.package.kind() if self.package else "xls"

    def _package(self, copied: bool) -> Package:
        from creator_crm.exchange.reading.package import Package

        if copied and sys.platform == "linux" and hasattr(os, "memfd_create"):
            from creator_crm.exchange.reading.unpacked import Unpacked

            with suppress(OSError):
                return Package(self.path, self.name, Unpacked(self.path))
        return Package(self.path, self.name)

    @cached_property
    def parts(self) -> Any:
        """Of an .xlsx: its sheets, whether days count from 1904, where styles and strings are."""
        assert self.package is not None
        return self.package.workbook()

    def facts(self) -> list[dict[str, Any]]:
        """What is to be known about each sheet before it is read."""
        if self.package is None:
            from creator_crm.exchange.reading import silent

            return self._listed(lambda _: silent.in_xls(self.path))
        if self.format == "xlsx":
            return self._scanned(self.package)
        return self._listed_safely(self.package)

    def _scanned(self, package: Package) -> list[dict[str, Any]]:
        from creator_crm.exchange.reading.scan import scan_sheet

        parts, _, others = self.parts
        for member in ("[Content_Types].xml", others.get("styles", "")):
            if package.has(member):
                next(package.blocks(member), b"")  # refuses one too large, or with a DTD
        if package.has(others.get("sharedStrings", "")):
            for _ in package.blocks(others["sharedStrings"]):
                if not package.copied:
                    break
        sheets = []
        for part in parts:
            found = scan_sheet(package, part.member, careful=not limits_memory())
            sheets.append(
                {
                    "name": part.name,
                    "hidden": part.hidden,
                    "rows": found.rows,
                    "columns": found.columns,
                    "size": found.size,
                    "sparse": found.sparse,
                    "errors": dict(found.errors),
                    "uncalculated": found.uncalculated,
                    "hidden_rows": found.hidden_rows,
                    "filtered": found.filtered,
                }
            )
        return sheets

    def _listed_safely(self, package: Package) -> list[dict[str, Any]]:
        for member in package.names():
            if not member.startswith(_PICTURES):
                package.check_size(member)
        if package.has("content.xml"):
            for _ in package.blocks("content.xml"):
                pass
        from creator_crm.exchange.reading import silent

        looked_over = silent.in_ods(package) if self.format == "ods" else None
        return self._listed(lambda count: looked_over or silent.in_xlsb(package, count))

    def _listed(self, look_over: Callable[[int], Sequence[Silent]]) -> list[dict[str, Any]]:
        """The worksheets of a format that calamine has to list, with what it does not say about them."""
        workbook = self.calamine(0)
        unsaid = look_over(len(workbook.sheets_metadata))
        found = []
        for position in self.positions(workbook):
            meta, sheet = workbook.sheets_metadata[position], workbook.get_sheet_by_index(position)
            found.append(
                {
                    "name": meta.name,
                    "hidden": not str(meta.visible).endswith(".Visible"),
                    "rows": sheet.end[0] + 1 if sheet.end else 0,
                    "columns": sheet.end[1] + 1 if sheet.end else 0,
                    "errors": dict(unsaid[position].errors) if position < len(unsaid) else {},
                    "uncalculated": unsaid[position].uncalculated if position < len(unsaid) else 0,
                }
            )
        return found

    def calamine(self, size: int) -> Any:
        """The workbook in calamine, with memory for `size` bytes of sheets."""
        if self.format == "xlsx" and self.package:
            limit_memory(size + self.package.size(self.parts[2].get("sharedStrings", "")))
        else:
            limit_memory(2 * os.stat(self.path).st_size)  # noqa: PTH116
        return self._loaded

    @cached_property
    def _loaded(self) -> Any:
        from python_calamine import PasswordError, load_workbook

        try:
            return load_workbook(self.package.quick_path if self.package else self.path)
        except PasswordError as error:
            from creator_crm.exchange.reading.compound import protected

            raise SheetRefused(protected(self.name)) from error

    def positions(self, workbook: Any) -> list[int]:
        """Where the worksheets stand among all sheets that calamine lists."""
        if self.format == "xlsx":
            return [part.position for part in self.parts[0]]
        return [
            at for at, meta in enumerate(workbook.sheets_metadata) if str(meta.typ).endswith(".WorkSheet")
        ]
