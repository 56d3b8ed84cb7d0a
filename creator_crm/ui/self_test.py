"""Opens every page of the window on a scratch workspace, and takes pictures of them when asked."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QEventLoop,
    QMessageLogContext,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication, QDialog

from creator_crm.domain.errors import UserError
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.state import State
from creator_crm.ui.shared.text import set_locale

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from creator_crm.ui.session import Session
    from creator_crm.ui.shared.jobs import JobRunner
    from creator_crm.ui.window import Window

Process = QEventLoop.ProcessEventsFlag
LOOKS: tuple[theme.Mode, ...] = ("light", "dark")
SIZE = (1280, 800)
LONGEST_JOB = 30  # seconds
SOON_MS = 500  # what comes later than this, such as a notice that goes, is not waited for


def run(build: Callable[[State], tuple[Window, Session]], folder: Path | None) -> list[str]:
    """Open the first page and every page, full and empty, in both looks; returns what was opened.

    Raises UserError when the pictures cannot be written.
    """
    before = qInstallMessageHandler(_without_chatter)
    try:
        return _opened(build, folder)
    finally:
        qInstallMessageHandler(before)


def _opened(build: Callable[[State], tuple[Window, Session]], folder: Path | None) -> list[str]:
    app = theme.application()
    set_locale("en_US")
    if folder is not None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UserError(f"The folder {folder} cannot be made. Choose another one.") from error
    opened: list[str] = []
    with tempfile.TemporaryDirectory() as scratch:
        for look in LOOKS if folder else LOOKS[:1]:
            theme.apply(app, look)
            for name, shown, jobs in _scenes(build, Path(scratch), look):
                opened.append(name)
                _settle(jobs)
                if folder is not None and not shown.grab().save(str(folder / f"{name}-{look}.png")):
                    raise UserError(f"A picture could not be written to {folder}. Is the disk full?")
    return list(dict.fromkeys(opened))


def _scenes(
    build: Callable[[State], tuple[Window, Session]], scratch: Path, look: str
) -> Iterator[tuple[str, QWidget, JobRunner]]:
    """(name, what to look at, the work that it waits for)."""
    from creator_crm.services.sample import make_sample
    from creator_crm.services.workspace import Workspace
    from creator_crm.ui.self_test_workbook import scenes as workbook_scenes

    window, session = build(State(None))
    window.resize(*SIZE)
    window.show()
    try:
        session.start(None)
        yield "start", window, window.jobs
        sample = scratch / "Sample brand.creatorcrm"
        if not sample.exists():
            make_sample(sample)
        empty = scratch / f"Empty {look}.creatorcrm"
        Workspace.create(empty).close()
        for path, suffix in ((sample, ""), (empty, "-empty")):
            session.open(path)
            for page in window.entries:
                window.show_page(page)
                yield f"{page}{suffix}", window, window.jobs
                for name, shown in _details(window, page, suffix):
                    yield name, shown, window.jobs
        for name, dialog in workbook_scenes(window, session, sample, look, _settle):
            yield name, dialog, window.jobs
    finally:
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _details(window: Window, page: str, suffix: str) -> Iterator[tuple[str, QWidget]]:
    """What a page offers beyond its first sight: it lists that itself as (name, show it).

    A dialog that is opened is looked at instead of the window, and closed before what comes next.
    """
    shown = window.page(page)
    for name, show in getattr(shown, "scenes", list)():
        show()
        yield f"{page}-{name}{suffix}", next(iter(_dialogs(window)), window)
        for dialog in _dialogs(window):
            dialog.reject()


def _dialogs(window: Window) -> list[QDialog]:
    return [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]


def _without_chatter(_kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
    # The platform without a screen says this for every window it is asked to show.
    if "propagateSizeHints" not in text:
        sys.stderr.write(f"{text}\n")


def _settle(jobs: JobRunner) -> None:
    """Let everything that was begun come to the screen, and all that it leads to."""
    loop = QEventLoop()
    until = monotonic() + LONGEST_JOB
    QTimer.singleShot(LONGEST_JOB * 1000, loop, loop.wakeUp)
    while monotonic() < until:
        if loop.processEvents(Process.AllEvents):
            continue
        if not jobs.running and not _something_is_due():
            return
        loop.processEvents(Process.WaitForMoreEvents)


def _something_is_due() -> bool:
    """Whether something in a window waits its moment: after the first paint, after a change."""
    timers = (timer for window in _windows() for timer in window.findChildren(QTimer))
    return any(timer.isActive() and timer.isSingleShot() and timer.interval() <= SOON_MS for timer in timers)


def _windows() -> list[QWidget]:
    return [window for window in QApplication.topLevelWidgets() if window.isVisible()]
