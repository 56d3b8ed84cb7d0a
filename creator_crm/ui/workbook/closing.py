"""What a closed review leaves behind: thousands of lines, freed beside the window a portion at a time."""

from __future__ import annotations

from dataclasses import fields
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from creator_crm.domain.letting_go import drop
from creator_crm.ui.shared.jobs import JobRunner, Lane
from creator_crm.ui.shared.text import tr

if TYPE_CHECKING:
    from creator_crm.services.workbook_back import Review
    from creator_crm.ui.workbook.lines import Lines

FEW = 5_000  # items that nobody feels
LATER_MS = 500  # the window is painted without it first


def let_go(jobs: JobRunner, review: Review, lines: Lines) -> None:
    """Free a review and its lines, which nobody looks at any more; whoever calls forgets the review."""
    held: list[Any] = [list(some) for some in lines.values()]
    lines.update(dict.fromkeys(lines, ()))
    for part in (*review.records, review.memory):
        # A tuple is freed in one go, unless somebody else holds what is in it.
        values = (getattr(part, field.name) for field in fields(part)) if part else ()
        held += [list(value) for value in values if isinstance(value, (tuple, frozenset))]
    held.append(review.titles)
    if sum(map(len, held)) > FEW:
        free = partial(
            jobs.run, tr("Closing the review"), lambda _: drop(*held), lane=Lane.FREE, can_cancel=False
        )
        QTimer.singleShot(LATER_MS, jobs, free)
