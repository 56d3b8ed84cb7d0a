"""Proposes a mapping: what the header says, checked against what the cells hold; a column that lies is left
out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from creator_crm.domain.fields import Field, Kind, Value
from creator_crm.domain.normal import Reading
from creator_crm.domain.values.blanks import is_blank
from creator_crm.domain.values.links import read_link
from creator_crm.exchange.column_values import decide, parse_column, sample_of, share_that_fits
from creator_crm.exchange.formats.signature import Format
from creator_crm.exchange.further_accounts import further_columns
from creator_crm.exchange.headers import header_key
from creator_crm.exchange.mapping import (
    PLAIN,
    SEVERAL,
    Column,
    Proposal,
    custom_kind,
    misfit,
    shown_samples,
)
from creator_crm.exchange.persons import NAME_AND_HANDLE, decide_persons, is_about_a_person, name_part
from creator_crm.exchange.reading.frames import Cell
from creator_crm.exchange.shapes import CREATORS, POSTS
from creator_crm.exchange.vocabulary import Candidate, Vocabulary, is_rank
from creator_crm.exchange.whole_list import with_date, with_platform

_ADDRESS = ("address.street", "address.postcode", "address.city")
# The same word is used for a rate and for a number; the cells tell which.
_ELSE = {"account_metrics.engagement": "account_metrics.average_engagements"}


@dataclass(slots=True)
class _Draft:
    """The mapping while it is being made; indexes are column numbers."""

    headers: Sequence[str]
    keys: list[str]
    cells: Sequence[Sequence[Cell]]
    samples: list[list[Cell]]
    vocabulary: Vocabulary
    reading: Reading
    targets: dict[int, str] = field(default_factory=dict)
    why: dict[int, str] = field(default_factory=dict)
    left_out: dict[int, str] = field(default_factory=dict)
    warning: dict[int, str] = field(default_factory=dict)
    questions: dict[int, str] = field(default_factory=dict)
    readings: dict[int, Reading] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)

    def open(self) -> list[int]:
        done = self.targets.keys() | self.left_out.keys()
        return [c for c in range(len(self.keys)) if c not in done]

    def column_of(self, target: str) -> int | None:
        return next((c for c, t in self.targets.items() if t == target), None)

    def take(self, column: int, target: str, why: str) -> None:
        self.targets[column], self.why[column] = target, why

    def leave(self, column: int, why: str) -> None:
        self.targets.pop(column, None)
        self.left_out[column] = why


def propose(
    shape: str,
    headers: Sequence[str],
    raw_headers: Sequence[str],
    cells: Sequence[Sequence[Cell]],
    vocabulary: Vocabulary,
    *,
    file_name: str = "",
    known_format: Format | None = None,
    platform: str = "",
    measured_on: str = "",
    reading: Reading = PLAIN,
    today: date | None = None,
) -> Proposal:
    """The mapping of a table given as columns of cells; `platform`, `measured_on`: what a person has said."""
    keys = [header_key(h) for h in raw_headers]
    draft = _Draft(headers, keys, cells, [sample_of(column) for column in cells], vocabulary, reading)
    _leave_ranks_and_blanks(draft)
    known_format = known_format if known_format and known_format.shape == shape else None
    closed = known_format is not None and known_format.closed
    if known_format:
        _as_the_format_says(draft, known_format)
    if not closed:
        _by_words_and_cells(draft, shape)
    for column, target in draft.targets.items():
        if (known := _field(draft, target)) is not None:
            draft.readings[column], draft.questions[column] = _decided(
                known, cells[column], reading, known_format
            )
    proposal = Proposal(shape, _columns(draft), warnings=tuple(draft.said), known=known_format)
    if shape == CREATORS:
        proposal = with_platform(proposal, draft.keys, draft.samples, known_format, file_name, platform)
    elif known_format:
        proposal = replace(proposal, platform=platform or known_format.platform)
    if shape in (CREATORS, POSTS):
        proposal = with_date(proposal, file_name, measured_on, today or date.today())
    return proposal


def _by_words_and_cells(draft: _Draft, shape: str) -> None:
    """What headers and cells say where no known export says it better."""
    if shape == CREATORS:
        _persons(draft)
        found = further_columns(draft.keys, draft.samples, draft.targets, draft.open(), draft.vocabulary)
        for c, target in found.items():
            draft.take(c, target, "its header names one more platform")
    _by_headers(draft)
    if shape == CREATORS:
        _by_cells(draft)
        _addresses(draft)
        _shifted_figures(draft)
        _niche(draft)
        _name_from_what_is_left(draft)


def _decided(
    target: Field, cells: Sequence[Cell], reading: Reading, known: Format | None
) -> tuple[Reading, str]:
    """How a column is read; where its dates could begin with day or month, the export's habit decides."""
    if known and known.reading:
        return known.reading, ""
    found, question = decide(target, cells, reading)
    if question and known and known.date_order and found.date_order is None:
        return decide(target, cells, replace(reading, date_order=known.date_order))
    return found, question


