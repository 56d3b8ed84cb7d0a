"""What the window asks of a page, and how a page announces itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

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
