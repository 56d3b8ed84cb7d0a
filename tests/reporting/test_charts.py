"""Charts show the figures they are given: every bar, line and point, in both looks, in words too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import pytest
from figures import LOOKS, NAMES, NIGHT, a_year, empty
from matplotlib.colors import to_hex
from matplotlib.text import Text

from creator_crm.domain.fields import Kind
from creator_crm.reporting import CHARTS, PAPER, ChartData, draw, name_of
from creator_crm.reporting.chart import Chart
from creator_crm.reporting.data import (
    FollowersOverTime,
    MoneyOverTime,
    PostsOnTime,
    ProfitByCreator,
    SeedingFunnel,
    SpendByKind,
    StockAhead,
    ViewsAgainstOrders,
)
from creator_crm.reporting.style import Look

MONDAY = date(2026, 3, 2)
ODD_NAMES = (
    "محمد الفاسي", "עומר חדד", "佐藤 純", "김민수", "👩🍳 Chef", "สมชาย", "a$b^c_{d}$", "W" * 400, "", "   ",
    "\x00\u202e\ud83d odd",
)  # fmt: skip
EVERY = pytest.mark.parametrize("data", a_year(), ids=name_of)


def texts(chart: Chart[ChartData]) -> list[str]:
    """Every text that is seen on the chart."""
    found = chart.figure.findobj(Text) if chart.axes.get_visible() else chart.figure.texts
    return [text.get_text() for text in found if text.get_text() and text.get_visible()]


def drawn(data: ChartData, look: Look = PAPER) -> Chart[ChartData]:
    chart = draw(data, look)
    chart.picture()
    return chart


def test_each_kind_of_data_has_a_chart_with_a_name_of_its_own() -> None:
    assert [name_of(data) for data in a_year()] == list(CHARTS)
    assert len({type(draw(data)) for data in a_year()}) == len(CHARTS) == 8


@EVERY
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_a_chart_is_drawn_in_both_looks_with_its_title_and_its_finding(data: ChartData, look: Look) -> None:
    chart = drawn(data, look)
    assert chart.title in texts(chart)
    assert chart.finding() in texts(chart)
    picture = chart.picture(2.0)
    assert (picture.width, picture.height) == (1280, 800)
    corner = "#" + picture.pixels[:3].hex()
    assert corner == look.ground
    assert len(set(zip(*[iter(picture.pixels)] * 4, strict=True))) > 100


@pytest.mark.parametrize("data", empty(), ids=name_of)
def test_without_data_there_is_a_sentence_and_no_axis(data: ChartData) -> None:
    chart = drawn(data)
    assert texts(chart) == [chart.title, chart.nothing]
    assert chart.picture().spots.nearest(300, 200) is None
    assert not any(row for row in chart.table().rows if any(isinstance(c, int) and c for c in row))


@EVERY
def test_updating_gives_the_picture_that_drawing_anew_gives(data: ChartData) -> None:
    other = next(d for d in a_year(seed=11) if type(d) is type(data))
    chart = drawn(other)
    chart.update(data)
    assert chart.picture().pixels == draw(data).picture().pixels
    chart.resize(500, 300)
    assert chart.picture().pixels == draw(data, width=500, height=300).picture().pixels


@EVERY
def test_an_update_keeps_every_artist_that_it_can(data: ChartData) -> None:
    chart = drawn(data)
    kept = {id(artist) for artist in (*chart.axes.lines, *chart.axes.collections)}
    chart.update(next(d for d in a_year(seed=3) if type(d) is type(data)))
    assert {id(artist) for artist in (*chart.axes.lines, *chart.axes.collections)} == kept


@EVERY
def test_the_mouse_finds_every_value_where_it_is_drawn(data: ChartData) -> None:
    chart = drawn(data)
    spots = chart.picture(1.5).spots
    assert len(spots.x) > 1
    for index in range(len(spots.x)):
        found = spots.nearest(spots.x[index], spots.y[index][0])
        assert found is not None
        # Where several lie in one place, another one of them may be found.
        assert np.hypot(spots.x[found] - spots.x[index], (spots.y[found] - spots.y[index])[0]) < 1e-6
        assert chart.say(index).split("\n")[0]
    assert spots.nearest(5, 5) is None


# What the artists hold ---------------------------------------------------------------------------------


def test_the_lines_of_revenue_and_cost_are_the_figures_of_the_days() -> None:
    days = tuple((MONDAY + timedelta(days=n), 1000 * n, 700) for n in range(10))
    chart = drawn(MoneyOverTime("EUR", days, ((MONDAY + timedelta(days=4), "Ana"),)))
    assert list(chart.revenue_line.get_ydata()) == [1000.0 * n for n in range(10)]
    assert list(chart.cost_line.get_ydata()) == [700.0] * 10
    assert list(chart.post_marks.get_xdata()) == [MONDAY.toordinal() + 4]
    assert {"Revenue", "Cost", "▲ posted", "€0"} <= set(texts(chart))
    assert chart.say(4) == "6 Mar 2026\nRevenue €40.00\nCost €7.00\nPosted: Ana"
    assert chart.finding() == "€450.00 revenue against €70.00 cost, 1 post, by day"


@pytest.mark.parametrize(
    ("count", "head"),
    [(62, "2 Mar"), (100, "Week from 2 Mar"), (600, "Month from 1 Mar"), (9000, "Year from 1 Jan")],
)
def test_long_periods_are_summed_and_nothing_is_lost(count: int, head: str) -> None:
    days = tuple((MONDAY + timedelta(days=n), n + 1, 2 * n) for n in range(count))
    chart = drawn(MoneyOverTime("EUR", days))
    assert sum(chart.revenue_line.get_ydata()) == sum(day[1] for day in days)
    assert sum(chart.cost_line.get_ydata()) == sum(day[2] for day in days)
    assert chart.say(0).startswith(head)
    assert len(chart.revenue_line.get_xdata()) <= 63


def test_days_without_figures_are_drawn_as_nothing_and_not_skipped() -> None:
    chart = drawn(MoneyOverTime("EUR", ((MONDAY, 5, 1), (MONDAY + timedelta(days=3), 7, 1))))
    assert list(chart.revenue_line.get_ydata()) == [5, 0, 0, 7]


def test_profit_bars_are_sorted_and_losses_go_to_the_left_hatched() -> None:
    chart = drawn(ProfitByCreator("EUR", (("Ana", 500), ("Ben", -300), ("Cleo", 90_000), ("Dan", 0))))
    assert [(left, width) for left, _, width, _ in chart.gains.corners] == [(0, 90_000), (0, 500)]
    assert [(left, width) for left, _, width, _ in chart.losses.corners] == [(0, -300)]
    assert chart.losses.artist.get_hatch() and not chart.gains.artist.get_hatch()
    rows = [bottom for _, bottom, _, _ in (*chart.gains.corners, *chart.losses.corners)]
    assert rows == sorted(rows)
    assert {"Ana", "Ben", "€900", "€5", "-€3", "€0"} <= set(texts(chart))
    assert chart.say(3) == "Ben\nLoss -€3.00"


def test_of_many_creators_the_best_and_the_worst_are_shown_and_the_others_counted() -> None:
    creators = tuple((f"Creator {n}", (n - 10) * 1000) for n in range(50))
    chart = drawn(ProfitByCreator("EUR", creators))
    shown = len(chart._rows)
    assert f"and {50 - shown} others, " in "".join(texts(chart))
    assert [name for name, _ in chart._rows][-3:] == ["Creator 2", "Creator 1", "Creator 0"]
    assert chart._rows[0][0] == "Creator 49"
    left_out = sum(p for _, p in creators) - sum(p for _, p in chart._rows)
    assert f"{chart.words.short_money(left_out, 'EUR')} together" in "".join(texts(chart))
    assert len(chart.table().rows) == 50


def test_the_funnel_names_each_step_with_its_rates() -> None:
    chart = drawn(SeedingFunnel(sent=50, delivered=40, posted=10, sold=0))
    assert [width for _, _, width, _ in chart.bars.corners] == [50, 40, 10, 0]
    seen = set(texts(chart))
    assert {"Sent", "Sold", "50", "80% of sent", "25% of delivered", "0% of posted"} <= seen
    assert chart.say(2) == "Posted\n10 creators\n25% of delivered\n20% of sent"
    assert chart.table().rows[2] == ("Posted", 10, 250_000, 200_000)


def test_points_lie_at_their_views_and_orders_and_the_unsold_are_hollow() -> None:
    chart = drawn(ViewsAgainstOrders((("a", 1000, 4), ("b", 90_000, 0), ("c", 0, 2))))
    assert sorted(zip(*chart.points.get_data(), strict=True)) == [(0, 2), (1000, 4)]
    assert list(zip(*chart._unsold.get_data(), strict=True)) == [(90_000, 0)]
    assert chart._unsold.get_markerfacecolor() == "none"
    assert {"a", "b", "c", "Views", "Orders", "0"} <= set(texts(chart))


def test_no_name_lies_over_another_name() -> None:
    chart = drawn(next(d for d in a_year() if isinstance(d, ViewsAgainstOrders)))
    names = [t for t in chart.axes.texts if t.get_text() in NAMES]
    boxes = [t.get_window_extent() for t in names]
    assert len(boxes) >= 5
    assert not any(a.overlaps(b) for n, a in enumerate(boxes) for b in boxes[n + 1 :])


def test_the_stacks_of_spend_add_up_and_the_largest_kind_is_below() -> None:
    months = (date(2026, 1, 1), date(2026, 2, 1))
    chart = drawn(SpendByKind("EUR", months, (("Ads", (100, 50)), ("Fees", (900, 200)), ("Tools", (0, 0)))))
    fees, ads, *others = (stack.corners for stack in chart.stacks)
    assert [(bottom, height) for _, bottom, _, height in fees] == [(0, 900), (0, 200)]
    assert [(bottom, height) for _, bottom, _, height in ads] == [(900, 100), (200, 50)]
    assert not any(others)
    assert chart.finding() == "€12.50 in all; most of it for fees, 88%"
    assert chart.say(0) == "Jan 2026\nFees: €9.00\nAds: €1.00\nTogether: €10.00"
    assert "Tools" not in texts(chart)


def test_money_that_came_back_is_stacked_below_the_line() -> None:
    chart = drawn(SpendByKind("EUR", (MONDAY,), (("Fees", (500,)), ("Ads", (-200,)))))
    assert [(b, h) for stack in chart.stacks for _, b, _, h in stack.corners] == [(0, 500), (0, -200)]


def test_many_kinds_of_spend_are_drawn_together_without_losing_any() -> None:
    kinds = tuple((f"Kind {n}", (100 + n,)) for n in range(12))
    chart = drawn(SpendByKind("EUR", (MONDAY,), kinds))
    assert sum(h for stack in chart.stacks for _, _, _, h in stack.corners) == sum(k[1][0] for k in kinds)
    assert "Everything else" in texts(chart)


def test_bars_are_seen_however_slender_they_are() -> None:
    months = tuple(date(2000 + n // 12, n % 12 + 1, 1) for n in range(240))
    data = SpendByKind("EUR", months, (("Fees", (500,) * 240),))
    image = np.frombuffer(draw(data, width=320, height=260).picture().pixels, np.uint8).reshape(260, 320, 4)
    ground = np.array([255, 255, 255])
    row = image[150, 70:125, :3]
    assert (np.abs(row - ground).sum(axis=1) > 60).mean() > 0.6


def test_weeks_stack_what_is_on_time_late_and_missing() -> None:
    chart = drawn(PostsOnTime(((MONDAY, 3, 1, 2), (MONDAY + timedelta(weeks=1), 0, 2, 0))))
    heights = [[(b, h) for _, b, _, h in bars.corners] for bars in (chart.on_time, chart.late, chart.missing)]
    assert heights == [[(0, 3)], [(3, 1), (0, 2)], [(4, 2)]]
    assert chart.late.artist.get_hatch()
    assert to_hex(chart.missing.artist.get_facecolor()[0]) == PAPER.ground
    assert {"On time  3", "Late  3", "Missing  2"} <= set(texts(chart))
    assert chart.finding() == "38% of 8 posts that were due came on time"


def test_more_weeks_than_there_is_room_for_are_added_up() -> None:
    chart = drawn(PostsOnTime(tuple((MONDAY + timedelta(weeks=n), 2, 1, 0) for n in range(100))))
    assert [h for _, _, _, h in chart.on_time.corners] == [8.0] * 25
    assert chart.say(1) == "4 weeks from 30 Mar 2026\nOn time: 8\nLate: 4\nMissing: 0"
    assert len(chart.table().rows) == 100


def test_followers_have_a_line_with_a_marker_of_its_own_for_each_account() -> None:
    data = FollowersOverTime(
        (("@ana", ((MONDAY, 900), (MONDAY + timedelta(days=30), 1200))), ("@ben", ((MONDAY, 5000),)))
    )
    chart = drawn(data)
    assert [list(line.get_ydata()) for line in chart.lines[:2]] == [[5000], [900, 1200]]
    assert len({line.get_marker() for line in chart.lines}) == len(chart.lines)
    assert chart.finding() == "@ben has 5,000"
    assert chart.say(2) == "@ana\n1,200 followers\n1 Apr 2026"


# The edges -------------------------------------------------------------------------------------------


def edges() -> Iterator[ChartData]:
    huge = 2**62
    days = tuple((date(1990, 1, 1) + timedelta(days=n), n % 977, n % 31) for n in range(10_000))
    names = tuple((f"{NAMES[n % len(NAMES)]} {n}", (n * 7919) % 10_007 - 4000) for n in range(10_000))
    seen = tuple((f"Post {n}", (n * 7919) % 999_983, n % 50) for n in range(10_000))
    for amounts in ((0, 0), (1, 0), (huge, huge), (-huge, 5), (-3, -1)):
        yield MoneyOverTime("JPY", ((MONDAY, *amounts),))
        yield ProfitByCreator("KWD", (("One", amounts[0]),))
        yield SpendByKind("EUR", (MONDAY,), (("Fees", (amounts[0],)), ("Ads", (amounts[1],))))
        yield MoneyOverTime("EUR", ((date(9999, 1, 1), *amounts), (date.max, *amounts)))
        yield MoneyOverTime("EUR", ((date.min, *amounts), (date.max, *amounts)), ((MONDAY, "x"),))
    yield MoneyOverTime("EUR", days, tuple((day, "Ana") for day, _, _ in days))
    yield ProfitByCreator("EUR", names)
    yield ViewsAgainstOrders(seen)
    yield ViewsAgainstOrders((("Zero", 0, 0),))
    yield ViewsAgainstOrders((("Huge", huge, huge), ("Odd", -5, -2)))
    yield SeedingFunnel(0, 0, 0, 1)
    yield SeedingFunnel(huge, huge, 1, 0)
    yield SeedingFunnel(1, 2, 3, 4)
    yield PostsOnTime(((MONDAY, 1, 0, 0),))
    yield PostsOnTime(tuple((MONDAY + timedelta(weeks=n), n % 5, n % 3, n % 2) for n in range(1, 10_000)))
    yield FollowersOverTime((("@one", ((MONDAY, 0),)),))
    yield FollowersOverTime((("@huge", ((MONDAY, huge), (MONDAY + timedelta(days=1), huge))),))
    yield FollowersOverTime(tuple((f"@{n}", ((MONDAY, n),)) for n in range(30)))
    yield FollowersOverTime((("@all", tuple((day, n) for day, n, _ in days)),))


@pytest.mark.parametrize("data", tuple(edges()), ids=lambda data: name_of(data))
def test_nothing_is_too_small_too_large_or_too_much(data: ChartData) -> None:
    for width, height in ((640, 400), (320, 260)):
        chart = draw(data, NIGHT, width, height)
        picture = chart.picture()
        assert (picture.width, picture.height) == (width, height)
        assert np.isfinite(picture.spots.x).all() and np.isfinite(picture.spots.y).all()
        assert texts(chart)[0]
        assert len(chart.table().headers) == len(chart.table().kinds)


@pytest.mark.parametrize("name", ODD_NAMES)
def test_any_name_can_be_drawn_without_a_warning(name: str) -> None:
    chart = draw(ProfitByCreator("EUR", ((name, 100), ("Ana", -50))))
    chart.picture()
    assert chart.file("png") and chart.file("svg")
    assert chart.table().rows[0][0] == name


@EVERY
def test_the_table_has_every_figure_in_columns_of_its_kind(data: ChartData) -> None:
    table = draw(data).table()
    assert table.rows
    for row in table.rows:
        for kind, cell in zip(table.kinds, row, strict=True):
            wanted = date if kind is Kind.DATE else str if kind is Kind.TEXT else int
            assert cell is None or type(cell) is wanted
    assert bool(table.currency) is (Kind.MONEY in table.kinds)


def test_what_is_left_is_drawn_down_to_nothing_and_what_is_lacking_is_told() -> None:
    days = tuple((MONDAY + timedelta(days=n), 20 - 10 * n, 10 - 10 * n, 30 - 10 * n, n / 4) for n in range(4))
    gone = (MONDAY + timedelta(days=2), MONDAY + timedelta(days=1))
    chart = drawn(StockAhead(days, (MONDAY, MONDAY), gone))
    assert list(chart.middle_line.get_ydata()) == [20, 10, 0, 0]
    assert list(chart.worst_line.get_ydata()) == [10, 0, 0, 0]
    assert list(chart.post_marks.get_xdata()) == [MONDAY.toordinal()]
    assert list(chart.gone_marks.get_xdata()) == [day.toordinal() for day in sorted(gone)]
    assert chart.say(0).endswith("Gone by then: 0%\n2 posts planned")
    assert "Middle case: 10 too few" in chart.say(3)
    assert chart.finding() == "Gone on 4 Mar in the middle case, on 3 Mar in the worst tenth"
    lasting = drawn(StockAhead(days[:1], (), (None, None)))
    assert lasting.finding() == "Something is left on 2 Mar in nine of ten cases"
    assert not list(lasting.gone_marks.get_xdata())
