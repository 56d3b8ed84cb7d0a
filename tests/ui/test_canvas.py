"""A chart in the window: drawn without holding anything up, explained, dressed anew, saved and copied."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from creator_crm.reporting.data import MoneyOverTime, ProfitByCreator, SeedingFunnel
from creator_crm.ui.shared import canvas as canvas_module
from creator_crm.ui.shared import text, theme
from creator_crm.ui.shared.accessibility import unnamed_controls
from creator_crm.ui.shared.canvas import ChartCanvas
from creator_crm.ui.shared.chart_words import look_of, paper, words
from creator_crm.ui.shared.jobs import JobRunner, Lane

FUNNEL = SeedingFunnel(sent=50, delivered=40, posted=10, sold=4)
PROFIT = ProfitByCreator("EUR", (("Ana", 1250), ("Ben", -300)))
MONEY = MoneyOverTime("EUR", tuple((date(2026, 3, 2) + timedelta(days=n), 1000 * n, 700) for n in range(30)))


@pytest.fixture
def jobs(dressed: QApplication) -> Iterator[JobRunner]:
    runner = JobRunner()
    yield runner
    runner.finish()


@pytest.fixture
def told() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def canvas(jobs: JobRunner, told: list[tuple[str, str]], qtbot: QtBot) -> ChartCanvas:
    made = ChartCanvas(jobs, lambda said, kind: told.append((said, kind)))
    made.resize(600, 360)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def shown(canvas: ChartCanvas, qtbot: QtBot) -> ChartCanvas:
    """The canvas with a funnel on it."""
    with qtbot.waitSignal(canvas.drawn, timeout=30_000):
        canvas.show_data(FUNNEL)
    return canvas


def colors(canvas: ChartCanvas) -> set[str]:
    image = canvas.grab().toImage()
    return {
        image.pixelColor(x, y).name() for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)
    }


def test_the_chart_is_on_the_screen_in_the_colours_of_the_theme(shown: ChartCanvas) -> None:
    assert {theme.LIGHT.surface, theme.LIGHT.accent} <= colors(shown)
    assert shown.accessibleName() == "Seeding funnel"
    assert shown.accessibleDescription() == "Of 50 creators who were sent a parcel, 10 posted and 4 sold"
    assert not unnamed_controls(shown)


def test_another_look_dresses_the_chart_anew(shown: ChartCanvas, dressed: QApplication, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shown.drawn, timeout=30_000):
        theme.apply(dressed, "dark")
    assert {theme.DARK.surface, theme.DARK.accent} <= colors(shown)
    assert theme.LIGHT.surface not in colors(shown)


def test_the_words_of_the_chart_are_those_of_the_locale(canvas: ChartCanvas, qtbot: QtBot) -> None:
    text.set_locale("de_DE")
    with qtbot.waitSignal(canvas.drawn, timeout=30_000):
        canvas.show_data(MONEY)
    assert canvas.accessibleDescription().startswith("4.350,00\xa0€ revenue")
    canvas.point_at(3)
    assert canvas.card.words.startswith("05.03.2026\n")


def test_new_figures_move_the_same_chart(shown: ChartCanvas, qtbot: QtBot) -> None:
    before = shown._chart
    with qtbot.waitSignal(shown.drawn, timeout=30_000):
        shown.show_data(replace(FUNNEL, sold=9))
    assert shown._chart is before
    assert shown.accessibleDescription().endswith("9 sold")


def test_another_kind_of_figures_makes_another_chart(shown: ChartCanvas, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shown.drawn, timeout=30_000):
        shown.show_data(PROFIT)
    assert shown.accessibleName() == "Profit by creator"


def test_without_figures_the_sentence_is_there_for_the_screen_reader_too(
    canvas: ChartCanvas, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(canvas.drawn, timeout=30_000):
        canvas.show_data(SeedingFunnel())
    assert canvas.accessibleDescription() == "No parcels have been sent in this period yet"
    qtbot.mouseMove(canvas, QPoint(300, 200))
    assert canvas.card.index is None


def test_of_what_is_asked_for_during_a_drawing_only_the_last_is_drawn(
    canvas: ChartCanvas, jobs: JobRunner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[tuple[object, int, int]] = []
    draw = canvas_module._drawn

    def counted(chart: object, data: object, width: int, height: int, *rest: object) -> object:
        sizes.append((data, width, height))
        return draw(chart, data, width, height, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(canvas_module, "_drawn", counted)
    gate = Event()
    jobs.run("hold", lambda _: gate.wait(20), lane=Lane.CHARTS)
    canvas.show_data(PROFIT)
    for width in range(601, 640):
        canvas.resize(width, 360)
    canvas.show_data(MONEY)
    with qtbot.waitSignal(canvas.drawn, timeout=30_000):
        gate.set()
    assert sizes == [(PROFIT, 600, 360), (MONEY, 639, 360)]
    assert canvas.accessibleName() == "Revenue and cost"


def test_a_chart_that_nobody_sees_is_not_drawn_until_it_is_seen(
    canvas: ChartCanvas, jobs: JobRunner, qtbot: QtBot
) -> None:
    canvas.hide()
    canvas.show_data(FUNNEL)
    assert not jobs.running
    with qtbot.waitSignal(canvas.drawn, timeout=30_000):
        canvas.show()


def test_a_drawing_that_failed_does_not_stop_the_next(
    canvas: ChartCanvas, jobs: JobRunner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched, qtbot.captureExceptions() as caught:
        patched.setattr(canvas_module, "_drawn", lambda *_: 1 / 0)
        with qtbot.waitSignal(jobs.ended, timeout=30_000):
            canvas.show_data(FUNNEL)
    assert [type(error[1]) for error in caught] == [ZeroDivisionError]
    with qtbot.waitSignal(canvas.drawn, timeout=30_000):
        canvas.show_data(PROFIT)


def test_a_canvas_may_go_while_its_chart_is_drawn(
    dressed: QApplication, jobs: JobRunner, qtbot: QtBot
) -> None:
    made = ChartCanvas(jobs, lambda *_: None)
    made.show()
    gate = Event()
    jobs.run("hold", lambda _: gate.wait(20), lane=Lane.CHARTS)
    made.show_data(FUNNEL)
    made.close()
    made.deleteLater()
    QApplication.sendPostedEvents(None, 52)  # deferred deletes
    gate.set()
    qtbot.waitUntil(lambda: not jobs.running, timeout=30_000)


# Values --------------------------------------------------------------------------------------------------


def test_the_mouse_on_a_value_shows_it_in_words_and_takes_it_away_again(
    shown: ChartCanvas, qtbot: QtBot
) -> None:
    shown.setFocus(Qt.FocusReason.MouseFocusReason)
    bare = shown.grab().toImage()
    assert shown._picture is not None
    spots = shown._picture.spots
    qtbot.mouseMove(shown, QPoint(round(spots.x[2]), round(spots.y[2][0])))
    assert shown.card.words == "Posted\n10 creators\n25% of delivered\n20% of sent"
    assert shown.grab().toImage() != bare
    qtbot.mouseMove(shown, QPoint(10, 5))
    assert shown.card.index is None
    assert shown.grab().toImage() == bare


def test_the_card_stays_inside_at_every_value(canvas: ChartCanvas, qtbot: QtBot) -> None:
    with qtbot.waitSignal(canvas.drawn, timeout=30_000):
        canvas.show_data(MONEY)
    for index in range(30):
        canvas.point_at(index)
        assert canvas.rect().contains(canvas.card._box.toAlignedRect())


def test_the_focus_is_seen_by_who_works_with_the_keyboard(shown: ChartCanvas) -> None:
    shown.setFocus(Qt.FocusReason.MouseFocusReason)
    bare = shown.grab().toImage()
    shown.clearFocus()
    shown.setFocus(Qt.FocusReason.TabFocusReason)
    assert shown.grab().toImage() != bare


def test_the_arrow_keys_walk_through_the_values(shown: ChartCanvas, qtbot: QtBot) -> None:
    walked = []
    for key in (
        Qt.Key.Key_Right,
        Qt.Key.Key_Down,
        Qt.Key.Key_Left,
        Qt.Key.Key_Left,
        Qt.Key.Key_End,
        Qt.Key.Key_Right,
    ):
        qtbot.keyClick(shown, key)
        walked.append(shown.card.index)
    assert walked == [0, 1, 0, 0, 3, 3]
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert shown.card.index is None


# Files and clipboard -------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["png", "svg", "pdf", "xlsx"])
def test_the_menu_saves_the_chart_where_the_user_says(
    shown: ChartCanvas,
    told: list[tuple[str, str]],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    ending: str,
) -> None:
    asked = []

    def choose(_parent: object, _title: str, proposal: Path, filters: str) -> Path:
        asked.append((proposal.name, f"*.{ending}" in filters))
        return tmp_path / proposal.name

    monkeypatch.setattr(canvas_module, "choose_new_file", choose)
    menu = shown.made_menu()
    names = {"xlsx": "Save the figures for Excel…"}
    label = names.get(ending, f"Save as {ending.upper()}…")
    next(action for action in menu.actions() if action.text() == label).trigger()
    menu.close()
    qtbot.waitUntil(lambda: bool(told), timeout=30_000)
    assert asked == [(f"Seeding funnel.{ending}", True)]
    assert told == [(f"Saved as Seeding funnel.{ending}.", "ok")]
    assert (tmp_path / f"Seeding funnel.{ending}").stat().st_size > 1000


def test_saving_that_was_given_up_writes_nothing(
    shown: ChartCanvas, jobs: JobRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(canvas_module, "choose_new_file", lambda *_: None)
    shown.save("png")
    assert not jobs.running


def test_a_file_that_cannot_be_written_is_explained(
    shown: ChartCanvas, told: list[tuple[str, str]], qtbot: QtBot, tmp_path: Path
) -> None:
    shown.save_to(tmp_path / "missing" / "chart.png")
    qtbot.waitUntil(lambda: bool(told), timeout=30_000)
    assert told[0][1] == "error" and "does not exist" in told[0][0]


def test_what_is_saved_or_copied_lies_on_white_paper_even_in_the_dark(
    shown: ChartCanvas, dressed: QApplication, told: list[tuple[str, str]], qtbot: QtBot
) -> None:
    with qtbot.waitSignal(shown.drawn, timeout=30_000):
        theme.apply(dressed, "dark")
    qtbot.keyClick(shown, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(told), timeout=30_000)
    image: QImage = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == (1200, 720)
    assert image.pixelColor(2, 2) == QColor("#ffffff")
    QGuiApplication.clipboard().clear()


# The look ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK], ids=lambda tokens: tokens.name)
def test_every_colour_of_a_chart_is_found_on_its_ground(tokens: theme.Tokens) -> None:
    look = look_of(tokens)
    marks = (look.accent, look.warn, look.danger, look.ok, *look.series)
    assert min(contrast(mark, look.ground) for mark in marks) >= 3
    inks = (look.text, look.muted, look.accent_ink, look.warn, look.danger)
    assert min(contrast(ink, look.ground) for ink in inks) >= 4.5
    assert len(set(look.series)) == 8


def test_paper_is_the_light_look_and_writes_as_the_window_does() -> None:
    assert paper() == replace(look_of(theme.LIGHT), ground="#ffffff")
    text.set_locale("en_US")
    said: list[Callable[[date], str]] = [words().day, words().short_day, words().month]
    assert [say(date(2026, 3, 2)) for say in said] == ["3/2/2026", "Mar 2", "Mar"]
    text.set_locale("de_DE")
    assert [say(date(2026, 3, 2)) for say in said[:2]] == ["02.03.2026", "2 März"]
    assert words().short_money(1_250_000, "EUR") == "12,5k\xa0€"
    assert words().short_money(-1_250_000, "JPY") == "-1,25M\xa0¥"
    text.set_locale("en_US")


def contrast(one: str, other: str) -> float:
    def luminance(color: str) -> float:
        channels = (QColor(color).redF(), QColor(color).greenF(), QColor(color).blueF())
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
