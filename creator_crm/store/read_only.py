"""A workspace that may be looked at and not changed, where the file or its folder cannot be written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from creator_crm.compat import override
from creator_crm.domain.fields import Catalogue
from creator_crm.store import backup
from creator_crm.store.errors import DATABASE_ERRORS, FileMoved, ReadOnly, explained
from creator_crm.store.opening import examine, has_log
from creator_crm.store.schema import SCHEMA
from creator_crm.store.store import Store

_COPY = "copy it to a folder you may write to, and open the copy"


class ReadOnlyStore(Store):
    """Reads the file as one that never changes: without a lock and a log, which would have to be written."""

    read_only = True

    @classmethod
    def look_into(cls, path: Path, catalogue: Catalogue, who: str) -> ReadOnlyStore:
        """Open a file that cannot be written; raises ReadOnly where even reading it would need that."""
        if has_log(path):
            raise ReadOnly(
                f"{path.name} is read-only here, and open elsewhere or was not closed properly there, so it "
                f"was not opened. Close it there first; or {_COPY}."
            )
        if examine(path) < SCHEMA:
            raise ReadOnly(
                f"{path.name} is read-only and was saved by an older version of Creator CRM, which must be "
                f"brought up to date first. It was left as it is; {_COPY}."
            )
        try:
            store = cls(path, catalogue, who, None)
            store._seen = store._looks()
            store.reload_catalogue()
        except DATABASE_ERRORS as error:
            raise explained(error) or error from error
        store.notes.insert(
            0,
            f"{path.name} is read-only: you can look at everything in it and change nothing. "
            f"To work in it, {_COPY}.",
        )
        return store

    @override
    def close(self, *, back_up: bool = False) -> None:
        self._readers.close()
        self._raw.close()

    @property
    @override
    def moved(self) -> bool:
        self._lost = self._lost or self._looks() != self._seen
        return self._lost

    @override
    def refuse_if_moved(self) -> None:
        if self.moved:
            raise FileMoved(
                f"{self.path.name} was changed, moved or deleted by another program while it was looked at. "
                "Open it again to see it as it is now."
            )

    @override
    def back_up(self, to: Path | None = None, *, reason: str = "by hand") -> Path:
        if to is None:
            raise self._refusal()
        backup.copy_verified(self.path, to, unchanging=True)
        return to

    @override
    def back_up_when_due(self) -> Path | None:
        return None

    @override
    @contextmanager
    def _transaction(self) -> Iterator[None]:
        raise self._refusal()
        yield

    def _refusal(self) -> ReadOnly:
        return ReadOnly(
            f"{self.path.name} is open for reading only, so nothing was changed. To work in it, {_COPY}."
        )

    def _looks(self) -> tuple[int, ...] | None:
        try:
            about = self.path.stat()
        except OSError:
            return None
        return about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns

    _seen: tuple[int, ...] | None = None
