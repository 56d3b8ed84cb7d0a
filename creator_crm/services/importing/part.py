"""One kind of record in an import: its merged values, how they differ from the rows that are there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from creator_crm.domain.fields import Description, Field, Kind, Value
from creator_crm.exchange.rehearsal import Keep, Parsed, empty, merged, union
from creator_crm.store.codec import Stored, decode, decode_custom, encode, encode_custom
from creator_crm.store.readers import matching

BY_HAND = frozenset({"person", "merge", "workbook"})
_CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that the list would change."""

    row: int
    column: str  # the stored column: the field's name, "custom" for all the user's own fields together
    field: str
    before: Value
    after: Value


@dataclass(slots=True)
class Part:
    """The members of one kind (creators, say) that a list speaks of, by their number in the list."""

    description: Description[Any]
    fields: tuple[Field, ...]
    values: dict[str, list[Value]]
    new: list[int] = field(default_factory=list)
    existing: dict[int, int] = field(default_factory=dict)  # member → row
    updates: dict[int, dict[str, Difference]] = field(default_factory=dict)  # row → field → difference
    kept: dict[int, set[str]] = field(default_factory=dict)  # row → labels a person's edits keep
    usual: dict[str, Value] = field(default_factory=dict)  # what new members get where the list says nothing

    @classmethod
    def of(
        cls,
        description: Description[Any],
        parsed: Parsed,
        groups: Sequence[Sequence[int]],
        keep: Keep,
        custom: Mapping[str, Field] = {},
    ) -> Part:
        """The part made of all columns "record.field"; `custom` are the fields still to be made, by
        target.
        """
        fields: list[Field] = []
        values: dict[str, list[Value]] = {}
        for target, column in parsed.values.items():
            record, _, name = target.partition(".")
            if record != description.name:
                continue
            found = custom.get(target) or description.by_name.get(name)
            if found is not None:
                fields.append(found)
                values[found.name] = merged(column, groups, keep)
        usual = {
            target.partition(".")[2]: value
            for target, value in parsed.usual.items()
            if target.partition(".")[0] == description.name
        }
        return cls(description, tuple(fields), values, usual=usual)

    def value(self, member: int, name: str) -> Value:
        column = self.values.get(name)
        return column[member] if column else None

    def given(self, member: int) -> dict[str, Value]:
        """The values the list gives for one member, blanks left out."""
        return {f.name: v for f in self.fields if not empty(v := self.values[f.name][member])}

    @property
    def built_in(self) -> tuple[Field, ...]:
        return tuple(f for f in self.fields if not f.custom)

    @property
    def own(self) -> tuple[Field, ...]:
        return tuple(f for f in self.fields if f.custom)

    def compare(self, raw: matching.Raw, only: Sequence[str] | None = None) -> None:
        """Find every cell of the existing rows that the list gives another value; blanks never erase."""
        fields = [f for f in self.built_in if only is None or f.name in only]
        columns = [f.name for f in fields] + ([_CUSTOM] if self.own else [])
        if not columns:
            return
        rows = matching.rows_by_column(raw, self.description.name, "id", set(self.existing.values()), columns)
        for member, row in self.existing.items():
            if row in rows:
                self.compare_with(member, row, fields, rows[row][0][1:])

    def compare_with(self, member: int, row: int, fields: Sequence[Field], stored: Sequence[Any]) -> None:
        """The same for one member, whose row holds `stored` (the columns of `fields`, then the custom
        one).
        """
        for described, before in zip(fields, stored, strict=False):
            after = self.values[described.name][member]
            if empty(after):
                continue
            if encode(described, after) != before:
                old = decode(described, before)
                if isinstance(after, tuple) and isinstance(old, tuple):
                    after = union((old, after))
                    if set(after) == set(old):
                        continue
                self._differs(Difference(row, described.name, described.name, old, after))
        if self.own:
            mine = decode_custom(stored[len(fields)])
            for described in self.own:
                after = self.values[described.name][member]
                if not empty(after) and mine.get(described.name, described.empty) != after:
                    before_own = mine.get(described.name, described.empty)
                    self._differs(Difference(row, _CUSTOM, described.name, before_own, after))

    def _differs(self, difference: Difference) -> None:
        self.updates.setdefault(difference.row, {})[difference.field] = difference

    def give_way(self, yields: Collection[str]) -> None:
        """Take back changes of "record.field"s that only fill what is empty."""
        own = {
            target.partition(".")[2] for target in yields if target.startswith(f"{self.description.name}.")
        }
        for row, changes in list(self.updates.items()) if own else ():
            for name in [n for n, d in changes.items() if n in own and not empty(d.before)]:
                del changes[name]
            if not changes:
                del self.updates[row]

    def protect(
        self,
        raw: matching.Raw,
        measured_on: str,
        overwrite_edited: bool,
        dated: bool,
        home: Collection[int] = (),
    ) -> None:
        """Take back what a person typed since, and what a list with newer figures said (unless rows are
        dated). In rows that came `home` from our own export a cell was edited, unless it is an older state.
        """
        if home and not overwrite_edited:
            self._keep_newer_states(raw, home)
        cells = {
            (d.row, d.column)
            for row, changes in self.updates.items()
            for d in changes.values()
            if row not in home
        }
        for (row, column), writer in matching.last_writers(raw, self.description.name, cells).items():
            by_hand = writer.origin in BY_HAND and not overwrite_edited
            newer = (
                writer.origin == "import"
                and not dated
                and str(writer.details.get("measured_on", "")) > measured_on
            )
            if not by_hand and not newer:
                continue
            for name, difference in list(self.updates.get(row, {}).items()):
                if difference.column == column:
                    del self.updates[row][name]
                    if by_hand:
                        self.kept.setdefault(row, set()).add(self.label(name))
            if row in self.updates and not self.updates[row]:
                del self.updates[row]

    def _keep_newer_states(self, raw: matching.Raw, home: Collection[int]) -> None:
        """A cell that says what the field said before says it because the list is old."""
        earlier = matching.earlier_values(raw, self.description.name, self.updates.keys() & set(home))
        for row, states in earlier.items():
            changes = self.updates[row]
            for name, d in list(changes.items()):
                after = d.after if d.column == _CUSTOM else encode(self.description.field(name), d.after)
                if any(_said(state, d, after) for state in states):
                    del changes[name]
                    self.kept.setdefault(row, set()).add(self.label(name))
            if not changes:
                del self.updates[row]

    def label(self, name: str) -> str:
        return next((f.label for f in self.fields if f.name == name), name)

    def insert_columns(self, extra: Collection[str]) -> dict[str, list[Stored]]:
        """The columns of the new members by name, a value for each; `extra` ones are left to the caller."""
        columns: dict[str, list[Stored]] = {}
        for described in self.built_in:
            if described.name not in extra:
                values = self.values[described.name]
                default = self.usual.get(described.name, described.default)
                if described.kind in (Kind.TAGS, Kind.FLAG):
                    columns[described.name] = [encode(described, values[m]) for m in self.new]
                elif default is None:
                    columns[described.name] = [values[m] for m in self.new]  # type: ignore[misc]
                else:
                    columns[described.name] = [default if values[m] is None else values[m] for m in self.new]  # type: ignore[misc]
        for described in self.description.stored:
            if described.default is not None and described.name not in (*columns, *extra):
                columns[described.name] = [encode(described, described.default)] * len(self.new)
        if self.own:
            columns[_CUSTOM] = [
                encode_custom({f.name: self.values[f.name][m] for f in self.own}) for m in self.new
            ]
        return columns

    def update_rows(self, raw: matching.Raw) -> dict[tuple[str, ...], list[tuple[int, tuple[Stored, ...]]]]:
        """The updates by the set of columns they change, as `Unit.set_rows` takes them."""
        own = [
            row for row, changes in self.updates.items() if any(d.column == _CUSTOM for d in changes.values())
        ]
        held = matching.rows_by_column(raw, self.description.name, "id", own, [_CUSTOM])
        found: dict[tuple[str, ...], list[tuple[int, tuple[Stored, ...]]]] = {}
        for row, changes in self.updates.items():
            stored: dict[str, Stored] = {}
            customs: dict[str, Value] = {}
            for name, difference in changes.items():
                if difference.column == _CUSTOM:
                    customs[name] = difference.after
                else:
                    described = self.description.field(name)
                    stored[name] = encode(described, difference.after)
            if customs:
                stored[_CUSTOM] = encode_custom({**decode_custom(held[row][0][1]), **customs})
            found.setdefault(tuple(stored), []).append((row, tuple(stored.values())))
        return found


def _said(state: Mapping[str, Any], difference: Difference, after: Value) -> bool:
    if difference.column != _CUSTOM:
        return difference.column in state and state[difference.column] == after
    return _CUSTOM in state and decode_custom(state[_CUSTOM]).get(difference.field) == after
