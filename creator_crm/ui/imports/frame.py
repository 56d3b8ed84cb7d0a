"""The frame of the wizard: the line of steps, one page at a time, and the buttons below."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from creator_crm.ui.imports.busy import BusyPane
from creator_crm.ui.imports.columns_step import ColumnsStep
from creator_crm.ui.imports.done_step import DoneStep
from creator_crm.ui.imports.file_step import FileStep
from creator_crm.ui.imports.refusal import Refusal
from creator_crm.ui.imports.rehearsal_step import RehearsalStep
from creator_crm.ui.imports.steps import StepLine
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.buttons import button
from creator_crm.ui.shared.text import tr

SIZE = (980, 680)


class WizardFrame(QDialog):
    """Pages and buttons; what they do is the wizard's."""

    def __init__(self, shapes: dict[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        titles = (tr("File"), tr("Columns"), tr("Rehearsal"), tr("Done"))
        self.line = StepLine(titles, self)
        self.file = FileStep(self)
        self.columns = ColumnsStep(shapes, self)
        self.rehearsed = RehearsalStep(self)
        self.done_step = DoneStep(self)
        self.refusal = Refusal(self)
        self.busy = BusyPane(self)
        self.pages = QStackedWidget(self)
        for page in (self.file, self.columns, self.rehearsed, self.done_step, self.refusal, self.busy):
            self.pages.addWidget(page)
        self.cancel = button(tr("Cancel"), parent=self)
        self.back = button(tr("Back"), parent=self)
        self.next = button(tr("Next"), "", "primary", self)
        self.cancel.setAutoDefault(False)
        self.back.setAutoDefault(False)
        self.next.setDefault(True)
        QShortcut(QKeySequence("Alt+Left"), self, self.back.click)
        QShortcut(QKeySequence("Alt+Right"), self, self.next.click)
        self._arrange()
        self.resize(*SIZE)

    def _arrange(self) -> None:
        body = QFrame(self)
        body.setObjectName("pages")
        inside = QVBoxLayout(body)
        inside.setContentsMargins(theme.XL, theme.L, theme.XL, theme.M)
        inside.addWidget(self.pages)
        top = QVBoxLayout()
        top.setContentsMargins(theme.XL, theme.L, theme.XL, theme.M)
        top.addWidget(self.line)
        end = QHBoxLayout()
        end.setContentsMargins(theme.XL, theme.M, theme.XL, theme.M)
        end.setSpacing(theme.S)
        end.addWidget(self.cancel)
        end.addStretch(1)
        end.addWidget(self.back)
        end.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(body, 1)
        column.addLayout(end)
