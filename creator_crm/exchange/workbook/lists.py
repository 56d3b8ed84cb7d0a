"""What the drop-downs of the workbook offer, on a hidden sheet: choices, yes and no, rows referred to.

Beside the text of each row stands its uid, so that a reference means the same row after it was renamed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from itertools import zip_longest
from typing import Any

from creator_crm.domain.fields import Field, Kind
from creator_crm.domain.frozen import immutable
from creator_crm.exchange.sheet_styles import MOST_ROWS
from creator_crm.exchange.workbook.cells import NO, YES
from creator_crm.exchange.workbook.layout import LISTS_SHEET, UID_PREFIX
from creator_crm.exchange.workbook.names import Names

_FLAG = (YES, NO)


@immutable
class Referred:
    """The rows of one record that others refer to; the first `offered` of them live and may be chosen."""

    names: Names
    offered: int


class Lists:
    """The columns of the hidden sheet: one for each set of choices, two for each record referred to."""

    def __init__(self, referred: Mapping[str, Referred]) -> None:
        self._columns: list[tuple[str, Sequence[str]]] = []
        self._ranges: dict[object, str] = {}
        self._letter = import_module("openpyxl.utils").get_column_letter
        for record, rows in referred.items():
            pairs = list(rows.names)[:MOST_ROWS]
            self._add(record, record, [text for _, text in pairs], rows.offered)
            self._columns.append((record + " id", [UID_PREFIX + uid for uid, _ in pairs]))

    def offered(self, field: Field) -> str | None:
        """The range that a drop-down for the field offers; None for none."""
        if field.kind is Kind.REFERENCE:
            return self._ranges.get(field.references)
        offered = _FLAG if field.kind is Kind.FLAG else tuple(c.label for c in field.choices)
        if not offered:
            return None
        if offered not in self._ranges:
            self._add(offered, f"{field.label} ({field.name})", offered, len(offered))
        return self._ranges[offered]

    def headers(self) -> list[str]:
        return [header for header, _ in self._columns]

    def __len__(self) -> int:
        """How many rows the sheet has below its header."""
        return max((len(texts) for _, texts in self._columns), default=0)

    def rows(self) -> Iterator[tuple[str, ...]]:
        return zip_longest(*(texts for _, texts in self._columns), fillvalue="")

    def _add(self, key: object, header: str, texts: Sequence[str], offered: int) -> None:
        self._columns.append((header, texts))
        letter = self._letter(len(self._columns))
        if offered:
            self._ranges[key] = f"'{LISTS_SHEET}'!${letter}$2:${letter}${offered + 1}"


def drop_down(field: Field, offered: str, cells: str) -> Any:
    """A drop-down for `cells`; a row that was added on another sheet may be referred to all the same."""
    rule = import_module("openpyxl.worksheet.datavalidation").DataValidation(
        type="list", formula1=offered, allow_blank=True, sqref=cells
    )
    rule.errorTitle = field.label[:30]
    if field.kind is Kind.REFERENCE:
        rule.errorStyle = "warning"
        rule.error = "This is not on the list. Keep it if you added that row on its own sheet."
    else:
        rule.error = "Choose one from the list, or leave the cell empty."
    rule.showErrorMessage = True
    return rule
