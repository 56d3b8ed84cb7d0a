"""What tables, forms and panels ask of the workspace: ids of a query, rows by id, edits as one step."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from creator_crm.domain.changes import Changes
from creator_crm.domain.fields import Catalogue, Field, Row, Value
from creator_crm.domain.frozen import immutable
from creator_crm.domain.query import Query

Run = Callable[[Callable[[], Any], Callable[[Any], object]], object]


def at_once(job: Callable[[], Any], done: Callable[[Any], object]) -> None:
    """The default way to run a query: now, on this thread."""
    done(job())


class HistoryLine(Protocol):
    """One change set as it concerns one record; `changes` holds (field label, text before, text after)."""

    @property
    def at(self) -> str: ...
    @property
    def who(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def changes(self) -> tuple[tuple[str, str, str], ...]: ...


@immutable
class AttachmentLine:
    """A file kept about one record, without its bytes."""

    id: int
    file_name: str
    size: int
    added_at: str


class Source(Protocol):
    """The workspace as the shared widgets see it. Every write is one change set and may raise UserError."""

    @property
    def catalogue(self) -> Catalogue: ...

    def ids(self, query: Query) -> array[int]:
        """The local numbers of the rows that match, in the order asked for."""
        ...

    def rows(self, record: str, ids: Sequence[int]) -> Sequence[Row]:
        """The rows of these ids in this order; ids that are gone are left out."""
        ...

    def titles(self, record: str, ids: Iterable[int]) -> Mapping[int, str]: ...

    def edit(
        self,
        record: str,
        changes: Mapping[int, Mapping[str, Value]],
        label: str = "",
        versions: Mapping[int, int] | None = None,
    ) -> Changes:
        """Change fields; refused whole when a row is not at its given version any more."""
        ...

    def add(
        self,
        record: str,
        values: Mapping[str, Value],
        parts: Mapping[str, Sequence[Mapping[str, Value]]] | None = None,
    ) -> int:
        """Add a row, with rows of its parts; returns its local number."""
        ...

    def trash(self, record: str, numbers: Iterable[int]) -> Changes: ...

    def choices(self, record: str, field: Field, prefix: str) -> Sequence[str]:
        """Values in use that begin with `prefix`, the most used first, for completing what is typed."""
        ...

    def history(self, record: str, number: int) -> Sequence[HistoryLine]:
        """Newest first."""
        ...

    def parts(self, record: str, owner: int) -> Sequence[Row]:
        """The rows of `record` that are parts of the row `owner`."""
        ...


@runtime_checkable
class Attachments(Protocol):
    """The part of the workspace that keeps files; a panel shows its tab where this is offered."""

    def attachments(self, record: str, number: int) -> Sequence[AttachmentLine]: ...

    def attach(self, record: str, number: int, file: Path) -> int: ...

    def files_elsewhere(self, numbers: Sequence[int]) -> Mapping[int, str]:
        """By number a sentence for each attachment whose file is in another copy."""
        ...

    def attachment_bytes(self, attachment: int) -> bytes: ...

    def trash(self, record: str, numbers: Iterable[int]) -> Changes: ...
