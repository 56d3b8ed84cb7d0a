"""Between a value and what stands in an editor: decimals and dates as the user's locale writes them."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QLocale

from creator_crm.domain import normal
from creator_crm.domain.fields import NUMERIC_KINDS, Field, Kind, Row, Value
from creator_crm.domain.normal import Reading
from creator_crm.domain.values.dates import DateOrder
from creator_crm.ui.shared import text as locale_text
from creator_crm.ui.shared.table.formatting import currency_of


def as_typed(field: Field, value: Value, row: Row | None = None) -> str:
    """A value as the user would type it: no grouping, their decimal mark, their order of day and month."""
    if value is None or value == ():
        return ""
    if field.kind is Kind.DATE:
        return locale_text.day(date.fromisoformat(str(value)))
    written = normal.show(field, value, currency_of(field, row))
    if field.kind in NUMERIC_KINDS:
        return written.replace(".", locale_text.locale().decimalPoint())
    return written


def read_typed(field: Field, typed: str, row: Row | None = None) -> Value:
    """The value of what was typed; raises ValueRefused with a sentence for the place where it stands."""
    return normal.parse(field, typed.strip(), typed_reading(field, row))


def typed_reading(field: Field, row: Row | None = None, percent_scale: str = "percent") -> Reading:
    """How the user writes: the decimal mark, the order of dates, the currency of the row, 4.6 for 4.6 %."""
    comma = locale_text.locale().decimalPoint() == ","
    return Reading(
        decimal_comma=True if comma else None,
        percent_scale=percent_scale,
        date_order=date_order(),
        year=date.today().year,
        currency=currency_of(field, row),
    )


def date_order() -> DateOrder:
    """Whether the locale writes the day or the month first."""
    form = locale_text.locale().dateFormat(QLocale.FormatType.ShortFormat)
    first = min("dMy", key=form.find)
    return "dmy" if first == "d" else "mdy" if first == "M" else "ymd"
