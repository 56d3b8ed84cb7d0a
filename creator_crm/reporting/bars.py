"""Many bars as one artist: ten thousand are drawn and moved as fast as ten."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection

SLENDER = 5  # pixels


class Bars:
    """Equal bars of one meaning; `put` moves them all."""

    def __init__(
        self, axes: Axes, color: str, ground: str, hatch: str = "", edge: str = "", lines: str = ""
    ) -> None:
        """The hatch is drawn in `lines`, else in the ground's colour; an `edge` makes mere outlines."""
        self._hatch, self._outline = hatch, bool(edge)
        self.artist = PolyCollection(
            [],
            facecolors=ground if edge else color,
            edgecolors=edge or ground,
            linewidths=1.0,
            hatch=hatch,
            hatchcolors=lines or ground,
        )
        axes.add_collection(self.artist, autolim=False)

    def draw_for(self, pixels: float) -> None:
        """Bars of so many pixels: slender ones lose hatch and border, which would be all that is left."""
        slender = pixels < SLENDER
        self.artist.set_hatch("" if slender else self._hatch)
        self.artist.set_linewidth((0.6 if self._outline else 0) if slender else 1)

    def put(self, left: Any, bottom: Any, width: Any, height: Any) -> None:
        """Corners in the coordinates of the data; numbers or arrays of one length."""
        left, bottom, width, height = np.broadcast_arrays(*np.atleast_1d(left, bottom, width, height))
        x = np.stack([left, left + width, left + width, left], axis=1)
        y = np.stack([bottom, bottom, bottom + height, bottom + height], axis=1)
        corners: Any = np.stack([x, y], axis=2).astype(float)
        self.artist.set_verts(corners)

    @property
    def corners(self) -> list[tuple[float, float, float, float]]:
        """(left, bottom, width, height) of each bar as it is drawn."""
        found = []
        for path in self.artist.get_paths():
            (left, bottom), _, (right, top) = np.asarray(path.vertices)[:3].tolist()
            found.append((left, bottom, right - left, top - bottom))
        return found
