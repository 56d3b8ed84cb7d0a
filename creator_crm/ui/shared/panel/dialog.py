"""One record in full in a window of its own: for parts, whose list has no room for all of their fields."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from creator_crm.compat import override
from creator_crm.ui.shared.dialogs import tell
from creator_crm.ui.shared.form.sections import Section
from creator_crm.ui.shared.panel.panel import RecordPanel
from creator_crm.ui.shared.table.source import Source
from creator_crm.ui.shared.text import tr


class RecordDialog(QDialog):
    """All fields of one record, its history and its files; everything saves itself."""

    def __init__(
        self,
        source: Source,
        record: str,
        number: int,
        parent: QWidget,
        sections: Sequence[Section] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr(source.catalogue[record].label))
        self.resize(460, 600)
        self.panel = RecordPanel(source, record, self, sections=sections)
        self.panel.closed.connect(self.accept)
        self.panel.failed.connect(lambda sentence: tell(self, self.windowTitle(), sentence))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panel)
        self.panel.show_row(number)
        self.panel.form.focus_first()

    @override
    def done(self, result: int) -> None:
        self.panel.form.flush()
        super().done(result)
