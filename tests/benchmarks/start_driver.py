"""Starts a window in a process of its own and stops at a mark; bare Qt is the floor.

    python start_driver.py bare|paint|rows|whole [WORKSPACE]
    python start_driver.py rows:TAB WORKSPACE       with another tab of the page in front

Prints one JSON object: CPU seconds, memory in KiB, the heavy modules loaded, the costly classes that PySide
has built. The program is run as its own
command runs it, and watched from outside.
"""

from __future__ import annotations

import json
import os
import sys

HEAVY = ("sqlalchemy", "alembic", "openpyxl", "python_calamine", "matplotlib", "numpy", "jinja2", "babel")
OURS = ("domain.metrics", "domain.filters", "ui.shared.form.day_picker", "ui.shared.table.filter_popup")
# PySide makes a class when it is first touched: Qt is a thousand members of enums, QStyle nearly as many, and
# where QWizard is there, all classes of widgets are, because something was asked for a widget of Qt's own.
COSTLY = {"QtCore": ("Qt",), "QtGui": ("QTextCharFormat",), "QtWidgets": ("QStyle", "QWizard")}


def stop() -> None:
    """Say what it took, and be gone: leaving is no part of starting."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    told: dict[str, object] = {"cpu": used.ru_utime + used.ru_stime}
    with open("/proc/self/status") as status:  # noqa: PTH123
        for line in status:
            name, _, value = line.partition(":")
            if name in ("VmHWM", "VmRSS", "RssAnon", "RssFile"):
                told[name] = int(value.split()[0])
    loaded = (*HEAVY, *(f"creator_crm.{name}" for name in OURS))
    told["heavy"] = [name for name in loaded if name in sys.modules]
    told["built"] = [
        name
        for part, names in COSTLY.items()
        for name in names
        if name in vars(sys.modules[f"PySide6.{part}"])
    ]
    print(json.dumps(told), flush=True)
    os._exit(0)


def bare() -> None:
    """As small as a Qt program can be: an empty main window, painted once."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Window(QMainWindow):
        def paintEvent(self, event):  # type: ignore[no-untyped-def]
            super().paintEvent(event)
            QTimer.singleShot(0, stop)

    app = QApplication(["bare"])
    window = Window()
    window.resize(1280, 800)
    window.show()
    app.exec()


class AfterImport:
    """Calls `then(module)` once the program itself has imported the module `name`."""

    def __init__(self, name, then):  # type: ignore[no-untyped-def]
        self._name, self._then = name, then
        sys.meta_path.insert(0, self)

    def find_spec(self, name, path, target=None):  # type: ignore[no-untyped-def]
        if name != self._name:
            return None
        sys.meta_path.remove(self)
        from importlib.util import find_spec

        spec = find_spec(name)
        load = spec.loader.exec_module

        def exec_module(module):  # type: ignore[no-untyped-def]
            load(module)
            self._then(module)

        spec.loader.exec_module = exec_module
        return spec


def stop_at_first_frame(module) -> None:  # type: ignore[no-untyped-def]
    from PySide6.QtCore import QTimer

    before = module.Window.paintEvent

    def paint(self, event):  # type: ignore[no-untyped-def]
        QTimer.singleShot(0, stop)  # before what the window itself puts off until then
        before(self, event)

    module.Window.paintEvent = paint


def stop_at_rows(view, more_than: int) -> None:  # type: ignore[no-untyped-def]
    from PySide6.QtCore import QTimer

    before = view.paintEvent

    def paint(self, event):  # type: ignore[no-untyped-def]
        before(self, event)
        if self.model().rowCount() > more_than:
            QTimer.singleShot(0, stop)

    view.paintEvent = paint


def bring_to_front(module, name: str) -> None:  # type: ignore[no-untyped-def]
    before = module.ViewsPage.__init__

    def init(self, context, id, title, tabs, *rest, **named):  # type: ignore[no-untyped-def]
        tabs = sorted(tabs, key=lambda tab: tab.id != name)
        before(self, context, id, title, tabs, *rest, **named)

    module.ViewsPage.__init__ = init


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    mark = sys.argv.pop(1)
    if mark == "bare":
        bare()
    elif mark == "paint":
        AfterImport("creator_crm.ui.window", stop_at_first_frame)
    else:
        mark, _, tab = mark.partition(":")
        more_than = 200 if mark == "whole" else 0
        AfterImport("creator_crm.ui.shared.table.grid", lambda module: stop_at_rows(module.Grid, more_than))
        AfterImport(
            "creator_crm.ui.shared.line_list", lambda module: stop_at_rows(module.LineList, more_than)
        )
        if tab:
            AfterImport("creator_crm.ui.shared.views_page", lambda module: bring_to_front(module, tab))
    from creator_crm.__main__ import main

    main()
