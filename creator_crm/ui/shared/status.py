"""The status strip: how many, when it was last saved, and the job under way."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from creator_crm.ui.shared import theme
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.jobs import Job, JobRunner


class StatusStrip(QFrame):
    """One quiet line under the pages."""

    def __init__(self, jobs: JobRunner, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self._jobs = jobs
        self.saved, self.counts = plain_label(), plain_label()
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(theme.L, 0, theme.L, 0)
        row.setSpacing(theme.L)
        row.addWidget(self.counts)
        row.addWidget(self.saved)
        row.addStretch()
        self.setFixedHeight(max(30, self.fontMetrics().height() + theme.M))

        jobs.started.connect(self._on_started)

    def _on_started(self, _job: Job[Any]) -> None:
        """The strip is made for the first job: there is none in the first frame."""
        self._jobs.started.disconnect(self._on_started)
        from creator_crm.ui.shared.job_strip import JobStrip

        strip = JobStrip(self._jobs, self)
        strip.appeared.connect(self.show)  # on the first page too, where there is nothing else to say
        self._row.addWidget(strip)

    def say(self, saved: str, counts: str = "") -> None:
        """ "Saved 12:04" and "120 creators"; an empty text takes no room."""
        self.saved.setText(saved)
        self.counts.setText(counts)
        self.counts.setVisible(bool(counts))
