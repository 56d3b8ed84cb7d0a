"""Importing a list: recognise it, propose what its columns are, rehearse, write.

found = recognise(path, store.catalogue)
proposal = propose(store, found)
rehearsal = rehearse(store, found, proposal)
result = write(rehearsal)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Field
from creator_crm.domain.normal import Reading
from creator_crm.exchange import error_workbook, mapping, proposing
from creator_crm.exchange.creator_list import NAMES_SOMEBODY, parse_list
from creator_crm.exchange.currencies import names_none
from creator_crm.exchange.mapping import NEW_FIELD, SEVERAL, Column, Proposal, headers_key
from creator_crm.exchange.persons import NAME_AND_HANDLE
from creator_crm.exchange.recognise import FORMATS, creator_vocabulary
from creator_crm.exchange.rehearsal import Action, Keep, Problem, Verdict
from creator_crm.exchange.shapes import AIDS, CREATORS, FAMILIES, LABELS, records_of
from creator_crm.exchange.vocabulary import Vocabulary
from creator_crm.exchange.whole_list import with_platform
from creator_crm.services.importing.creator_plan import CreatorPlan, plan_creators
from creator_crm.services.importing.custom import new_fields
from creator_crm.services.importing.options import Options
from creator_crm.services.importing.record_plan import RecordPlan, plan_records
from creator_crm.services.importing.remarks import not_decided, notes_on, overfull, remarks_on
from creator_crm.services.importing.source import Cancel, Progress, Recognition, recognise
from creator_crm.services.importing.writing import write_plan
from creator_crm.store.readers import matching
from creator_crm.store.store import Store

__all__ = [
    "AIDS",
    "LABELS",
    "NAME_AND_HANDLE",
    "NEW_FIELD",
    "SEVERAL",
    "Action",
    "Column",
    "ImportResult",
    "Keep",
    "Options",
    "Problem",
    "Proposal",
    "Recognition",
    "Rehearsal",
    "Verdict",
    "change_mapping",
    "propose",
    "recognise",
    "recognition_as_json",
    "records_of",
    "rehearse",
    "with_choices",
    "write",
    "write_error_workbook",
]

COUNTS = ("created", "updated", "unchanged", "skipped", "conflicts", "rejected")
_SETTING = "import.mapping."
_WORTH_A_BACKUP = 100  # rows; what has no past yet needs none


@dataclass
class Rehearsal:
    """What an import would do. `plan` is None when nothing of the file can be imported; `sentence` says
    why.
    """

    store: Store
    recognition: Recognition
    proposal: Proposal
    options: Options
    plan: CreatorPlan | RecordPlan | None
    counts: dict[str, int]
    problems: list[Problem]
    notes: tuple[str, ...]
    sentence: str = ""
    newest_change: int = 0
    custom: Mapping[str, Field] = field(default_factory=dict)

    def verdicts(self, offset: int = 0, limit: int = 100, actions: Sequence[Action] = ()) -> list[Verdict]:
        """Lines as they will become, a page at a time; only those with one of `actions` when given."""
        if self.plan is None:
            return []
        wanted = self.positions(actions)
        return [self.plan.verdict(i) for i in wanted[offset : offset + limit]]

    def positions(self, actions: Sequence[Action] = ()) -> Sequence[int]:
        """The lines with one of `actions`, all when none is named."""
        if self.plan is None:
            return ()
        if not actions:
            return range(len(self.plan.actions))
        return [i for i, action in enumerate(self.plan.actions) if action in actions]

    def let_go(self) -> None:
        """Free what was planned for each line, when nobody needs it any more."""
        if self.plan is not None:
            self.plan.let_go()

    @property
    def writes_nothing(self) -> bool:
        return self.plan is None or not self.plan.rows_to_write

    def as_json(self) -> dict[str, object]:
        """The object of one file that `creator-crm import --json` prints."""
        found = self.recognition
        return {
            "file": str(found.path),
            "recognised": {"kind": found.kind, "because": list(found.because)},
            **self.counts,
            "problems": [
                {"line": p.line, "column": p.column, "value": p.value, "reason": p.reason}
                for p in self.problems
            ],
        }


@dataclass(frozen=True)
class ImportResult:
    """What an import did; `change_set` is the step to undo, None when there was nothing to write."""

    counts: dict[str, int]
    change_set: int | None
    problems: tuple[Problem, ...]
    remarks: tuple[str, ...] = ()


def recognition_as_json(found: Recognition, proposal: Proposal) -> dict[str, object]:
    """The object of one file that `creator-crm recognise --json` prints."""
    return {
        "file": str(found.path),
        "kind": found.kind,
        "because": list(found.because),
        "sheets": [
            {"name": sheet.name, "rows": sheet.rows, "hidden": sheet.hidden} for sheet in found.opened.sheets
        ],
        "header_row": found.header_row,
        "mapping": {} if found.recognised.instead else proposal.mapping,
    }


def vocabulary_of(store: Store, shape: str) -> Vocabulary:
    """The fields that a list of this shape can fill; raises UserError for a shape there is none of."""
    if shape == CREATORS:
        return creator_vocabulary(store.catalogue)
    if shape in FAMILIES:
        return Vocabulary(store.catalogue, records_of(shape))
    record = store.catalogue.get(shape)
    if record is None or record.internal:
        names = ", ".join(d.name for d in store.catalogue.public)
        raise UserError(
            f"“{shape}” is no kind of list. Nothing was imported; choose creators or one of: {names}."
        )
    return Vocabulary(store.catalogue, (shape,))


def propose(
    store: Store,
    found: Recognition,
    *,
    shape: str | None = None,
    platform: str = "",
    measured_on: str = "",
    reading: Reading | None = None,
    mapping_file: Mapping[str, str] | None = None,
    use_saved: bool = True,
) -> Proposal:
    """What each column becomes. `mapping_file` ({column: "record.field"}) replaces the proposal for its
    columns.
    """
    insisted, shape = bool(shape), _shape(shape or found.recognised.shape)
    vocabulary = vocabulary_of(store, shape)
    table = found.table
    reading = reading or Reading()
    proposal = proposing.propose(
        shape,
        table.headers,
        table.raw_headers,
        found.cells,
        vocabulary,
        file_name=found.path.stem,
        known_format=found.recognised.format,
        platform=platform,
        measured_on=measured_on,
        reading=reading,
    )
    if use_saved and mapping_file is None:
        with store.read_raw() as raw:
            saved = matching.setting(raw, _SETTING + headers_key(table.raw_headers))
        if saved and isinstance(saved[1], dict):
            proposal = mapping.with_saved(proposal, saved[1], found.cells, vocabulary, reading)
    if mapping_file is not None:
        proposal = _as_the_file_says(proposal, mapping_file, found, vocabulary, reading)
    proposal = replace(proposal, insisted=insisted, currency=reading.currency or "")
    return _with_usual_currency(store, proposal, found, vocabulary)


def _with_usual_currency(
    store: Store, proposal: Proposal, found: Recognition, vocabulary: Vocabulary
) -> Proposal:
    """The proposal knowing whether its amounts name a currency, and which is usual in the workspace."""
    with store.read_raw() as raw:
        usual = matching.usual_currency(raw)
    silent = names_none(proposal, found.cells, vocabulary)
    return replace(proposal, names_no_currency=silent, usual_currency=usual or "EUR")


def _shape(shape: str) -> str:
    """The shape a person names: a record, a family of them, or any kind of list that is recognised."""
    kinds = {known.kind: known.shape for known in FORMATS if not known.instead}
    return CREATORS if shape == "creator" else kinds.get(shape, shape)


def _as_the_file_says(
    proposal: Proposal,
    wanted: Mapping[str, str],
    found: Recognition,
    vocabulary: Vocabulary,
    reading: Reading,
) -> Proposal:
    by_header = {column.header.casefold(): column.index for column in proposal.columns}
    targets: dict[int, str] = {}
    for header, target in wanted.items():
        index = by_header.get(" ".join(header.split()).casefold())
        if index is None:
            raise UserError(
                f"“{found.path.name}” has no column “{header}”. Nothing was imported; correct the mapping."
            )
        if target and mapping.field_of(vocabulary, target) is None:
            raise UserError(
                f"“{target}” is no field of this list. Nothing was imported; correct the mapping."
            )
        targets[index] = target
    for column in proposal.columns:
        targets.setdefault(column.index, "")
    return mapping.with_targets(proposal, targets, found.cells, vocabulary, reading)


def change_mapping(
    store: Store,
    found: Recognition,
    proposal: Proposal,
    targets: Mapping[int, str],
    reading: Reading | None = None,
) -> Proposal:
    """The proposal with a person's choices: column number to "record.field", "" to leave it out."""
    vocabulary = vocabulary_of(store, proposal.shape)
    changed = mapping.with_targets(proposal, targets, found.cells, vocabulary, reading or Reading())
    return _with_usual_currency(store, changed, found, vocabulary)


