"""The process that opens workbooks: it may run out of time or memory, or die, and the application lives on.

Takes one order as JSON on its command line, answers with frames on its standard output, writes nothing else.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from contextlib import suppress
from typing import IO, Any, Final

from creator_crm.exchange.errors import SheetRefused, changed
from creator_crm.exchange.reading.book import Book
from creator_crm.exchange.reading.frames import pack_cell, send
from creator_crm.exchange.reading.limits import MOST_COPIED, limit_memory, limit_time_and_files
from creator_crm.exchange.reading.orders import Facts, Order, all_of, default_sheet, has_rows, rows_of

FLAG: Final = "--read-sheet"  # what a frozen program is started with to become this process
_ROWS_AT_ONCE: Final = 4096
_kept: list[Any] = []  # millions of cells, not worth taking apart one by one just before the process ends


def main(arguments: list[str]) -> int:
    """Carry out the order in the last argument; 0 when everything, a refusal included, was said in frames."""
    order: Order = json.loads(arguments[-1])
    out = os.fdopen(os.dup(1), "wb", buffering=1 << 16)
    os.dup2(2, 1)  # whatever a library prints must not stand among the frames
    limit_time_and_files(order["seconds"], MOST_COPIED if order.get("then") else 0)
    limit_memory(0)
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


def _carry_out(order: Order, out: IO[bytes]) -> None:
    digest = _sha256(order["path"])
    if order.get("sha256", digest) != digest:
        raise SheetRefused(changed(order["name"]))
    book = Book(order["path"], order["name"], order["container"], copied=bool(order.get("then")))
    _kept.append(book)
    if order["do"] == "open":
        facts = book.facts()
        send(out, b"f", {"format": book.format, "sheets": facts, "sha256": digest})
        order = _next(order, facts)
    if order["do"] == "everything":
        _read_everything(book, order, out)
    elif order["do"] == "read":
        _read(book, order, out)
    send(out, b".", None)


def _next(order: Order, facts: Facts) -> Order:
    """What follows the opening at once."""
    if order["then"] == "everything":
        return all_of(facts)
    sheet = default_sheet(facts) if order["sheet"] is None else order["sheet"]
    return rows_of(facts, sheet, None) if order["then"] and has_rows(facts, sheet) else {"do": "nothing"}


def _read(book: Book, order: Order, out: IO[bytes]) -> None:
    from creator_crm.exchange.reading.native import Tally, blocks

    tally = Tally()
    if order["careful"] and book.format == "xlsx":
        from creator_crm.exchange.reading.stream import read_sparse

        assert book.package is not None
        parts, since_1904, others = book.parts
        rows = read_sparse(book.package, parts[order["sheet"]].member, others, since_1904, tally)
        _send_ragged(rows, order["limit"], out)
    else:
        workbook = book.calamine(order["size"])
        sheet = workbook.get_sheet_by_index(book.positions(workbook)[order["sheet"]])
        _kept.append(sheet)
        for line, columns in blocks(sheet, tally, order["limit"]):
            send(out, b"c", (line, columns))
    send(out, b"t", {"removed": tally.removed, "too_long": tally.too_long, "errors": dict(tally.errors)})


def _read_everything(book: Book, order: Order, out: IO[bytes]) -> None:
    """All sheets in `sheets`, and what stands beside their cells."""
    from creator_crm.exchange.reading.native import Tally, blocks

    if book.format == "xlsx":
        from creator_crm.exchange.reading.beside import labels, silent_cells

        assert book.package is not None
        send(out, b"l", labels(book.package))
        for sheet in order["silent"]:
            send(out, b"q", (sheet, silent_cells(book.package, book.parts[0][sheet].member)))
    workbook = book.calamine(order["size"])
    positions = book.positions(workbook)
    for number in order["sheets"]:
        tally, sheet = Tally(), workbook.get_sheet_by_index(positions[number])
        send(out, b"s", number)
        for line, columns in blocks(sheet, tally, None):
            send(out, b"c", (line, columns))


def _send_ragged(rows: dict[int, list[Any]], limit: int | None, out: IO[bytes]) -> None:
    lines = list(rows)[:limit]
    for at in range(0, len(lines), _ROWS_AT_ONCE):
        part = lines[at : at + _ROWS_AT_ONCE]
        send(out, b"r", (part, [[pack_cell(cell) for cell in rows[line]] for line in part]))


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


if __name__ == "__main__":
    status = main(sys.argv[1:])
    os._exit(status)  # nothing to tidy up, and a torn library may hang on the way out
