"""All steps that were ever taken in the workspace, newest first; any of them can be undone from here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from creator_crm.ui.shared import theme
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.text import moment, tr

if TYPE_CHECKING:
    from creator_crm.services.workspace import Workspace

MOST = 500
_NUMBER = Qt.ItemDataRole.UserRole


class HistoryDialog(QDialog):
    """A list of change sets with one button: undo the chosen one."""

    def __init__(self, workspace: Workspace, undo: Callable[[int], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("All changes"))
        self.resize(760, 520)
        self._undo = undo
        self.list = QTreeWidget(self)
        self.list.setAccessibleName(tr("Changes"))
        self.list.setHeaderLabels([tr("When"), tr("Who"), tr("What"), ""])
        self.list.setRootIsDecorated(False)
        self.list.setAlternatingRowColors(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.header().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.list.header().setStretchLastSection(False)
        for step in workspace.change_sets(MOST):
            item = QTreeWidgetItem(
                [moment(step.at), step.who, step.label, tr("undone") if step.undone else ""]
            )
            can = not step.undone and step.origin not in ("undo", "redo")
            item.setData(0, _NUMBER, step.id if can else 0)
            item.setDisabled(not can)
            self.list.addTopLevelItem(item)
        for column in (0, 1, 3):
            self.list.resizeColumnToContents(column)
        self.button = QPushButton(tr("Undo this step"), self)
        self.button.setEnabled(False)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.addButton(self.button, QDialogButtonBox.ButtonRole.ActionRole)
        column_of = QVBoxLayout(self)
        column_of.setSpacing(theme.M)
        hint = tr("Every step can be taken back, unless a later one builds on it.")
        column_of.addWidget(plain_label(hint, "muted", wrap=True))
        column_of.addWidget(self.list, 1)
        column_of.addWidget(buttons)
        self.list.currentItemChanged.connect(self._on_current)
        self.button.clicked.connect(self._on_undo)
        buttons.rejected.connect(self.reject)

    def _on_current(self, item: QTreeWidgetItem | None) -> None:
        self.button.setEnabled(bool(item and item.data(0, _NUMBER)))

    def _on_undo(self) -> None:
        item = self.list.currentItem()
        if item and item.data(0, _NUMBER):
            self._undo(int(item.data(0, _NUMBER)))
            self.accept()
