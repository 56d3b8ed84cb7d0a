"""What a workspace remembers about itself: one JSON value under a name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from creator_crm.domain.changes import Changes
from creator_crm.domain.conditions import Condition, Op
from creator_crm.domain.query import Query
from creator_crm.domain.workspace import Setting
from creator_crm.services.records import Records
from creator_crm.store.readers import lists
from creator_crm.store.readers.picked import THESE, picked


class Settings(Records):
    """The settings that travel with the workspace file; those of one computer live with the window."""

    def setting(self, name: str, default: Any = None) -> Any:
        """The value remembered under `name`."""
        found = self._setting(name)
        return default if found is None or found.value is None else json.loads(found.value)

    def set_setting(self, name: str, value: Any, label: str = "") -> None:
        """Remember a JSON value under `name`."""
        text = _as_json(value)
        label = label or f"Change the setting {name}"
        found = self._setting(name)
        if found is None:
            self.add("setting", {"name": name, "value": text}, label=label)
        elif found.value != text:
            self.edit("setting", {found.id: {"value": text}}, label)

    def settings(self, names: Iterable[str]) -> dict[str, Any]:
        """The values remembered under these names, of those that there are."""
        found = self._settings(names)
        return {name: json.loads(row.value) for name, row in found.items() if row.value is not None}

    def set_settings(self, values: Mapping[str, Any], label: str) -> Changes:
        """Remember several values in one step to undo; nothing is written for those that stay as they are."""
        found = self._settings(values)
        with self.store.change(label) as unit:
            for name, value in values.items():
                row, text = found.get(name), _as_json(value)
                if row is None and value not in (None, ""):
                    unit.add("setting", {"name": name, "value": text})
                elif row is not None and row.value != text:
                    unit.set("setting", row.id, {"value": text})
        return self.store.last_changes

    def _settings(self, names: Iterable[str]) -> dict[str, Setting]:
        rows = picked(self.store, "setting", f"t.name IN {THESE}", [json.dumps(list(names))])
        return {row.name: row for row in rows}

    def _setting(self, name: str) -> Setting | None:
        numbers = lists.ids(self.store, Query("setting", where=Condition("name", Op.IS, name)))
        return lists.row(self.store, "setting", numbers[0]) if numbers else None


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
