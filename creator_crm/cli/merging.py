"""The verb that brings a team's workbook back."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from creator_crm.cli.output import DONE, PARTLY, Output
from creator_crm.domain.fields import Field, Kind
from creator_crm.domain.merging import BaseValue, Gone, RecordMerge, Side, Unknown
from creator_crm.domain.normal import as_json
from creator_crm.services.workbook_back import Decisions, Review
from creator_crm.services.workspace import Workspace

_SHOWN = 20


def merge(workspace: Workspace, args: argparse.Namespace, out: Output) -> int:
    review = workspace.review_workbook(Path(args.file))
    missing = frozenset((m.record, uid) for m in review.records for uid in m.missing)
    decisions = Decisions(
        prefer=Side.THEIRS if args.prefer == "theirs" else Side.MINE,
        delete=missing if args.delete_missing else frozenset(),
    )
    changes = None if args.dry_run else workspace.apply_review(review, decisions)
    conflicts = list(_conflicts(workspace, review))
    result = {
        "file": args.file,
        "created": review.new,
        "updated": len({(m.record, cell.uid) for m in review.records for cell in _written(m, args.prefer)}),
        "cells": sum(len(list(_written(m, args.prefer))) for m in review.records),
        "trashed": sum(len(m.trashed) for m in review.records),
        "restored": sum(len(m.restored) for m in review.records),
        "conflicts": conflicts,
        "united": [_row(review, record, uid) for record, uid in sorted(review.united)],
        "missing": [_row(review, record, uid) for record, uid in sorted(missing)],
        "pasted": [_row(review, m.record, row.uid) for m in review.records for row in m.pasted],
        "problems": list(_problems(workspace, review)),
        "left": list(review.left),
        "compared": review.base_words,
        "change_set": changes.change_set if changes else 0,
    }
    out.result(result)
    _tell(out, review, result, dry_run=args.dry_run)
    return PARTLY if review.problems or (conflicts and args.prefer == "ask") else DONE


def _written(merge: RecordMerge, prefer: str) -> Iterator[Any]:
    yield from merge.taken
    if prefer == "theirs":
        yield from merge.conflicts


def _conflicts(workspace: Workspace, review: Review) -> Iterator[dict[str, object]]:
    for merge in review.records:
        description = (review.catalogue or workspace.catalogue)[merge.record]
        for cell in merge.conflicts:
            field = description.field(cell.field)
            sides = {"base": cell.base, "mine": cell.mine, "theirs": cell.theirs}
            currency = _currency(workspace, merge.record, cell.uid, field)
            yield {
                **_row(review, merge.record, cell.uid),
                "field": cell.field,
                **{side: _said(review, field, value, currency) for side, value in sides.items()},
            }
        for row in merge.gone:
            fields = ", ".join(cell.field for cell in row.cells)
            here = {"mine": "in the trash", "theirs": f"edited: {fields}"}
            there = {"mine": f"edited: {fields}", "theirs": "in the trash"}
            said = here if row.gone is Gone.HERE else there
            yield {**_row(review, merge.record, row.uid), "field": "", "base": "", **said}


def _row(review: Review, record: str, uid: str) -> dict[str, object]:
    return {"record": record, "key": uid, "title": review.titles.get((record, uid), uid)}


def _problems(workspace: Workspace, review: Review) -> Iterator[dict[str, object]]:
    for merge in review.records:
        described = (review.catalogue or workspace.catalogue)[merge.record]
        labels = {f.name: f.label for f in described.fields}
        for line, name, reason in merge.problems:
            column = labels.get(name, "")
            yield {"record": merge.record, "line": line, "column": column, "reason": reason}


def _currency(workspace: Workspace, record: str, uid: str, field: Field) -> str | None:
    if not field.currency:
        return None
    number = workspace.numbers(record, [uid]).get(uid, 0)
    return getattr(workspace.row(record, number), field.currency, None)


def _said(review: Review, field: Field, value: BaseValue, currency: str | None) -> object:
    """A value as other tools read it: nothing is "", what nobody knows any more is "?"."""
    if isinstance(value, Unknown):
        return "?"
    if field.kind is Kind.REFERENCE:
        return review.titles.get((field.references, str(value)), str(value)) if value else ""
    told = as_json(field, value, currency)
    return "" if told is None else told


def _tell(out: Output, review: Review, result: dict[str, Any], *, dry_run: bool) -> None:
    counts = [
        ("new row", "new rows", result["created"]),
        ("cell changed", "cells changed", result["cells"]),
        ("row to the trash", "rows to the trash", result["trashed"]),
        ("row out of the trash", "rows out of the trash", result["restored"]),
        ("record that both made", "records that both made", review.both_made),
        ("question", "questions", len(result["conflicts"])),
        ("row missing", "rows missing", len(result["missing"])),
        ("row pasted", "rows pasted", len(result["pasted"])),
        ("cell that could not be read", "cells that could not be read", len(result["problems"])),
    ]
    told = [f"{count:,} {one if count == 1 else many}" for one, many, count in counts if count]
    said = ", ".join(told) or "nothing to change"
    out.say(f"{review.path.name}: {'it would be ' if dry_run else ''}{said}.")
    for sentence in filter(None, (review.united_words, review.base_words, *review.left)):
        out.say(f"    {sentence}")
    for conflict in result["conflicts"][:_SHOWN]:
        place = f"{conflict['title']}, {conflict['field']}" if conflict["field"] else conflict["title"]
        here, there = (_on_a_line(conflict[side]) for side in ("mine", "theirs"))
        out.say(f"    {place}: here {here}; there {there}")
    for problem in result["problems"][:_SHOWN]:
        out.say(f"    line {problem['line']}, {problem['column'] or problem['record']}: {problem['reason']}")


def _on_a_line(value: object) -> str:
    said = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return said or "nothing"
