"""What a list shows: which rows of which record, in which order."""

from __future__ import annotations

from creator_crm.domain.conditions import Filter
from creator_crm.domain.frozen import immutable


@immutable
class Query:
    """A question to the workspace.

    sort: field names, a leading "-" for descending; empty values come last in either direction.
    campaign: the local number of the campaign that narrows the list, None for all campaigns.
    Archived rows are hidden unless `archived` is set or the filter asks for them; `trashed`: the trash alone.
    """

    record: str
    where: Filter | None = None
    search: str = ""
    sort: tuple[str, ...] = ()
    campaign: int | None = None
    trashed: bool = False
    archived: bool = False
    limit: int | None = None
