"""The last chance: an error of ours is logged, shown once, and offered as a report without anybody's data."""

from __future__ import annotations

import faulthandler
import sys
import threading
from pathlib import Path
from types import FrameType, TracebackType
from typing import IO

from PySide6.QtCore import QObject, Signal, qVersion
from PySide6.QtWidgets import QWidget

import creator_crm

OURS = Path(creator_crm.__file__).resolve().parent
LOG_BYTES, LOG_FILES = 500_000, 3


class CrashHook(QObject):
    """Catches what nobody caught, on any thread, and shows each kind of it once, on the main thread."""

    _caught = Signal(str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        """`folder` takes the log and the file that Python writes to when the process itself dies."""
        super().__init__(parent)
        self.folder = folder
        self._seen: set[str] = set()
        self._faults: IO[str] | None = None
        self._before = (sys.excepthook, threading.excepthook)
        self._caught.connect(self._show)
        self.window: QWidget | None = None

    def install(self) -> None:
        sys.excepthook = self.caught
        threading.excepthook = self._caught_on_thread
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._faults = (self.folder / "faults.txt").open("a", encoding="utf-8")
            faulthandler.enable(self._faults)
        except OSError:
            self._faults = None  # a full or read-only disk must not keep the window from opening

    def remove(self) -> None:
        """Put the hooks back as they were."""
        sys.excepthook, threading.excepthook = self._before
        if self._faults is not None:
            faulthandler.disable()
            self._faults.close()
            self._faults = None

    def caught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None = None
    ) -> None:
        """One error: logged and shown the first time, not again (one paint can raise it 14 times)."""
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, error, trace)
            return
        text = report(kind, error, trace)
        if text not in self._seen:
            self._seen.add(text)
            self._write(text)
            self._caught.emit(text)

    def _caught_on_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
            self.caught(args.exc_type, args.exc_value, args.exc_traceback)

    def _write(self, text: str) -> None:
        from datetime import UTC, datetime
        from logging import LogRecord
        from logging.handlers import RotatingFileHandler

        try:
            log = RotatingFileHandler(
                self.folder / "creator-crm.log", maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8"
            )
            stamp = datetime.now(UTC).isoformat(timespec="seconds")
            log.emit(LogRecord("crash", 40, "", 0, f"{stamp} {text}", None, None))
            log.close()
        except OSError:
            return  # the dialog still shows it

    def _show(self, text: str) -> None:
        from creator_crm.ui.shared.crash_dialog import CrashDialog

        CrashDialog(text, self.window).open()


def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    """Versions, the kind of error and where it happened; no message and no values, they may be personal."""
    import platform

    versions = f"Creator CRM {creator_crm.__version__}, Python {platform.python_version()}, Qt {qVersion()}"
    lines = [f"{versions}, {platform.system()} {platform.release()}"]
    link: BaseException | None = error
    while link is not None:
        where = link.__traceback__ or (trace if link is error else None)
        lines.append(f"{type(link).__module__}.{type(link).__qualname__}")
        lines += _places(where)
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return "\n".join(lines)


def _places(trace: TracebackType | None) -> list[str]:
    places = []
    while trace is not None:
        places.append(_place(trace.tb_frame, trace.tb_lineno))
        trace = trace.tb_next
    return places


def _place(frame: FrameType, line: int) -> str:
    path = Path(frame.f_code.co_filename)
    known = path.resolve().relative_to(OURS).as_posix() if path.resolve().is_relative_to(OURS) else path.name
    return f"  {known}:{line} {frame.f_code.co_name}"


def log_folder() -> Path:
    """Where this user's logs lie."""
    from platformdirs import user_state_path

    return user_state_path("creator-crm", appauthor=False)
