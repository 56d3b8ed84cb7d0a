"""What columns a record's table has, and fresh ids for its rows; known without the weight of SQLAlchemy."""

from __future__ import annotations

import hashlib
import os
from typing import Any

from creator_crm.domain.fields import Description

_LETTERS = b"abcdefghjkmnpqrstvwxyz"
_SIGNS = b"0123456789" + _LETTERS
_TO_LETTER = bytes(_LETTERS[i % len(_LETTERS)] for i in range(256))
_TO_SIGN = bytes(_SIGNS[i % len(_SIGNS)] for i in range(256))


def all_columns(description: Description[Any]) -> tuple[str, ...]:
    """Every column of the table, in its order."""
    own = tuple(f.name for f in description.fields if not f.custom)
    return ("id", "uid", "version", "created_at", "updated_at", "deleted_at", *own, "custom")


def tracked_columns(description: Description[Any]) -> tuple[str, ...]:
    """The columns whose changes are history: all but the row's number and what the database derives."""
    own = tuple(f.name for f in description.stored)
    return ("uid", "version", "created_at", "updated_at", "deleted_at", *own, "custom")


def new_uids(count: int) -> list[str]:
    """Fresh short ids: 12 signs that begin with a letter, so that no spreadsheet takes one for a number."""
    first = os.urandom(count).translate(_TO_LETTER).decode()
    rest = os.urandom(11 * count).translate(_TO_SIGN).decode()
    return [first[i] + rest[11 * i : 11 * i + 11] for i in range(count)]


def uid_of(told: str) -> str:
    """The id of a row that several copies make by themselves: whoever is told the same gives the same."""
    digest = hashlib.sha256(told.encode("utf-8", "surrogatepass")).digest()
    return digest[:1].translate(_TO_LETTER).decode() + digest[1:12].translate(_TO_SIGN).decode()
