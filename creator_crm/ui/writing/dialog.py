"""The message writer in a window of its own, for pages that have no room for it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from creator_crm.domain.values.refused import ValueRefused
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.form.references import ReferenceEditor
from creator_crm.ui.shared.text import tr
from creator_crm.ui.writing.writer import MessageWriter


class WriteDialog(QDialog):
    """Writes to one creator, or notes her reply; asks who it is if nobody said. Closes once logged."""

    def __init__(self, context: Context, parent: QWidget, creator: int = 0, **how: Any) -> None:
        """`how` as in `MessageWriter.write_to`."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Log a reply") if how.get("replied") else tr("Write to a creator"))
        self.resize(580, 700)
        self._how = how
        self.who = ReferenceEditor(
            context.workspace.catalogue["message"].field("creator"), context.workspace, self
        )
        self.writer = MessageWriter(context, self)
        self.writer.hide()
        self._asked = QWidget(self)
        self._nobody = plain_label(tr("Type a part of her name or handle."), "muted", parent=self)
        self._nobody.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout(self._asked)
        row.setContentsMargins(theme.L, theme.L, theme.L, 0)
        label = plain_label(tr("Creator"), "muted")
        label.setBuddy(self.who)
        row.addWidget(label)
        row.addWidget(self.who, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._asked)
        column.addWidget(self._nobody, 1)
        column.addWidget(self.writer, 1)
        self.who.edited.connect(self._on_typed)
        self.writer.logged.connect(self.accept)
        self.writer.record_button.clicked.connect(self.reject)
        if creator:
            self._asked.hide()
            self._show(creator)
            self.writer.begin()
        else:
            self.who.setFocus()

    def _on_typed(self) -> None:
        try:
            found = self.who.read()
        except ValueRefused:
            return  # a name half typed
        if isinstance(found, int) and found != self.writer.creator:
            self._show(found)

    def _show(self, creator: int) -> None:
        self._nobody.hide()
        self.writer.show()
        self.writer.write_to(creator, **self._how)
