"""Sheets of address labels: where each label lies on its page, in millimetres."""

from __future__ import annotations

from creator_crm.domain.errors import UserError
from creator_crm.domain.frozen import immutable

A4 = (210.0, 297.0)
LETTER = (215.9, 279.4)
_INCH = 25.4


@immutable
class Sheet:
    """A page of labels. `pitch` is from the edge of one label to the same edge of the next (across, down).

    margins: from the page's left and upper edge to the first label.
    """

    key: str
    name: str
    page: tuple[float, float]
    label: tuple[float, float]
    across: int
    down: int
    margins: tuple[float, float]
    pitch: tuple[float, float]

    @property
    def on_page(self) -> int:
        return self.across * self.down

    def place(self, number: int) -> tuple[int, float, float]:
        """(page, left, top) of the label `number`, both from 0; labels go across, then down."""
        page, cell = divmod(number, self.on_page)
        row, column = divmod(cell, self.across)
        return page, self.margins[0] + column * self.pitch[0], self.margins[1] + row * self.pitch[1]

    def pages(self, labels: int, start: int = 1) -> int:
        """How many pages so many labels take, the first of them at the place `start`, counted from 1."""
        return -(-(labels + start - 1) // self.on_page) if labels else 0


def _us(key: str, name: str, label: tuple[float, float], grid: tuple[int, int],
        margins: tuple[float, float], pitch: tuple[float, float]) -> Sheet:  # fmt: skip
    """A sheet of US letter size; all measures in inches."""
    inches = [(a * _INCH, b * _INCH) for a, b in (label, margins, pitch)]
    return Sheet(key, name, LETTER, inches[0], *grid, inches[1], inches[2])


_5160 = "Avery 5160 · 30 on US letter, 2⅝ × 1 in"
_5163 = "Avery 5163 · 10 on US letter, 4 × 2 in"
_4X6 = (4 * _INCH, 6 * _INCH)
# Labels and pitch as in the templates that Avery offers for each number (avery.co.uk, avery.com); each grid
# lies in the middle of its page.
SHEETS = (
    Sheet("avery-l7160", "Avery L7160 · 21 on A4, 63.5 × 38.1 mm", A4, (63.5, 38.1), 3, 7, (7.21, 15.15),
          (66.04, 38.1)),
    Sheet("avery-l7163", "Avery L7163 · 14 on A4, 99.1 × 38.1 mm", A4, (99.1, 38.1), 2, 7, (4.65, 15.15),
          (101.6, 38.1)),
    Sheet("avery-l7165", "Avery L7165 · 8 on A4, 99.1 × 67.7 mm", A4, (99.1, 67.7), 2, 4, (4.65, 13.1),
          (101.6, 67.7)),
    Sheet("avery-l7159", "Avery L7159 · 24 on A4, 63.5 × 33.9 mm", A4, (63.5, 33.9), 3, 8, (7.21, 12.9),
          (66.04, 33.9)),
    _us("avery-5160", _5160, (2.625, 1.0), (3, 10), (0.1875, 0.5), (2.75, 1.0)),
    _us("avery-5163", _5163, (4.0, 2.0), (2, 5), (0.15625, 0.5), (4.1875, 2.0)),
    Sheet("thermal-4x6", "Thermal 4 × 6 in · one on a page", _4X6, _4X6, 1, 1, (0.0, 0.0), _4X6),
)  # fmt: skip
USUAL = "avery-l7160"


def sheet(key: str) -> Sheet:
    """The sheet of this name, however it is written: "L7160", "avery-l7160", "4x6"; raises UserError."""
    wanted = "".join(sign for sign in key.casefold() if sign.isalnum())
    for one in SHEETS:
        name = one.key.replace("-", "")
        if wanted and (wanted == name or name.endswith(wanted)):
            return one
    raise UserError(f"There are no labels “{key}”. Choose from: {', '.join(one.key for one in SHEETS)}.")
