"""Jobs run off the main thread and come home to it, whatever happens to them."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from creator_crm.domain.errors import UserError
from creator_crm.ui.shared import job_strip
from creator_crm.ui.shared.job_strip import JobStrip
from creator_crm.ui.shared.jobs import JobRunner, Lane, Progress


@pytest.fixture
def runner(dressed: QApplication) -> Iterator[JobRunner]:
    runner = JobRunner()
    yield runner
    assert runner.finish(5000)


def test_the_result_arrives_on_the_main_thread(runner: JobRunner, qtbot: QtBot) -> None:
    seen: list[object] = []

    def work(progress: Progress) -> str:
        seen.append(threading.current_thread() is threading.main_thread())
        return "done"

    def done(result: str) -> None:
        seen.extend((result, threading.current_thread() is threading.main_thread()))

    with qtbot.waitSignal(runner.ended):
        runner.run("Counting", work, done=done)
    assert seen == [False, "done", True]
    assert runner.running == ()


def test_the_database_lane_runs_one_job_at_a_time_in_order_on_one_thread(
    runner: JobRunner, qtbot: QtBot
) -> None:
    order: list[tuple[int, int]] = []

    def numbered(n: int) -> Callable[[Progress], None]:
        return lambda progress: order.append((n, threading.get_ident()))

    for n in range(50):
        runner.run("", numbered(n))
    qtbot.waitUntil(lambda: not runner.running)
    assert [n for n, _ in order] == list(range(50))
    assert len({thread for _, thread in order}) == 1


def test_the_free_lane_does_not_wait_for_the_database(runner: JobRunner, qtbot: QtBot) -> None:
    gate = threading.Event()
    passed: list[bool] = []
    runner.run("", lambda progress: passed.append(gate.wait(5)))
    runner.run("", lambda progress: gate.set(), lane=Lane.FREE)
    qtbot.waitUntil(lambda: not runner.running)
    assert passed == [True]


def test_progress_arrives_and_its_last_word_is_never_dropped(runner: JobRunner, qtbot: QtBot) -> None:
    heard: list[tuple[int, int, str]] = []
    runner.moved.connect(lambda job: heard.append(job.position))

    def work(progress: Progress) -> None:
        for n in range(1, 1001):
            progress(n, 1000, "rows")

    with qtbot.waitSignal(runner.ended):
        runner.run("", work)
    assert heard[-1] == (1000, 1000, "rows")
    assert len(heard) < 100


def test_cancel_stops_a_job_at_its_next_word(runner: JobRunner, qtbot: QtBot) -> None:
    told: list[str] = []
    under_way = threading.Event()

    def work(progress: Progress) -> None:
        while True:
            progress(1, 2)
            under_way.set()

    job = runner.run("", work, done=lambda _: told.append("done"), cancelled=lambda: told.append("cancelled"))
    assert under_way.wait(5)
    with qtbot.waitSignal(runner.ended):
        job.cancel()
    assert told == ["cancelled"]


def test_a_job_cancelled_in_the_queue_never_starts(runner: JobRunner, qtbot: QtBot) -> None:
    gate, ran = threading.Event(), []
    runner.run("", lambda progress: gate.wait(5))
    runner.run("", lambda progress: ran.append(1)).cancel()
    gate.set()
    qtbot.waitUntil(lambda: not runner.running)
    assert ran == []


def refuse(progress: Progress) -> None:
    raise UserError("The disk is full. Nothing was changed; free some space and try again.")


def test_an_error_of_the_users_world_is_told_in_its_own_words(runner: JobRunner, qtbot: QtBot) -> None:
    with qtbot.waitSignal(runner.refused) as heard:
        runner.run("", refuse)
    assert heard.args == ["The disk is full. Nothing was changed; free some space and try again."]
    own: list[str] = []
    with qtbot.assertNotEmitted(runner.refused), qtbot.waitSignal(runner.ended):
        runner.run("", refuse, failed=lambda error: own.append(str(error)))
    assert len(own) == 1


def test_our_own_bug_goes_to_the_last_chance_hook(
    runner: JobRunner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[tuple[object, ...]] = []
    monkeypatch.setattr(sys, "excepthook", lambda *what: caught.append(what))
    with qtbot.waitSignal(runner.ended):
        runner.run("", lambda progress: 1 // 0)
    qtbot.waitUntil(lambda: bool(caught))
    kind, _, trace = caught[0]
    assert kind is ZeroDivisionError
    assert trace is not None


def test_callbacks_of_a_vanished_owner_are_dropped(runner: JobRunner, qtbot: QtBot) -> None:
    import shiboken6

    called: list[object] = []
    owner, gate = QObject(), threading.Event()
    runner.run("", lambda progress: gate.wait(5), done=called.append, owner=owner)
    shiboken6.delete(owner)
    with qtbot.waitSignal(runner.ended):
        gate.set()
    assert called == []


def test_finish_delivers_the_last_results(runner: JobRunner) -> None:
    got: list[int] = []
    runner.run("", lambda progress: 7, done=got.append, can_cancel=False)
    assert runner.finish(5000)
    assert got == [7]


def test_the_strip_keeps_quiet_about_quick_jobs_and_offers_cancel_for_slow_ones(
    runner: JobRunner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job_strip, "SHOW_AFTER_MS", 0)
    monkeypatch.setattr(job_strip, "CANCEL_AFTER_MS", 0)
    strip = JobStrip(runner)
    qtbot.addWidget(strip)
    gate = threading.Event()

    def slow(progress: Progress) -> None:
        progress(40, 100, "40 of 100")
        while not gate.wait(0.001):
            progress(40, 100)

    assert not strip.isVisible()
    runner.run("Importing", slow)
    runner.run("Next", lambda progress: None)
    qtbot.waitUntil(lambda: strip.cancel.isVisible() and strip.bar.value() == 40)
    assert strip.label.text() == "Importing 40 of 100 · 1 more waiting"
    strip.cancel.click()
    assert strip.label.text() == "Stopping…"
    qtbot.waitUntil(lambda: not strip.isVisible())
    assert not gate.is_set()


def test_what_a_last_result_leads_to_is_not_begun_at_closing(qapp: QApplication) -> None:
    jobs = JobRunner()
    begun: list[str] = []

    def next_one(_: object) -> None:
        jobs.run("The next", lambda _: begun.append("next"))

    jobs.run("The first", lambda _: begun.append("first"), done=next_one, can_cancel=False)
    assert jobs.finish()
    assert begun == ["first"]
    assert jobs.running == ()