# The steps -------------------------------------------------------------------------------------------


def _leave_ranks_and_blanks(draft: _Draft) -> None:
    no_rows = not any(draft.samples)
    for c, key in enumerate(draft.keys):
        if no_rows:
            continue  # a header alone: what the words say is all there is to go by
        if not draft.samples[c]:
            draft.left_out[c] = "it is empty"
        elif is_rank(key) and not draft.vocabulary.exactly(key) and _share_of_numbers(draft.samples[c]) > 0.8:
            draft.left_out[c] = "it only numbers the rows"


def _as_the_format_says(draft: _Draft, known: Format) -> None:
    targets = {header_key(header): target for header, target in known.targets.items()}
    for c in draft.open():
        target = targets.get(draft.keys[c])
        if target:
            if draft.column_of(target) is None or target in SEVERAL:
                draft.take(c, target, f"that is what it is in {known.label}")
        elif target == "":
            draft.leave(c, f"{known.label} uses it for itself")


def _persons(draft: _Draft) -> None:
    taken = frozenset(draft.targets.values())
    found = decide_persons(draft.keys, draft.samples, draft.open(), draft.vocabulary, taken)
    for c, target in found.targets.items():
        draft.take(c, target, found.why[c])
    draft.left_out |= found.left_out


def _by_headers(draft: _Draft) -> None:
    """Every open column to the field its header names, unless its cells say otherwise; the surest first."""
    wishes: list[tuple[float, int, Candidate]] = []
    for c in draft.open():
        candidates = draft.vocabulary.candidates(draft.keys[c])
        scored = [
            (candidate, _fit(draft, c, candidate.field, candidate.path))
            for candidate in _more(draft, candidates)
        ]
        good = [(fit * candidate.strength, candidate) for candidate, fit in scored if fit >= 0.5]
        wishes += [(score, c, candidate) for score, candidate in good]
        if scored and not good:
            text = misfit(draft.headers[c], scored[0][0].field, draft.samples[c])
            draft.warning[c] = text
            draft.said.append(text + " It was left out.")
            draft.left_out[c] = "its cells are not what its header says"
    wishes.sort(key=lambda wish: (-wish[0], wish[1]))
    for _, c, candidate in wishes:
        if c in draft.targets or c in draft.left_out:
            continue
        other = draft.column_of(candidate.path)
        if other is None or candidate.path in SEVERAL:
            draft.take(c, candidate.path, f"its header means {candidate.field.label.lower()}")
        elif not any(w[1] == c and draft.column_of(w[2].path) is None for w in wishes):
            _choose_between(draft, other, c, candidate)


def _more(draft: _Draft, candidates: list[Candidate]) -> list[Candidate]:
    more = list(candidates)
    for candidate in candidates:
        other = _ELSE.get(candidate.path)
        if other in draft.vocabulary.fields:
            more.append(Candidate(other, draft.vocabulary.fields[other], 0.6, candidate.alias))
    return more


