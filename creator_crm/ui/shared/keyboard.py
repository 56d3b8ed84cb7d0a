"""The keyboard page: every shortcut there is, made from the actions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from creator_crm.ui.shared import theme
from creator_crm.ui.shared.actions import Action, Actions
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.text import tr


class KeyboardPage(QDialog):
    """All shortcuts by menu, with a box to narrow them down."""

    def __init__(self, parent: QWidget, actions: Actions) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self.resize(560, 620)
        self._actions = [action for action in actions if action.keys()]
        self.box = QLineEdit(self)
        self.box.setPlaceholderText(tr("Which key does…"))
        self.box.setAccessibleName(tr("Narrow the shortcuts down"))
        self.box.setClearButtonEnabled(True)
        self.list = QScrollArea(self)
        self.list.setWidgetResizable(True)
        self.list.setAccessibleName(tr("Shortcuts"))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        column.setSpacing(theme.M)
        column.addWidget(self.box)
        column.addWidget(self.list)
        self.box.textChanged.connect(self._fill)
        self._fill("")

    def _fill(self, wanted: str) -> None:
        body = QWidget()
        grid = QGridLayout(body)
        grid.setVerticalSpacing(theme.S)
        grid.setColumnStretch(0, 1)
        row, group = 0, ""
        for action in sorted(self._actions, key=_group):
            if wanted.casefold() not in f"{tr(action.label)} {tr(action.help)}".casefold():
                continue
            if _group(action) != group:
                group = _group(action)
                heading = plain_label(tr(group), "section")
                heading.setContentsMargins(0, theme.M, 0, 0)
                grid.addWidget(heading, row, 0)
                row += 1
            keys = action.keys()[0].toString(QKeySequence.SequenceFormat.NativeText)
            grid.addWidget(plain_label(tr(action.label).removesuffix("…")), row, 0)
            grid.addWidget(plain_label(keys, "muted"), row, 1, Qt.AlignmentFlag.AlignRight)
            row += 1
        grid.setRowStretch(row, 1)
        self.list.setWidget(body)


def _group(action: Action) -> str:
    return action.page.capitalize() or action.menu.split("/")[0]
