"""Statuses in a list: an older list never takes a record back, and no step is taken that makes no sense."""

from __future__ import annotations

from collections.abc import Collection

from creator_crm.domain.errors import UserError
from creator_crm.domain.statuses import MACHINES, route
from creator_crm.services.importing.part import Difference, Part
from creator_crm.store.readers import matching


def renew(
    raw: matching.Raw,
    part: Part,
    yields: Collection[str],
    *,
    measured_on: str,
    overwrite_edited: bool,
    home: Collection[int] = (),
) -> dict[int, str]:
    """Find what a list changes in rows that are there; returns why the status of some of them stays."""
    part.compare(raw)
    part.give_way(yields)
    stays = keep_statuses_forward(part)
    steps = take_steps(part)  # news, whoever wrote the status before
    part.protect(raw, measured_on, overwrite_edited, dated=False, home=home)
    for row, step in steps.items():
        part.updates.setdefault(row, {})["status"] = step
    return stays


def keep_statuses_forward(part: Part) -> dict[int, str]:
    """Take back the changes of status that can't be; returns why the status of these rows stays."""
    described = part.description.by_name.get("status")
    if described is None or "status" not in part.values:
        return {}
    machine = MACHINES.get(part.description.name)
    ranks = {choice.value: n for n, choice in enumerate(described.choices)}
    stays: dict[int, str] = {}
    for row, changes in list(part.updates.items()):
        step = changes.get("status")
        if step is None:
            continue
        before, after = str(step.before or described.default), str(step.after)
        reason = ""
        if machine:
            try:
                route(machine, before, after)
                if machine.goes_back(before, after):
                    reason = "Its status stays: the list is behind it."
            except UserError as refusal:
                reason = f"Its status stays: {refusal}"
        elif part.description.name == "order" and ranks.get(after, 0) < ranks.get(before, 0):
            reason = "Its status stays: the list is behind it."
        if reason:
            stays[row] = reason
            del changes["status"]
            if not changes:
                del part.updates[row]
    return stays


def take_steps(part: Part) -> dict[int, Difference]:
    """Take the steps of status out of the changes of a part; by row, to be put back."""
    if part.description.name not in MACHINES and part.description.name != "order":
        return {}
    taken = {}
    for row, changes in list(part.updates.items()):
        if step := changes.pop("status", None):
            taken[row] = step
        if not changes:
            del part.updates[row]
    return taken
