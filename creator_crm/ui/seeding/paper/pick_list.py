"""The pick list: what to take from the shelf, how many of each, and into which parcels it goes."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtGui import QPainter, QTextDocument

from creator_crm.services.slips import Picked, Slips, pick_list
from creator_crm.ui.seeding.paper.documents import document, draw_foot, draw_page, px, table


class PickList:
    """A table by product and variant, over as many pages as it takes."""

    def __init__(self, slips: Slips, page: tuple[float, float]) -> None:
        self.title = "Pick list"
        self._slips, self._page = slips, page

    @property
    def size(self) -> tuple[float, float]:
        return self._page

    @property
    def pages(self) -> int:
        return self._made.pageCount()

    def draw(self, painter: QPainter, number: int) -> None:
        """Draw one page of the table."""
        draw_page(painter, self._made, number)
        draw_foot(painter, self._page, self._slips.brand, f"Page {number + 1} of {self.pages}")

    @cached_property
    def _made(self) -> QTextDocument:
        return document(list_html(self._slips), self._page)


def list_html(slips: Slips) -> str:
    """The whole list as a document."""
    picked = pick_list(slips.slips)
    pieces = sum(one.total for one in picked)
    said = f"{_counted(pieces, 'piece')} for {_counted(len(slips.slips), 'parcel')}"
    head = ("", "Product", "Variant", "SKU", "Pieces", "Parcels")
    return (
        f'<h1 style="font-size:{px(22)}px; font-weight:600">Pick list</h1><p class="muted">{said}</p>'
        f"<p>&nbsp;</p>{table(head, map(_row, picked))}"
    )


def _row(one: Picked) -> tuple[str, ...]:
    parcels = ((slip.number or slip.name) + (f" × {n}" if n > 1 else "") for slip, n in one.parcels)
    content = one.content
    return ("☐", content.name, content.variant, content.sku, f"{one.total:,}", ", ".join(parcels))


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
