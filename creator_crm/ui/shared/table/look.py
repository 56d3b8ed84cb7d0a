"""What a table shows and how: filter, search, order, columns; kept as JSON in a saved view."""

from __future__ import annotations

import json
from typing import Any

from creator_crm.domain.conditions import Condition, Filter, conditions
from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Description
from creator_crm.domain.frozen import immutable


@immutable
class Look:
    """One way of looking at a list. `columns`: (field name, width in pixels), empty for the usual ones."""

    where: Filter | None = None
    search: str = ""
    sort: tuple[str, ...] = ()
    columns: tuple[tuple[str, int], ...] = ()

    def to_json(self) -> str:
        from creator_crm.domain import filters

        where = json.loads(filters.to_json(self.where)) if self.where is not None else None
        plain = {"where": where, "search": self.search, "sort": self.sort, "columns": self.columns}
        return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str, description: Description[Any]) -> Look:
        """The look that was saved; what it says of fields that are gone, or damaged JSON, is left out."""
        try:
            plain = json.loads(text)
        except ValueError:
            return cls()
        if not isinstance(plain, dict):
            return cls()
        names = {field.name for field in description.visible}
        columns = [
            c for c in _list(plain, "columns") if isinstance(c, list) and len(c) == 2 and c[0] in names
        ]
        sort = [s for s in _list(plain, "sort") if isinstance(s, str) and s.removeprefix("-") in names]
        return cls(
            where=_filter(plain.get("where"), description),
            search=str(plain.get("search") or ""),
            sort=tuple(sort),
            columns=tuple((str(name), int(width)) for name, width in columns if isinstance(width, int)),
        )

    @property
    def asked(self) -> frozenset[str]:
        """The fields whose values decide which rows are shown and in which order."""
        return frozenset(c.field for c in conditions(self.where)) | {s.removeprefix("-") for s in self.sort}


def parts_of(where: Filter | None) -> tuple[Filter, ...]:
    """The conditions that all have to hold, as the chips of the filter bar."""
    if where is None:
        return ()
    return where.parts if not isinstance(where, Condition) and type(where).__name__ == "All" else (where,)


def _list(plain: dict[str, Any], key: str) -> list[Any]:
    value = plain.get(key)
    return value if isinstance(value, list) else []


def _filter(plain: Any, description: Description[Any]) -> Filter | None:
    if plain is None:
        return None
    try:
        from creator_crm.domain import filters

        return filters.from_json(json.dumps(plain), description)
    except (UserError, KeyError, TypeError, ValueError):  # a field that is gone, or damaged JSON
        return None
