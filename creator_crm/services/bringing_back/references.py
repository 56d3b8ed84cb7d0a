"""Which row a cell means by a name: as it was called when written, as added there, as it is called now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from creator_crm.domain.fields import Catalogue, Description, Kind, Value
from creator_crm.domain.normal import show
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.exchange.sheets import Rows
from creator_crm.exchange.workbook.layout import UID_PREFIX
from creator_crm.exchange.workbook.names import Names
from creator_crm.store.readers.sheets import Moment
from creator_crm.store.readers.whole import Raw

_BETWEEN = " · "


class References:
    """Names to uids and back, for every record that others refer to."""

    def __init__(self, raw: Raw, catalogue: Catalogue, lists: Rows, names: Mapping[str, str]) -> None:
        """`names` tells which rows go by another id here; more may come to it."""
        self._catalogue = catalogue
        self._moment = Moment(raw, catalogue)
        self._written = dict(_written(catalogue, lists))
        self._here: dict[str, Names] = {}
        self._titles: dict[str, dict[str, str]] = {}
        self._added: dict[str, dict[str, str]] = {}
        self._same = names
        self._told, self._ids = 0, dict[Value, list[Value]]()

    def text(self, record: str, uid: str) -> str:
        """What a cell held that meant this row when the workbook was written."""
        names = self._written.get(record) or self._now(record)
        return names.text(uid)

    def uid(self, record: str, text: str) -> str:
        """The row that a cell means. Raises ValueRefused with a sentence for people."""
        written = self._written.get(record)
        found = written.find(text) if written else None
        found = found or self._added.get(record, {}).get(_folded(text))
        if found is None and _folded(text).startswith(UID_PREFIX):
            found = text.strip().removeprefix(UID_PREFIX)
            if found not in self._titles_here(record):
                raise ValueRefused(f"“{text}” is the id of no row that is known here.")
        return self._same.get(found, found) if found else self._now(record).uid(text)

    def ids(self, uid: Value) -> list[Value]:
        """All ids that the row `uid` went by."""
        if len(self._same) != self._told:
            self._told, self._ids = len(self._same), {}
            for other, here in self._same.items():
                self._ids.setdefault(here, []).append(other)
        return [uid, *self._ids.get(uid, ())]

    def add(self, record: str, uid: str, values: Mapping[str, Value]) -> None:
        """Let cells of other sheets mean a row by what the workbook calls it now."""
        title = self.title(self._catalogue[record], values)
        if title:
            self._added.setdefault(record, {}).setdefault(_folded(title), uid)

    def title(self, description: Description[Any], values: Mapping[str, Value]) -> str:
        """What a row with these values is called, as its list calls it."""
        names = description.named or (description.title, *description.key[:1])
        parts = []
        for name in names:
            field, value = description.field(name), values.get(name)
            if value in (None, (), ""):
                continue
            if field.references:
                parts.append(self.title_of(field.references, str(value)))
            elif field.kind is Kind.MOMENT or (field.kind is Kind.DATE):
                parts.append(str(value)[:10])
            else:
                parts.append(show(field, value))
        return _BETWEEN.join(parts if description.named else parts[:1])

    def title_of(self, record: str, uid: str) -> str:
        """What a row is called here, or there when it is not here yet."""
        here = self._titles_here(record).get(uid)
        added = (text for text, of in self._added.get(record, {}).items() if of == uid)
        return here or next(added, "") or self.text(record, uid)

    def _now(self, record: str) -> Names:
        if record not in self._here:
            self._here[record] = Names.of(self._catalogue[record], self._titles_here(record).items())
        return self._here[record]

    def _titles_here(self, record: str) -> dict[str, str]:
        if record not in self._titles:
            self._titles[record] = {row.uid: row.title for row in self._moment.names(record, ())}
        return self._titles[record]


def _written(catalogue: Catalogue, lists: Rows) -> Any:
    """(record, names) of the rows that the workbook says it was written with."""
    headers = [str(cell or "") for cell in lists.rows[0]] if lists.rows else []
    for at, record in enumerate(headers):
        if record in catalogue and f"{record} id" in headers:
            ids = headers.index(f"{record} id")
            texts = {
                str(row[ids]).removeprefix(UID_PREFIX): str(row[at])
                for row in lists.rows[1:]
                if len(row) > max(at, ids) and row[ids] and row[at]
            }
            yield record, Names(catalogue[record], texts)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
