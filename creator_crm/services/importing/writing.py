"""Writes a rehearsed import: one transaction, one change set, the same whether it has ten rows or a
million.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from creator_crm.domain.errors import Cancelled, UserError
from creator_crm.domain.fields import Field
from creator_crm.domain.letting_go import let_go
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
    new = _insert(unit, plan.creators, {}, steps)
    creators.update(zip(plan.creators.new, new, strict=True))
    accounts = dict(plan.accounts.existing)
    keys = [groups.account_keys[a] for a in plan.accounts.new]
    whose: dict[str, list[Stored]] = {
        "creator": [creators[groups.account_creator[a]] for a in plan.accounts.new],
        "platform": [platform for platform, _ in keys],
        "handle_key": [key or None for _, key in keys],
    }
    new = _insert(unit, plan.accounts, whose, steps)
    accounts.update(zip(plan.accounts.new, new, strict=True))
    of = [accounts[groups.snapshot_account[s]] for s in plan.snapshots.new]
    days = [groups.snapshot_day[s] for s in plan.snapshots.new]
    kept = _first_of_each(unit, of, days, plan.accounts.existing.values())
    _insert(unit, plan.snapshots, {"account": [*of], "measured_on": [*days]}, steps, kept)
    first = set(plan.creators.new)
    homes: dict[str, list[Stored]] = {
        "creator": [creators[c] for c in plan.addresses.new],
        "is_default": [int(c in first) for c in plan.addresses.new],
    }
    _insert(unit, plan.addresses, homes, steps)
    for part in plan.parts:
        _update(unit, part, steps)
    let_go(creators, accounts, keys, whose, of, days, kept, first, homes)


def _write_records(unit: Unit, plan: RecordPlan, steps: _Steps) -> None:
    samples = plan.samples
    if samples and samples.people:
        samples.name_people(_make_people(unit, samples.people), plan.part)
    parents = dict(plan.part.existing)
    new = _insert(unit, plan.part, {}, steps)
    parents.update(zip(plan.part.new, new, strict=True))
    for branch in plan.branches:
        owners: list[Stored] = [parents[branch.parent_of[member]] for member in branch.part.new]
        _insert(unit, branch.part, {branch.owner: owners}, steps)
    if samples:
        made = dict(zip(samples.parcels.new, _insert(unit, samples.parcels, {}, steps), strict=True))
        _insert(unit, samples.items, {"shipment": [made[member] for member in samples.parcel_of]}, steps)
    for part in plan.parts:
        _update(unit, part, steps)
    let_go(parents)


def _make_people(unit: Unit, handles: Sequence[str]) -> range:
    """Creators who are known by nothing but their handle on TikTok."""
    made = unit.add_many("creator", [{"source": "TikTok Shop samples"} for _ in handles])
    accounts = zip(made, handles, strict=True)
    unit.add_many(
        "account", [{"creator": n, "platform": "tiktok", "handle": handle} for n, handle in accounts]
    )
    return made


def _first_of_each(
    unit: Unit, accounts: Sequence[int], days: Sequence[str], held: Collection[int]
) -> list[int]:
    """The places of those that are the first of their account and day, also beside what is there already:
    the snapshots of the accounts `held` before.

    Lines without a handle can lead to an account that another line names: one day has one snapshot.
    """
    taken = matching.snapshot_days(unit.raw, set(held))
    kept = []
    for place, day in enumerate(zip(accounts, days, strict=True)):
        if day not in taken:
            taken.add(day)
            kept.append(place)
    let_go(taken)
    return kept


def _insert(
    unit: Unit,
    part: Part,
    extra: dict[str, list[Stored]],
    steps: _Steps,
    kept: Sequence[int] | None = None,
) -> list[int]:
    """Insert the new members of a part, or those at the places `kept`, with the columns `extra` beside their
    own; returns their numbers in order.
    """
    columns = {**extra, **part.insert_columns(extra)}
    if kept is not None and len(kept) < len(part.new):
        columns = {name: [values[place] for place in kept] for name, values in columns.items()}
    count = len(part.new) if kept is None else len(kept)
    numbers: list[int] = []
    for at in range(0, count, _CHUNK):
        portion = list(zip(*(values[at : at + _CHUNK] for values in columns.values()), strict=True))
        numbers += unit.add_rows(part.description.name, tuple(columns), portion)
        steps.advance(len(portion))
    let_go(columns)
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