def rehearse(
    store: Store,
    found: Recognition,
    proposal: Proposal,
    options: Options | None = None,
    *,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> Rehearsal:
    """Everything an import would do, line by line, without writing. Raises Cancelled."""
    options = options or Options()
    refusal = _why_not(found, proposal)
    if refusal:
        counts = dict.fromkeys(COUNTS, 0) | {"skipped": len(found.positions)}
        return Rehearsal(store, found, proposal, options, None, counts, [], found.notes, refusal)
    vocabulary = vocabulary_of(store, proposal.shape)
    parsed = parse_list(
        proposal, found.cells, found.lines, found.positions, vocabulary, cancel=cancel, progress=progress
    )
    with store.read_raw() as raw:
        custom = new_fields(store.catalogue, proposal, matching.own_fields_in_trash(raw))
        newest = matching.newest_change(raw)
        before = None
        if not options.overwrite_edited:
            earlier = matching.imports_of(raw, found.opened.sha256, fingerprint(found, proposal, options))
            before = frozenset(earlier[0].get("left", ())) if earlier else None
        plan: CreatorPlan | RecordPlan
        if proposal.shape == CREATORS:
            plan = plan_creators(raw, store.catalogue, parsed, proposal, options, custom, before, cancel)
        else:
            plan = plan_records(raw, store.catalogue, parsed, proposal, options, custom, before)
    problems = sorted(
        [*parsed.problems, *overfull(found), *not_decided(plan)], key=lambda p: (p.line, p.column)
    )
    notes = (*parsed.notes, *found.notes, *proposal.warnings, *notes_on(plan, parsed.placeholders))
    return Rehearsal(
        store,
        found,
        proposal,
        options,
        plan,
        dict(plan.counts),
        problems,
        notes,
        newest_change=newest,
        custom=custom,
    )


def fingerprint(found: Recognition, proposal: Proposal, options: Options) -> str:
    """What makes an import the same as an earlier one of the same content."""
    place = found.table.header if found.table.header is not None else -1
    return f"{proposal.fingerprint()}:{found.sheet}:{place}:{options.keep}"


def _why_not(found: Recognition, proposal: Proposal) -> str:
    if found.recognised.instead and not (proposal.edited or proposal.insisted):
        return found.recognised.sentence
    if not found.positions:
        return f"“{found.path.name}” has a header but no rows below it, so there is nothing to import."
    if not proposal.mapping:
        return f"{found.recognised.sentence} Nothing was imported."
    names = (*NAMES_SOMEBODY, "creator.uid")
    if proposal.shape == CREATORS and not any(proposal.of(target) for target in names):
        return (
            "No column of this list holds a name, a handle, an e-mail or a link, so its lines name nobody. "
            "Nothing was imported; choose which column does."
        )
    return ""


def write(
    rehearsal: Rehearsal, *, progress: Progress | None = None, cancel: Cancel | None = None
) -> ImportResult:
    """Write a rehearsed import: all of it in one transaction and one step to undo, or nothing.

    Raises UserError when the workspace changed since the rehearsal, Cancelled.
    """
    if rehearsal.plan is None or rehearsal.writes_nothing:
        return ImportResult(rehearsal.counts, None, tuple(rehearsal.problems))
    found, proposal, plan = rehearsal.recognition, rehearsal.proposal, rehearsal.plan
    count = rehearsal.counts["created"] + rehearsal.counts["updated"]
    left = [plan.parsed.lines[i] for i in rehearsal.positions((Action.CONFLICT, Action.ERROR, Action.SKIP))]
    details: dict[str, Any] = {
        "file": found.path.name,
        "sha256": found.opened.sha256,
        "fingerprint": fingerprint(found, proposal, rehearsal.options),
        "measured_on": proposal.measured_on,
        "counts": rehearsal.counts,
        "left": left,
    }
    remembered = None
    if rehearsal.options.remember_mapping and proposal.edited:
        remembered = (_SETTING + headers_key(found.table.raw_headers), mapping.saved_choice(proposal))
    if plan.rows_to_write > _WORTH_A_BACKUP and rehearsal.newest_change:
        rehearsal.store.back_up(reason="before import")
    number = write_plan(
        rehearsal.store,
        plan,
        label=f"Import {plan.counted(count)} from {found.path.name}",
        details=details,
        custom=rehearsal.custom,
        remembered=remembered,
        expected=rehearsal.newest_change,
        progress=progress,
        cancel=cancel,
    )
    remarks = remarks_on(rehearsal.store, plan, number)
    return ImportResult(rehearsal.counts, number, tuple(rehearsal.problems), remarks)


def write_error_workbook(rehearsal: Rehearsal, path: Path) -> int:
    """Write every line that has a problem, with the reasons, as an .xlsx to correct; returns how many."""
    found = rehearsal.recognition
    reasons: dict[int, list[str]] = {}
    for problem in rehearsal.problems:
        text = f"{problem.column}: {problem.reason}" if problem.column else problem.reason
        reasons.setdefault(problem.line, []).append(text)
    row_of = dict(zip(found.lines, found.positions, strict=True))
    lines = (
        (line, " ".join(dict.fromkeys(texts)), found.rows.rows[row_of[line]])
        for line, texts in sorted(reasons.items())
        if line in row_of
    )
    return error_workbook.write_error_workbook(path, found.table.headers, lines)


def with_choices(proposal: Proposal, *, platform: str = "", measured_on: str = "") -> Proposal:
    """The proposal with what a person said of the whole list: platform of the handles, day of the figures."""
    if platform:
        proposal = with_platform(proposal, (), (), said=platform)
    return replace(proposal, measured_on=measured_on, measured_why="you said so") if measured_on else proposal
