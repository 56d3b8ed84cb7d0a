"""What the window asks of a page, and how a page announces itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Protocol

from creator_crm.domain.frozen import immutable

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


@immutable
class PageEntry:
    """A page in the rail. `make` runs when the page is first shown; `records` are those it can show.

    tabs: the label of each of its tabs, by the id that `ViewsPage.show_tab` takes.
    """

    id: str
    title: str
    icon: str
    make: Callable[[], Page]
    records: tuple[str, ...] = ()
    tabs: Mapping[str, str] = field(default_factory=dict)
