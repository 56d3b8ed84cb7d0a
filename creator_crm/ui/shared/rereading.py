"""Reading something long as a job: asked for again meanwhile, it is read once more and only then shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject

from creator_crm.domain.errors import UserError
from creator_crm.ui.shared.jobs import Job, JobRunner, Progress

T = TypeVar("T")


class Rereading:
    """One reading at a time; `again` is what asks for it, and is called when an answer came too late."""

    def __init__(self, jobs: JobRunner, owner: QObject, again: Callable[[], None]) -> None:
        self._jobs, self._owner, self._again = jobs, owner, again
        self._job: Job[Any] | None = None
        self._stale = False

    @property
    def running(self) -> bool:
        return self._job is not None and self._job in self._jobs.running

    def put_off(self) -> bool:
        """Whether a reading runs, which is then followed by another one; else the next one may begin."""
        self._stale = self.running
        return self._stale

    def read(
        self,
        label: str,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[UserError], object] | None = None,
    ) -> None:
        """Read it and hand it to `done`, unless somebody asked again meanwhile."""
        if not self.put_off():
            take = partial(self._take, done)
            self._job = self._jobs.run(
                label, work, done=take, failed=failed, owner=self._owner, can_cancel=False
            )

    def _take(self, done: Callable[[T], None], found: T) -> None:
        if self._stale:
            self._again()
        else:
            done(found)
