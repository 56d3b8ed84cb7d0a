"""What a workspace remembers about itself: one JSON value under a name."""

from __future__ import annotations

import json
from typing import Any

from creator_crm.domain.conditions import Condition, Op
from creator_crm.domain.query import Query
from creator_crm.domain.workspace import Setting
from creator_crm.services.records import Records
from creator_crm.store.readers import lists


class Settings(Records):
    """The settings that travel with the workspace file; those of one computer live with the window."""

    def setting(self, name: str, default: Any = None) -> Any:
        """The value remembered under `name`."""
        found = self._setting(name)
        return default if found is None or found.value is None else json.loads(found.value)

    def set_setting(self, name: str, value: Any, label: str = "") -> None:
        """Remember a JSON value under `name`."""
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        label = label or f"Change the setting {name}"
        found = self._setting(name)
        if found is None:
            self.add("setting", {"name": name, "value": text}, label=label)
        elif found.value != text:
            self.edit("setting", {found.id: {"value": text}}, label)

    def _setting(self, name: str) -> Setting | None:
        numbers = lists.ids(self.store, Query("setting", where=Condition("name", Op.IS, name)))
        return lists.row(self.store, "setting", numbers[0]) if numbers else None
