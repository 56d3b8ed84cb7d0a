"""What a rehearsal says beside its verdicts: lines that could not be used whole, and notes on the list."""

from __future__ import annotations

from collections.abc import Mapping

from creator_crm.exchange.rehearsal import Action, Problem
from creator_crm.services.importing.creator_plan import CreatorPlan
from creator_crm.services.importing.record_plan import RecordPlan
from creator_crm.services.importing.samples import done_with_samples, notes_on_samples
from creator_crm.services.importing.source import Recognition
from creator_crm.store.readers import matching
from creator_crm.store.stock import TOLD
from creator_crm.store.store import Store


def overfull(found: Recognition) -> list[Problem]:
    reason = "This line has more cells than there are columns; those beyond were left out."
    too_long = [
        Problem(line, f"Column {column}", "", "This cell is longer than 32,000 characters.")
        for line, column in found.rows.too_long
    ]
    return [Problem(line, "", ", ".join(extra)[:200], reason) for line, extra in found.overfull] + too_long


def remarks_on(store: Store, plan: CreatorPlan | RecordPlan, change_set: int) -> tuple[str, ...]:
    """What an import did or saw beyond the lines of the file: parcels of samples, stock set right."""
    made = done_with_samples(plan.samples) if isinstance(plan, RecordPlan) else ()
    return (*made, *_remarks_on_stock(store, change_set))


def _remarks_on_stock(store: Store, change_set: int) -> tuple[str, ...]:
    with store.read_raw() as raw:
        pieces = matching.pieces_set_right(raw, change_set)
    if not pieces:
        return ()
    had_left = "1 piece had" if pieces == 1 else f"{pieces:,} pieces had"
    return (f"{had_left} left before being counted here; the stock has a line “{TOLD}” for that.",)


def not_decided(plan: CreatorPlan | RecordPlan) -> list[Problem]:
    lines = plan.parsed.lines
    return [
        Problem(lines[i], "", "", plan.reasons[i], True)
        for i, action in enumerate(plan.actions)
        if action is Action.CONFLICT
    ]


def notes_on(plan: CreatorPlan | RecordPlan, placeholders: Mapping[str, int]) -> list[str]:
    notes = notes_on_samples(plan.samples) if isinstance(plan, RecordPlan) else []
    if placeholders:
        count = sum(placeholders.values())
        names = ", ".join(f"“{text}”" for text in sorted(placeholders)[:5])
        notes.append(
            f"{count:,} cells such as {names} mean nothing and count as empty."
            if count > 1
            else f"One cell, {names}, means nothing and counts as empty."
        )
    if isinstance(plan, CreatorPlan) and plan.groups.twice:
        one = plan.groups.twice == 1
        notes.append(
            f"{plan.groups.twice:,} creator{' stands' if one else 's stand'} several times in the file, "
            f"{plan.groups.twice_differing:,} of them with different values."
        )
    return notes
