"""The window's look and its way of writing, handed to charts, which know neither Qt nor the theme."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from PySide6.QtCore import QDate, QLocale

from creator_crm.domain.values.money import exponent
from creator_crm.reporting.style import PAPER, Look
from creator_crm.reporting.words import Words
from creator_crm.ui.shared import text
from creator_crm.ui.shared.theme import Tokens


@cache
def words() -> Words:
    """The language and locale of the window, read anew at each word."""
    return Words(
        tr=text.tr,
        number=text.number,
        money=lambda minor, currency: text.money(minor, currency, exponent(currency)),
        percent=lambda share: text.percent(share, 0),
        day=text.day,
        short_day=_short_day,
        month=_month,
    )


@cache
def paper() -> Look:
    """The look of charts that go into a file, in the words of the window."""
    return replace(PAPER, words=words())


def look_of(tokens: Tokens) -> Look:
    """The look of charts in the window."""
    return Look(
        name=tokens.name,
        ground=tokens.surface,
        text=tokens.text,
        muted=tokens.muted,
        line=tokens.border,
        accent=tokens.accent,
        accent_ink=tokens.accent_ink,
        warn=tokens.warn,
        ok=tokens.ok,
        danger=tokens.danger,
        words=words(),
    )


def _short_day(on: date) -> str:
    locale = text.locale()
    month_first = locale.dateFormat(QLocale.FormatType.ShortFormat).startswith("M")
    return locale.toString(QDate(on.year, on.month, on.day), "MMM d" if month_first else "d MMM")


def _month(on: date) -> str:
    return text.locale().standaloneMonthName(on.month, QLocale.FormatType.ShortFormat)
