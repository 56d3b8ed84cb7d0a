"""What the user saw is what they change: no cell that changed meanwhile is written over unseen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Field, Kind, Row, Value, value_of
from creator_crm.domain.normal import show
from creator_crm.domain.values.refused import quoted
from creator_crm.ui.shared import text
from creator_crm.ui.shared.table.formatting import currency_of
from creator_crm.ui.shared.table.source import Source
from creator_crm.ui.shared.text import tr


class ChangedMeanwhile(UserError):
    """Somebody else was faster; `row` is how the record stands now."""

    def __init__(self, sentence: str, row: Row) -> None:
        super().__init__(sentence)
        self.row = row


def still_seen(source: Source, record: str, id: int, field: Field, seen: Value) -> Row:
    """The row as it is now, when its cell holds what was seen; its other cells may have changed.

    Raises ChangedMeanwhile when it does not, and UserError when the row is gone.
    """
    found = source.rows(record, [id])
    if not found or found[0].deleted_at is not None:
        label = tr(source.catalogue[record].label).lower()
        raise UserError(
            tr("This {record} was removed meanwhile, so nothing was saved. Undo brings it back.").format(
                record=label
            )
        )
    now = value_of(found[0], field)
    if now != seen:
        holds = (
            tr("{field} was changed to {value} meanwhile")
            if now not in (None, ())
            else tr("{field} was emptied meanwhile")
        ).format(field=tr(field.label), value=_shown(source, field, now, found[0]))
        kept = tr("what you entered is kept here but not saved yet. Enter it once more to save it.")
        raise ChangedMeanwhile(f"{holds}: {kept}", found[0])
    return found[0]


def versions_as_seen(
    seen: Mapping[int, Row],
    rows: Sequence[Row],
    changes: Mapping[int, Mapping[str, Value]],
    fields: Sequence[Field],
) -> dict[int, int]:
    """The versions of the rows that changes were made from; raises UserError when a cell differs from `seen`.

    Rows that were not on the screen are taken as they are.
    """
    by_name = {field.name: field for field in fields}
    meanwhile = sum(
        value_of(row, by_name[name]) != value_of(seen[row.id], by_name[name])
        for row in rows
        if row.id in seen and seen[row.id].version != row.version
        for name in changes.get(row.id, ())
    )
    if meanwhile:
        cells = text.counted(meanwhile, tr("cell was"), tr("cells were"))
        raise UserError(
            tr(
                "{cells} changed meanwhile, so nothing was written. "
                "The list shows them as they are now; do it again."
            ).format(cells=cells)
        )
    return {row.id: row.version for row in rows if row.id in changes}


def _shown(source: Source, field: Field, value: Value, row: Row) -> str:
    if field.kind is Kind.REFERENCE and isinstance(value, int):
        return quoted(source.titles(field.references, [value]).get(value, ""))
    return quoted(show(field, value, currency_of(field, row)))
