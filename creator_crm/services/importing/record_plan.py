"""What an import of records other than creators will write: one kind, or one kind with its parts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from creator_crm.domain.fields import Catalogue, Description, Field, Value
from creator_crm.domain.letting_go import let_go_of
from creator_crm.domain.normal import folded
from creator_crm.exchange.mapping import Proposal
from creator_crm.exchange.rehearsal import Action, Keep, Parsed, Problem, Verdict, differing, empty
from creator_crm.exchange.shapes import records_of
from creator_crm.services.importing.branch import Branch, plan_branch
from creator_crm.services.importing.links import link
from creator_crm.services.importing.naming import Named, held_keys, key_of, keys_in, name_rows, resolve
from creator_crm.services.importing.options import Options
from creator_crm.services.importing.part import Part
from creator_crm.services.importing.samples import ONLY_WHERE_EMPTY, Samples, plan_samples
from creator_crm.services.importing.steps import renew
from creator_crm.store.readers import matching

_SEEN = "The same file was imported before, so this stays as it is now."


@dataclass(slots=True)
class RecordPlan:
    """Everything that will be written for a list of records, and what becomes of each line."""

    parsed: Parsed
    groups: list[list[int]]
    part: Part
    branches: list[Branch] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    group_of: dict[int, int] = field(default_factory=dict)
    stopped: dict[int, tuple[Action, str]] = field(default_factory=dict)  # group → what else becomes of it
    statuses: dict[int, str] = field(default_factory=dict)  # row → why its status stays
    samples: Samples | None = None

    @property
    def parts(self) -> tuple[Part, ...]:
        own = self.samples.parts if self.samples else ()
        return (self.part, *(branch.part for branch in self.branches), *own)

    @property
    def rows_to_write(self) -> int:
        return sum(len(part.new) + len(part.updates) for part in self.parts)

    def counted(self, count: int) -> str:
        """ "3 campaigns"."""
        described = self.part.description
        return f"{count:,} {(described.label if count == 1 else described.plural).lower()}"

    def verdict(self, position: int) -> Verdict:
        """One line as it will become."""
        description = self.part.description
        given = {t: c[position] for t, c in self.parsed.values.items() if not empty(c[position])}
        values = {**self.parsed.usual, **given}
        changes: dict[str, tuple[Value, Value]] = {}
        members = [(self.part, self.group_of.get(position))]
        members += [(branch.part, branch.member_of.get(position)) for branch in self.branches]
        for part, member in members:
            row = part.existing.get(-1 if member is None else member, 0)
            for own, difference in part.updates.get(row, {}).items():
                path = f"{part.description.name}.{own}"
                values[path] = difference.after
                changes[path] = (difference.before, difference.after)
        title = str(values.get(f"{description.name}.{description.title}") or "")
        line = self.parsed.lines[position]
        return Verdict(line, self.actions[position], self.reasons[position], title, values, changes)

    def let_go(self) -> None:
        """Free what was planned, when nobody needs it any more."""
        if self.samples:
            self.samples.let_go()
        let_go_of(self.parsed, *self.parts, *self.branches, self)


def plan_records(
    raw: matching.Raw,
    catalogue: Catalogue,
    parsed: Parsed,
    proposal: Proposal,
    options: Options,
    custom: Mapping[str, Field],
    seen_before: frozenset[int] | None,
) -> RecordPlan:
    """Compare a list of records with the workspace: by their short ids, else by their natural key."""
    records = [catalogue[name] for name in records_of(proposal.shape)]
    description, yields = records[0], proposal.known.yields if proposal.known else frozenset()
    named = Named()
    name_rows(raw, description, parsed, named)
    for one in records:
        resolve(raw, catalogue, one, parsed, named)
    link(raw, proposal.shape, parsed, named)
    key = key_of(description, parsed)
    keys = keys_in(parsed, description, key)
    held, gone = held_keys(raw, description, key, set(keys))
    groups = _groups(parsed, named, keys)
    if options.keep is Keep.SKIP:
        _skip_contradicting(parsed, groups, description.name)
    part = Part.of(description, parsed, [*groups.values()], options.keep, custom)
    plan = RecordPlan(parsed, list(groups.values()), part)
    _fold(part)
    for number, lines in enumerate(plan.groups):
        plan.group_of |= dict.fromkeys(lines, number)
        _place(plan, number, named, keys[lines[0]], held, gone)
    _refuse(plan, description, named, seen_before)
    plan.samples = plan_samples(raw, catalogue, parsed, plan.groups, part, plan.stopped)
    if seen_before is None:
        again = partial(
            renew, raw, measured_on=proposal.measured_on, overwrite_edited=options.overwrite_edited
        )
        plan.statuses = again(part, yields, home=named.home)
        if plan.samples:
            again(plan.samples.parcels, ONLY_WHERE_EMPTY)
    for one in records[1:]:
        branch = plan_branch(
            raw, one, parsed, part, plan.group_of, options, custom,
            renew=seen_before is None, measured_on=proposal.measured_on, yields=yields,
        )  # fmt: skip
        plan.branches += [branch] if branch else []
    for target, column in named.texts.items():
        parsed.values[target] = column
    _verdicts(plan)
    return plan


def _groups(parsed: Parsed, named: Named, keys: list[tuple[Any, ...]]) -> dict[object, list[int]]:
    """The lines of each row: the same short id, or the same natural key without a gap."""
    groups: dict[object, list[int]] = {}
    rows, errors = named.rows, parsed.errors
    for i, own in enumerate(keys):
        if i in errors:
            continue
        if i in rows:
            groups.setdefault(("row", rows[i]), []).append(i)
        elif own and all(part not in (None, "") for part in own):
            groups.setdefault(own, []).append(i)
        else:
            groups[("line", i)] = [i]
    return groups


def _place(
    plan: RecordPlan,
    number: int,
    named: Named,
    key: tuple[Any, ...],
    held: Mapping[tuple[Any, ...], int],
    gone: Mapping[tuple[Any, ...], str],
) -> None:
    """Which row a group of lines is, or what else becomes of it."""
    first = plan.groups[number][0]
    row, by_key = named.rows.get(first), held.get(key)
    label = plan.part.description.label.lower()
    if row is not None and by_key is not None and row != by_key and row in named.home:
        reason = f"Another {label} has this key already; nothing was changed."
        plan.stopped[number] = (Action.CONFLICT, reason)
    elif row is not None or by_key is not None:
        plan.part.existing[number] = row if row is not None else by_key or 0
    elif first in named.trashed or key in gone:
        plan.stopped[number] = (Action.SKIP, named.trashed.get(first) or gone[key])


def _refuse(
    plan: RecordPlan, description: Description[Any], named: Named, seen_before: frozenset[int] | None
) -> None:
    """New rows need all that is required; of rows that are there an unknown name only stays unused."""
    parsed = plan.parsed
    required = [f for f in description.stored if f.required and f.default is None and not f.folds]
    for number, lines in enumerate(plan.groups):
        new = number not in plan.part.existing and number not in plan.stopped
        unknown = [(i, *entry) for i in lines for entry in named.unknown.get(i, ())]
        for i, header, text, reason in unknown:
            if not new:
                parsed.problems.append(Problem(parsed.lines[i], header, text, reason))
        if not new:
            continue
        missing = [f for f in required if empty(plan.part.value(number, f.name))]
        if unknown:
            _error(plan, number, unknown[0][3])
        elif missing:
            _error(plan, number, _incomplete(description, missing[0]))
        elif seen_before is None or any(parsed.lines[i] in seen_before for i in lines):
            plan.part.new.append(number)


def _incomplete(description: Description[Any], missing: Field) -> str:
    if description.name == "shipment":
        return (
            "No parcel here has this number, or this recipient and postcode, and the line names no creator "
            "to make one for."
        )
    return f"This line has no {missing.label.lower()}."


def _error(plan: RecordPlan, number: int, reason: str) -> None:
    plan.stopped[number] = (Action.ERROR, reason)
    for i in plan.groups[number]:
        plan.parsed.errors[i] = reason
        plan.parsed.problems.append(Problem(plan.parsed.lines[i], "", "", reason, True))


def _fold(part: Part) -> None:
    """The folded match keys that follow from the values."""
    for described in part.description.stored:
        if described.folds in part.values and described.folds:
            part.fields = (*part.fields, described)
            part.values[described.name] = [folded(v) for v in part.values[described.folds]]


def _skip_contradicting(parsed: Parsed, groups: dict[object, list[int]], record: str) -> None:
    targets = [target for target in parsed.values if target.startswith(f"{record}.")]
    for key, lines in list(groups.items()):
        if len(lines) > 1 and differing(parsed, lines, targets):
            del groups[key]
            reason = "It stands several times in the file with different values, and such lines are left out."
            parsed.errors |= dict.fromkeys(lines, reason)


# Verdicts --------------------------------------------------------------------------------------------------


def _verdicts(plan: RecordPlan) -> None:
    counts = dict.fromkeys(("created", "updated", "unchanged", "skipped", "conflicts", "rejected"), 0)
    new = set(plan.part.new)
    changed = [branch.changed_parents() for branch in plan.branches]
    changed += [plan.samples.changed_parents()] if plan.samples else []
    of_group = [_verdict_of(plan, number, new, changed) for number in range(len(plan.groups))]
    for action, _ in of_group:
        if action is not Action.ERROR:
            counts[_COUNTED[action]] += 1
    for i in range(len(plan.parsed)):
        if i in plan.parsed.errors:
            action, reason = Action.ERROR, plan.parsed.errors[i]
            counts["rejected"] += 1
        else:
            action, reason = of_group[plan.group_of[i]]
            if plan.samples and (more := plan.samples.said.get(plan.group_of[i])):
                reason = f"{more} {reason}"
            first = plan.groups[plan.group_of[i]][0]
            if i != first and action in (Action.CREATE, Action.UPDATE, Action.UNCHANGED):
                reason = f"It is joined with line {plan.parsed.lines[first]:,}."
        plan.actions.append(action)
        plan.reasons.append(reason)
    plan.counts = counts


def _verdict_of(
    plan: RecordPlan, number: int, new: Collection[int], changed: list[dict[int, set[str]]]
) -> tuple[Action, str]:
    part = plan.part
    if number in plan.stopped:
        return plan.stopped[number]
    if number in new:
        return Action.CREATE, f"New {part.description.label.lower()}."
    row = part.existing.get(number)
    labels = [part.label(name).lower() for name in part.updates.get(row or 0, ())]
    for of_branch in changed:
        labels += sorted(of_branch.get(number, ()))
    kept = part.kept.get(row or 0)
    stays = f" Kept as you typed it: {', '.join(sorted(kept))}." if kept else ""
    stays += f" {plan.statuses[row]}" if row in plan.statuses else ""
    if labels:
        return Action.UPDATE, f"Changes: {', '.join(dict.fromkeys(labels))}.{stays}"
    return Action.UNCHANGED, f"It says nothing new.{stays}" if row else _SEEN


_COUNTED = {
    Action.CREATE: "created",
    Action.UPDATE: "updated",
    Action.UNCHANGED: "unchanged",
    Action.SKIP: "skipped",
    Action.CONFLICT: "conflicts",
}
