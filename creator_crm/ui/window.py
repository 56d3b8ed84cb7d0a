"""The main window: a frame around the pages. It knows no page and no record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QMainWindow,
    QStackedWidget,
    QWidget,
)

from creator_crm.compat import override
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.actions import Actions
from creator_crm.ui.shared.header import Header
from creator_crm.ui.shared.jobs import JobRunner
from creator_crm.ui.shared.pages import Page, PageEntry
from creator_crm.ui.shared.rail import Rail
from creator_crm.ui.shared.state import State, keep_splitter, remember_place, restore_place
from creator_crm.ui.shared.status import StatusStrip
from creator_crm.ui.shared.text import tr
from creator_crm.ui.window_actions import frame_actions

# PySide builds a class with its enums when it is imported: milliseconds before the first paint.
if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QSplitter

    from creator_crm.domain.changes import Changes
    from creator_crm.ui.shared.notices import Notices
    from creator_crm.ui.shared.palette import Palette, Provider

NARROW_BELOW = 960  # the rail shows icons alone, so that the table keeps its room
FIRST_SIZE = (1280, 800)


class Window(QMainWindow):
    """Header, rail, pages, status strip. Pages are made when first shown and refreshed when in front."""

    campaign_chosen = Signal(object)  # id or None
    page_shown = Signal(str)
    files_dropped = Signal(object)  # list[str]
    closing = Signal()
    painted = Signal()

    def __init__(
        self, entries: Sequence[PageEntry], jobs: JobRunner, state: State, first_page: Callable[[], QWidget]
    ) -> None:
        """`first_page` makes what is shown while no workspace is open."""
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle(tr("Creator CRM"))
        self.setAcceptDrops(True)
        self.entries = {entry.id: entry for entry in entries}
        self.jobs, self.state = jobs, state
        self._make_first_page = first_page
        self.providers: list[Provider] = []  # where the palette finds records
        self._pages: dict[str, Page] = {}
        self._stale: set[str] = set()
        self._page = ""
        self._workspace = False
        self.actions_ = Actions(self, waiting=True)
        self.actions_.declare(*frame_actions(entries))
        self._build()
        self._connect()
        restore_place(self, state, FIRST_SIZE)

    def _build(self) -> None:
        self.header = Header(self.actions_, self)
        self.rail = Rail(list(self.entries.values()), self)
        self.pages = QStackedWidget(self)
        self.pages.setObjectName("pages")
        self.status = StatusStrip(self.jobs, self)
        body = QWidget(self)
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(self.header, 0, 0, 1, 2)
        grid.addWidget(self.rail, 1, 0)
        grid.addWidget(self.pages, 1, 1)
        grid.addWidget(self.status, 2, 0, 1, 2)
        grid.setRowStretch(1, 1)
        grid.setColumnStretch(1, 1)
        self.setCentralWidget(body)
        for part in (self.header, self.rail, self.status):
            part.hide()  # until set_workspace() says what to show

    def _connect(self) -> None:
        self.rail.chosen.connect(self.show_page)
        self.header.campaign_chosen.connect(self._on_campaign)
        self.jobs.refused.connect(self._on_refused)
        self.jobs.ended.connect(self._on_job_ended)
        self.actions_.page_wanted.connect(self.show_page)
        handlers: dict[str, Callable[[], object]] = {
            "tools.search": lambda: self.palette_.open(),
            "help.keyboard": self._show_keyboard,
            "file.quit": self.close,
            "view.light": lambda: self._set_look("light"),
            "view.dark": lambda: self._set_look("dark"),
            "view.system": lambda: self._set_look("system"),
        }
        for entry in self.entries.values():
            handlers[f"view.{entry.id}"] = partial(self.show_page, entry.id)
            for tab in entry.tabs:
                handlers[f"view.{entry.id}.{tab}"] = partial(self.show_tab, entry.id, tab)
        self.actions_.bind(handlers)

    def build_menus(self) -> None:
        """Make the menu bar, once everybody has declared actions; its menus are empty until `complete`."""
        self.actions_.fill(self.menuBar())

    def complete(self) -> None:
        """Give actions their shortcuts and fill the menus: nobody needs them in the first frame."""
        self.actions_.complete()
        self.rail.complete()
        self.header.show_keys()

    @cached_property
    def first_page(self) -> QWidget:
        page = self._make_first_page()
        self.pages.addWidget(page)
        return page

    @cached_property
    def notices(self) -> Notices:
        from creator_crm.ui.shared.notices import Notices

        return Notices(self.pages)

    @cached_property
    def palette_(self) -> Palette:
        from creator_crm.ui.shared.palette import Palette

        return Palette(self, self.actions_, self.providers)

    # --- what the application tells the window

    def announce(self, title: str) -> None:
        """Show the frame of a workspace that is about to be opened, its pages still empty."""
        self.header.set_workspace(title)
        self.rail.show_page(self._remembered_page)
        for part in (self.header, self.rail, self.status):
            part.show()

    def set_workspace(self, title: str | None) -> None:
        """Show the pages of the workspace called `title`; None shows the first page again."""
        self._workspace = title is not None
        self.setWindowTitle(f"{title} – {tr('Creator CRM')}" if title else tr("Creator CRM"))
        for part in (self.header, self.rail, self.status):
            part.setVisible(self._workspace)
        for page in self._pages.values():
            self.pages.removeWidget(page.widget)
            page.widget.deleteLater()
        self._pages.clear()
        self._stale.clear()
        self._page = ""
        if "notices" in self.__dict__:
            self.notices.clear()
        self.header.set_undo(None, None)
        if title is None:
            self.pages.setCurrentWidget(self.first_page)
            self.first_page.setFocus()
            self.actions_.set_place("", False)
            return
        self.header.set_workspace(title)
        self.show_page(self._remembered_page)

    @property
    def _remembered_page(self) -> str:
        remembered = self.state.text("page")
        return remembered if remembered in self.entries else next(iter(self.entries))

    def set_campaigns(self, campaigns: Sequence[tuple[str, str]], chosen: str | None) -> None:
        self.header.set_campaigns(campaigns, chosen)

    def set_undo(self, undo: str | None, redo: str | None) -> None:
        self.header.set_undo(undo, redo)

    def set_status(self, saved: str, counts: str = "") -> None:
        """ "Saved 12:04" and "120 creators"."""
        self.status.say(saved, counts)

    def refresh(self, changes: Changes | None) -> None:
        """Tell the page in front now, the others when they are shown again."""
        self._stale = set(self._pages) - {self._page}
        if self._page:
            self._pages[self._page].refresh(changes)

    def show_page(self, name: str) -> None:
        """Bring a page to the front, making it the first time."""
        if name not in self._pages:
            page = self._pages[name] = self.entries[name].make()
            self.pages.addWidget(page.widget)
            page.set_campaign(self.header.campaign)
            page.refresh(None)
        elif name in self._stale:
            self._pages[name].refresh(None)
        self._stale.discard(name)
        self._page = name
        self.rail.show_page(name)
        self.pages.setCurrentWidget(self._pages[name].widget)
        self._pages[name].widget.setFocus()
        if "notices" in self.__dict__:
            self.notices.bring_to_front()
        self.actions_.set_place(name, self._workspace)
        self.actions_.set_selected(len(self._pages[name].selection))
        self.state.remember("page", name)
        self.page_shown.emit(name)

    def show_tab(self, page: str, tab: str) -> None:
        """Bring one tab of a page to the front."""
        self.show_page(page)
        getattr(self._pages[page], "show_tab", str)(tab)

    def page(self, name: str) -> Page | None:
        """A page that was shown before."""
        return self._pages.get(name)

    @property
    def front_page(self) -> Page | None:
        return self._pages.get(self._page)

    def page_of(self, record: str) -> Page | None:
        """The page that shows this kind of record, brought to the front; None when no page does."""
        for entry in self.entries.values():
            if record in entry.records:
                self.show_page(entry.id)
                return self._pages[entry.id]
        return None

    # --- what the user does

    def _on_campaign(self, campaign: str | None) -> None:
        for page in self._pages.values():
            page.set_campaign(campaign)
        self.campaign_chosen.emit(campaign)

    def _on_job_ended(self, _job: object) -> None:
        """The first page has a status strip for as long as there is a job to tell of."""
        if not self._workspace and not self.jobs.running:
            self.status.hide()

    def _on_refused(self, sentence: str) -> None:
        self.notices.show(sentence, "error")

    def _set_look(self, mode: theme.Mode) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, mode)
        self.state.remember("look", mode)

    def _show_keyboard(self) -> None:
        from creator_crm.ui.shared.keyboard import KeyboardPage

        KeyboardPage(self, self.actions_).open()

    def keep_splitter(self, splitter: QSplitter) -> None:
        """Restore a page's splitter by its objectName, and remember it from now on."""
        keep_splitter(splitter, self.state)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.painted.emit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= NARROW_BELOW
        self.rail.set_wide(wide)
        self.header.set_wide(wide)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and all(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self.files_dropped.emit([url.toLocalFile() for url in event.mimeData().urls()])

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        remember_place(self, self.state)
        self.closing.emit()
        self.jobs.finish()
        self.state.save()
        event.accept()
