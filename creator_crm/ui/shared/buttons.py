"""Buttons in the look's five kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from creator_crm.ui.shared import icons
from creator_crm.ui.shared.icons import Ink

if TYPE_CHECKING:
    from creator_crm.ui.shared.actions import Actions

Kind = Literal["", "primary", "quiet", "danger", "recent"]
GAP = "\u2002"  # style sheets know no distance between an icon and its text
INKS: dict[Kind, Ink] = {
    "primary": "accent_text",
    "quiet": "accent_ink",
    "danger": "danger",
    "recent": "muted",
}


def button(label: str, sign: str = "", kind: Kind = "", parent: QWidget | None = None) -> QPushButton:
    """A push button; a page has at most one "primary"."""
    made = QPushButton(f"{GAP}{label}" if sign else label, parent)
    made.setAccessibleName(label)
    made.setAutoDefault(True)  # Enter presses what has the focus, outside dialogs too
    made.setProperty("kind", kind or "plain")
    if sign:
        icons.put(made, sign, INKS.get(kind, "text"))
        made.setIconSize(QSize(icons.SIZE, icons.SIZE))
    return made


def action_button(actions: Actions, name: str, kind: Kind = "", parent: QWidget | None = None) -> QPushButton:
    """A push button that runs a declared action and is called like it."""
    action = actions[name]
    made = button(action.text().removesuffix("…"), actions.sign(name), kind, parent)
    made.clicked.connect(action.trigger)
    return made


def icon_button(label: str, sign: str, parent: QWidget | None = None, size: int = icons.SIZE) -> QToolButton:
    """A flat button that shows only an icon; `label` is its tooltip and its name for a screen reader."""
    made = QToolButton(parent)
    icons.put(made, sign, "muted", size)
    made.setIconSize(QSize(size, size))
    made.setToolTip(label)
    made.setAccessibleName(label)
    return made
