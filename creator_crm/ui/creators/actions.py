"""What can be done on the Creators page, declared once."""

from __future__ import annotations

from functools import partial

from creator_crm.ui.shared.actions import Action, Key, Need

RECORDS = ("creator", "account", "account_metrics", "address", "collaboration")

_Page = partial(Action, menu="Creators", page="creators")
_Selected = partial(_Page, needs=Need.SELECTION, in_context_menu=True)

CREATORS = (
    _Page(
        "creators.add",
        "Add creator…",
        "Write a creator down with her handle",
        icon="user-plus",
        shortcut="Ctrl+Shift+N",
        in_toolbar=True,
    ),
    _Selected(
        "creators.edit", "Edit many…", "Set one field of all selected creators", icon="pencil", group=10
    ),
    _Selected(
        "creators.open_profile",
        "Open profile",
        "Open her profile in the browser",
        icon="external-link",
        group=10,
    ),
    _Selected(
        "creators.join",
        "Add to campaign…",
        "Take the selected creators into a campaign",
        icon="megaphone",
        group=10,
    ),
    _Selected(
        "creators.archive",
        "Archive",
        "Keep with all history, out of the daily lists",
        icon="archive",
        group=20,
    ),
    _Selected(
        "creators.trash",
        "Move to trash",
        "Take out of all lists; Undo or the trash bring it back",
        icon="trash-2",
        shortcut=Key.Delete,
        group=20,
    ),
    _Selected(
        "creators.restore",
        "Restore",
        "Take out of the trash or the archive",
        icon="archive-restore",
        group=20,
    ),
    _Page(
        "creators.export",
        "Export list…",
        "Send this list out to Excel or CSV, as it is filtered now",
        icon="file-spreadsheet",
        shortcut="Ctrl+E",
        group=30,
        in_toolbar=True,
    ),
    _Page(
        "creators.as_list", "As a list", "Rows and columns", icon="table-2", shortcut="Ctrl+Shift+L", group=40
    ),
    _Page(
        "creators.as_board",
        "As a board",
        "One column for each stage; drag a card to move her on",
        icon="kanban",
        shortcut="Ctrl+Shift+B",
        group=40,
    ),
)
