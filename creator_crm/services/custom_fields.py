"""The user's own fields: added while the program runs, and from then on like built-in ones."""

from __future__ import annotations

import re
from collections.abc import Iterable

from creator_crm.domain.conditions import Condition, Op
from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import ROW_COLUMNS, Field, Kind
from creator_crm.domain.query import Query
from creator_crm.domain.values.texts import fold
from creator_crm.domain.workspace import CUSTOM_KINDS, CustomField
from creator_crm.services.records import Records
from creator_crm.store.readers import lists

_LONGEST_NAME = 40
_WITHOUT = frozenset({"custom_field", "saved_view", "setting"})


class CustomFields(Records):
    """What can be done with the fields that people add to a kind of record."""

    def custom_fields(self, record: str) -> list[CustomField]:
        """The fields that were added to a record, in their order."""
        return self._custom_fields(record, trashed=False)

    def add_custom_field(
        self,
        record: str,
        label: str,
        kind: str = Kind.TEXT,
        *,
        options: Iterable[str] = (),
        help: str = "",
        personal: bool = False,
    ) -> Field:
        """Add a field to a kind of record; it is in lists, forms, filters, files and history at once."""
        label = " ".join(label.split())
        self._refuse_label(record, label)
        chosen = tuple(dict.fromkeys(" ".join(option.split()) for option in options if option.strip()))
        if kind not in {choice.value for choice in CUSTOM_KINDS}:
            raise UserError(f"A field of your own cannot be of the kind “{kind}”. Nothing was added.")
        if kind == Kind.CHOICE and not chosen:
            raise UserError(f"Say what there is to choose from in {label}. Nothing was added.")
        name = self._free_name(record, label)
        position = len(self.custom_fields(record))
        values = {
            "about": record,
            "name": name,
            "label": label,
            "kind": str(kind),
            "options": chosen,
            "help": help or None,
            "personal": personal,
            "position": position,
        }
        self.add("custom_field", values, label=f"Add the field {label}")
        return self.store.catalogue[record].field(name)

    def rename_custom_field(self, record: str, name: str, label: str) -> None:
        """Give an own field another label; its name in files stays, so that older files still fit."""
        label = " ".join(label.split())
        found = self._own(record, name)
        self._refuse_label(record, label, but=name)
        self.edit("custom_field", {found.id: {"label": label}}, f"Rename the field {found.label} to {label}")

    def remove_custom_field(self, record: str, name: str) -> None:
        """Take an own field away everywhere; undo brings it back with every value."""
        self.trash("custom_field", [self._own(record, name).id])

    def _own(self, record: str, name: str) -> CustomField:
        found = next((field for field in self.custom_fields(record) if field.name == name), None)
        if found is None:
            raise UserError(f"“{name}” is not one of your own fields. Nothing was changed.")
        return found

    def _custom_fields(self, record: str, *, trashed: bool) -> list[CustomField]:
        about = Condition("about", Op.IS, record)
        query = Query("custom_field", where=about, sort=("position",), trashed=trashed)
        return lists.rows(self.store, "custom_field", lists.ids(self.store, query))

    def _refuse_label(self, record: str, label: str, but: str = "") -> None:
        description = self.store.catalogue[record]
        if record in _WITHOUT or description.internal:
            raise UserError(f"{description.plural} cannot have fields of your own. Nothing was changed.")
        if not label:
            raise UserError("A field needs a label. Nothing was changed.")
        same = fold(label)
        for field in description.fields:
            if field.name != but and same in (fold(field.label), field.name):
                raise UserError(
                    f"{description.plural} already have a field “{field.label}”. "
                    "Nothing was changed; choose another label."
                )

    def _free_name(self, record: str, label: str) -> str:
        """A name for files: never that of a field in the trash, whose values are still in the rows."""
        gone = {field.name for field in self._custom_fields(record, trashed=True)}
        taken = gone | {field.name for field in self.store.catalogue[record].fields} | set(ROW_COLUMNS)
        plain = re.sub(r"[^a-z0-9]+", "_", fold(label)).strip("_")[:_LONGEST_NAME]
        name = stem = plain if plain[:1].isalpha() else f"field_{plain}".strip("_")
        number = 2
        while name in taken:
            name, number = f"{stem}_{number}", number + 1
        return name
