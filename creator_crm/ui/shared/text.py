"""Words, numbers, money and dates as the user reads them, in their language and locale."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

CONTEXT = "CreatorCRM"
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
# QLocale writes a foreign currency as its code; these few are read faster as a sign.
CURRENCY_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "CNY": "CN¥", "INR": "₹", "KRW": "₩"}

_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_BETWEEN = " · "  # stands between the parts of what a record is called

_locale = QLocale.system()


def tr(text: str) -> str:
    """`text` in the language of the window; the English sentence itself when there is no translation."""
    return QCoreApplication.translate(CONTEXT, text)


def isolate(text: str) -> str:
    """`text` fenced off, so that "@ana31" or "$ 45" keeps its order inside a right-to-left sentence."""
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"


def set_locale(name: str) -> None:
    """Write numbers and dates as in `name` ("de_DE"); an empty name means the system's.

    A system locale of "C" knows neither group separators nor month names, so it becomes American English.
    """
    global _locale
    chosen = QLocale(name) if name else QLocale.system()
    _locale = QLocale("en_US") if chosen.language() == QLocale.Language.C else chosen
    QLocale.setDefault(_locale)


def locale() -> QLocale:
    return _locale


def number(value: int | float | Decimal, decimals: int = 0) -> str:
    """1234567 as "1,234,567", or however the locale groups it."""
    if isinstance(value, int) and decimals == 0:
        return _locale.toString(value)
    return _locale.toString(float(value), "f", decimals)


def percent(ratio: float | Decimal, decimals: int = 1) -> str:
    """0.042 as "4.2 %" in the locale's own writing of the sign."""
    return f"{_locale.toString(float(ratio) * 100, 'f', decimals)}{_locale.percent()}"


def money(minor_units: int, currency: str, decimals: int = 2) -> str:
    """45000 of USD as "$450.00"; `decimals` is how many the currency has (JPY 0, KWD 3)."""
    amount = minor_units / 10**decimals
    return _locale.toCurrencyString(amount, CURRENCY_SIGNS.get(currency, currency), decimals)


def day(value: date) -> str:
    """A day in the locale's short form, always with four digits for the year."""
    from PySide6.QtCore import QDate

    form = _locale.dateFormat(QLocale.FormatType.ShortFormat)
    if "yyyy" not in form:
        form = form.replace("yy", "yyyy")
    return _locale.toString(QDate(value.year, value.month, value.day), form)


def iso_day(stored: str) -> str:
    """A stored day ("2026-11-22") as the locale writes it."""
    return day(date.fromisoformat(stored))


def title(called: str) -> str:
    """What a record is called, its days written as days are here: services name them in ISO."""
    return _BETWEEN.join(map(_part, called.split(_BETWEEN)))


def _part(part: str) -> str:
    try:
        return day(date.fromisoformat(part)) if _ISO_DAY.fullmatch(part) else part
    except ValueError:  # somebody's own words
        return part


def clock(value: datetime) -> str:
    """The local time of day of an aware moment: "12:04"."""
    from PySide6.QtCore import QDateTime

    moment = QDateTime.fromSecsSinceEpoch(int(value.timestamp()))
    return _locale.toString(moment.time(), QLocale.FormatType.ShortFormat)


def moment(stored: str) -> str:
    """A stored UTC moment ("2026-11-22T14:05:00Z") as local day and time of day."""
    from datetime import datetime

    local = datetime.fromisoformat(stored).astimezone()
    return f"{day(local.date())}  {clock(local)}"


def counted(count: int, one: str, many: str) -> str:
    """ "1 creator", "1,204 creators": the noun that fits, after the number."""
    return f"{number(count)} {tr(one if count == 1 else many)}"
