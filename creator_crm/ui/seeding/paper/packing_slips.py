"""Packing slips: a page for each parcel with who it is for, what is in it and what to say. No prices."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtGui import QPainter

from creator_crm.services.slips import Content, Slip, Slips
from creator_crm.ui.seeding.paper.documents import GAP, draw_foot, draw_page, on_one_page, px, table


class PackingSlips:
    """One page a parcel, in smaller letters where there is much in it."""

    def __init__(self, slips: Slips, page: tuple[float, float]) -> None:
        self.title = "Packing slips"
        self._slips, self._page = slips, page

    @property
    def size(self) -> tuple[float, float]:
        return self._page

    @property
    def pages(self) -> int:
        return len(self._slips.slips)

    def draw(self, painter: QPainter, number: int) -> None:
        """Draw the page of one parcel."""
        slip = self._slips.slips[number]
        made, scale = on_one_page(slip_html(slip, self._slips.brand, self._slips.sender), self._page)
        draw_page(painter, made, 0, scale)
        pieces = sum(one.quantity for one in slip.contents)
        told = f"{pieces} piece" if pieces == 1 else f"{pieces} pieces"
        draw_foot(painter, self._page, slip.called, told)


def slip_html(slip: Slip, brand: str, sender: Sequence[str]) -> str:
    """The slip as a document."""
    about = [slip.number, slip.campaign, f"ship by {slip.ship_by}" if slip.ship_by else ""]
    rest = [line for line in sender if line != brand]
    return "".join(
        (
            f'<h1 style="font-size:{px(22)}px; font-weight:600">{escape(brand or "Packing slip")}</h1>',
            f'<p class="muted">{escape(", ".join(rest))}</p>' if rest else "",
            f'<p style="margin-top:{px(28)}px" class="muted">For</p>',
            _lines(slip),
            f'<p class="muted" style="margin-top:{px(8)}px">{escape(" · ".join(filter(None, about)))}</p>',
            _table(slip.contents),
            _note(slip.note),
        )
    )


def _lines(slip: Slip) -> str:
    lines = slip.lines if len(slip.lines) > 1 else (slip.name, "(no address yet)")
    told = (
        f'<p dir="auto" style="font-size:{px(16)}px; font-weight:{600 if line == slip.recipient else 400}">'
        f"{escape(line)}</p>"
        for line in lines
    )
    handle = f'<p class="muted">@{escape(slip.handle)}</p>' if slip.handle else ""
    return "".join(told) + handle


def _table(contents: Sequence[Content]) -> str:
    rows = [[one.name, one.variant, one.sku, str(one.quantity)] for one in contents]
    return f"{GAP}{table(('Product', 'Variant', 'SKU', 'Pieces'), rows)}"


def _note(note: str) -> str:
    if not note:
        return ""
    lines = (f'<p dir="auto">{escape(line) or "&nbsp;"}</p>' for line in note.splitlines())
    return f"{GAP}{''.join(lines)}"
