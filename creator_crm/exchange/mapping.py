"""What each column of a list becomes: proposed from its header and its cells, changed by a person,
remembered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from creator_crm.domain.fields import Field, Kind
from creator_crm.domain.normal import Reading
from creator_crm.exchange.column_values import decide, parse_column, sample_of, share_that_fits
from creator_crm.exchange.formats.signature import Format
from creator_crm.exchange.headers import header_key
from creator_crm.exchange.persons import NAME_AND_HANDLE
from creator_crm.exchange.reading.frames import Cell
from creator_crm.exchange.vocabulary import Vocabulary

PLAIN = Reading()
SEVERAL = frozenset(
    {"creator.tags", "creator.notes", "creator.name", "address.notes", "account.former_handles"}
)
NEW_FIELD = "+"  # creator.+count: a new custom field of that kind, named like the column
SHOWN_SAMPLES = 4
_CUSTOM_KINDS = (Kind.COUNT, Kind.PERCENT, Kind.NUMBER, Kind.DATE, Kind.EMAIL, Kind.URL, Kind.FLAG)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the list and what becomes of it; `target` is "record.field", "" when it is left out."""

    index: int
    header: str
    samples: tuple[str, ...]
    target: str = ""
    why: str = ""
    warning: str = ""
    left_out: str = ""
    question: str = ""
    custom_kind: str = ""  # the kind of custom field it could become
    reading: Reading = PLAIN

    @property
    def taken(self) -> bool:
        return bool(self.target)


@dataclass(frozen=True, slots=True)
class Proposal:
    """How a list becomes records; `shape` is "creators" or the name of the one record its lines describe.

    `platform` "" means not known; `measured_on` is the day the figures are of. `saved`: an earlier choice
    for the same headers is offered again.
    """

    shape: str
    columns: tuple[Column, ...]
    platform: str = ""
    platform_why: str = ""
    currency: str = ""  # what a person said that amounts count in which name none
    usual_currency: str = ""  # what new rows get where nobody said it
    names_no_currency: bool = False  # it has amounts, and nothing in the file says in which currency
    measured_on: str = ""
    measured_why: str = ""
    warnings: tuple[str, ...] = ()
    saved: bool = False
    edited: bool = False
    known: Format | None = None  # the export it is, when that decides more than the mapping
    insisted: bool = False  # a person said what the list is, whatever it was recognised as

    @property
    def mapping(self) -> dict[str, str]:
        """Column header to target, as the command line writes and reads it."""
        return {column.header: column.target for column in self.columns if column.target}

    @property
    def questions(self) -> tuple[str, ...]:
        """What only a person can say, column by column."""
        return tuple(f"{c.header}: {c.question}" for c in self.columns if c.target and c.question)

    def of(self, target: str) -> tuple[Column, ...]:
        """The columns that feed one target, in the order of the file."""
        return tuple(column for column in self.columns if column.target == target)

    def fingerprint(self) -> str:
        """What decides what the same file becomes: the mapping, how columns are read, the platform."""
        parts = [self.shape, self.platform, *filter(None, [self.currency])]
        parts += [f"{c.index}\t{c.header}\t{c.target}\t{c.reading}" for c in self.columns if c.target]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def headers_key(headers: Sequence[str]) -> str:
    """The same for every file with the same columns, in whatever order and spelling."""
    return hashlib.sha256("\n".join(sorted(header_key(h) for h in headers)).encode()).hexdigest()[:24]


def shown_samples(cells: Sequence[Cell]) -> tuple[str, ...]:
    """A few different cells, as they stand in the file."""
    different = dict.fromkeys(" ".join(str(cell).split())[:60] for cell in sample_of(cells, 60))
    return tuple(different)[:SHOWN_SAMPLES]


def field_of(vocabulary: Vocabulary, target: str) -> Field | None:
    """The field a target names; a new custom field for "record.+kind"; None when there is no such field."""
    if target == NAME_AND_HANDLE:
        return vocabulary.fields["account.handle"]
    record, _, name = target.partition(".")
    if name.startswith(NEW_FIELD):
        kind = name[1:] or "text"
        known = kind in [k.value for k in (*_CUSTOM_KINDS, Kind.TEXT, Kind.LONG_TEXT, Kind.TAGS, Kind.PHONE)]
        return Field(name=name, label=name, kind=Kind(kind), custom=True) if known and record else None
    return vocabulary.fields.get(target)