def _fit(draft: _Draft, c: int, target: Field, path: str) -> float:
    """The share of the column's cells that the field could hold."""
    sample = draft.samples[c]
    if target.kind is Kind.REFERENCE or not sample:
        return 1.0
    if path == "account_metrics.measured_on" and draft.column_of("account.handle") is None:
        return 0.0
    if target.kind is Kind.LONG_TEXT:
        return 1.0
    if target.kind in (Kind.TEXT, Kind.TAGS):
        return 0.0 if _share_of_numbers(sample) > 0.8 else 1.0
    if target.kind is Kind.EMAIL:
        return _share(r".*\S@\S+\.\w.*", [str(cell) for cell in sample])
    reading, _ = decide(target, sample, draft.reading)
    if target.kind is Kind.PERCENT:
        parsed = parse_column(target, sample, reading)
        good = sum(1 for v in parsed.values if isinstance(v, int) and abs(v) <= 10_000_000)
        return good / len(sample)
    if target.kind in (Kind.DATE, Kind.MOMENT):
        return _fit_of_dates(target, sample, reading)
    return share_that_fits(target, sample, reading)


def _share_of_numbers(sample: Sequence[Cell]) -> float:
    """The share of cells without a letter: numbers, amounts, phone numbers."""
    found = sum(isinstance(v, int | float) or not re.search(r"[^\W\d_]", str(v)) for v in sample)
    return found / len(sample)


def _fit_of_dates(target: Field, sample: Sequence[Cell], reading: Reading) -> float:
    """A date that only lacks an answer (which comes first, which year) is a date none the less."""
    lenient = replace(reading, date_order=reading.date_order or "dmy", year=reading.year or 2000)
    return share_that_fits(target, sample, lenient)


def _choose_between(draft: _Draft, first: int, second: int, candidate: Candidate) -> None:
    """Two columns for one field: of two spellings of the same figures the exact one, otherwise the first."""
    if (
        candidate.field.kind is Kind.COUNT
        and draft.samples[first]
        and _same_figures(draft, first, second, candidate.field)
    ):
        shares = _share_rounded(draft.samples[first]), _share_rounded(draft.samples[second])
        rounded, exact = (first, second) if shares[0] > shares[1] else (second, first)
        why = f"it holds the same figures as “{draft.headers[exact]}”"
        example = next((str(cell).strip() for cell in draft.samples[rounded] if _rounded(cell)), "")
        if example:
            why += f", only rounded ({example})"
        draft.leave(rounded, why)
        draft.left_out.pop(exact, None)
        draft.take(
            exact, candidate.path, f"its header means {candidate.field.label.lower()}, and it is exact"
        )
        return
    draft.left_out[second] = f"“{draft.headers[first]}” is {candidate.field.label.lower()} already"


def _share_rounded(sample: Sequence[Cell]) -> float:
    return sum(_rounded(cell) for cell in sample) / len(sample)


def _rounded(cell: Cell) -> bool:
    return isinstance(cell, str) and re.search(r"\d ?[KMBkmb]$", cell.strip()) is not None


def _same_figures(draft: _Draft, first: int, second: int, target: Field) -> bool:
    pairs = [
        (a, b)
        for a, b in zip(draft.cells[first][:400], draft.cells[second][:400], strict=False)
        if not is_blank(a) and not is_blank(b)
    ]
    if not pairs:
        return False
    values = [parse_column(target, column, draft.reading).values for column in zip(*pairs, strict=True)]
    near = sum(_near(a, b) for a, b in zip(*values, strict=True))
    return near > 0.8 * len(pairs)


def _near(a: Value, b: Value) -> bool:
    return isinstance(a, int) and isinstance(b, int) and abs(a - b) <= 0.06 * max(abs(a), abs(b))


def _by_cells(draft: _Draft) -> None:
    """Columns whose header says nothing, but whose cells are unmistakable."""
    for c in draft.open():
        sample = [str(cell).strip() for cell in draft.samples[c]]
        if not sample:
            continue
        target, why = _unmistakable(draft, sample)
        if target and draft.column_of(target) is None:
            draft.take(c, target, why)


