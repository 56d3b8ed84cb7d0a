"""How a shipping program wants its file: columns, lengths, letters, a line a parcel or one an article."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence

from creator_crm.domain.frozen import immutable
from creator_crm.exchange.carriers.going import Going, Goods

Cell = Callable[[Going, Goods | None], str]
"""The text of a cell; the article is None on the line of a parcel as a whole."""


@immutable
class Column:
    """One column; `what` is what the user calls it, for the sentence that says it is too long.

    limit: as many signs as the program takes. latin: it takes Latin letters only. digits: as many it takes
    of a text that has nothing but digits.
    """

    header: str
    cell: Cell
    what: str = ""
    limit: int = 0
    latin: bool = False
    digits: int = 0

    def trouble(self, text: str, program: str) -> str:
        """Why the program would not take `text`, and how it fits; "" when it does."""
        what = self.what or self.header
        if self.limit and len(text) > self.limit:
            if text.replace(".", "").isdecimal():
                return f"{what} {text} is more than {program} takes from files; enter this parcel there."
            return (
                f"{what} has {len(text)} signs and {program} takes {self.limit}; "
                f"shorten it on the parcel by {len(text) - self.limit}."
            )
        if self.latin and not _is_latin(text):
            return f"{program} takes Latin letters alone for {what.lower()}; write them on the parcel."
        if self.digits and text.isdecimal() and len(text) > self.digits:
            return (
                f"{program} takes at most {self.digits} digits where nothing but digits stands; "
                f"{what.lower()} “{text}” has {len(text)}. Put a letter before it."
            )
        return ""


@immutable
class Layout:
    """The file of one shipping program.

    home: the country that it sends from, where the brand has not said its own.
    abroad: columns that are added when a parcel goes abroad; by_goods: which parcels have a line for each
    article; `further` of which repeats only the cells in `repeated` (None for all).
    """

    name: str
    label: str
    columns: tuple[Column, ...]
    abroad: tuple[Column, ...] = ()
    endings: tuple[str, ...] = (".csv",)
    encoding: str = "utf-8"
    home: str = ""
    by_goods: Callable[[Going], bool] = lambda _: False
    repeated: frozenset[str] | None = None
    advice: str = ""

    def headers(self, parcels: Sequence[Going]) -> list[str]:
        return [column.header for column in self._columns_for(parcels)]

    def lines(self, parcels: Sequence[Going]) -> Iterator[list[str]]:
        """The lines of the file, without its header."""
        columns = self._columns_for(parcels)
        for parcel in parcels:
            for place, goods in enumerate(self._articles(parcel)):
                shown = [place == 0 or self.repeated is None or c.header in self.repeated for c in columns]
                yield [
                    one_line(column.cell(parcel, goods)) if show else ""
                    for column, show in zip(columns, shown, strict=True)
                ]

    def troubles(self, parcel: Going) -> list[str]:
        """Why the program would not take this parcel as it is, each reason once."""
        found = [
            column.trouble(one_line(column.cell(parcel, goods)), self.label)
            for goods in self._articles(parcel)
            for column in self._columns_for([parcel])
        ]
        return list(dict.fromkeys(filter(None, found)))

    def _columns_for(self, parcels: Sequence[Going]) -> tuple[Column, ...]:
        return self.columns + (self.abroad if any(parcel.abroad for parcel in parcels) else ())

    def _articles(self, parcel: Going) -> tuple[Goods | None, ...]:
        return parcel.goods if parcel.goods and self.by_goods(parcel) else (None,)


def one_line(text: str) -> str:
    """The text with its line breaks and runs of blanks as one blank each."""
    return " ".join(text.split())


def wrapped(parcel: Going, lines: int, limit: int) -> tuple[str, ...]:
    """The street in so many lines of at most `limit` signs, broken between words; what is left over stands
    in the last one, too long as it is.
    """
    rest = [one_line(line) for text in (parcel.street, parcel.street_2) for line in text.splitlines()]
    made: list[str] = []
    while any(rest) and len(made) < lines - 1:
        first, *others = (text for text in rest if text)
        if len(first) > limit and " " in first[: limit + 1]:
            cut = first.rindex(" ", 0, limit + 1)
            made.append(first[:cut])
            rest = [first[cut + 1 :], *others]
        else:
            made.append(first)
            rest = others
    made.append(", ".join(filter(None, rest)))
    return (*made, *[""] * (lines - len(made)))


def address_line(number: int, lines: int, limit: int) -> Cell:
    """The cell of one line of the address, counted from 1."""
    return lambda parcel, _: wrapped(parcel, lines, limit)[number - 1]


def contents(parcel: Going) -> str:
    """ "2 × Glow Serum, 1 × Mist": what is in a parcel, in one cell."""
    return ", ".join(f"{goods.quantity} × {goods.name or goods.sku}" for goods in parcel.goods)


def joined(parcel: Going, goods: Goods | None, name: str) -> str:
    """A fact of the article, or of all articles of the parcel where its line stands for all."""
    every = (goods,) if goods else parcel.goods
    return "; ".join(dict.fromkeys(str(getattr(one, name)) for one in every if getattr(one, name)))


def _is_latin(text: str) -> bool:
    return all("LATIN" in unicodedata.name(sign, "LATIN") for sign in text if sign.isalpha())
