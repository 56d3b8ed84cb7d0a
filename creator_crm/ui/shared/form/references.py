"""A reference to another row, found by typing part of its name."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from creator_crm.compat import override
from creator_crm.domain.fields import Field, Value
from creator_crm.domain.query import Query
from creator_crm.domain.values.refused import ValueRefused, quoted
from creator_crm.ui.shared.form.editors import LineEditor
from creator_crm.ui.shared.table.source import Source
from creator_crm.ui.shared.text import tr

MOST_OFFERED = 20


class ReferenceEditor(LineEditor):
    """A line that offers the rows whose text matches; only one that exists can be chosen."""

    def __init__(self, field: Field, source: Source, parent: QWidget | None = None) -> None:
        self._source = source
        self._found: dict[str, int] = {}
        super().__init__(field, parent, self._offer)
        label = source.catalogue[field.references].label.lower()
        self.setPlaceholderText(tr("Find a {record}").format(record=label))

    @override
    def show_value(self, value: Value) -> None:
        title = ""
        if isinstance(value, int) and not isinstance(value, bool):
            title = self._source.titles(self.field.references, [value]).get(value, "")
            self._found[title] = value
        self.setText(title)
        self._show_beginning()
        self._dirty = False

    @override
    def read(self) -> Value:
        typed = self.text().strip()
        return resolve(self._source, self.field, typed, self._found) if typed else None

    def _offer(self, typed: str) -> list[str]:
        names = _matching(self._source, self.field.references, typed)
        self._found |= names
        return list(names)


def resolve(source: Source, field: Field, typed: str, known: dict[str, int] | None = None) -> int:
    """The row that a title names; raises ValueRefused when there is none."""
    for names in (known or {}, _matching(source, field.references, typed)):
        for title, number in names.items():
            if title.casefold() == typed.casefold():
                return number
    label = source.catalogue[field.references].label.lower()
    raise ValueRefused(
        tr("There is no {record} called {typed}; choose one from the list.").format(
            record=label, typed=quoted(typed)
        )
    )


def _matching(source: Source, record: str, typed: str) -> dict[str, int]:
    """The first rows whose text holds what was typed, by title; of two with one title the first."""
    ids = source.ids(Query(record, search=typed))[:MOST_OFFERED]
    titles = source.titles(record, ids)
    names: dict[str, int] = {}
    for number in ids:
        if title := titles.get(number, ""):
            names.setdefault(title, number)
    return names
