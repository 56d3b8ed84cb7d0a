"""Rows as other rows refer to them in the workbook: by their title, and by their id where two share one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from creator_crm.domain.fields import Description
from creator_crm.domain.values.refused import ValueRefused, quoted
from creator_crm.exchange.workbook.layout import UID_PREFIX

_LONGEST = 80  # signs of a title; what is longer is told apart by its id as well
_BETWEEN = " · "
_ID = re.compile(rf"(?:.*\s)?{UID_PREFIX}(\w+)", re.DOTALL)


class Names:
    """The texts by which the rows of one record are referred to."""

    def __init__(self, description: Description[Any], texts: Mapping[str, str]) -> None:
        """`texts` holds by uid what the workbook has for each row, each text once."""
        self._label = description.label.lower()
        self._texts = texts
        self._uids: dict[str, str | None] = {}
        for uid, text in texts.items():
            key = _folded(text)
            self._uids[key] = None if key in self._uids else uid

    @classmethod
    def of(cls, description: Description[Any], titles: Iterable[tuple[str, str]]) -> Names:
        """The texts of rows given as (uid, title)."""
        titles = [(uid, " ".join(title.split())) for uid, title in titles]
        shared = Counter(_folded(title) for _, title in titles)
        return cls(description, {uid: _text(uid, title, shared) for uid, title in titles})

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """(uid, text) of each row, in the order they were given."""
        return iter(self._texts.items())

    def __len__(self) -> int:
        return len(self._texts)

    def text(self, uid: str) -> str:
        """What stands in a cell that refers to the row; its id when it has no title here."""
        return self._texts.get(uid) or UID_PREFIX + uid

    def find(self, text: str) -> str | None:
        """The uid of the row that a cell names by its text or id; None for none and for several."""
        uid = self._uids.get(_folded(text))
        if uid is None and (found := _ID.fullmatch(text.strip())):
            uid = found[1] if found[1] in self._texts else None
        return uid

    def uid(self, text: str) -> str:
        """The uid of the row that a cell names. Raises ValueRefused with a sentence for people."""
        uid = self.find(text)
        if uid is None and _folded(text) in self._uids:
            raise ValueRefused(f"Several rows are called {quoted(text)}; choose one from the list.")
        if uid is None:
            raise ValueRefused(f"{quoted(text)} names no {self._label}; choose one from the list.")
        return uid


def _text(uid: str, title: str, shared: Counter[str]) -> str:
    if not title:
        return UID_PREFIX + uid
    if len(title) > _LONGEST:
        return f"{title[:_LONGEST].rstrip()}…{_BETWEEN}{UID_PREFIX}{uid}"
    # A title that looks like an id would be taken for one.
    if shared[_folded(title)] > 1 or _ID.fullmatch(title):
        return f"{title}{_BETWEEN}{UID_PREFIX}{uid}"
    return title


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
