"""What can go wrong with a file that comes in or goes out, always as one plain sentence."""

from __future__ import annotations

from creator_crm.domain.errors import UserError


class ExchangeError(UserError):
    """A file could not be read, understood or written."""


class SheetRefused(ExchangeError):
    """A file that is not, or not safely, a sheet of rows; the sentence names the remedy."""
