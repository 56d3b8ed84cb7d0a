"""The first page: what to do when no workspace is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from creator_crm.ui.shared import theme
from creator_crm.ui.shared.buttons import button
from creator_crm.ui.shared.dialogs import plain_label, tip
from creator_crm.ui.shared.icons import pixmap
from creator_crm.ui.shared.text import isolate, tr

PROMISE = "Find creators, write to them, send product, see what sold. All of it stays on this computer."
MOST_RECENT = 5
COLUMN = 620


@dataclass(frozen=True, slots=True)
class RecentFile:
    """A workspace opened before; `when` is already in words ("yesterday")."""

    path: Path
    when: str = ""


class FirstPage(QScrollArea):
    """Four ways in, one of them the obvious one. It only says what was chosen."""

    new_wanted = Signal()
    open_wanted = Signal()
    sample_wanted = Signal()
    import_wanted = Signal()
    recent_chosen = Signal(object)  # Path

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("first_page")
        self.setAccessibleName(tr("Start"))
        self.setWidgetResizable(True)
        self._signs: list[tuple[QLabel, str, int]] = []
        self._build()
        theme.on_change(self._paint_signs)

    def _build(self) -> None:
        body = QFrame()
        body.setObjectName("first_page_body")
        column = QWidget(body)
        column.setMaximumWidth(COLUMN)
        inside = QVBoxLayout(column)
        inside.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.XL)
        inside.setSpacing(theme.S)
        inside.addWidget(self._sign("sparkles", 26, 56))
        heading = plain_label(tr("Your creator program, in one file"))
        heading.setFont(theme.scaled(self.font(), 12, theme.SEMIBOLD))
        inside.addSpacing(theme.S)
        inside.addWidget(heading)
        inside.addWidget(plain_label(tr(PROMISE), "muted", wrap=True))
        inside.addSpacing(theme.L)
        inside.addLayout(self._main_buttons())
        inside.addSpacing(theme.L)
        inside.addLayout(self._cards())
        self.recent = QVBoxLayout()
        self.recent.setSpacing(2)
        inside.addLayout(self.recent)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(column, 100)
        row.addStretch(1)
        around = QVBoxLayout(body)
        around.addStretch(2)
        around.addLayout(row)
        around.addStretch(3)
        self.setWidget(body)
        self._paint_signs()

    def _main_buttons(self) -> QHBoxLayout:
        self.new_button = button(tr("New workspace"), "plus", "primary", self)
        self.new_button.clicked.connect(self.new_wanted)
        self.open_button = button(tr("Open…"), "folder-open", "", self)
        self.open_button.clicked.connect(self.open_wanted)
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        for each in (self.new_button, self.open_button):
            each.setMinimumHeight(38)
            row.addWidget(each)
        row.addStretch()
        return row

    def _cards(self) -> QGridLayout:
        self.import_card = self._card(
            "file-spreadsheet",
            tr("Import your list"),
            tr("Start from the spreadsheet you have. Any layout, any language."),
        )
        self.import_card.clicked.connect(self.import_wanted)
        self.sample_card = self._card(
            "flask-conical",
            tr("Explore the sample brand"),
            tr("A made-up brand with 120 creators, to try everything on."),
        )
        self.sample_card.clicked.connect(self.sample_wanted)
        grid = QGridLayout()
        grid.setSpacing(theme.M)
        grid.addWidget(self.import_card, 0, 0)
        grid.addWidget(self.sample_card, 0, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _card(self, sign: str, title: str, text: str) -> QPushButton:
        card = QPushButton(self)
        card.setAutoDefault(True)  # Enter presses it too
        card.setProperty("kind", "card")
        card.setAccessibleName(title)
        card.setAccessibleDescription(text)
        card.setMinimumHeight(132)
        card.setCursor(Qt.CursorShape.PointingHandCursor)
        heading = plain_label(title)
        heading.setFont(theme.scaled(self.font(), 0.5, theme.SEMIBOLD))
        inside = QVBoxLayout(card)
        inside.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        inside.setSpacing(theme.XS)
        inside.addWidget(self._sign(sign, 18, 36))
        inside.addSpacing(theme.XS)
        inside.addWidget(heading)
        inside.addWidget(plain_label(text, "muted", wrap=True), 1)
        for part in card.findChildren(QLabel):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return card

    def _sign(self, name: str, size: int, box: int) -> QLabel:
        sign = plain_label()
        sign.setObjectName("sign" if box < 50 else "emblem")
        sign.setFixedSize(box, box)
        sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._signs.append((sign, name, size))
        return sign

    def _paint_signs(self) -> None:
        for sign, name, size in self._signs:
            sign.setPixmap(pixmap(name, size, "accent_ink", self.devicePixelRatioF()))

    def set_recent(self, files: Sequence[RecentFile]) -> None:
        """Show the last workspaces, newest first; none hides the heading as well."""
        while (item := self.recent.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        if files:
            heading = plain_label(tr("Recent"), "section")
            heading.setContentsMargins(theme.S, theme.L, 0, theme.XS)
            self.recent.addWidget(heading)
        for file in files[:MOST_RECENT]:
            self.recent.addWidget(self._recent_button(file))

    def _recent_button(self, file: RecentFile) -> QPushButton:
        line = button(isolate(file.path.stem.replace("&", "&&")), "database", "recent", self)
        line.setAccessibleName(tr("Open {name}").format(name=isolate(file.path.stem)))
        line.setToolTip(tip(isolate(str(file.path))))
        where = plain_label("   ".join(filter(None, (_short(file.path.parent), file.when))), "muted")
        where.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = QHBoxLayout(line)
        inside.setContentsMargins(theme.S, 0, theme.S, 0)
        inside.addStretch()
        inside.addWidget(where)
        line.clicked.connect(lambda _checked=False, path=file.path: self.recent_chosen.emit(path))
        return line


def _short(folder: Path) -> str:
    """The folder from the user's home on, as people say it."""
    home = Path.home()
    return f"~/{folder.relative_to(home).as_posix()}" if folder.is_relative_to(home) else str(folder)
