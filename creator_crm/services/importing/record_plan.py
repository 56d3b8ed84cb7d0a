"""What an import of one kind of record (campaigns, collaborations, …) will write; all from its
description.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from creator_crm.domain.fields import Catalogue, Description, Field, Kind, Value
from creator_crm.domain.normal import folded
from creator_crm.domain.values.handles import fold_handle
from creator_crm.domain.values.texts import fold
from creator_crm.exchange.mapping import Proposal
from creator_crm.exchange.rehearsal import Action, Keep, Parsed, Verdict, differing, empty
from creator_crm.services.importing.options import Options
from creator_crm.services.importing.part import Part
from creator_crm.store.readers import matching

_SEEN = "The same file was imported before, so this stays as it is now."


@dataclass(slots=True)
class RecordPlan:
    """Everything that will be written for a list of one kind of record, and what becomes of each line."""

    parsed: Parsed
    groups: list[list[int]]
    part: Part
    actions: list[Action] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    group_of: dict[int, int] = field(default_factory=dict)

    @property
    def parts(self) -> tuple[Part, ...]:
        return (self.part,)

    @property
    def rows_to_write(self) -> int:
        return len(self.part.new) + len(self.part.updates)

    def counted(self, count: int) -> str:
        """ "3 campaigns"."""
        described = self.part.description
        return f"{count:,} {(described.label if count == 1 else described.plural).lower()}"

    def verdict(self, position: int) -> Verdict:
        """One line as it will become."""
        name = self.part.description.name
        values = {t: c[position] for t, c in self.parsed.values.items() if not empty(c[position])}
        changes: dict[str, tuple[Value, Value]] = {}
        if position in self.group_of:
            row = self.part.existing.get(self.group_of[position], 0)
            for own, difference in self.part.updates.get(row, {}).items():
                values[f"{name}.{own}"] = difference.after
                changes[f"{name}.{own}"] = (difference.before, difference.after)
        title = str(values.get(f"{name}.{self.part.description.title}") or "")
        line = self.parsed.lines[position]
        return Verdict(line, self.actions[position], self.reasons[position], title, values, changes)


def plan_records(
    raw: matching.Raw,
    catalogue: Catalogue,
    parsed: Parsed,
    proposal: Proposal,
    options: Options,
    custom: Mapping[str, Field],
    seen_before: frozenset[int] | None,
) -> RecordPlan:
    """Compare a list of one kind of record with the workspace, by the record's natural key."""
    description = catalogue[proposal.shape]
    texts = _resolve(raw, catalogue, description, parsed)
    _refuse_incomplete(description, parsed)
    key = _key(description, parsed)
    keys = _keys(parsed, description, key)
    groups: dict[object, list[int]] = {}
    for i in range(len(parsed)):
        if i not in parsed.errors:
            groups.setdefault(keys[i] if all(keys[i]) else ("line", i), []).append(i)
    if options.keep is Keep.SKIP:
        _skip_contradicting(parsed, groups)
    plan = RecordPlan(
        parsed, list(groups.values()), Part.of(description, parsed, [*groups.values()], options.keep, custom)
    )
    _fold(plan.part)
    held = _held(raw, description, key, [keys[lines[0]] for lines in plan.groups])
    for number, lines in enumerate(plan.groups):
        plan.group_of |= dict.fromkeys(lines, number)
        row = held.get(keys[lines[0]]) if all(keys[lines[0]]) else None
        if row is not None:
            plan.part.existing[number] = row
        elif seen_before is None or any(parsed.lines[i] in seen_before for i in lines):
            plan.part.new.append(number)
    if seen_before is None:
        plan.part.compare(raw)
        plan.part.protect(raw, proposal.measured_on, options.overwrite_edited, dated=False)
    for target, column in texts.items():
        parsed.values[target] = column
    _verdicts(plan)
    return plan


def _resolve(
    raw: matching.Raw, catalogue: Catalogue, description: Description[Any], parsed: Parsed
) -> dict[str, list[Value]]:
    """Put row numbers in the place of names that refer to other records; returns the names, to show."""
    shown: dict[str, list[Value]] = {}
    for described in description.stored:
        target = f"{description.name}.{described.name}"
        if described.kind is not Kind.REFERENCE or target not in parsed.values:
            continue
        shown[target] = parsed.values[target]
        known = _numbers(raw, catalogue[described.references], {str(v) for v in shown[target] if v})
        parsed.values[target] = [known.get(str(v)) if v else None for v in shown[target]]
        for i, text in enumerate(shown[target]):
            if text and str(text) not in known:
                kind = catalogue[described.references].label.lower()
                parsed.errors.setdefault(i, f"There is no {kind} “{text}”; import or add it first.")
    return shown


