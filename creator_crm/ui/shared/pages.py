"""What the window asks of a page, and how a page announces itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from creator_crm.ui.shared import theme
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.icons import pixmap
from creator_crm.ui.shared.text import tr

if TYPE_CHECKING:
    from creator_crm.domain.changes import Changes


class Page(Protocol):
    """One tab of the window. Pages do not know each other, nor the window."""

    @property
    def widget(self) -> QWidget: ...

    @property
    def title(self) -> str: ...

    @property
    def selection(self) -> Sequence[str]:
        """The ids of the selected records."""
        ...

    def refresh(self, changes: Changes | None) -> None:
        """Something changed in the workspace; None means: read everything again."""
        ...

    def set_campaign(self, campaign: str | None) -> None:
        """Show only what belongs to this campaign; None means all of them."""
        ...

    def show_record(self, record: str, number: int) -> None:
        """Bring one record to the front; asked only for the records of its entry."""
        ...


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page in the rail. `make` runs when the page is first shown; `records` are those it can show."""

    id: str
    title: str
    icon: str
    make: Callable[[], Page]
    records: tuple[str, ...] = ()


class ComingPage:
    """The page of a tab that is not built yet: it says what it will be for, and nothing more."""

    selection: Sequence[str] = ()

    def __init__(self, title: str, icon: str, sentence: str) -> None:
        self.title = tr(title)
        self._icon = icon
        self._sentence = tr(sentence)
        self.widget: QWidget = self._build()
        theme.on_change(self._paint, self.widget)

    def _build(self) -> QWidget:
        body = QFrame()
        body.setObjectName("placeholder")
        self._picture = plain_label()
        self._picture.setFixedSize(72, 72)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setObjectName("emblem")
        heading = plain_label(self.title)
        heading.setFont(theme.scaled(heading.font(), 6, theme.SEMIBOLD))
        sentence = plain_label(self._sentence, "muted", wrap=True)
        sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        sentence.setFixedWidth(440)
        sentence.ensurePolished()
        sentence.setMinimumHeight(sentence.heightForWidth(440))  # a centred label does not wrap by itself
        column = QVBoxLayout(body)
        column.setSpacing(theme.M)
        column.addStretch(2)
        for part in (self._picture, heading, sentence):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._paint()
        return body

    def _paint(self) -> None:
        self._picture.setPixmap(pixmap(self._icon, 32, "accent_ink", self._picture.devicePixelRatioF()))

    def refresh(self, changes: Changes | None) -> None:
        """Nothing of the workspace is shown here."""

    def set_campaign(self, campaign: str | None) -> None:
        """Nothing here belongs to a campaign."""

    def show_record(self, record: str, number: int) -> None:
        """No record is shown here yet."""


def coming(id: str, title: str, icon: str, sentence: str) -> PageEntry:
    """The entry of a page that is not built yet."""
    return PageEntry(id, title, icon, lambda: ComingPage(title, icon, sentence))
