"""The verbs of a workspace that bring a workbook back; what they need is loaded when they are asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from creator_crm.domain.changes import Changes
from creator_crm.store.store import Store

if TYPE_CHECKING:
    from creator_crm.services.workbook_back import Cancel, Decisions, Progress, Review


class TeamWorkbook:
    """Part of a workspace; writing one out is `workbook_out.export_workbook`."""

    store: Store

    def review_workbook(
        self, path: Path, progress: Progress | None = None, cancel: Cancel | None = None
    ) -> Review:
        """Read a workbook and compare it with what is here; writes nothing.

        Raises UserError when it is no workbook of this program or cannot be read, and Cancelled.
        """
        from creator_crm.services.workbook_back import review_workbook

        return review_workbook(self.store, path, progress, cancel)

    def apply_review(
        self, review: Review, decisions: Decisions, label: str = "", progress: Progress | None = None
    ) -> Changes:
        """Write what `review` found, as decided: one transaction and one step to undo.

        Raises UserError, with nothing written, when the workspace changed since in what was compared.
        """
        from creator_crm.services.workbook_back import apply_review

        return apply_review(self.store, review, decisions, label, progress)
