"""What a dialog that asks is made of: lines with their labels, a record to choose, and how it ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.text import tr

if TYPE_CHECKING:
    from creator_crm.services.workspace import Workspace


Asked = Sequence[tuple[str, QWidget | QLayout, QWidget]]


def lines(*asked: tuple[str, QWidget | QLayout]) -> QFormLayout:
    """What is asked, one line below the other, each with its label."""
    form = QFormLayout()
    form.setSpacing(theme.S)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
    for label, part in asked:
        form.addRow(plain_label(label, "muted"), part)
    return form


def ending(dialog: QDialog, do: QPushButton, beside: QWidget | None = None) -> QHBoxLayout:
    """The last row of a dialog: what is to be said, Cancel, and the button that does it."""
    cancel = buttons.button(tr("Cancel"), parent=dialog)
    cancel.clicked.connect(dialog.reject)
    row = QHBoxLayout()
    if beside is None:
        row.addStretch(1)
    else:
        row.addWidget(beside, 1)
        row.addStretch(0)
    row.addWidget(cancel)
    row.addWidget(do)
    return row


def column_of(dialog: QDialog, spacing: int = theme.M) -> QVBoxLayout:
    """The column that fills a dialog, at the usual distance from its edges."""
    column = QVBoxLayout(dialog)
    column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
    column.setSpacing(spacing)
    return column


def fill(dialog: QDialog, rows: Asked, error: QWidget, do: QPushButton, width: int) -> None:
    """Fill a dialog that asks: a line for each (label, part, editor), what is wrong, and its end."""
    for label, _, editor in rows:
        editor.setAccessibleName(label)
    column = column_of(dialog)
    column.addLayout(lines(*((label, part) for label, part, _ in rows)))
    column.addWidget(error)
    column.addLayout(ending(dialog, do))
    dialog.setMinimumWidth(width)


def fit_height(dialog: QDialog, width: int) -> None:
    """Make a dialog as high as its sentences need at this width."""
    column = dialog.layout()
    if column is not None:
        column.activate()
        dialog.setFixedHeight(column.totalHeightForWidth(width))


def fill_with_records(box: QComboBox, workspace: Workspace, record: str, none: str, chosen: int) -> None:
    """Offer every record of a kind by name; `none`, which stands for 0, comes first."""
    from creator_crm.domain.query import Query

    ids = workspace.ids(Query(record, sort=("name",)))
    titles = workspace.titles(record, ids)
    box.addItem(none, 0)
    for number in ids:
        box.addItem(titles.get(number, ""), number)
    box.setCurrentIndex(max(box.findData(chosen), 0))
