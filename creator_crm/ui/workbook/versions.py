"""What a line of a review says in full: the versions that stand side by side below the table."""

from __future__ import annotations

from creator_crm.domain.merging import Cell, Gone, Side, Unknown
from creator_crm.ui.shared.text import tr
from creator_crm.ui.workbook.detail import Version
from creator_crm.ui.workbook.lines import Line, Section, What
from creator_crm.ui.workbook.model import ReviewModel


def versions_of(model: ReviewModel, line: Line) -> list[Version]:
    """One to three versions, with the answers where one has to be chosen."""
    if line.gone is not None:
        return _of_a_row(model, line)
    if line.what is What.CELL and line.cell is not None:
        return _of_a_cell(model, line, line.cell)
    if line.what in (What.TRASHED, What.RESTORED):
        return [Version(tr("Now"), model.mine(line)), Version(tr("Becomes"), model.theirs(line))]
    if line.row is not None:
        pairs = model.values.pairs(line.record, line.row)
        said = "\n".join(f"{label}: {value}" for label, value in pairs)
        return [Version(tr("In their workbook"), said)]
    if line.what is What.MISSING:
        sentence = tr(
            "It is here and was in the workbook when that was written, but has no line in it any more. "
            "It stays, unless you tick it: then it goes to the trash, with what belongs to it."
        )
        return [Version(tr("Missing in their workbook"), sentence)]
    return [Version(tr("Why it was left"), _left(model, line))]


def name_of(model: ReviewModel, line: Line) -> str:
    """The heading over the versions: "Ana Lima · Creator · Notes"."""
    if model.section is Section.LEFT:
        return model.where(line)
    kind = model.values.kind(line.record)
    parts = [model.name(line), kind, model.what(line) if line.field else ""]
    return " · ".join(dict.fromkeys(filter(None, parts)))


def _of_a_cell(model: ReviewModel, line: Line, cell: Cell) -> list[Version]:
    def whole(value: object, side: Side = Side.MINE) -> str:
        return model.values.whole(line.record, line.uid, line.field, value, side)  # type: ignore[arg-type]

    base, mine, theirs = whole(cell.base), whole(cell.mine), whole(cell.theirs, Side.THEIRS)
    if model.section is Section.THEIRS:
        if not model.choices.ticked(line):
            return [Version(tr("Yours, stays"), mine), Version(tr("Theirs, left out"), theirs)]
        return [Version(tr("Now"), mine), Version(tr("Becomes"), theirs, compared=(mine,))]
    if model.section is Section.YOURS:
        return [
            Version(tr("In their workbook"), theirs),
            Version(tr("Yours, stays"), mine, compared=(theirs,)),
        ]
    known = () if isinstance(cell.base, Unknown) else (base,)
    side = model.choices.side(line)
    return [
        Version(tr("Before"), base),
        Version(tr("Yours"), mine, Side.MINE, side is Side.MINE, (*known, theirs)),
        Version(tr("Theirs"), theirs, Side.THEIRS, side is Side.THEIRS, (*known, mine)),
    ]


def _of_a_row(model: ReviewModel, line: Line) -> list[Version]:
    assert line.gone is not None
    here, side = line.gone.gone is Gone.HERE, model.choices.side(line)
    edits = "\n".join(
        _edit(model, line, cell, Side.THEIRS if here else Side.MINE) for cell in line.gone.cells
    )
    mine = (
        tr("It is in your trash, and stays there.")
        if here
        else _after(tr("It stays, as you edited it:") if edits else tr("It stays."), edits)
    )
    back = tr("It comes back from the trash, as they edited it:")
    theirs = _after(back, edits) if here else tr("They deleted it; it goes to the trash.")
    return [
        Version(tr("Yours"), mine, Side.MINE, side is Side.MINE),
        Version(tr("Theirs"), theirs, Side.THEIRS, side is Side.THEIRS),
    ]


def _edit(model: ReviewModel, line: Line, cell: Cell, side: Side) -> str:
    value = cell.theirs if side is Side.THEIRS else cell.mine
    label = model.values.label(line.record, cell.field)
    now = model.values.whole(line.record, line.uid, cell.field, value, side) or tr("empty")
    return f"{label}: {now}"


def _after(sentence: str, edits: str) -> str:
    return f"{sentence}\n{edits}" if edits else sentence


def _left(model: ReviewModel, line: Line) -> str:
    if line.what is not What.COLUMN:
        return line.sentence
    make = tr(
        "“Make fields of new columns” adds a text field of that name and compares again; for another kind "
        "make it yourself (Tools, Your own fields) and bring the workbook back after that."
    )
    return f"{model.problem(line)} {make}"
