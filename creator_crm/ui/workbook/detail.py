"""One line of a review in full: its versions side by side, what differs marked, and the two answers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from creator_crm.domain.frozen import immutable
from creator_crm.domain.merging import Side
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.buttons import button
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.labels import OneLine
from creator_crm.ui.shared.text import tr
from creator_crm.ui.workbook.differences import new_words

MOST = 3
LOWEST = 48  # two lines and a half: on a low screen the table gets the room


@immutable
class Version:
    """A text under its heading; `side` makes it an answer; what `compared` has not is marked.

    Of several texts to compare with, the first that is anything like it counts.
    """

    heading: str
    text: str
    side: Side | None = None
    chosen: bool = False
    compared: tuple[str, ...] = ()


class Detail(QWidget):
    """Up to three versions of the line under the cursor."""

    chosen = Signal(object)  # Side

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = OneLine("", self)
        self.name.setFont(theme.scaled(self.font(), 0.5, theme.SEMIBOLD))
        self.cards = [_Card(self) for _ in range(MOST)]
        beside = QHBoxLayout()
        beside.setSpacing(theme.M)
        for card in self.cards:
            beside.addWidget(card, 1)
            card.answer.clicked.connect(lambda _=False, card=card: self.chosen.emit(card.side))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.M, 0, 0)
        column.setSpacing(theme.S)
        column.addWidget(self.name)
        column.addLayout(beside, 1)

    def show_line(self, name: str, versions: Sequence[Version]) -> None:
        """Nothing when there is no line."""
        self.name.say(name)
        for place, card in enumerate(self.cards):
            card.setVisible(place < len(versions))
            if place < len(versions):
                card.show_version(versions[place])


class _Card(QFrame):
    """A heading, a text to scroll in and to copy from, and the button that chooses it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.side: Side | None = None
        self._version = Version("", "")
        self.heading: QLabel = plain_label("", "section", parent=self)
        self.text = QPlainTextEdit(self)
        self.text.setObjectName("version")
        self.text.setAccessibleName(tr("One version"))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.answer: QPushButton = button(tr("Choose this"), parent=self)
        self.answer.setAutoDefault(False)
        self.text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text.setMinimumHeight(LOWEST)
        self.text.document().setDocumentMargin(0)
        self.heading.setMinimumHeight(self.answer.sizeHint().height())
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.answer)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.M, theme.S, theme.S, theme.S)
        column.setSpacing(theme.XS)
        column.addLayout(head)
        column.addWidget(self.text, 1)
        theme.on_change(self._mark)

    def show_version(self, version: Version) -> None:
        self._version, self.side = version, version.side
        self.heading.setText(version.heading)
        self.text.setAccessibleName(version.heading)
        if self.text.toPlainText() != version.text:
            self.text.setPlainText(version.text)
        self.text.setPlaceholderText(tr("empty"))
        self.answer.setVisible(version.side is not None)
        if version.side is not None:
            mine = version.side is Side.MINE
            words = (
                (tr("Kept") if mine else tr("Taken"))
                if version.chosen
                else (tr("Keep yours (M)") if mine else tr("Take theirs (T)"))
            )
            self.answer.setText(words)
            self.answer.setAccessibleName(words)
            self.answer.setProperty("kind", "primary" if version.chosen else "plain")
            self.answer.style().polish(self.answer)
        self._mark()

    def _mark(self) -> None:
        """Mark the words that the other version does not have."""
        look = theme.tokens()
        marked = QTextCharFormat()
        marked.setBackground(theme.color(look.chips["amber"][0]))
        marked.setForeground(theme.color(look.chips["amber"][1]))
        selections = []
        for first, behind in new_words(self._version.text, *self._version.compared):
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.text.document())
            cursor.setPosition(first)
            cursor.setPosition(behind, QTextCursor.MoveMode.KeepAnchor)
            selection.cursor, selection.format = cursor, marked
            selections.append(selection)
        self.text.setExtraSelections(selections)
