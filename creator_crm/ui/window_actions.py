"""The actions of the frame itself: go to a page, search, undo, look, help."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QAction

from creator_crm.ui.shared.actions import Action, Key, Need
from creator_crm.ui.shared.pages import PageEntry

Role = QAction.MenuRole
FRAME = (
    Action(
        "file.quit",
        "Quit",
        "Close the window; everything is saved already",
        icon="log-out",
        shortcut=Key.Quit,
        menu="File",
        group=90,
        needs=Need.NOTHING,
        role=Role.QuitRole,
    ),
    Action(
        "edit.undo",
        "Undo",
        "Take the last change back, whatever it was",
        icon="undo-2",
        shortcut=Key.Undo,
        menu="Edit",
    ),
    Action(
        "edit.redo",
        "Redo",
        "Do again what was taken back",
        icon="redo-2",
        shortcut=Key.Redo,
        menu="Edit",
    ),
    Action(
        "tools.search",
        "Search everything…",
        "Find a creator, a handle, a code, or a command",
        icon="search",
        shortcut="Ctrl+K",
        menu="Edit",
        group=80,
        in_palette=False,
    ),
    Action(
        "view.light", "Light", "Light colours", icon="sun", menu="View/Look", group=50, needs=Need.NOTHING
    ),
    Action("view.dark", "Dark", "Dark colours", icon="moon", menu="View/Look", group=50, needs=Need.NOTHING),
    Action(
        "view.system",
        "Like the system",
        "Light or dark colours as the desktop has them",
        icon="monitor",
        menu="View/Look",
        group=50,
        needs=Need.NOTHING,
    ),
    Action(
        "help.keyboard",
        "Keyboard shortcuts",
        "Every shortcut there is",
        icon="keyboard",
        shortcut="Ctrl+?",
        menu="Help",
        needs=Need.NOTHING,
    ),
)


def frame_actions(entries: Sequence[PageEntry]) -> list[Action]:
    """The frame's actions, and one to go to each page: Ctrl+0 for the first (home), Ctrl+1… for the others.

    The search box leads to each tab of a page as well; to one called like its page, instead of the page.
    """
    pages = [
        Action(
            f"view.{entry.id}",
            entry.title,
            "Go to the page",
            icon=entry.icon,
            shortcut=f"Ctrl+{place}",
            menu="View",
            in_palette=entry.title not in entry.tabs.values(),
        )
        for place, entry in enumerate(entries)
    ]
    tabs = [
        Action(f"view.{entry.id}.{tab}", label, entry.title if label != entry.title else "", icon=entry.icon)
        for entry in entries
        for tab, label in entry.tabs.items()
    ]
    return [*pages, *FRAME, *tabs]
