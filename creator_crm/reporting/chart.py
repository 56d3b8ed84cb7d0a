"""What all charts share: one figure for life, margins in pixels, title and finding, pictures and files.

There is no layout engine: margins are reckoned in pixels, so nothing is measured at each draw and the same
data always gives the same picture. A chart belongs to one thread at a time.
"""

from __future__ import annotations

import io
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, Literal, TypeVar

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from creator_crm.reporting import fonts
from creator_crm.reporting.data import Table
from creator_crm.reporting.style import Look, round_ticks

D = TypeVar("D")
Form = Literal["png", "svg", "pdf"]
DPI = 100  # one pixel of a chart is a hundredth of an inch; letters are measured in the same pixels
EDGE = 16
REACH = 22  # how near the mouse must come to a point


@dataclass(frozen=True, slots=True)
class Spots:
    """Where the mouse finds a value: pixels from the upper left; one row a value, one or more points in it.

    along: "x" finds the nearest column, "y" the nearest row, "xy" a point that is near.
    """

    x: Any  # shape (n,)
    y: Any  # shape (n, points)
    along: Literal["x", "y", "xy"]
    area: tuple[float, float, float, float]  # left, top, right, bottom

    def nearest(self, x: float, y: float) -> int | None:
        """The number of the value under the mouse."""
        left, top, right, bottom = self.area
        if not len(self.x) or not (left - REACH <= x <= right + REACH and top <= y <= bottom):
            return None
        if self.along == "xy":
            distances = (self.x - x) ** 2 + (self.y[:, 0] - y) ** 2
            found = int(np.argmin(distances))
            return found if distances[found] <= REACH**2 else None
        gaps = np.abs(self.x - x) if self.along == "x" else np.abs(self.y[:, 0] - y)
        return int(np.argmin(gaps))


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn chart: its pixels (RGBA, no transparency) and where the values lie in it."""

    width: int
    height: int
    scale: float
    pixels: bytes
    spots: Spots


class Chart(ABC, Generic[D]):
    """One chart: its figure, kept for life, and the artists in it that each update only moves."""

    title: ClassVar[str]
    nothing: ClassVar[str]  # the sentence where the chart would be without data
    along: ClassVar[Literal["x", "y", "xy"]] = "x"

    def __init__(self, data: D, look: Look, width: int = 640, height: int = 400) -> None:
        fonts.prepare()
        self.data, self.look, self.words = data, look, look.words
        self.width, self.height = width, height
        self.figure = Figure(figsize=(width / DPI, height / DPI), dpi=DPI, facecolor=look.ground)
        canvas: Any = FigureCanvasAgg(self.figure)
        self._canvas = canvas
        self.axes = self.figure.add_axes((0, 0, 1, 1), facecolor="none")
        self._notes: list[Artist] = []
        self._title = self._write(0, 0, "", 15, look.text, weight=600)
        self._finding = self._write(0, 0, "", 12, look.muted)
        self._sentence = self._write(0, 0, "", 13, look.muted, ha="center", va="center")
        self._dress()
        self._build()
        self._arrange()

    # What each chart says for itself ------------------------------------------------------------------

    @property
    @abstractmethod
    def margins(self) -> tuple[float, float, float, float]:
        """Pixels at the left, top, right and bottom of the space for data."""

    @abstractmethod
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""

    @abstractmethod
    def finding(self) -> str:
        """The chart in one sentence."""

    @abstractmethod
    def say(self, index: int) -> str:
        """One value in words, for the mouse and the screen reader; the first line is its heading."""

    @abstractmethod
    def table(self) -> Table:
        """The figures that the chart shows."""

    @abstractmethod
    def _build(self) -> None:
        """Make the artists, without data."""

    @abstractmethod
    def _put(self) -> None:
        """Move the artists to the data."""

    @abstractmethod
    def _places(self) -> tuple[Sequence[float], Sequence[Sequence[float]]]:
        """Where values lie, in the coordinates of the data: x of each, y's of each."""

    # What everybody does with a chart ------------------------------------------------------------------

    def update(self, data: D) -> None:
        """Show other data of the same kind in the same figure."""
        self.data = data
        self._arrange()

    def resize(self, width: int, height: int) -> None:
        if (width, height) != (self.width, self.height):
            self.width, self.height = width, height
            self.figure.set_size_inches(width / DPI, height / DPI, forward=False)
            self._arrange()

    def picture(self, scale: float = 1.0) -> Picture:
        """The chart as pixels, `scale` of them for each pixel of its size."""
        self.figure.set_dpi(DPI * scale)
        self._canvas.draw()
        width, height = self._canvas.get_width_height(physical=True)
        return Picture(width, height, scale, bytes(self._canvas.buffer_rgba()), self._spots(scale))

    def file(self, form: Form) -> bytes:
        """The chart as a whole file; the same data gives the same bytes. PNG has two pixels for each."""
        # The writers name their day of making by different words; a file that is equal must look equal.
        dates: dict[Form, dict[str, None]] = {
            "png": {},
            "svg": {"Date": None},
            "pdf": {"CreationDate": None},
        }
        made = io.BytesIO()
        self.figure.savefig(made, format=form, dpi=2 * DPI, metadata=dates[form], facecolor=self.look.ground)
        return made.getvalue()

    # What charts are made with -------------------------------------------------------------------------

    @property
    def area(self) -> tuple[float, float]:
        """Width and height of the space for data, in pixels."""
        left, top, right, bottom = self.margins
        return max(self.width - left - right, 40.0), max(self.height - top - bottom, 40.0)

    def note(
        self,
        x: float,
        y: float,
        text: str,
        size: float = 12,
        color: str = "",
        dx: float = 0,
        dy: float = 0,
        **how: Any,
    ) -> Text:
        """A text in the data, moved by dx, dy pixels; it is gone at the next update."""
        from matplotlib.transforms import ScaledTranslation

        by = ScaledTranslation(dx / DPI, dy / DPI, self.figure.dpi_scale_trans)
        made = self.axes.text(
            x,
            y,
            fonts.drawable(text),
            fontsize=_points(size),
            color=color or self.look.text,
            transform=how.pop("transform", self.axes.transData) + by,
            **{"va": "center", **how},
        )
        self._notes.append(made)
        return made

    def keep(self, artist: Artist) -> None:
        """Take the artist away at the next update."""
        self._notes.append(artist)

    def money_axis(self, low: float, high: float, currency: str, whole: bool = False) -> None:
        """Round amounts up the left side, from below `low` to above `high`, both in minor units."""
        ticks = round_ticks(low, high, max(2, int(self.area[1] // 56)), whole)
        write = self.words.short_money
        labels = [write(tick, currency) if currency else self.words.short(tick) for tick in ticks]
        self.axes.set_yticks(ticks, labels)
        self.axes.set_ylim(ticks[0], ticks[-1])

    def _write(self, x: float, y: float, text: str, size: float, color: str, **how: Any) -> Text:
        how = {"va": "top", **how}
        return self.figure.text(x, y, text, fontsize=_points(size), color=color, **how)

    def _dress(self) -> None:
        axes, look = self.axes, self.look
        for side in ("left", "right", "top"):
            axes.spines[side].set_visible(False)
        axes.spines["bottom"].set_color(look.line)
        axes.spines["bottom"].set_linewidth(1)
        axes.tick_params(length=0, pad=6, colors=look.muted, labelsize=_points(11.5), which="both")
        axes.yaxis.grid(True, color=look.line, linewidth=0.8)
        axes.set_axisbelow(True)

    def _arrange(self) -> None:
        for note in self._notes:
            note.remove()
        self._notes.clear()
        empty = self.is_empty()
        self.axes.set_visible(not empty)
        self._sentence.set_visible(empty)
        sentence = self.words.tr(self.nothing)
        self._sentence.set_text(fonts.fitted(sentence, 13, self.width - 2 * EDGE))
        self._sentence.set_position((0.5, 0.46))
        room = self.width - 2 * EDGE
        self._head(self._title, EDGE - 2, fonts.fitted(self.words.tr(self.title), 15, room, 600))
        finding = "" if empty else fonts.drawable(self.finding())
        self._head(self._finding, EDGE + 20, fonts.fitted(finding, 12, room))
        if not empty:
            left, _, _, bottom = self.margins
            width, height = self.area
            self.axes.set_position(
                (left / self.width, bottom / self.height, width / self.width, height / self.height)
            )
            self._put()

    def _head(self, text: Text, top: float, words: str) -> None:
        text.set_text(words)
        text.set_position((EDGE / self.width, 1 - top / self.height))

    def _spots(self, scale: float) -> Spots:
        left, top, _, _ = self.margins
        width, height = self.area
        area = (left, top, left + width, top + height)
        if self.is_empty():
            return Spots(np.zeros(0), np.zeros((0, 1)), self.along, area)
        x, y = self._places()
        xs = np.asarray(x, dtype=float)
        ys = np.asarray(y, dtype=float).reshape(len(xs), -1)
        points = np.column_stack([np.repeat(xs, ys.shape[1]), ys.ravel()])
        at = self.axes.transData.transform(points) / scale
        shape = (len(xs), ys.shape[1])
        return Spots(at[:, 0].reshape(shape)[:, 0], self.height - at[:, 1].reshape(shape), self.along, area)


def _points(pixels: float) -> float:
    return pixels * 72 / DPI
