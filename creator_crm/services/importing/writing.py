"""Writes a rehearsed import: one transaction, one change set, the same whether it has ten rows or a
million.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from creator_crm.domain.errors import Cancelled, UserError
from creator_crm.domain.fields import Field
from creator_crm.services.importing.creator_plan import CreatorPlan
from creator_crm.services.importing.part import Part
from creator_crm.services.importing.record_plan import RecordPlan
from creator_crm.store.codec import Stored
from creator_crm.store.readers import matching
from creator_crm.store.store import Store
from creator_crm.store.unit_of_work import Unit

_CHUNK = 10_000
_BULK_ROWS = 2_000


class _Steps:
    """Progress and cancel between portions of rows."""

    def __init__(
        self,
        total: int,
        progress: Callable[[int, int | None], None] | None,
        cancel: Callable[[], bool] | None,
    ) -> None:
        self.total, self.done, self.progress, self.cancel = total, 0, progress, cancel

    def advance(self, rows: int) -> None:
        self.done += rows
        if self.cancel and self.cancel():
            raise Cancelled
        if self.progress:
            self.progress(self.done, self.total)


def write_plan(
    store: Store,
    plan: CreatorPlan | RecordPlan,
    *,
    label: str,
    details: Mapping[str, Any],
    custom: Mapping[str, Field],
    remembered: tuple[str, Mapping[str, object]] | None,
    expected: int,
    progress: Callable[[int, int | None], None] | None,
    cancel: Callable[[], bool] | None,
) -> int:
    """Write it and return the number of the change set; raises UserError when somebody else wrote
    meanwhile.
    """
    steps = _Steps(plan.rows_to_write, progress, cancel)
    with store.change(label, origin="import", bulk=_worth_bulk(store, plan), details=details) as unit:
        if matching.newest_change(unit.raw, besides=unit.change_set) != expected:
            raise UserError(
                "The workspace was changed after this import was rehearsed, so nothing was imported. "
                "Look at the rehearsal again and repeat the import."
            )
        _make_fields(unit, plan, custom)
        if isinstance(plan, CreatorPlan):
            _write_creators(unit, plan, steps)
        else:
            _write_records(unit, plan, steps)
        if remembered:
            _remember(unit, *remembered)
        return unit.change_set


def _worth_bulk(store: Store, plan: CreatorPlan | RecordPlan) -> bool:
    """Whether so much is written that indexing all anew at the end is less work than row by row."""
    with store.read_raw() as raw:
        for part in plan.parts:
            written = len(part.new) + len(part.updates)
            held = matching.size(raw, part.description.name) if written >= _BULK_ROWS else 0
            if written >= _BULK_ROWS and 2 * written >= held + len(part.new):
                return True
    return False


def _write_creators(unit: Unit, plan: CreatorPlan, steps: _Steps) -> None:
    groups = plan.groups
    creators = dict(plan.creators.existing)
    new = _insert(unit, plan.creators, (), [()] * len(plan.creators.new), steps)
    creators.update(zip(plan.creators.new, new, strict=True))
    accounts = dict(plan.accounts.existing)
    keys = groups.account_keys
    new = _insert(
        unit,
        plan.accounts,
        ("creator", "platform", "handle_key"),
        [(creators[groups.account_creator[a]], keys[a][0], keys[a][1] or None) for a in plan.accounts.new],
        steps,
    )
    accounts.update(zip(plan.accounts.new, new, strict=True))
    days = [(accounts[groups.snapshot_account[s]], groups.snapshot_day[s]) for s in plan.snapshots.new]
    _insert(unit, plan.snapshots, ("account", "measured_on"), days, steps, _first_of_each(unit, days))
    first = set(plan.creators.new)
    homes = [(creators[c], int(c in first)) for c in plan.addresses.new]
    _insert(unit, plan.addresses, ("creator", "is_default"), homes, steps)
    for part in plan.parts:
        _update(unit, part, steps)


def _write_records(unit: Unit, plan: RecordPlan, steps: _Steps) -> None:
    parents = dict(plan.part.existing)
    new = _insert(unit, plan.part, (), [()] * len(plan.part.new), steps)
    parents.update(zip(plan.part.new, new, strict=True))
    for branch in plan.branches:
        owners = [(parents[branch.parent_of[member]],) for member in branch.part.new]
        _insert(unit, branch.part, (branch.owner,), owners, steps)
    for part in plan.parts:
        _update(unit, part, steps)


def _first_of_each(unit: Unit, days: Sequence[tuple[int, str]]) -> list[int]:
    """The places of those that are the first of their account and day, also beside what is there already.

    Lines without a handle can lead to an account that another line names: one day has one snapshot.
    """
    taken = matching.snapshot_days(unit.raw, {account for account, _ in days})
    kept = []
    for place, day in enumerate(days):
        if day not in taken:
            taken.add(day)
            kept.append(place)
    return kept


def _insert(
    unit: Unit,
    part: Part,
    extra: tuple[str, ...],
    values: Sequence[tuple[Stored, ...]],
    steps: _Steps,
    kept: Sequence[int] | None = None,
) -> list[int]:
    """Insert the new members of a part, or those at the places `kept`; returns their numbers in order."""
    if not part.new:
        return []
    names, rows = part.insert_columns(extra)
    if kept is not None and len(kept) < len(rows):
        rows, values = [rows[place] for place in kept], [values[place] for place in kept]
    columns = (*extra, *names)
    numbers: list[int] = []
    for at in range(0, len(rows), _CHUNK):
        portion = [(*a, *b) for a, b in zip(values[at : at + _CHUNK], rows[at : at + _CHUNK], strict=True)]
        numbers += unit.add_rows(part.description.name, columns, portion)
        steps.advance(len(portion))
    return numbers


def _update(unit: Unit, part: Part, steps: _Steps) -> None:
    for columns, rows in part.update_rows(unit.raw).items():
        for at in range(0, len(rows), _CHUNK):
            unit.set_rows(part.description.name, columns, rows[at : at + _CHUNK])
            steps.advance(len(rows[at : at + _CHUNK]))


def _make_fields(unit: Unit, plan: CreatorPlan | RecordPlan, custom: Mapping[str, Field]) -> None:
    for position, (target, field) in enumerate(custom.items()):
        about = target.partition(".")[0]
        unit.add(
            "custom_field",
            {
                "about": about,
                "name": field.name,
                "label": field.label,
                "kind": field.kind.value,
                "position": position,
            },
        )


def _remember(unit: Unit, name: str, choice: Mapping[str, object]) -> None:
    """Keep a person's mapping for the next file with the same headers; an unchanged one is not written
    again.
    """
    value = json.dumps(choice, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    held = matching.setting(unit.raw, name)
    if held is None:
        unit.add("setting", {"name": name, "value": value})
    elif json.dumps(held[1], ensure_ascii=False, separators=(",", ":"), sort_keys=True) != value:
        unit.set("setting", held[0], {"value": value})
