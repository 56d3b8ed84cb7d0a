"""Opens any sheet file safely and gives its rows: text here, workbooks in a limited process of their own."""

from __future__ import annotations

import codecs
import hashlib
import os
import stat
from pathlib import Path

from creator_crm.domain.errors import Cancelled
from creator_crm.exchange.errors import ExchangeError, SheetRefused, changed
from creator_crm.exchange.reading.encoding import CHOICES, find_encoding
from creator_crm.exchange.reading.everything import Everything, open_everything
from creator_crm.exchange.reading.frames import Cell
from creator_crm.exchange.reading.kinds import (
    HEAD,
    WORKBOOK_SUFFIXES,
    container,
    looks_binary,
    refuse_other_text,
)
from creator_crm.exchange.reading.shapes import Cancel, Opened, Progress, Rows, SheetInfo, TextChoices
from creator_crm.exchange.reading.text import DELIMITERS, MAX_BYTES, find_delimiter, read_text
from creator_crm.exchange.reading.workbook import (
    open_and_read_workbook,
    open_workbook,
    read_workbook,
)

__all__ = [
    "CHOICES",
    "DELIMITERS",
    "Cancelled",
    "Cell",
    "Everything",
    "ExchangeError",
    "Opened",
    "Rows",
    "SheetInfo",
    "SheetRefused",
    "TextChoices",
    "open_and_read",
    "open_sheets",
    "read_rows",
    "read_whole",
]


def open_sheets(
    path: str | os.PathLike[str],
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    cancel: Cancel | None = None,
    seconds: float | None = None,
) -> Opened:
    """Look a file over: what it is, its sheets, how its text is understood.

    `encoding` and `delimiter` are the user's choices for a text file. Raises Cancelled, and SheetRefused with
    one sentence for anything that is not a sheet of rows.
    """
    path = Path(path)
    head = _head(path)
    kind = container(path, head)
    if kind == "text":
        return _open_text(path, head, encoding, delimiter, cancel)
    return open_workbook(path, kind, seconds, cancel)


def open_and_read(
    path: str | os.PathLike[str],
    sheet: int | None = None,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    cancel: Cancel | None = None,
    progress: Progress | None = None,
) -> tuple[Opened, Rows]:
    """Look a file over and take the rows of one sheet, or the default one, in one go; raises as both do."""
    path = Path(path)
    head = _head(path)
    kind = container(path, head)
    if kind == "text":
        opened = _open_text(path, head, encoding, delimiter, cancel)
        return opened, read_rows(opened, sheet or 0, cancel=cancel, progress=progress)
    return open_and_read_workbook(path, kind, sheet, cancel, progress)


def read_whole(
    path: str | os.PathLike[str], *, cancel: Cancel | None = None, progress: Progress | None = None
) -> tuple[Opened, Everything] | None:
    """Look a workbook over and read all of it; None for a text file. Raises SheetRefused and Cancelled."""
    path = Path(path)
    kind = container(path, _head(path))
    return None if kind == "text" else open_everything(path, kind, cancel=cancel, progress=progress)


def read_rows(
    opened: Opened,
    sheet: int = 0,
    *,
    limit: int | None = None,
    cancel: Cancel | None = None,
    progress: Progress | None = None,
    seconds: float | None = None,
) -> Rows:
    """All rows of one sheet, or the first `limit`; raises SheetRefused if it changed or can't be read."""
    _head(opened.path)
    if opened.text is None:
        return read_workbook(opened, sheet, limit, cancel, progress, seconds)
    choices = opened.text
    if limit is None and _sha256(opened.path, cancel) != opened.sha256:
        raise SheetRefused(changed(opened.path.name))
    found = read_text(
        opened.path, choices.encoding, choices.delimiter, limit=limit, cancel=cancel, progress=progress
    )
    notes = []
    if found.odd_quote_line:
        notes.append(
            f"Line {found.odd_quote_line:,} has a quotation mark in an unusual place; check the rows there."
        )
    contiguous = not found.lines or found.lines[-1] - found.lines[0] == len(found.lines) - 1
    return Rows(
        rows=found.rows,  # type: ignore[arg-type]
        first_line=found.lines[0] if found.lines else 1,
        line_numbers=None if contiguous else found.lines,
        removed_characters=found.removed_characters,
        too_long=found.too_long,
        notes=tuple(notes),
    )


def _head(path: Path) -> bytes:
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise SheetRefused(f"“{path.name}” is a folder. Choose the file inside it.")
        if not stat.S_ISREG(about.st_mode):
            raise SheetRefused(f"“{path.name}” is not a file. Choose a sheet saved on this computer.")
        with path.open("rb") as file:
            head = file.read(HEAD)
    except FileNotFoundError as error:
        raise SheetRefused(f"“{path.name}” is not there any more. Choose the file again.") from error
    except PermissionError as error:
        raise SheetRefused(
            f"“{path.name}” may not be read: you lack the permission. "
            "Copy it to a folder of yours and choose the copy."
        ) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the path is not a valid one"
        raise SheetRefused(
            f"“{path.name}” can't be read ({reason}). Copy it to this computer and choose the copy."
        ) from error
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise SheetRefused(f"“{path.name}” is empty: there is no data in it. Choose another file.")
    return head


def _open_text(
    path: Path, head: bytes, encoding: str | None, delimiter: str | None, cancel: Cancel | None
) -> Opened:
    if path.stat().st_size > MAX_BYTES:
        raise SheetRefused(
            f"“{path.name}” is larger than {MAX_BYTES >> 20} MB. Nothing was imported; split the file."
        )
    found = find_encoding(path, head, cancel)
    if not found.name.startswith("utf-16") and looks_binary(head):
        raise SheetRefused(
            f"“{path.name}” is not a sheet, or is damaged. Save it as .xlsx or CSV again, and choose that."
        )
    chosen = encoding or found.name
    try:
        sample = codecs.getincrementaldecoder(chosen)("replace").decode(head)
    except LookupError as error:
        raise SheetRefused(
            f"“{chosen}” is not an encoding this program knows. Choose one from the list."
        ) from error
    refuse_other_text(path.name, sample)
    cut = find_delimiter(sample.lstrip("\ufeff"), whole=len(head) < HEAD)
    if cut is None and path.suffix.lower() in WORKBOOK_SUFFIXES:
        raise SheetRefused(
            f"“{path.name}” is not an Excel file, though it is named like one, and holds no table. "
            "Save the sheet as .xlsx or CSV again, and choose that."
        )
    notes = []
    if path.suffix.lower() in WORKBOOK_SUFFIXES:
        notes.append(f"“{path.name}” is named like a workbook but is a text file, and was read as one.")
    choices = TextChoices(
        encoding=chosen,
        delimiter=delimiter or cut or ",",
        encoding_certain=found.certain or encoding is not None,
        other_encodings=tuple(name for name in (found.name, *found.others) if name != chosen),
    )
    sheets = (SheetInfo(path.stem, 0, 0, hidden=False),)
    return Opened(path, "csv", sheets, 0, choices, found.sha256, tuple(notes))


def _sha256(path: Path, cancel: Cancel | None) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            if cancel and cancel():
                raise Cancelled
            digest.update(block)
    return digest.hexdigest()
