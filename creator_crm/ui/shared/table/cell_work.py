"""What is done to cells: write one, clear, copy, paste and change many; each write is one step to undo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from creator_crm.domain import normal
from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Field, Kind, Row, Value, value_of
from creator_crm.domain.frozen import immutable
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.ui.shared import text
from creator_crm.ui.shared.form.references import resolve
from creator_crm.ui.shared.form.typing import typed_reading
from creator_crm.ui.shared.table import clipboard
from creator_crm.ui.shared.table.formatting import currency_of
from creator_crm.ui.shared.table.source import Source
from creator_crm.ui.shared.text import tr

CHUNK = 500
MOST_PASTED = 200_000  # cells; more than that is a file to import


@immutable
class RefusedCell:
    """A pasted cell that cannot be taken, by the name of its row and field."""

    row: str
    field: str
    text: str
    reason: str


@immutable
class Plan:
    """What a paste would write; nothing is written while anything is refused."""

    changes: Mapping[int, Mapping[str, Value]]
    rows: Sequence[Row]  # as they were when it was made
    refused: tuple[RefusedCell, ...]

    @property
    def cells(self) -> int:
        return sum(len(values) for values in self.changes.values())


def as_text(source: Source, record: str, ids: Sequence[int], fields: Sequence[Field], headers: bool) -> str:
    """The cells of these rows for the clipboard, in plain text that pastes back unchanged."""
    lines: list[list[str]] = [[tr(field.label) for field in fields]] if headers else []
    for start in range(0, len(ids), CHUNK):
        rows = source.rows(record, ids[start : start + CHUNK])
        columns = [_plain_column(source, field, rows) for field in fields]
        lines.extend([list(line) for line in zip(*columns, strict=True)])
    return clipboard.compose(lines)


def plan_paste(
    source: Source, record: str, ids: Sequence[int], fields: Sequence[Field], block: list[list[str]]
) -> Plan:
    """Read every cell of `block` as a value of its row and field. Raises UserError when it does not fit."""
    if len(block) > len(ids) or (block and len(block[0]) > len(fields)):
        raise UserError(
            tr(
                "What you copied is {rows} rows by {columns} columns; from here there is room for "
                "{room} by {wide}. Nothing was pasted."
            ).format(rows=len(block), columns=len(block[0]), room=len(ids), wide=len(fields))
        )
    if len(block) * len(block[0]) > MOST_PASTED:
        raise UserError(
            tr("That is too much to paste at once. Nothing was pasted; use Import for a whole file.")
        )
    rows = {row.id: row for row in source.rows(record, list(ids[: len(block)]))}
    changes: dict[int, dict[str, Value]] = {}
    refused: list[tuple[int, Field, str, str]] = []
    for id, cells in zip(ids, block, strict=False):
        for field, typed in zip(fields, cells, strict=False):
            row = rows.get(id)
            if row is None:
                continue
            try:
                value = read_cell(source, field, typed, row)
            except ValueRefused as refusal:
                refused.append((id, field, typed, str(refusal)))
                continue
            if value != value_of(row, field):
                changes.setdefault(id, {})[field.name] = value
    return Plan(changes, list(rows.values()), _named(source, record, refused))


def read_cell(source: Source, field: Field, typed: str, row: Row) -> Value:
    """A pasted text as a value; raises ValueRefused, also for a cell that may not be changed or emptied."""
    if not (field.editable and field.stored):
        raise ValueRefused(tr("{field} cannot be changed here.").format(field=tr(field.label)))
    if not typed.strip() and field.required:
        raise ValueRefused(tr("{field} cannot be empty.").format(field=tr(field.label)))
    if field.kind is Kind.REFERENCE:
        return resolve(source, field, typed.strip()) if typed.strip() else None
    return normal.parse(field, typed, typed_reading(field, row, percent_scale="auto"))


def cleared(fields: Sequence[Field], rows: Sequence[Row]) -> dict[int, dict[str, Value]]:
    """The changes that empty these cells, leaving what must stay; raises UserError when all must."""
    able = [field for field in fields if field.editable and field.stored and not field.required]
    if not able:
        raise UserError(tr("These cells cannot be emptied. Nothing was changed."))
    changes = {row.id: {f.name: f.empty for f in able if value_of(row, f) != f.empty} for row in rows}
    return {id: values for id, values in changes.items() if values}


def cells_label(verb: str, cells: int, rows: int, plural: str, singular: str) -> str:
    """The label of a change set of many cells: "Paste 12 cells into 4 creators"."""
    noun = singular.lower() if rows == 1 else plural.lower()
    return f"{verb} {text.counted(cells, 'cell', 'cells')} of {text.number(rows)} {noun}"


def _plain_column(source: Source, field: Field, rows: Sequence[Row]) -> list[str]:
    if field.kind is Kind.REFERENCE:
        referred = {value for row in rows if isinstance(value := value_of(row, field), int)}
        names = source.titles(field.references, referred)
        return [names.get(v, "") if isinstance(v := value_of(row, field), int) else "" for row in rows]
    return [normal.show(field, value_of(row, field), currency_of(field, row)) for row in rows]


def _named(
    source: Source, record: str, refused: list[tuple[int, Field, str, str]]
) -> tuple[RefusedCell, ...]:
    names = source.titles(record, {id for id, *_ in refused}) if refused else {}
    return tuple(
        RefusedCell(text.title(names.get(id, "")) or tr("no name"), tr(field.label), typed, reason)
        for id, field, typed, reason in refused
    )
