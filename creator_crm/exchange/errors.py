"""What can go wrong with a file that comes in or goes out, always as one plain sentence."""

from __future__ import annotations

from typing import Final

from creator_crm.domain.errors import UserError

AS_SHEET: Final = "Open it in the program it came from, export it as .xlsx or CSV, and choose that file."


class ExchangeError(UserError):
    """A file could not be read, understood or written."""


class SheetRefused(ExchangeError):
    """A file that is not, or not safely, a sheet of rows; the sentence names the remedy."""


def changed(name: str) -> str:
    """The sentence for a file that is no longer the one that was opened."""
    return f"“{name}” has changed since it was opened. Nothing was imported; choose the file again."
