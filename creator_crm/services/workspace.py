"""The open workspace as window and command line see it: questions, undo, and who is told of changes."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from creator_crm.domain.changes import Changes
from creator_crm.domain.fields import Catalogue, Field, Kind, Row, Value
from creator_crm.domain.frozen import immutable
from creator_crm.domain.normal import show
from creator_crm.domain.query import Query
from creator_crm.domain.records import CATALOGUE
from creator_crm.services.attachments import Attachments
from creator_crm.services.briefs import Briefs
from creator_crm.services.carrier_files import CarrierFiles
from creator_crm.services.creators import Creators
from creator_crm.services.custom_fields import CustomFields
from creator_crm.services.paper import Paper
from creator_crm.services.planning import Planning
from creator_crm.services.results import Results
from creator_crm.services.safety import Safety, restore_backup
from creator_crm.services.seeding import Seeding
from creator_crm.services.sequences import Sequences
from creator_crm.services.settings import Settings
from creator_crm.services.team_workbook import TeamWorkbook
from creator_crm.services.timeline import Timeline
from creator_crm.services.vetting import Vetting
from creator_crm.services.views import Views
from creator_crm.store import history
from creator_crm.store.codec import decode, decode_custom
from creator_crm.store.errors import Damaged
from creator_crm.store.history import ChangeSet, Entry
from creator_crm.store.readers import lists, lookup
from creator_crm.store.store import Store
from creator_crm.store.text_search import Hit, everywhere

__all__ = ["SUFFIX", "ChangeSet", "Damaged", "HistoryLine", "Workspace", "restore_backup"]

SUFFIX = ".creatorcrm"


@immutable
class HistoryLine:
    """One entry of a record's history: who did what when, and (field, before, after) as plain text."""

    change_set: int
    at: str
    who: str
    label: str
    action: str
    undone: bool
    changes: tuple[tuple[str, str, str], ...]


class Workspace(
    Seeding,
    Planning,
    Sequences,
    Timeline,
    Briefs,
    Results,
    Paper,
    Creators,
    Vetting,
    Views,
    CustomFields,
    CarrierFiles,
    Attachments,
    Settings,
    TeamWorkbook,
    Safety,
):
    """One open workspace; closes its file on `close` or at the end of its `with` block."""

    def __init__(self, store: Store) -> None:
        self.store = store

    @classmethod
    def create(cls, path: Path, *, who: str | None = None, catalogue: Catalogue = CATALOGUE) -> Workspace:
        """Make a new workspace file; raises UserError when something is at `path` already."""
        return cls(Store.create(path, catalogue, who=who))

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        who: str | None = None,
        catalogue: Catalogue = CATALOGUE,
        take_over: bool = False,
    ) -> Workspace:
        """Open a workspace file; raises UserError when it is not one, newer, damaged or open elsewhere.

        `take_over` opens it although a computer that never closed it still seems to hold it.
        """
        return cls(Store.open(path, catalogue, who=who, take_over=take_over))

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self, *, back_up: bool = False) -> None:
        """Close the file; with `back_up`, first copy it when something changed since the last backup."""
        self.store.close(back_up=back_up)

    @property
    def path(self) -> Path:
        return self.store.path

    @property
    def catalogue(self) -> Catalogue:
        return self.store.catalogue

    def listen(self, listener: Callable[[Changes], None]) -> None:
        """Call `listener` after every finished change, on the thread that made it."""
        self.store.listeners.append(listener)

    # Questions ---------------------------------------------------------------------------------------

    def ids(self, query: Query) -> array[int]:
        return lists.ids(self.store, query)

    def count(self, query: Query) -> int:
        return lists.count(self.store, query)

    def rows(self, record: str, ids: Sequence[int]) -> list[Row]:
        """The rows of `ids` in that order; those that are gone are left out."""
        return lists.rows(self.store, record, ids)

    def row(self, record: str, number: int) -> Any:
        """One row, or None when it is not there."""
        return lists.row(self.store, record, number)

    def titles(self, record: str, ids: Iterable[int]) -> dict[int, str]:
        return lookup.titles(self.store, record, ids)

    def uids(self, record: str, ids: Iterable[int]) -> dict[int, str]:
        return lookup.uids(self.store, record, ids)

    def numbers(self, record: str, uids: Iterable[str]) -> dict[str, int]:
        """The rows with these short ids, the trash included."""
        return lookup.by_uid(self.store, record, uids)

    def find(self, record: str, key: str) -> list[int]:
        """The rows that a short id or natural key names: none, one, or several."""
        return lookup.find(self.store, record, key)

    def search(self, text: str, limit: int = 8) -> list[Hit]:
        """The best hits in every kind of record."""
        return everywhere(self.store, text, limit)

    def choices(self, record: str, field: Field, prefix: str = "", limit: int = 20) -> list[str]:
        """What others wrote in this field, for completing."""
        return lists.column_values(self.store, record, field.name, prefix, limit)

    def parts(self, record: str, owner: int) -> list[Row]:
        """The living rows of `record` that are parts of the row `owner`, in the order they were made."""
        return lists.parts(self.store, record, owner)

    # History -----------------------------------------------------------------------------------------

    def undo(self, change_set: int | None = None) -> Changes:
        return self.store.undo(change_set)

    def redo(self) -> Changes:
        return self.store.redo()

    def next_undo(self) -> ChangeSet | None:
        with self.store.read_raw() as raw:
            return history.next_undo(raw)

    def next_redo(self) -> ChangeSet | None:
        with self.store.read_raw() as raw:
            return history.next_redo(raw)

    def change_sets(self, limit: int = 200) -> list[ChangeSet]:
        with self.store.read_raw() as raw:
            return history.change_sets(raw, limit)

    def history(self, record: str, number: int, limit: int = 200) -> list[HistoryLine]:
        """Who changed what in one row, newest first."""
        with self.store.read_raw() as raw:
            entries = history.entries_of(raw, record, number, limit)
        return [self._line(entry) for entry in entries]

    def _line(self, entry: Entry) -> HistoryLine:
        step = entry.change_set
        changes: tuple[tuple[str, str, str], ...] = ()
        if entry.action != "delete":
            changes = tuple(self._differences(entry))
        return HistoryLine(step.id, step.at, step.who, step.label, entry.action, step.undone, changes)

    def _differences(self, entry: Entry) -> Iterable[tuple[str, str, str]]:
        description = self.catalogue[entry.record]
        for field in description.visible:
            if field.custom:
                before = decode_custom(entry.before.get("custom")).get(field.name)
                after = decode_custom(entry.after.get("custom")).get(field.name)
            elif field.name in entry.before or field.name in entry.after:
                before = decode(field, entry.before.get(field.name))
                after = decode(field, entry.after.get(field.name))
            else:
                continue
            if before != after:
                currency = entry.after.get(field.currency) if field.currency else None
                yield field.label, self._shown(field, before, currency), self._shown(field, after, currency)

    def _shown(self, field: Field, value: Value, currency: str | None) -> str:
        if field.kind is Kind.REFERENCE and isinstance(value, int):
            return self.titles(field.references, [value]).get(value, f"no. {value}")
        return show(field, value, currency)
