"""Who changed what when, in one record, the newest first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from creator_crm.ui.shared import theme
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.table.formatting import moment
from creator_crm.ui.shared.table.source import HistoryLine, Source
from creator_crm.ui.shared.text import isolate, tr

MOST = 100
LONGEST = 120


class HistoryTab(QScrollArea):
    """The change sets that touched the record, read when the tab is looked at."""

    def __init__(self, source: Source, record: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source, self._record = source, record
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("History"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_row(self, id: int) -> None:
        """Read the history of a row, 0 for none."""
        self._fill(self._source.history(self._record, id)[:MOST] if id else ())

    def _fill(self, lines: Sequence[HistoryLine]) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        column.setSpacing(2)
        for line in lines:
            column.addWidget(self._heading(line))
            for field, before, after in line.changes:
                column.addWidget(plain_label(change_text(field, before, after), wrap=True))
            column.addSpacing(theme.M)
        if not lines:
            column.addWidget(plain_label(tr("Nothing has happened here yet."), "muted", wrap=True))
        column.addStretch(1)
        self.setWidget(body)
        body.setAutoFillBackground(False)  # the page behind shows through
        self.viewport().setAutoFillBackground(False)

    def _heading(self, line: HistoryLine) -> QWidget:
        heading = plain_label(f"{moment(line.at)} · {isolate(line.who)}", "muted", wrap=True)
        heading.setToolTip("")
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(heading)
        title = plain_label(line.label, wrap=True)
        title.setFont(theme.scaled(title.font(), 0, theme.MEDIUM))
        column.addWidget(title)
        return box


def change_text(field: str, before: str, after: str) -> str:
    """One changed field in a line: "Stage: Prospect → Agreed"."""
    old, new = (_short(text) for text in (before, after))
    if not before:
        return f"{field}: {isolate(new)}"
    if not after:
        return tr("{field}: {old} taken out").format(field=field, old=isolate(old))
    return f"{field}: {isolate(old)} → {isolate(new)}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"
