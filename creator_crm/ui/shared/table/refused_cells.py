"""Why a paste was not taken: each refused cell by name, and that nothing was written."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QScrollArea, QVBoxLayout, QWidget

from creator_crm.ui.shared import text, theme
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.table.cell_work import RefusedCell
from creator_crm.ui.shared.text import isolate, tr

MOST_LISTED = 100


class RefusedCells(QDialog):
    """A list to read and to correct by; closes itself away."""

    def __init__(self, refused: Sequence[RefusedCell], total: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Nothing was pasted"))
        self.resize(520, 380)
        said = text.counted(len(refused), "cell", "cells")
        head = tr(
            "{cells} of {total} cannot be taken, so nothing was written. Correct them where you copied them "
            "from, and paste again."
        ).format(cells=said, total=text.number(total))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.L, theme.L, theme.L, theme.L)
        column.setSpacing(theme.M)
        column.addWidget(plain_label(head, wrap=True, parent=self))
        column.addWidget(self._list(refused), 1)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        box.rejected.connect(self.reject)
        column.addWidget(box)

    def _list(self, refused: Sequence[RefusedCell]) -> QScrollArea:
        body = QWidget()
        lines = QVBoxLayout(body)
        lines.setSpacing(theme.M)
        for cell in refused[:MOST_LISTED]:
            lines.addWidget(plain_label(f"{isolate(cell.row)} · {cell.field}", wrap=True))
            lines.addWidget(plain_label(cell.reason, "error", wrap=True))
        if len(refused) > MOST_LISTED:
            more = text.number(len(refused) - MOST_LISTED)
            lines.addWidget(plain_label(tr("and {more} more").format(more=more), "muted"))
        lines.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(tr("Cells that were refused"))
        scroll.setWidget(body)
        return scroll
