"""Work off the main thread in lanes: for the database, charts, the rest; with progress, cancel and errors."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from threading import Event
from typing import Any, Generic, TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QThreadPool, Signal

from creator_crm.domain.errors import Cancelled, UserError

T = TypeVar("T")
REPORT_EVERY = 0.05  # seconds between two progress reports: more than that only costs the main thread time
# Seconds after which a computing thread lets the window have its turn. A paint asks for dozens of turns, and
# with Python's own five milliseconds for each the window would stand still meanwhile.
GIVE_WAY_AFTER = 0.0005
STACK_SIZE = 8 * 1024 * 1024  # macOS gives a thread 512 KB, too little for a deep parser


class Lane(Enum):
    DATABASE = "database"  # one at a time, always the same thread
    CHARTS = "charts"  # one at a time too: the chart library is not made for several threads
    FREE = "free"  # files and arithmetic, side by side


class Progress:
    """What a job is given: call it now and then; it raises Cancelled once the user has had enough."""

    def __init__(self, report: Callable[[int, int, str], None]) -> None:
        self._report, self._cancel, self._last = report, Event(), 0.0

    def __call__(self, done: int, total: int = 0, text: str = "") -> None:
        """`done` of `total` (0: nobody knows), and optionally what is going on, in plain words."""
        if self._cancel.is_set():
            raise Cancelled
        now = time.monotonic()
        if now - self._last >= REPORT_EVERY or done == total:
            self._last = now
            self._report(done, total, text)

    @property
    def cancelled(self) -> bool:
        return self._cancel.is_set()

    def cancel(self) -> None:
        self._cancel.set()


@dataclass(eq=False, slots=True)
class Job(Generic[T]):
    """One piece of work under way; its callbacks run on the main thread."""

    label: str
    done: Callable[[T], object] | None
    failed: Callable[[UserError], object] | None
    cancelled: Callable[[], object] | None
    owner: QObject | None
    can_cancel: bool
    progress: Progress = field(init=False)
    position: tuple[int, int, str] = (0, 0, "")

    def cancel(self) -> None:
        self.progress.cancel()


class JobRunner(QObject):
    """Runs jobs and brings their results home. It owns the signals: a job may outlive whoever started it."""

    started = Signal(object)  # Job
    moved = Signal(object)  # Job, its `position` is new
    ended = Signal(object)  # Job
    refused = Signal(str)  # the sentence of a UserError that nobody else wanted

    _reported = Signal(object, int, int, str)
    _returned = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(GIVE_WAY_AFTER)
        self._pools = {lane: QThreadPool(self) for lane in Lane}
        for lane in (Lane.DATABASE, Lane.CHARTS):
            self._pools[lane].setMaxThreadCount(1)
            self._pools[lane].setExpiryTimeout(-1)  # connection and fonts belong to that one thread
        for pool in self._pools.values():
            pool.setStackSize(STACK_SIZE)
        self._jobs: list[Job[Any]] = []
        self._finishing = False
        self._reported.connect(self._on_reported)
        self._returned.connect(self._on_returned)

    def run(
        self,
        label: str,
        work: Callable[[Progress], T],
        *,
        done: Callable[[T], object] | None = None,
        failed: Callable[[UserError], object] | None = None,
        cancelled: Callable[[], object] | None = None,
        lane: Lane = Lane.DATABASE,
        owner: QObject | None = None,
        can_cancel: bool = True,
    ) -> Job[T]:
        """Start `work(progress)` in its lane. Callbacks are dropped when `owner` is gone by then.

        A UserError goes to `failed`, else to the signal `refused`; any other error is our bug and goes to
        sys.excepthook.
        """
        job = Job(label, done, failed, cancelled, owner, can_cancel)

        def report(at: int, total: int, text: str) -> None:
            self._reported.emit(job, at, total, text)

        job.progress = Progress(report)
        if self._finishing:
            return job  # what a last result leads to is of no use to anybody any more
        self._jobs.append(job)
        self.started.emit(job)
        self._pools[lane].start(lambda: self._work(job, work))
        return job

    @property
    def running(self) -> tuple[Job[Any], ...]:
        return tuple(self._jobs)

    def finish(self, timeout_ms: int = 30_000) -> bool:
        """Cancel what may be cancelled and wait for the rest, at closing. False: something still runs."""
        for job in self._jobs:
            if job.can_cancel:
                job.cancel()
        waited = [pool.waitForDone(timeout_ms) for pool in self._pools.values()]
        self._finishing = True
        QCoreApplication.sendPostedEvents(self)  # deliver the last results before the window goes
        self._finishing = False
        return all(waited)

    def _work(self, job: Job[T], work: Callable[[Progress], T]) -> None:
        result: object = None
        error: Exception | None = None
        try:
            if job.progress.cancelled:
                raise Cancelled
            result = work(job.progress)
        except Exception as problem:  # the edge of the thread: whatever it is must reach the main thread
            error = problem
        self._returned.emit(job, result, error)

    def _on_reported(self, job: Job[Any], done: int, total: int, text: str) -> None:
        job.position = (done, total, text or job.position[2])
        self.moved.emit(job)

    def _on_returned(self, job: Job[Any], result: object, error: Exception | None) -> None:
        self._jobs.remove(job)
        self.ended.emit(job)
        if job.owner is not None and not shiboken6.isValid(job.owner):
            return
        if error is None:
            if job.done:
                job.done(result)
        elif isinstance(error, Cancelled):
            if job.cancelled:
                job.cancelled()
        elif not isinstance(error, UserError):
            sys.excepthook(type(error), error, error.__traceback__)
        elif job.failed:
            job.failed(error)
        else:
            self.refused.emit(str(error))


def as_services_tell(progress: Progress) -> Callable[[int, int | None], None]:
    """The job's progress in the form that services report theirs: None for a total that is not known."""

    def tell(done: int, total: int | None) -> None:
        progress(done, total or 0)

    return tell
