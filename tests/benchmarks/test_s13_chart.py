"""S13: new figures in a chart that is on the screen, and the mouse on a value of it.

The floor is bare matplotlib in its own Qt canvas with the same lines, marks and labels: set_data and draw
with no layout to work out; and for the mouse a background restored, a mark and a text drawn and blitted.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle
from typing import Any

import pytest
from conftest import Race
from PySide6.QtCore import QEvent, QEventLoop, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtWidgets import QApplication

from creator_crm.reporting import draw
from creator_crm.reporting.data import MoneyOverTime
from creator_crm.ui.shared import text, theme
from creator_crm.ui.shared.canvas import ChartCanvas
from creator_crm.ui.shared.jobs import JobRunner

pytestmark = pytest.mark.benchmark
WIDTH, HEIGHT = 900, 560
START = date(2025, 12, 1)


def figures(seed: int) -> MoneyOverTime:
    """A year of days, summed by week when it is drawn."""
    days = (
        (START + timedelta(days=n), (n * 7919 + seed) % 90_000, (n * 31 + seed) % 40_000) for n in range(365)
    )
    return MoneyOverTime(
        "EUR", tuple(days), tuple((START + timedelta(days=n), "Ana") for n in range(0, 360, 20))
    )


class Bare:
    """The same chart by hand, its layout fixed once."""

    def __init__(self, like: Any) -> None:
        from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
        from matplotlib.figure import Figure

        self.figure = Figure(figsize=(WIDTH / 100, HEIGHT / 100), dpi=100)
        self.canvas = FigureCanvasQTAgg(self.figure)
        self.axes = axes = self.figure.add_axes((0.07, 0.1, 0.83, 0.75))
        x = like.revenue_line.get_xdata()
        (self.revenue,) = axes.plot(x, like.revenue_line.get_ydata(), linewidth=2)
        (self.cost,) = axes.plot(x, like.cost_line.get_ydata(), dashes=(4, 2.2))
        self.below = axes.fill_between(x, like.revenue_line.get_ydata(), alpha=0.1)
        axes.plot(*like.post_marks.get_data(), "^")
        axes.grid(axis="y")
        axes.set_xticks(like.axes.get_xticks(), [t.get_text() for t in like.axes.get_xticklabels()])
        axes.set_yticks(like.axes.get_yticks(), [t.get_text() for t in like.axes.get_yticklabels()])
        axes.set_xlim(like.axes.get_xlim())
        axes.set_ylim(like.axes.get_ylim())
        for said in (*like.figure.texts, *like.axes.texts):
            self.figure.text(0.5, 0.9, said.get_text(), fontsize=said.get_fontsize())
        for side in ("left", "right", "top"):
            axes.spines[side].set_visible(False)
        self.mark = axes.plot([], [], "o", animated=True)[0]
        self.note = axes.annotate("", (0, 0), bbox={"boxstyle": "round"}, animated=True)

    def update(self, like: Any) -> None:
        x = like.revenue_line.get_xdata()
        self.revenue.set_data(x, like.revenue_line.get_ydata())
        self.cost.set_data(x, like.cost_line.get_ydata())
        self.below.set_data(x, like.revenue_line.get_ydata(), 0)
        self.canvas.draw()

    def hover(self, background: Any, x: float, y: float, words: str) -> None:
        self.canvas.restore_region(background)
        self.mark.set_data([x], [y])
        self.note.set_text(words)
        self.note.xy = (x, y)
        self.note.set_position((x, y))
        self.axes.draw_artist(self.mark)
        self.axes.draw_artist(self.note)
        self.canvas.blit()


@pytest.fixture
def shown(qapp: QApplication) -> Iterator[ChartCanvas]:
    """Our canvas with the chart on it."""
    text.set_locale("en_US")
    theme.apply(qapp, "light")
    jobs = JobRunner()
    canvas = ChartCanvas(jobs, lambda *_: None)
    canvas.resize(WIDTH, HEIGHT)
    canvas.show()
    canvas.show_data(figures(0))
    settle(qapp, jobs)
    yield canvas
    canvas.close()
    canvas.deleteLater()
    jobs.finish()


def settle(qapp: QApplication, jobs: JobRunner) -> None:
    # Waits for the drawing asleep: turning round and round would be counted as its work.
    while jobs.running:
        qapp.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    qapp.processEvents()


def test_an_update_costs_little_more_than_bare_set_data_and_draw(
    race: Race, shown: ChartCanvas, qapp: QApplication
) -> None:
    likes = [draw(figures(seed), width=WIDTH, height=HEIGHT) for seed in (1, 2)]
    bare = Bare(likes[0])
    bare.canvas.resize(WIDTH, HEIGHT)
    bare.canvas.show()
    qapp.processEvents()
    ours, floor = cycle([figures(1), figures(2)]), cycle(likes)

    def update() -> None:
        shown.show_data(next(ours))
        settle(qapp, shown._jobs)

    def bare_update() -> None:
        bare.update(next(floor))
        qapp.processEvents()

    race.run("S13", "update a shown chart, a year by week, to its paint", update, bare_update, 1.3, pairs=15)
    close(bare)
    race.check()


def test_the_mouse_on_a_value_costs_no_more_than_a_blit(
    race: Race, shown: ChartCanvas, qapp: QApplication
) -> None:
    like = draw(figures(0), width=WIDTH, height=HEIGHT)
    bare = Bare(like)
    bare.canvas.resize(WIDTH, HEIGHT)
    bare.canvas.show()
    qapp.processEvents()
    bare.canvas.draw()
    background = bare.canvas.copy_from_bbox(bare.figure.bbox)
    assert shown._picture is not None
    spots = shown._picture.spots
    ours, floor = cycle(range(len(spots.x))), cycle(range(len(spots.x)))
    y = like.revenue_line.get_ydata()

    def hover() -> None:
        at = QPointF(float(spots.x[next(ours)]), 200.0)
        none = Qt.MouseButton.NoButton
        move = QMouseEvent(QEvent.Type.MouseMove, at, at, none, none, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(shown, move)
        qapp.processEvents()

    def bare_hover() -> None:
        n = next(floor)
        bare.hover(background, like.revenue_line.get_xdata()[n], y[n], like.say(n))
        qapp.processEvents()

    race.run("S13", "mouse on a value of that chart, to its paint", hover, bare_hover, 1.5, pairs=15)
    assert shown.card.index is not None
    close(bare)
    race.check()


def test_drawing_from_nothing_beside_the_bare_chart(race: Race) -> None:
    """No bar in the list: told so that nobody takes the update's figure for the whole."""
    like = draw(figures(1), width=WIDTH, height=HEIGHT)

    def ours() -> QImage:
        picture = draw(figures(1), width=WIDTH, height=HEIGHT).picture()
        return QImage(picture.pixels, picture.width, picture.height, QImage.Format.Format_RGBX8888)

    def floor() -> None:
        made = Bare(like)
        made.canvas.draw()
        close(made)

    race.run("S13", "the same chart made anew (no bar)", ours, floor, 2.0, pairs=7)


def close(bare: Bare) -> None:
    bare.canvas.close()
    bare.canvas.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
