"""Finding one creator by typing: the best matches stand below, Enter takes the first."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from creator_crm.compat import override
from creator_crm.domain.query import Query
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.line_list import Line, LineList
from creator_crm.ui.shared.line_sign import LineSign
from creator_crm.ui.shared.table.formatting import display
from creator_crm.ui.shared.table.source import Source
from creator_crm.ui.shared.text import tr

MOST = 30
TOLD = ("handle", "platform", "country", "email")


class WhoPicker(QWidget):
    """A line to type a part of a name, handle or address in, and who that may be."""

    chosen = Signal(int)

    def __init__(self, source: Source, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._found: list[int] = []
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(tr("Type a part of the name, handle or e-mail"))
        self.line.setAccessibleName(tr("Find a creator"))
        LineSign(self.line, "search", QLineEdit.ActionPosition.LeadingPosition)
        self.list = LineList(tr("Creators found"), self)
        self.nobody = plain_label("", "muted", wrap=True, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        column.setSpacing(theme.S)
        column.addWidget(self.line)
        column.addWidget(self.nobody)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self.search)
        self.line.returnPressed.connect(self._take)
        self.list.opened.connect(lambda _: self._take())
        self.list.clicked.connect(lambda _: self._take())
        self.search("")

    def search(self, typed: str) -> None:
        """Show who matches what was typed."""
        query = Query("creator", search=typed.strip(), sort=("name",), limit=MOST)
        self._found = list(self._source.ids(query))
        names = self._source.titles("creator", self._found)
        fields = [self._source.catalogue["creator"].field(name) for name in TOLD]
        lines = []
        for row in self._source.rows("creator", self._found):
            told = [display(field, getattr(row, field.name)) for field in fields]
            lines.append(Line(row.uid, names.get(row.id, ""), " · ".join(text for text in told if text)))
        self.list.show_lines(lines)
        self.list.setVisible(bool(lines))
        nobody = (
            tr("Nobody is called that.")
            if typed.strip()
            else tr("There is nobody in the list of creators yet.")
        )
        self.nobody.setText("" if lines else nobody)
        self.nobody.setVisible(not lines)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down move in the list while the line keeps the keyboard."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()), 0)
        if step and self._found:
            self.list.choose(min(max(self.list.place + step, 0), len(self._found) - 1))
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        if 0 <= self.list.place < len(self._found):
            self.chosen.emit(self._found[self.list.place])


class WhoDialog(QDialog):
    """Asks for one creator; `chosen` gives the number."""

    chosen = Signal(int)

    def __init__(self, source: Source, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(460, 520)
        self.who = WhoPicker(source, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.who)
        self.who.chosen.connect(self._take)
        self.who.setFocus()

    def _take(self, creator: int) -> None:
        self.accept()
        self.chosen.emit(creator)
