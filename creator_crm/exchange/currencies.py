"""The currency of a list: the one its cells name, else the one a person states, else the usual one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from creator_crm.domain.fields import Field, Kind
from creator_crm.domain.normal import Reading
from creator_crm.exchange.column_values import ParsedColumn, currency_in, parse_amounts, sample_of
from creator_crm.exchange.reading.frames import Cell
from creator_crm.exchange.rehearsal import Parsed
from creator_crm.exchange.vocabulary import Vocabulary

if TYPE_CHECKING:
    from creator_crm.exchange.mapping import Proposal

REMARK = "The file names no currency; its amounts are taken as {}."


def names_none(proposal: Proposal, cells: Sequence[Sequence[Cell]], vocabulary: Vocabulary) -> bool:
    """Whether the list has amounts and no column and no amount (of a sample) names their currency."""
    fields = {column: vocabulary.fields.get(column.target) for column in proposal.columns if column.target}
    if any(column.target.endswith(".currency") for column in fields):
        return False
    amounts = [column for column, field in fields.items() if field is not None and field.kind is Kind.MONEY]
    return bool(amounts) and not any(
        currency_in(cell, column.reading) for column in amounts for cell in sample_of(cells[column.index])
    )


def read_amounts(
    parsed: Parsed,
    field: Field,
    record: str,
    cells: Sequence[Cell],
    reading: Reading,
    proposal: Proposal,
    vocabulary: Vocabulary,
) -> ParsedColumn:
    """Amounts beside the currency they count in, which the list gets where it has no column for it.

    What a person stated holds for every row. The usual currency is for new rows only: those that are here
    keep theirs.
    """
    target = f"{record}.{field.currency}"
    usual = proposal.usual_currency or str(vocabulary.fields[target].default or "EUR")
    said = parsed.column(target)
    if proposal.currency:
        said = [own or proposal.currency for own in said]
    reading = replace(reading, currency=proposal.currency or usual)
    found, named = parse_amounts(field, cells, said, reading)
    parsed.values[target] = [a or b for a, b in zip(named, said, strict=True)]
    parsed.usual[target] = usual
    return found


def remark_on_currency(parsed: Parsed, proposal: Proposal) -> None:
    """Say what the amounts are taken as where nothing in the file says it."""
    stated = proposal.currency
    told = {value for target in parsed.usual for value in parsed.values[target] if value}
    if parsed.usual and not told - {stated} and (proposal.names_no_currency or not told):
        parsed.notes.append(REMARK.format(stated or next(iter(parsed.usual.values()))))
