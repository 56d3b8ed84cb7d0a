"""What can be done with any list of records, declared once; it is done to the list in front."""

from __future__ import annotations

from functools import partial

from creator_crm.ui.shared.actions import Action, Key, Need

_List = partial(Action, menu="Edit", group=40)
_Selected = partial(_List, needs=Need.SELECTION, in_context_menu=True)

LIST = (
    _List("list.add", "Add…", "Add a record to the list in front", icon="plus", shortcut="Ctrl+Shift+N"),
    _Selected("list.edit", "Edit many…", "Set one field of everything selected", icon="pencil"),
    _Selected("list.archive", "Archive", "Keep with all history, out of the daily lists", icon="archive"),
    _Selected(
        "list.trash",
        "Move to trash",
        "Take out of all lists; Undo or the trash bring it back",
        icon="trash-2",
        shortcut=Key.Delete,
    ),
    _Selected("list.restore", "Restore", "Take out of the trash or the archive", icon="archive-restore"),
    Action(
        "list.export",
        "Export list…",
        "Send the list in front out to Excel or CSV, as it is filtered now",
        icon="file-spreadsheet",
        shortcut="Ctrl+E",
        menu="File",
        group=20,
    ),
    Action("list.as_list", "As a list", "Rows and columns", "table-2", "Ctrl+Shift+L", "View", 20),
    Action("list.as_board", "As a board", "One column for each status", "kanban", "Ctrl+Shift+B", "View", 20),
)
SELECTED = ("list.edit", "list.archive", "list.trash", "list.restore")
VERBS = ("add", "edit", "archive", "trash", "restore", "export", "as_list", "as_board")