def _numbers(raw: matching.Raw, referred: Description[Any], texts: set[str]) -> dict[str, int]:
    """Row numbers by short id, by handle for creators, by title; a name of several rows means none."""
    found = {
        text: rows[0][0]
        for text, rows in matching.rows_by_column(raw, referred.name, "uid", texts, []).items()
    }
    if referred.name == "creator":
        keys = {text: fold_handle(text) for text in texts - found.keys()}
        accounts = matching.accounts_by_handle(raw, set(keys.values()))
        for text, key in keys.items():
            people = {a.creator for a in accounts.get(key, []) if not a.trashed}
            if len(people) == 1:
                found[text] = people.pop()
        return found
    title = referred.by_name.get(referred.title)
    if title is not None and title.stored and title.kind is not Kind.REFERENCE:
        for text, rows in matching.rows_by_column(
            raw, referred.name, title.name, texts - found.keys(), []
        ).items():
            if len(rows) == 1:
                found[text] = rows[0][0]
    return found


def _refuse_incomplete(description: Description[Any], parsed: Parsed) -> None:
    for described in description.stored:
        if described.required and described.default is None:
            column = parsed.column(f"{description.name}.{described.name}")
            for i, value in enumerate(column):
                if empty(value):
                    parsed.errors.setdefault(i, f"This line has no {described.label.lower()}.")


def _key(description: Description[Any], parsed: Parsed) -> tuple[str, ...]:
    """The columns by which a row is told apart: the first unique ones of which the list has all."""
    given = {target.partition(".")[2] for target in parsed.values}
    for names in (*description.unique, description.key):
        sources = {description.field(n).folds or n for n in names}
        if all(s in given or description.field(s).default is not None for s in sources):
            return tuple(names)
    return ()


def _keys(parsed: Parsed, description: Description[Any], key: Sequence[str]) -> list[tuple[Any, ...]]:
    columns = []
    for name in key:
        described = description.field(name)
        source = described.folds or name
        default = description.field(source).default
        values = [default if empty(v) else v for v in parsed.column(f"{description.name}.{source}")]
        columns.append([_comparable(folded(v) if described.folds else v) for v in values])
    return list(zip(*columns, strict=True)) if columns else [() for _ in range(len(parsed))]


def _comparable(value: Value) -> Any:
    return fold(value) if isinstance(value, str) else value


def _held(
    raw: matching.Raw,
    description: Description[Any],
    key: Sequence[str],
    wanted: Sequence[tuple[Any, ...]],
) -> dict[tuple[Any, ...], int]:
    if not key:
        return {}
    needed = set(wanted)
    found = {}
    for number, *values in matching.keys_of(raw, description.name, key):
        own = tuple(_comparable(v) for v in values)
        if own in needed:
            found[own] = int(number)
    return found


def _fold(part: Part) -> None:
    """The folded match keys that follow from the values."""
    for described in part.description.stored:
        if described.folds in part.values and described.folds:
            part.fields = (*part.fields, described)
            part.values[described.name] = [folded(v) for v in part.values[described.folds]]


def _skip_contradicting(parsed: Parsed, groups: dict[object, list[int]]) -> None:
    for key, lines in list(groups.items()):
        if len(lines) > 1 and differing(parsed, lines, parsed.values):
            del groups[key]
            reason = "It stands several times in the file with different values, and such lines are left out."
            parsed.errors |= dict.fromkeys(lines, reason)


def _verdicts(plan: RecordPlan) -> None:
    counts = dict.fromkeys(("created", "updated", "unchanged", "skipped", "conflicts", "rejected"), 0)
    new = set(plan.part.new)
    of_group: list[tuple[Action, str]] = []
    for number in range(len(plan.groups)):
        row = plan.part.existing.get(number)
        if number in new:
            of_group.append((Action.CREATE, f"New {plan.part.description.label.lower()}."))
        elif row is not None and row in plan.part.updates:
            labels = ", ".join(plan.part.label(name).lower() for name in plan.part.updates[row])
            of_group.append((Action.UPDATE, f"Changes: {labels}."))
        else:
            kept = plan.part.kept.get(row or 0)
            stays = f" Kept as you typed it: {', '.join(sorted(kept))}." if kept else ""
            of_group.append((Action.UNCHANGED, f"It says nothing new.{stays}" if row else _SEEN))
        counts[_COUNTED[of_group[-1][0]]] += 1
    for i in range(len(plan.parsed)):
        if i in plan.parsed.errors:
            action, reason = Action.ERROR, plan.parsed.errors[i]
            counts["rejected"] += 1
        else:
            action, reason = of_group[plan.group_of[i]]
            first = plan.groups[plan.group_of[i]][0]
            if i != first:
                reason = f"It is joined with line {plan.parsed.lines[first]:,}."
        plan.actions.append(action)
        plan.reasons.append(reason)
    plan.counts = counts


_COUNTED = {Action.CREATE: "created", Action.UPDATE: "updated", Action.UNCHANGED: "unchanged"}
