"""Finds records for the search box: creators, handles, campaigns, whatever the store indexes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from creator_crm.ui.shared.text import title

if TYPE_CHECKING:
    from creator_crm.ui.session import Session
    from creator_crm.ui.shared.palette import Hit


class Records:
    """The palette's view of the workspace's own search."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def search(self, text: str) -> Sequence[Hit]:
        from creator_crm.ui.shared.palette import Hit  # the palette is made when it is first opened

        workspace = self._session.workspace
        if workspace is None or not text.strip():
            return []
        catalogue = workspace.catalogue
        return [
            Hit(
                catalogue[hit.record].label,
                title(hit.title),
                hit.subtitle,
                catalogue[hit.record].icon,
                partial(self._session.show_record, hit.record, hit.id),
            )
            for hit in workspace.search(text)
        ]
