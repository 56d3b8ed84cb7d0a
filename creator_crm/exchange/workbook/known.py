"""Whether a file is a workbook of ours, told by its first bytes: quick enough for a file that is dropped."""

from __future__ import annotations

import zlib
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from creator_crm.exchange.workbook.layout import ID_HEADER, ORIGIN_SHEET
from creator_crm.exchange.workbook.origin import DEFINED_NAME, PROPERTY

SIGNS = tuple(
    sign.encode() for sign in (ORIGIN_SHEET, DEFINED_NAME.format(1), PROPERTY, ID_HEADER)
)  # any of them: every program that saves a workbook keeps some
PLACES = ("xl/workbook.xml", "docProps/custom.xml", "xl/sharedStrings.xml", "xl/worksheets/")
MOST_READ = 512 * 1024  # bytes of a part, unpacked: no file can make this long or large
MOST_PARTS = 80


def is_team_workbook(path: Path) -> bool:
    """Whether `path` is an .xlsx that this program wrote, whatever saved it since. Never raises."""
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        return False
    try:
        with ZipFile(path) as parts:
            names = [name for place in PLACES for name in parts.namelist() if name.startswith(place)]
            for name in names[:MOST_PARTS]:
                with parts.open(name) as part:
                    begin = part.read(MOST_READ)
                if any(sign in begin for sign in SIGNS):
                    return True
    except (OSError, BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError, zlib.error):
        return False  # it is for the import to say what is wrong with it
    return False
