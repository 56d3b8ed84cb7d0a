"""The line in the status strip that shows a job which takes longer than a moment, and stops it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from creator_crm.ui.shared import theme
from creator_crm.ui.shared.buttons import button
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.jobs import Job, JobRunner
from creator_crm.ui.shared.text import counted, tr

SHOW_AFTER_MS = 300
CANCEL_AFTER_MS = 2000


class JobStrip(QWidget):
    """Shows the oldest running job: its name, how far it is, and how many more wait."""

    appeared = Signal()

    def __init__(self, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._job: Job[Any] | None = None
        self._build()
        self._update()
        runner.started.connect(self._update)
        runner.moved.connect(self._on_moved)
        runner.ended.connect(self._update)

    def _build(self) -> None:
        self.label = plain_label(parent=self)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(160)
        self.bar.setAccessibleName(tr("Progress"))
        self.cancel = button(tr("Cancel"), "", "quiet", self)
        self.cancel.clicked.connect(self._cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S)
        for widget in (self.label, self.bar, self.cancel):
            row.addWidget(widget)
        self._show_timer, self._cancel_timer = QTimer(self), QTimer(self)
        for timer, delay, slot in (
            (self._show_timer, SHOW_AFTER_MS, self._appear),
            (self._cancel_timer, CANCEL_AFTER_MS, self._offer_cancel),
        ):
            timer.setSingleShot(True)
            timer.setInterval(delay)
            timer.timeout.connect(slot)
        self.hide()

    def _appear(self) -> None:
        self.show()
        self.appeared.emit()

    def _update(self, _job: Job[Any] | None = None) -> None:
        oldest = next(iter(self._runner.running), None)
        if oldest is not self._job:
            self._job = oldest
            self.cancel.hide()
            self._cancel_timer.stop()
            if oldest is None:
                self._show_timer.stop()
                self.hide()
            else:
                self._cancel_timer.start()
                if not self.isVisible() and not self._show_timer.isActive():
                    self._show_timer.start()
        if oldest is not None:
            self._describe(oldest)

    def _on_moved(self, job: Job[Any]) -> None:
        if job is self._job:
            self._describe(job)

    def _describe(self, job: Job[Any]) -> None:
        done, total, text = job.position
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        waiting = len(self._runner.running) - 1
        more = f" · {counted(waiting, 'more waiting', 'more waiting')}" if waiting else ""
        self.label.setText(f"{job.label} {text}".strip() + more)

    def _offer_cancel(self) -> None:
        if self._job is not None and self._job.can_cancel:
            self.cancel.setEnabled(True)
            self.cancel.show()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.cancel.setEnabled(False)
            self.label.setText(tr("Stopping…"))
