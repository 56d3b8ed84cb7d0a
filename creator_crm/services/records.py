"""What can be done with any kind of record: add, change, many at once, trash, restore, archive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from creator_crm.domain.changes import Changes
from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Description, Kind, Value
from creator_crm.domain.normal import show
from creator_crm.services.through import split, write_through
from creator_crm.store.store import Store
from creator_crm.store.unit_of_work import Unit


class Records:
    """The verbs of a workspace; each call is one transaction and one step to undo."""

    store: Store

    def add(
        self,
        record: str,
        values: Mapping[str, Value],
        parts: Mapping[str, Sequence[Mapping[str, Value]]] | None = None,
        label: str = "",
    ) -> int:
        """Add one row, with parts that belong to it (a creator with accounts); returns its number."""
        description = self.store.catalogue[record]
        refuse_missing(description, values)
        with self.store.change(label or f"Add {_named(description, values)}") as unit:
            own, derived = split(description, values)
            number = unit.add(record, own)
            write_through(unit, description, number, derived)
            for part, rows in (parts or {}).items():
                owner = self.store.catalogue[part].owner
                assert owner is not None
                for row in rows:
                    unit.add(part, {owner.name: number, **row})
                self._entered(unit, part)
            self._entered(unit, record)
        return number

    def edit(
        self,
        record: str,
        changes: Mapping[int, Mapping[str, Value]],
        label: str = "",
        versions: Mapping[int, int] | None = None,
    ) -> Changes:
        """Change fields of one or many rows; a row that is not at its given version any more refuses all."""
        description = self.store.catalogue[record]
        for values in changes.values():
            _refuse_emptied(description, values)
        with self.store.change(label or _edit_label(description, changes)) as unit:
            halves = {number: split(description, values) for number, values in changes.items()}
            own = {number: values for number, (values, _) in halves.items() if values}
            unit.set_many(record, own, versions=versions)
            for number, (_, derived) in halves.items():
                write_through(unit, description, number, derived)
            self._entered(unit, record)
        return self.store.last_changes

    def _entered(self, unit: Unit, record: str) -> None:
        """What follows from rows of `record` that were just written by hand; pages that know more say it."""

    def trash(self, record: str, numbers: Iterable[int]) -> Changes:
        """Move rows and their parts to the trash."""
        numbers = list(numbers)
        label = f"Move {_counted(self.store.catalogue[record], len(numbers))} to the trash"
        with self.store.change(label) as unit:
            unit.trash(record, numbers)
        return self.store.last_changes

    def restore(self, record: str, numbers: Iterable[int]) -> Changes:
        """Take rows out of the trash, with what went in together with them."""
        numbers = list(numbers)
        label = f"Take {_counted(self.store.catalogue[record], len(numbers))} out of the trash"
        with self.store.change(label) as unit:
            unit.restore(record, numbers)
        return self.store.last_changes

    def archive(self, record: str, numbers: Iterable[int], archived: bool = True) -> Changes:
        """Put rows aside without losing anything, or back among the others."""
        numbers = list(numbers)
        counted = _counted(self.store.catalogue[record], len(numbers))
        label = f"Archive {counted}" if archived else f"Bring {counted} back from the archive"
        return self.edit(record, {number: {"archived": archived} for number in numbers}, label)


def refuse_missing(description: Description[Any], values: Mapping[str, Value]) -> None:
    """Raise UserError when a required field without a default is empty."""
    missing = [
        field.label
        for field in description.stored
        if field.required and values.get(field.name, field.default) in (None, (), "")
    ]
    if missing:
        raise UserError(f"{one(description)} needs: {', '.join(missing)}. Nothing was saved yet.")


def _refuse_emptied(description: Description[Any], values: Mapping[str, Value]) -> None:
    for name, value in values.items():
        field = description.field(name)
        if field.required and value in (None, (), ""):
            raise UserError(f"{field.label} cannot be empty. Nothing was changed.")


def _named(description: Description[Any], values: Mapping[str, Value]) -> str:
    field = description.by_name.get(description.title)
    title = values.get(description.title)
    if field is None or not title or field.kind is Kind.REFERENCE:
        return description.label.lower()
    return f"{description.label.lower()} {show(field, title)}"


def one(description: Description[Any]) -> str:
    """ "A creator", "An account": how a sentence about any one of them begins."""
    label = description.label.lower()
    return f"{'An' if label[0] in 'aeiou' else 'A'} {label}"


def _counted(description: Description[Any], count: int) -> str:
    return f"1 {description.label.lower()}" if count == 1 else f"{count:,} {description.plural.lower()}"


def _edit_label(description: Description[Any], changes: Mapping[int, Mapping[str, Value]]) -> str:
    names = {name for values in changes.values() for name in values}
    fields = ", ".join(f.label for f in description.fields if f.name in names)
    return f"Change {fields or 'nothing'} of {_counted(description, len(changes))}"