def with_targets(
    proposal: Proposal,
    targets: Mapping[int, str],
    cells: Sequence[Sequence[Cell]],
    vocabulary: Vocabulary,
    reading: Reading = PLAIN,
) -> Proposal:
    """The proposal with a person's choices; "" leaves a column out. A target that only one column can feed
    moves.
    """
    columns = list(proposal.columns)
    for index, target in targets.items():
        if target and target not in SEVERAL:
            for at, column in enumerate(columns):
                if column.target == target and at not in targets:
                    columns[at] = replace(
                        column, target="", left_out=f"“{columns[index].header}” is taken instead"
                    )
        columns[index] = chosen(columns[index], target, cells[index], vocabulary, reading)
    return replace(proposal, columns=tuple(columns), edited=True)


def chosen(
    column: Column, target: str, cells: Sequence[Cell], vocabulary: Vocabulary, reading: Reading = PLAIN
) -> Column:
    """The column with a person's choice, and a warning when most of its cells do not fit there."""
    if not target:
        return replace(column, target="", why="", warning="", left_out="you left it out", question="")
    field = field_of(vocabulary, target)
    if field is None:
        return replace(column, target="", left_out=f"“{target}” is no field of this list")
    sample = sample_of(cells)
    decided, question = decide(field, cells, reading)
    fits = 1.0 if target == NAME_AND_HANDLE else share_that_fits(field, sample, decided)
    warning = "" if fits >= 0.5 else misfit(column.header, field, sample)
    return replace(
        column,
        target=target,
        why="you chose it",
        warning=warning,
        left_out="",
        question=question,
        reading=decided,
    )


def misfit(header: str, field: Field, sample: Sequence[Cell]) -> str:
    """Why a column is not what its header says, with an example."""
    example = " ".join(str(sample[0]).split())[:40] if sample else ""
    return (
        f"“{header}” sounds like {field.label.lower()}, but most of its cells are not, such as “{example}”."
    )


def saved_choice(proposal: Proposal) -> dict[str, object]:
    """What is remembered of a person's choices for files with the same headers."""
    return {
        "shape": proposal.shape,
        "targets": {column.header.casefold(): column.target for column in proposal.columns},
    }


def with_saved(
    proposal: Proposal,
    saved: Mapping[str, object],
    cells: Sequence[Sequence[Cell]],
    vocabulary: Vocabulary,
    reading: Reading = PLAIN,
) -> Proposal:
    """The proposal with the choices that were made for these headers before."""
    remembered = saved.get("targets")
    if not isinstance(remembered, Mapping) or saved.get("shape") != proposal.shape:
        return proposal
    targets = {}
    for column in proposal.columns:
        target = remembered.get(column.header.casefold())
        if isinstance(target, str) and target != column.target:
            targets[column.index] = target
    if not targets:
        return replace(proposal, saved=True)
    changed = with_targets(proposal, targets, cells, vocabulary, reading)
    columns = tuple(
        replace(
            c,
            why="you chose it the last time" if c.target else "",
            left_out=c.left_out and "left out the last time",
        )
        if c.index in targets
        else c
        for c in changed.columns
    )
    return replace(changed, columns=columns, saved=True)


def custom_kind(cells: Sequence[Cell]) -> str:
    """The kind of custom field that fits a column nobody knows."""
    sample = sample_of(cells, 200)
    if not sample:
        return Kind.TEXT.value
    for kind in _CUSTOM_KINDS:
        field = Field(name="x", label="x", kind=kind)
        if kind is Kind.PERCENT and not any("%" in str(cell) for cell in sample):
            continue
        if kind is Kind.URL and not all("://" in str(cell) for cell in sample):
            continue
        parsed = parse_column(field, sample, decide(field, sample, Reading())[0])
        if not parsed.problems and any(value not in (None, False) for value in parsed.values):
            return kind.value
    longest = max(len(str(cell)) for cell in sample)
    return (Kind.LONG_TEXT if longest > 200 else Kind.TEXT).value
