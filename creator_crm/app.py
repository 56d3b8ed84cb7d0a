"""Puts the parts together: log, state, theme, window, session. The window comes first, the rest later."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from creator_crm.ui.session import Session
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.first_paint import AfterFirstPaint, BeforeFirstKey
from creator_crm.ui.shared.jobs import JobRunner
from creator_crm.ui.shared.pages import Page, PageEntry
from creator_crm.ui.shared.state import State, state_file
from creator_crm.ui.shared.text import set_locale
from creator_crm.ui.window import Window

MENUS_AFTER_MS = 60  # the first rows come before them
AT_LEISURE_MS = 2_000


def open_window(workspace: str | None = None) -> int:
    """Show the window, then open `workspace`, or the one of last time; returns the exit status."""
    from creator_crm.ui.shared.crash import CrashHook, log_folder

    app = theme.application()
    set_locale("")
    state = State(state_file())
    theme.apply(app, _look(state))
    crashes = CrashHook(log_folder())
    crashes.install()
    window, session = frame(state)
    crashes.window = window
    session.announce(Path(workspace) if workspace else None)
    show(window, session, workspace)
    QTimer.singleShot(AT_LEISURE_MS, app, partial(_put_off_sweeps, app))
    status = app.exec()
    crashes.remove()
    return status


def show(window: Window, session: Session, workspace: str | None) -> None:
    """Show the frame, then make it whole: as soon as there is time, or at once when a key is pressed."""
    opening = AfterFirstPaint(window, window.painted, partial(_begin, session, workspace))

    def whole() -> None:
        opening.now()
        window.complete()

    BeforeFirstKey(window, window.painted, whole)
    window.show()


def build(state: State) -> tuple[Window, Session]:
    """The window with its pages and menus, with no workspace open yet."""
    window, session = frame(state)
    window.complete()
    return window, session


def frame(state: State) -> tuple[Window, Session]:
    """What is there in the first frame; `Window.complete` brings shortcuts and what is in the menus."""
    jobs = JobRunner()
    holder: list[Session] = []

    def first_page() -> QWidget:
        from creator_crm.ui.first_page import FirstPage

        page, session = FirstPage(), holder[0]
        page.new_wanted.connect(session.new)
        page.open_wanted.connect(session.choose)
        page.sample_wanted.connect(session.open_sample)
        page.import_wanted.connect(session.import_file)
        page.recent_chosen.connect(session.open)
        return page

    window = Window(_entries(lambda: holder[0]), jobs, state, first_page)
    jobs.setParent(window)
    session = Session(window)
    holder.append(session)
    _declare_page_actions(window)
    window.build_menus()
    return window, session


def _entries(session: Callable[[], Session]) -> list[PageEntry]:
    from creator_crm.ui.briefs.actions import RECORDS as ABOUT_BRIEFS
    from creator_crm.ui.briefs.actions import TABS as BRIEFS_TABS
    from creator_crm.ui.creators.actions import RECORDS as ABOUT_CREATORS
    from creator_crm.ui.creators.actions import TABS as CREATORS_TABS
    from creator_crm.ui.outreach.actions import RECORDS as ABOUT_OUTREACH
    from creator_crm.ui.outreach.actions import TABS as OUTREACH_TABS
    from creator_crm.ui.results.actions import RECORDS as ABOUT_RESULTS
    from creator_crm.ui.results.actions import TABS as RESULTS_TABS
    from creator_crm.ui.seeding.actions import RECORDS as ABOUT_SEEDING
    from creator_crm.ui.seeding.actions import TABS as SEEDING_TABS

    def today() -> Page:
        from creator_crm.ui.today.page import today_page

        return today_page(session().context)

    def creators() -> Page:
        from creator_crm.ui.creators.page import CreatorsPage

        return CreatorsPage(session().context)

    def outreach() -> Page:
        from creator_crm.ui.outreach.page import OutreachPage

        return OutreachPage(session().context)

    def seeding() -> Page:
        from creator_crm.ui.seeding.page import SeedingPage

        return SeedingPage(session().context)

    def briefs() -> Page:
        from creator_crm.ui.briefs.page import BriefsPage

        return BriefsPage(session().context)

    def results() -> Page:
        from creator_crm.ui.results.page import ResultsPage

        return ResultsPage(session().context)

    return [
        PageEntry("today", "Today", "sun", today),
        PageEntry("creators", "Creators", "users", creators, ABOUT_CREATORS, CREATORS_TABS),
        PageEntry("outreach", "Outreach", "send", outreach, ABOUT_OUTREACH, OUTREACH_TABS),
        PageEntry("seeding", "Seeding", "package", seeding, ABOUT_SEEDING, SEEDING_TABS),
        PageEntry("briefs", "Briefs", "file-text", briefs, ABOUT_BRIEFS, BRIEFS_TABS),
        PageEntry("results", "Results", "chart-line", results, ABOUT_RESULTS, RESULTS_TABS),
    ]


def _declare_page_actions(window: Window) -> None:
    from creator_crm.ui.briefs.actions import BRIEFS
    from creator_crm.ui.creators.actions import CREATORS
    from creator_crm.ui.outreach.actions import OUTREACH
    from creator_crm.ui.results.actions import RESULTS
    from creator_crm.ui.seeding.actions import SEEDING

    window.actions_.declare(*CREATORS, *OUTREACH, *SEEDING, *BRIEFS, *RESULTS)


def _begin(session: Session, workspace: str | None) -> None:
    """Open what was asked for, or what was open last; the first page shows when there is neither."""
    from creator_crm.ui.search_provider import Records

    window = session.parent()
    assert isinstance(window, Window)
    window.providers.append(Records(session))
    session.start(Path(workspace) if workspace else None)
    # From the next turn on: painting the first rows may take longer than the pause.
    QTimer.singleShot(0, window, partial(QTimer.singleShot, MENUS_AFTER_MS, window, window.complete))
    gc.freeze()
    gc.enable()


def _put_off_sweeps(app: QApplication) -> None:
    from creator_crm.ui.shared.long_sweeps import LongSweeps  # it needs what the first frame does without

    LongSweeps(app)


def _look(state: State) -> theme.Mode:
    looks: dict[str, theme.Mode] = {"light": "light", "dark": "dark"}
    return looks.get(state.text("look"), "system")


def self_test(screenshots: Path | None = None) -> list[str]:
    """Open every page on a scratch workspace with the sample brand, and empty; returns the pages' names.

    Works without a display. With `screenshots`, saves each page there, light and dark. Raises UserError.
    """
    import os

    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from creator_crm.ui.self_test import run

    return run(build, screenshots)
