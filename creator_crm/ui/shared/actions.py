"""Actions declared once as data; menus, shortcuts, toolbars and the palette are made from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from creator_crm.domain.frozen import immutable
from creator_crm.ui.shared import icons
from creator_crm.ui.shared.text import tr

if TYPE_CHECKING:  # its list of standard keys takes as long to make as half an empty window
    from PySide6.QtGui import QKeySequence

Handler = Callable[[], object]
MENUS = ("File", "Edit", "View", "Creators", "Outreach", "Seeding", "Briefs", "Results", "Tools", "Help")


class Key(Enum):
    """Shortcuts that every desktop has, each its own; the names are those of QKeySequence.StandardKey."""

    New = "New"
    Open = "Open"
    Close = "Close"
    Quit = "Quit"
    Save = "Save"
    Print = "Print"
    Undo = "Undo"
    Redo = "Redo"
    Copy = "Copy"
    Delete = "Delete"
    Find = "Find"
    Refresh = "Refresh"
    Preferences = "Preferences"


class Need(Enum):
    """What must be there before an action makes sense; otherwise it is shown disabled."""

    NOTHING = 0
    WORKSPACE = 1
    SELECTION = 2


@immutable
class Action:
    """One thing the user can do. `id` is "page.verb"; `label` is translated when shown.

    An action with a `page` has its shortcut only while that page is in front; chosen from elsewhere, it goes
    there first.
    """

    id: str
    label: str
    help: str
    icon: str = ""
    shortcut: Key | str | None = None
    menu: str = ""  # "File" or "File/Export"; empty: in no menu
    group: int = 0  # a line separates one group from the next in a menu
    needs: Need = Need.WORKSPACE
    page: str = ""
    in_palette: bool = True
    in_toolbar: bool = False
    in_context_menu: bool = False
    checkable: bool = False
    role: QAction.MenuRole = QAction.MenuRole.NoRole  # where macOS expects it

    def keys(self) -> list[QKeySequence]:
        from PySide6.QtGui import QKeySequence

        if self.shortcut is None:
            return []
        if isinstance(self.shortcut, str):
            return [QKeySequence(self.shortcut)]
        return QKeySequence.keyBindings(QKeySequence.StandardKey[self.shortcut.value])


class Actions(QObject):
    """All declared actions and their QActions, enabled by where the user is and what they have selected.

    With `waiting`, an action is made when it is asked for and has no shortcut yet; `complete` makes up for
    it, once the window is on the screen.
    """

    page_wanted = Signal(
        str
    )  # an action of a page not yet opened was triggered: open it, it binds its handlers

    def __init__(self, window: QWidget, *, waiting: bool = False) -> None:
        super().__init__(window)
        self._window, self._waiting = window, waiting
        self._menus: dict[str, QMenu] = {}
        self._declared: dict[str, Action] = {}
        self._qt: dict[str, QAction] = {}
        self._by_key: dict[str, list[Action]] = {}
        self._handlers: dict[str, Handler] = {}
        self._allowed: dict[str, bool] = {}
        self._page, self._workspace, self._selected = "", False, 0

    def declare(self, *actions: Action) -> None:
        """Add actions; raises ValueError for an id or a shortcut that is taken already."""
        for action in actions:
            if action.id in self._declared:
                raise ValueError(f"The action {action.id} is declared twice.")
            if not self._waiting:
                self._refuse_clash(action)
            self._declared[action.id] = action
            if not self._waiting:
                self._give_keys(action)

    def complete(self) -> None:
        """Make all that was put off: actions, shortcuts, what is in the menus."""
        if self._waiting:
            self._waiting = False
            for action in self:
                self._refuse_clash(action)
                self._give_keys(action)
            self._fill_menus()

    def bind(self, handlers: Mapping[str, Handler]) -> None:
        """Say what each action does; raises KeyError for one that was never declared."""
        for name, handler in handlers.items():
            self._handlers[self._declared[name].id] = handler

    def __getitem__(self, name: str) -> QAction:
        if name not in self._qt:
            self._qt[name] = self._made(self._declared[name])
            self._update(self._declared[name])
        return self._qt[name]

    def knows(self, name: str) -> bool:
        """Whether an action of this id was declared."""
        return name in self._declared

    def sign(self, name: str) -> str:
        """The icon of an action, by name."""
        return self._declared[name].icon

    def keys(self, name: str) -> str:
        """The shortcut of an action as this desktop writes it; empty when it has none, or not yet."""
        if self._waiting:
            return ""
        from PySide6.QtGui import QKeySequence

        return self[name].shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    def __iter__(self) -> Iterator[Action]:
        return iter(self._declared.values())

    def set_place(self, page: str, workspace: bool) -> None:
        """Tell where the user is: shortcuts and enabled states follow. Selections do not survive the move."""
        self._page, self._workspace, self._selected = page, workspace, 0
        self._update_all()

    def set_selected(self, count: int) -> None:
        """Tell how many records are selected on the page in front."""
        if count != self._selected:
            self._selected = count
            self._update_all()

    def allow(self, name: str, allowed: bool) -> None:
        """Disable an action for a reason of its own (nothing to undo), or lift that again."""
        self._allowed[name] = allowed
        self._update(self._declared[name])

    def allows(self, name: str) -> bool:
        """Whether nothing of that kind stands in the way of an action."""
        return self._allowed.get(name, True)

    def trigger(self, name: str) -> None:
        """Run an action as if it was chosen, if it makes sense now."""
        self[name].trigger()

    def fill(self, bar: QMenuBar) -> None:
        """Build the menu bar from every action declared so far; a menu with nothing in it is left out."""
        bar.clear()
        used = {action.menu.split("/")[0] for action in self}
        self._menus = {name: bar.addMenu(f"&{tr(name)}") for name in MENUS if name in used}
        if not self._waiting:
            self._fill_menus()

    def _fill_menus(self) -> None:
        for name, menu in self._menus.items():
            menu.setToolTipsVisible(False)
            self._fill_menu(menu, [action for action in self if action.menu.split("/")[0] == name])

    def toolbar(self, page: str) -> list[QAction]:
        """The actions that a page shows as buttons."""
        shown = [self[action.id] for action in self if action.in_toolbar and action.page == page]
        icons.keep(shown)
        return shown

    def context_menu(self, page: str, parent: QWidget) -> QMenu:
        """A menu for the selection of `page`. The caller pops it up; it deletes itself when it closes."""
        from PySide6.QtCore import Qt

        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fill_menu(menu, [a for a in self if a.in_context_menu and a.page in (page, "")], flat=True)
        return menu

    def _fill_menu(self, menu: QMenu, actions: Iterable[Action], flat: bool = False) -> None:
        submenus: dict[str, QMenu] = {}
        group: int | None = None
        for action in sorted(actions, key=lambda a: a.group):
            if group is not None and action.group != group:
                menu.addSeparator()
            group = action.group
            _, _, below = action.menu.partition("/")
            target = menu
            if below and not flat:
                target = submenus.get(below) or menu.addMenu(tr(below))
                submenus[below] = target
            target.addAction(self[action.id])
        for each in (menu, *submenus.values()):
            each.aboutToShow.connect(partial(_draw_icons, each))

    def _made(self, action: Action) -> QAction:
        made = QAction(tr(action.label), self._window)
        made.setObjectName(action.id)
        if action.icon:
            icons.promise(made, action.icon)
        made.setStatusTip("")
        made.setMenuRole(action.role)
        made.setCheckable(action.checkable)
        made.setToolTip(tr(action.label).removesuffix("…"))
        made.triggered.connect(partial(self._run, action.id))
        self._window.addAction(made)
        return made

    def _give_keys(self, action: Action) -> None:
        made = self[action.id]
        if action.shortcut is not None:
            made.setShortcuts(action.keys())
            plain = tr(action.label).removesuffix("…")
            made.setToolTip(f"{plain} ({keys})" if (keys := self.keys(action.id)) else plain)
            self._update(action)

    def _run(self, name: str, _checked: bool = False) -> None:
        page = self._declared[name].page
        if page and page != self._page:
            self.page_wanted.emit(page)
        if name in self._handlers:
            self._handlers[name]()

    def _update_all(self) -> None:
        for action in self:
            self._update(action)

    def _update(self, action: Action) -> None:
        here = action.page in ("", self._page)
        sense = {
            Need.NOTHING: True,
            Need.WORKSPACE: self._workspace,
            Need.SELECTION: self._workspace and here and self._selected > 0,
        }[action.needs]
        made = self._qt.get(action.id)
        if made is None:
            return
        made.setEnabled(sense and self._allowed.get(action.id, True))
        if action.page and action.shortcut is not None and not self._waiting:
            made.setShortcuts(action.keys() if here else [])

    def _refuse_clash(self, action: Action) -> None:
        keys = [sequence.toString() for sequence in action.keys()]  # noqa: SIM118 (no dictionary)
        for key in keys:
            for other in self._by_key.get(key, ()):
                if not action.page or not other.page or action.page == other.page:
                    raise ValueError(f"{action.id} has the shortcut of {other.id}.")
        for key in keys:
            self._by_key.setdefault(key, []).append(action)


def _draw_icons(menu: QMenu) -> None:
    """Only what somebody looks at is drawn: forty pictures would hold up the first frame."""
    icons.keep(menu.actions())
