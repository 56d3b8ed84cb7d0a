"""The process that opens workbooks: it may run out of time or memory, or die, and the application lives on.

Takes one order as JSON on its command line, answers with frames on its standard output, writes nothing else.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from creator_crm.exchange.errors import SheetRefused
from creator_crm.exchange.reading.frames import pack_cell, send
from creator_crm.exchange.reading.kinds import changed

if TYPE_CHECKING:
    from creator_crm.exchange.reading.silent import Silent

FLAG: Final = "--read-sheet"  # what a frozen program is started with to become this process
_BASE_MEMORY: Final = 288 * 1024 * 1024
_MOST_MEMORY: Final = 4 * 1024 * 1024 * 1024
_ROWS_AT_ONCE: Final = 4096
_kept: list[Any] = []  # millions of cells, not worth taking apart one by one just before the process ends


def main(arguments: list[str]) -> int:
    """Carry out the order in the last argument; 0 when everything, a refusal included, was said in frames."""
    order: dict[str, Any] = json.loads(arguments[-1])
    out = os.fdopen(os.dup(1), "wb", buffering=1 << 16)
    os.dup2(2, 1)  # whatever a library prints must not stand among the frames
    _limit_time(order["seconds"])
    _limit_memory(_BASE_MEMORY)
    gc.disable()
    try:
        _carry_out(order, out)
    except SheetRefused as refusal:
        send(out, b"!", str(refusal))
    except MemoryError:
        return 3
    except BrokenPipeError:
        return 0  # nobody listens any more
    except BaseException as error:  # calamine's panics are not Exceptions
        if isinstance(error, KeyboardInterrupt | SystemExit):
            return 4
        send(out, b"!", _sentence(order["name"], error))
    with suppress(BrokenPipeError):
        out.close()
    return 0


def _carry_out(order: dict[str, Any], out: IO[bytes]) -> None:
    digest = _sha256(order["path"])
    if order.get("sha256", digest) != digest:
        raise SheetRefused(changed(order["name"]))
    if order["do"] == "open":
        send(out, b"o", {**_open(order), "sha256": digest})
    elif order["do"] == "everything":
        _read_everything(order, out)
    else:
        _read(order, out)


def _open(order: dict[str, Any]) -> dict[str, Any]:
    path, name = order["path"], order["name"]
    from creator_crm.exchange.reading import silent

    if order["container"] == "ole":
        return {"format": "xls", "sheets": _listed(path, order, lambda _: silent.in_xls(path))}
    from creator_crm.exchange.reading.package import Package
    from creator_crm.exchange.reading.scan import scan_sheet

    package = Package(path, name)
    kind = package.kind()
    if kind != "xlsx":
        _check_all(package)
        looked_over = silent.in_ods(package) if kind == "ods" else None
        return {
            "format": kind,
            "sheets": _listed(path, order, lambda count: looked_over or silent.in_xlsb(package, count)),
        }
    parts, _, others = package.workbook()
    for member in ("[Content_Types].xml", others.get("sharedStrings", ""), others.get("styles", "")):
        if package.has(member):
            next(package.blocks(member), b"")  # refuses one too large, or with a DTD
    sheets = []
    for part in parts:
        facts = scan_sheet(package, part.member, careful=not _limits_memory())
        sheets.append(
            {
                "name": part.name,
                "hidden": part.hidden,
                "rows": facts.rows,
                "columns": facts.columns,
                "size": facts.size,
                "sparse": facts.sparse,
                "errors": dict(facts.errors),
                "uncalculated": facts.uncalculated,
                "hidden_rows": facts.hidden_rows,
                "filtered": facts.filtered,
            }
        )
    return {"format": "xlsx", "sheets": sheets}


def _listed(
    path: str, order: dict[str, Any], look_over: Callable[[int], Sequence[Silent]]
) -> list[dict[str, Any]]:
    """The worksheets of a format that calamine has to list, with what it does not say about them."""
    workbook = _load(path, order, Path(path).stat().st_size)
    unsaid = look_over(len(workbook.sheets_metadata))
    found = []
    for position in _worksheets(workbook):
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


def _read(order: dict[str, Any], out: IO[bytes]) -> None:
    from creator_crm.exchange.reading.native import Tally, blocks

    tally = Tally()
    if order["format"] == "xlsx":
        from creator_crm.exchange.reading.package import Package

        package = Package(order["path"], order["name"])
        parts, since_1904, others = package.workbook()
        part = parts[order["sheet"]]
        position = part.position
        if order["careful"]:
            from creator_crm.exchange.reading.stream import read_sparse

            rows = read_sparse(package, part.member, others, since_1904, tally)
            _send_ragged(rows, order["limit"], out)
            _send_tally(tally, out)
            return
        expected = order["size"] + package.size(others.get("sharedStrings", ""))
        workbook = _load(order["path"], order, expected)
    else:
        workbook = _load(order["path"], order, 2 * Path(order["path"]).stat().st_size)
        position = _worksheets(workbook)[order["sheet"]]
    sheet = workbook.get_sheet_by_index(position)
    _kept.extend((workbook, sheet))
    for line, columns in blocks(sheet, tally, order["limit"]):
        send(out, b"c", (line, columns))
    _send_tally(tally, out)


def _read_everything(order: dict[str, Any], out: IO[bytes]) -> None:
    """All sheets in `sheets` by one look at the file, and what stands beside their cells."""
    from creator_crm.exchange.reading.native import Tally, blocks

    size = Path(order["path"]).stat().st_size
    worksheets: list[int] = []
    if order["format"] == "xlsx":
        from creator_crm.exchange.reading.beside import labels, silent_cells
        from creator_crm.exchange.reading.package import Package

        package = Package(order["path"], order["name"])
        parts, _, others = package.workbook()
        send(out, b"l", labels(package))
        for sheet in order["silent"]:
            send(out, b"q", (sheet, silent_cells(package, parts[sheet].member)))
        worksheets = [part.position for part in parts]
        size = order["size"] + package.size(others.get("sharedStrings", ""))
    workbook = _load(order["path"], order, size)
    _kept.append(workbook)
    worksheets = worksheets or _worksheets(workbook)
    for number in order["sheets"]:
        tally, sheet = Tally(), workbook.get_sheet_by_index(worksheets[number])
        send(out, b"s", number)
        for line, columns in blocks(sheet, tally, None):
            send(out, b"c", (line, columns))
    send(out, b"o", {})


def _send_ragged(rows: dict[int, list[Any]], limit: int | None, out: IO[bytes]) -> None:
    lines = list(rows)[:limit]
    for at in range(0, len(lines), _ROWS_AT_ONCE):
        part = lines[at : at + _ROWS_AT_ONCE]
        send(out, b"r", (part, [[pack_cell(cell) for cell in rows[line]] for line in part]))


def _send_tally(tally: Any, out: IO[bytes]) -> None:
    send(out, b"t", {"removed": tally.removed, "too_long": tally.too_long, "errors": dict(tally.errors)})


def _load(path: str, order: dict[str, Any], size: int) -> Any:
    """The workbook in calamine, with memory for `size` bytes of content."""
    _limit_memory(min(_MOST_MEMORY, _BASE_MEMORY + 8 * size))
    from python_calamine import PasswordError, load_workbook

    try:
        return load_workbook(path)
    except PasswordError as error:
        from creator_crm.exchange.reading.compound import protected

        raise SheetRefused(protected(order["name"])) from error


def _worksheets(workbook: Any) -> list[int]:
    return [at for at, meta in enumerate(workbook.sheets_metadata) if str(meta.typ).endswith(".WorkSheet")]


def _check_all(package: Any) -> None:
    for member in package.names():
        if not member.startswith(("pictures/", "xl/media/", "thumbnails/")):
            package.check_size(member)
    if package.has("content.xml"):
        for _ in package.blocks("content.xml"):
            pass


def _sentence(name: str, error: BaseException) -> str:
    if "Cell limit" in str(error):
        return (
            f"“{name}” claims more cells than any sheet can have. Nothing was imported; "
            "save the part you need as CSV and choose that file."
        )
    return (
        f"“{name}” is damaged, or made in a way that can't be read. Nothing was imported; "
        "open it in Excel or LibreOffice, save it again as .xlsx or CSV, and choose the new file."
    )


def _sha256(path: str) -> str:
    import hashlib

    with open(path, "rb") as file:  # noqa: PTH123
        return hashlib.file_digest(file, "sha256").hexdigest()


def _limits_memory() -> bool:
    return sys.platform == "linux"


def _limit_time(seconds: float) -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 2, int(seconds) + 4))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _limit_memory(size: int) -> None:
    if sys.platform == "linux":  # elsewhere the limit is not kept, or does not exist
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (size, resource.getrlimit(resource.RLIMIT_AS)[1]))


if __name__ == "__main__":
    status = main(sys.argv[1:])
    os._exit(status)  # nothing to tidy up, and a torn library may hang on the way out