def _unmistakable(draft: _Draft, sample: Sequence[str]) -> tuple[str, str]:
    email = draft.vocabulary.fields["creator.email"]
    if _share(r"\S+@\S+\.\w+", sample) > 0.8 and share_that_fits(email, sample, draft.reading) > 0.8:
        return "creator.email", "its cells are e-mail addresses"
    if _share(r"@[\w.\-]+", sample) > 0.8:
        return "account.handle", "its cells are handles with an @"
    if sum(bool(read_link(cell).handle) for cell in sample if "://" in cell) > 0.8 * len(sample):
        return "account.link", "its cells are links to profiles"
    return "", ""


def _share(pattern: str, sample: Sequence[str]) -> float:
    return sum(re.fullmatch(pattern, cell) is not None for cell in sample) / len(sample)


def _addresses(draft: _Draft) -> None:
    """A state means something only beside a place; a country goes with the street."""
    has_place = any(draft.column_of(target) is not None for target in _ADDRESS)
    country = draft.column_of("creator.country")
    located = draft.column_of("address.street") is not None or draft.column_of("address.postcode") is not None
    for c, target in list(draft.targets.items()):
        if target.startswith("address.") and target not in _ADDRESS and not has_place:
            draft.leave(c, "without street or city it says too little")
    if located and country is not None and draft.column_of("address.country") is None:
        draft.take(country, "address.country", "it stands beside a street and a city")


def _shifted_figures(draft: _Draft) -> None:
    """Comments can't outnumber likes in nearly every line: then the headers stand over the wrong columns."""
    likes = draft.column_of("account_metrics.average_likes")
    comments = draft.column_of("account_metrics.average_comments")
    if likes is None or comments is None:
        return
    target = draft.vocabulary.fields["account_metrics.average_likes"]
    both = [
        (a, b)
        for a, b in zip(
            parse_column(target, draft.cells[likes][:2000], draft.reading).values,
            parse_column(target, draft.cells[comments][:2000], draft.reading).values,
            strict=True,
        )
        if isinstance(a, int) and isinstance(b, int)
    ]
    if len(both) >= 5 and sum(b > a for a, b in both) > 0.7 * len(both):
        why = "there are more comments than likes in nearly every line, so these headers are wrong"
        for c in (likes, comments):
            draft.leave(c, why)
            draft.warning[c] = f"“{draft.headers[c]}”: {why}."
        draft.said.append(
            f"“{draft.headers[likes]}” and “{draft.headers[comments]}” were left out: {why}. "
            "Choose what they are if you know it."
        )


def _niche(draft: _Draft) -> None:
    """ "Category 2" is a further tag only where another column says the niche."""
    if draft.column_of("creator.niche") is None:
        for c, target in sorted(draft.targets.items()):
            if target == "creator.tags" and draft.keys[c].startswith(("category", "sub")):
                draft.take(c, "creator.niche", "it is the first column of categories")
                return


def _name_from_what_is_left(draft: _Draft) -> None:
    """A list without a name of any kind but with one more column about a person: better than nothing."""
    if draft.column_of("creator.name") is not None or draft.column_of("account.handle") is not None:
        return
    for c in draft.open():
        if is_about_a_person(draft.keys[c], draft.vocabulary) and name_part(draft.keys[c]) is None:
            draft.take(c, "creator.name", "it is the only column about a person")
            return


def _columns(draft: _Draft) -> tuple[Column, ...]:
    columns = []
    for c, header in enumerate(draft.headers):
        target = draft.targets.get(c, "")
        unknown = not target and c not in draft.left_out
        columns.append(
            Column(
                index=c,
                header=header,
                samples=shown_samples(draft.cells[c]),
                target=target,
                why=draft.why.get(c, "") if target else "",
                warning=draft.warning.get(c, ""),
                left_out=""
                if target
                else draft.left_out.get(c, "no field is called that; you can make it one"),
                question=draft.questions.get(c, "") if target else "",
                custom_kind=custom_kind(draft.cells[c]) if unknown else "",
                reading=draft.readings.get(c, draft.reading),
            )
        )
    return tuple(columns)


def _field(draft: _Draft, target: str) -> Field | None:
    return draft.vocabulary.fields.get("account.handle" if target == NAME_AND_HANDLE else target)
