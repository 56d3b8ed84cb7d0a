"""The questions the Creators page asks: who is new, and which campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from creator_crm.domain.query import Query
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.dialogs import plain_label, tell
from creator_crm.ui.shared.form.add import AddRecord
from creator_crm.ui.shared.text import counted, tr

if TYPE_CHECKING:
    from creator_crm.services.workspace import Workspace


def ask_new_creator(workspace: Workspace, parent: QWidget, campaign: int | None = None) -> int:
    """The number of the creator that was added, 0 when nobody was; they join `campaign` in the same step."""
    added: list[int] = []
    joins = {"collaboration": [{"campaign": campaign}]} if campaign else {}
    dialog = AddRecord(workspace, "creator", parent, part="account", with_parts=joins)
    dialog.added.connect(added.append)
    dialog.exec()
    return added[-1] if added else 0


def ask_campaign(workspace: Workspace, creators: int, parent: QWidget) -> int:
    """Which campaign the selected creators join; 0 for none. A campaign is added first when there is none."""
    ids = workspace.ids(Query("campaign", sort=("name",)))
    if not ids:
        tell(parent, tr("No campaign yet"), tr("Add a campaign first: Tools, Campaigns."))
        return 0
    titles = workspace.titles("campaign", ids)
    dialog = QDialog(parent)
    dialog.setWindowTitle(tr("Add to campaign"))
    picker = QComboBox(dialog)
    picker.setAccessibleName(tr("Campaign"))
    for number in ids:
        picker.addItem(titles[number], number)
    buttons = QDialogButtonBox(
        QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, parent=dialog
    )
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    column = QVBoxLayout(dialog)
    column.setSpacing(theme.M)
    column.addWidget(plain_label(counted(creators, "creator joins", "creators join")))
    column.addWidget(picker)
    column.addWidget(buttons)
    return int(picker.currentData()) if dialog.exec() == QDialog.DialogCode.Accepted else 0
