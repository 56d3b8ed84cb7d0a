"""What an import would do, before anything is written: the list in normal form, doubles joined, verdicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from creator_crm.domain.fields import Value


class Action(StrEnum):
    """What becomes of one line."""

    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    SKIP = "skip"
    CONFLICT = "conflict"
    ERROR = "error"


class Keep(StrEnum):
    """Which line counts when one creator stands several times in a file: cell by cell, blanks never erase."""

    LAST = "last"
    FIRST = "first"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell or line that could not be used; `rejected` when the whole line was left out for it."""

    line: int
    column: str
    value: str
    reason: str
    rejected: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line of the file as it will become: its values by "record.field", and what they replace."""

    line: int
    action: Action
    reason: str
    title: str
    values: Mapping[str, Value]
    changes: Mapping[str, tuple[Value, Value]] = field(default_factory=dict)


@dataclass(slots=True)
class Parsed:
    """A list in normal form: for each target one value a line; lines that hold nothing are not here."""

    lines: list[int]  # line numbers in the file
    table_rows: list[int]  # the same lines as indexes into the rows of the sheet
    values: dict[str, list[Value]]
    problems: list[Problem] = field(default_factory=list)
    errors: dict[int, str] = field(default_factory=dict)  # position → why the line is rejected
    placeholders: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    usual: dict[str, Value] = field(default_factory=dict)  # target → what new rows get where nothing is said
    blank_lines: int = 0
    further: dict[int, list[int]] = field(default_factory=dict)  # position → those of its further accounts

    def __len__(self) -> int:
        """How many lines of the file there are; further accounts of theirs come behind them."""
        return len(self.lines) - sum(map(len, self.further.values()))

    def column(self, target: str) -> list[Value]:
        """The values of a target, all None when no column feeds it."""
        return self.values.get(target) or [None] * len(self.lines)


def empty(value: Value) -> bool:
    return value is None or value == () or value is False


def merged(values: Sequence[Value], groups: Sequence[Sequence[int]], keep: Keep) -> list[Value]:
    """One value for each group of lines: the last one given (the first with Keep.FIRST); tags come
    together.
    """
    out = [values[group[0]] for group in groups]
    for n, group in enumerate(groups):
        if len(group) == 1:
            continue
        found = [values[i] for i in group if not empty(values[i])]
        if found and isinstance(found[0], tuple):
            out[n] = union(v for v in found if isinstance(v, tuple))
        elif found:
            out[n] = found[0] if keep is Keep.FIRST else found[-1]
    return out


def union(tags: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Tags of several cells as one tuple, each once whatever its case."""
    kept: dict[str, str] = {}
    for cell in tags:
        for tag in cell:
            kept.setdefault(tag.casefold(), tag)
    return tuple(kept[key] for key in sorted(kept))


def differing(parsed: Parsed, group: Sequence[int], targets: Iterable[str]) -> bool:
    """Whether the lines of a group contradict each other in any cell."""
    for target in targets:
        column = parsed.values[target]
        if len({column[i] for i in group if not empty(column[i])}) > 1:
            return True
    return False
