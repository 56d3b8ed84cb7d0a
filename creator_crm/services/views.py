"""Saved views: a named way of looking at a list, kept as JSON that window and command line read alike."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from creator_crm.domain.conditions import Condition, Filter, Op
from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Description, Value
from creator_crm.domain.query import Query
from creator_crm.domain.workspace import SavedView
from creator_crm.services.records import Records
from creator_crm.store.readers import lists

_PIXELS = 8  # of one character, where a view names columns without saying how wide they are


def view_text(
    description: Description[Any],
    where: Filter | None = None,
    *,
    search: str = "",
    sort: Sequence[str] = (),
    columns: Sequence[str] = (),
) -> str:
    """The JSON of a view: {"where", "search", "sort", "columns": [[field name, width in pixels]]}."""
    from creator_crm.domain import filters

    wide = [[name, _PIXELS * (description.field(name).width or 16)] for name in columns]
    plain = {
        "where": json.loads(filters.to_json(where)) if where is not None else None,
        "search": search,
        "sort": list(sort),
        "columns": wide,
    }
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def view_query(view: SavedView, description: Description[Any]) -> Query:
    """The question a saved view asks. Raises UserError when it asks for a field that is gone."""
    from creator_crm.domain import filters

    plain = json.loads(view.query or "{}")
    where = plain.get("where")
    return Query(
        description.name,
        where=filters.from_json(json.dumps(where), description) if where is not None else None,
        search=plain.get("search") or "",
        sort=tuple(plain.get("sort") or ()),
    )


class Views(Records):
    """The saved views of a workspace."""

    def views(self, record: str) -> list[SavedView]:
        """The views of one list, in their order."""
        query = Query("saved_view", where=Condition("about", Op.IS, record), sort=("position", "name"))
        return lists.rows(self.store, "saved_view", lists.ids(self.store, query))

    def view(self, record: str, name: str) -> SavedView:
        """The view called `name`, in whatever case; raises UserError naming those there are."""
        known = self.views(record)
        for view in known:
            if (view.name or "").casefold() == name.strip().casefold():
                return view
        names = ", ".join(f"“{view.name}”" for view in known) or "none yet"
        raise UserError(f"There is no saved view “{name}” of this list. There are: {names}.")

    def save_view(self, record: str, name: str, query: str) -> int:
        """Keep a view (see `view_text`) under a name; a view of that name is replaced. Returns its number."""
        name = " ".join(name.split())
        if not name:
            raise UserError("A view needs a name. Nothing was saved yet.")
        known = self.views(record)
        for view in known:
            if (view.name or "").casefold() == name.casefold():
                self.edit("saved_view", {view.id: {"name": name, "query": query}}, f"Save the view {name}")
                return view.id
        last = max((view.position or 0 for view in known), default=-1)
        values: dict[str, Value] = {"about": record, "name": name, "query": query, "position": last + 1}
        return self.add("saved_view", values, label=f"Save the view {name}")

    def delete_view(self, number: int) -> None:
        """Take a view away; undo brings it back."""
        self.trash("saved_view", [number])
