"""The key of a chart: small patches with words, in one column at the right or one row above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.patches import Rectangle

from creator_crm.reporting import fonts
from creator_crm.reporting.chart import EDGE, Chart

SIDE = 12  # of a patch, in pixels


@dataclass(frozen=True, slots=True)
class Key:
    """One patch as its bars look, and what it means."""

    label: str
    color: str
    hatch: str = ""
    edge: str = ""
    lines: str = ""  # of the hatch


def row(chart: Chart[Any], keys: Sequence[Key], top: float) -> None:
    """Write the keys one beside the other, `top` pixels below the upper edge."""
    at = float(EDGE)
    for key in keys:
        _patch(chart, key, at, top)
        _words(chart, key.label, at + SIDE + 7, top)
        at += SIDE + 7 + fonts.width(key.label, 12) + 20


def column(chart: Chart[Any], keys: Sequence[Key], left: float, tops: Sequence[float]) -> None:
    """Write the keys one below the other; a label of two lines has the second one muted."""
    for key, top in zip(keys, tops, strict=True):
        _patch(chart, key, left, top)
        first, _, second = key.label.partition("\n")
        room = chart.width - left - SIDE - 12
        _words(chart, fonts.fitted(fonts.drawable(first), 12, room), left + SIDE + 7, top)
        if second:
            _words(chart, second, left + SIDE + 7, top + 15, 11.5, chart.look.muted)


def _patch(chart: Chart[Any], key: Key, left: float, top: float) -> None:
    look = chart.look
    patch = Rectangle(
        (left / chart.width, 1 - (top + SIDE) / chart.height),
        SIDE / chart.width,
        SIDE / chart.height,
        transform=chart.figure.transFigure,
        facecolor=look.ground if key.edge else key.color,
        edgecolor=key.edge or look.ground,
        hatch=key.hatch,
        hatchcolor=key.lines or look.ground,
        linewidth=1,
    )
    chart.figure.add_artist(patch)
    chart.keep(patch)


def _words(chart: Chart[Any], text: str, left: float, top: float, size: float = 12, color: str = "") -> None:
    made = chart.figure.text(
        left / chart.width,
        1 - (top + SIDE / 2) / chart.height,
        text,
        fontsize=size * 0.72,
        color=color or chart.look.text,
        va="center_baseline",
    )
    chart.keep(made)
