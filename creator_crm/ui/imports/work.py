"""One piece of work at a time for the wizard: shown when it takes a while, stopped on request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from creator_crm.domain.errors import UserError
from creator_crm.services.imports import Recognition, Rehearsal
from creator_crm.ui.shared.jobs import Job, JobRunner, Lane, Progress
from creator_crm.ui.shared.sweeps import sweep_again, without_sweeps
from creator_crm.ui.shared.text import tr

T = TypeVar("T")
SHOW_AFTER_MS = 250


class Work(QObject):
    """Runs the wizard's jobs. A new one replaces the old one, whose result nobody waits for any more."""

    began = Signal()
    lasting = Signal(str)  # it takes a while: what is being done
    moved = Signal(int, int, str)
    ended = Signal()

    def __init__(self, jobs: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._job: Job[Any] | None = None
        self.writing = False
        self._label = ""
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(SHOW_AFTER_MS)
        self._patience.timeout.connect(lambda: self.lasting.emit(self._label))
        jobs.moved.connect(self._on_moved)

    @property
    def busy(self) -> bool:
        return self._job is not None

    def run(
        self,
        label: str,
        work: Callable[[Progress], T],
        done: Callable[[T], object],
        failed: Callable[[UserError], object],
        stopped: Callable[[], object],
        *,
        lane: Lane = Lane.DATABASE,
        writing: bool = False,
    ) -> None:
        """Start; exactly one of `done`, `failed` and `stopped` follows, unless other work takes its place.

        `writing`: it may change the workspace, so that its end is always waited for.
        """
        self.abandon()
        self._label, self.writing = label, writing
        job: Job[T] | None = None

        def only_mine(answer: Callable[..., object]) -> Callable[..., None]:
            def call(*results: object) -> None:
                if self._job is job and job is not None:
                    self._end()
                    answer(*results)

            return call

        def quietly(progress: Progress) -> T:
            with without_sweeps():
                return work(progress)

        job = self._jobs.run(
            label,
            quietly,
            done=only_mine(done),
            failed=only_mine(failed),
            cancelled=only_mine(stopped),
            lane=lane,
            owner=self,
        )
        self._job = job
        self._patience.start()
        self.began.emit()

    def stop(self) -> None:
        """Ask the work to stop; `stopped` follows when it has (or `done`, when it was too late)."""
        if self._job is not None:
            self._job.cancel()

    def abandon(self) -> None:
        """Let the work go: it is stopped, and none of its answers comes."""
        if self._job is not None:
            self._job.cancel()
            self._end()

    def let_go(self, *lists: Recognition | Rehearsal | None, last: bool = False) -> None:
        """Free lists that nobody looks at any more, off the main thread and behind the work that read them.

        `last`: none is left, and everything is swept as before.
        """

        def free(_progress: Progress) -> None:
            for one in lists:
                if one is not None:
                    one.let_go()
            if last:
                sweep_again()

        if last or any(lists):
            self._jobs.run(tr("Closing the list"), free)

    def _end(self) -> None:
        self._job = None
        self.writing = False
        self._patience.stop()
        self.ended.emit()

    def _on_moved(self, job: Job[Any]) -> None:
        if job is self._job:
            self.moved.emit(*job.position)
