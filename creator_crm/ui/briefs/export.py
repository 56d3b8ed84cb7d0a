"""A brief goes out: as PDF, Markdown or text, or on the clipboard; plain, or with code and link."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from creator_crm.domain.errors import UserError
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import choose_new_file, plain_label
from creator_crm.ui.shared.text import tr

FILES = "PDF (*.pdf);;Markdown (*.md);;Text (*.txt)"
LOOK = (
    "h1 { font-size: 15pt; } h3 { font-size: 10pt; margin-top: 12px; margin-bottom: 2px; } p { margin: 0; }"
)
UNFIT = '<>:"/\\|?*'  # what some system does not allow in the name of a file


class ExportDialog(QDialog):
    """Shows how the brief reads, and writes it where it is wanted."""

    def __init__(self, context: Context, parent: QWidget, brief: int) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Export brief"))
        self._context, self._workspace, self._brief = context, context.workspace, brief
        self.whose = QComboBox(self)
        self.whose.setAccessibleName(tr("For whom"))
        self.preview = QTextBrowser(self)
        self.preview.setAccessibleName(tr("How it reads"))
        self.preview.setOpenLinks(False)
        self.preview.document().setDefaultStyleSheet(LOOK)
        self.preview.document().setDocumentMargin(theme.L)
        self.copy_button = buttons.button(tr("Copy"), "copy", "", self)
        self.markdown_button = buttons.button(tr("Markdown…"), "file-text", "", self)
        self.pdf_button = buttons.button(tr("PDF…"), "file-down", "primary", self)
        self.pdf_button.setDefault(True)
        self._build()
        self._offer()
        self.whose.currentIndexChanged.connect(self._show)
        self.copy_button.clicked.connect(self.copy)
        self.markdown_button.clicked.connect(lambda: self._save("md"))
        self.pdf_button.clicked.connect(lambda: self._save("pdf"))
        self._show()

    @property
    def creator(self) -> int | None:
        return self.whose.currentData() or None

    def copy(self) -> None:
        """Put the text on the clipboard."""
        text = self._workspace.brief_as("plain", self._brief, self.creator)
        QGuiApplication.clipboard().setText(text)
        self._context.tell(tr("The brief is on the clipboard."), "ok")

    def save_to(self, path: Path) -> bool:
        """Write the brief as the ending of `path` says; whether that could be done."""
        try:
            if path.suffix.lower() == ".pdf":
                from creator_crm.ui.shared.printing import pdf_of

                text = self._workspace.brief_text(self._brief, self.creator)
                self._workspace.write_document(pdf_of(text), path)
            else:
                self._workspace.write_brief(self._brief, path, self.creator)
        except UserError as refusal:
            self._context.tell(str(refusal), "error")
            return False
        self._context.tell(tr("Saved as {name}.").format(name=path.name), "ok")
        return True

    # Inside --------------------------------------------------------------------------------------------

    def _save(self, ending: str) -> None:
        name = self._workspace.titles("brief", [self._brief]).get(self._brief, tr("Brief"))
        whose = f" {self.whose.currentText()}" if self.creator else ""
        plain = "".join("-" if sign in UNFIT else sign for sign in f"{name}{whose}")
        forms = FILES.split(";;")
        wanted = sorted(forms, key=lambda form: f"*.{ending}" not in form)
        proposal = self._workspace.path.with_name(f"{plain}.{ending}")
        path = choose_new_file(self, tr("Export brief"), proposal, ";;".join(wanted))
        if path is not None and self.save_to(path):
            self.accept()

    def _show(self) -> None:
        try:
            self.preview.setHtml(self._workspace.brief_as("html", self._brief, self.creator))
        except UserError as refusal:
            self.preview.setPlainText(str(refusal))

    def _offer(self) -> None:
        """Everybody who works after this brief, and those of its campaign."""
        from creator_crm.domain.query import Query

        row: Any = self._workspace.row("brief", self._brief)
        creators = [holder.creator for holder in self._workspace.holders(self._brief)]
        if row is not None and row.campaign:
            ids = self._workspace.ids(Query("collaboration", campaign=row.campaign))
            parts: list[Any] = self._workspace.rows("collaboration", ids)
            creators += [part.creator for part in parts if part.status != "declined"]
        names = self._workspace.titles("creator", dict.fromkeys(creators))
        self.whose.addItem(tr("For nobody in particular"), 0)
        for number in sorted(names, key=lambda each: names[each].casefold()):
            self.whose.addItem(names[number], number)

    def _build(self) -> None:
        first = QHBoxLayout()
        first.addWidget(plain_label(tr("For"), "muted"))
        first.addWidget(self.whose, 1)
        close = buttons.button(tr("Close"), parent=self)
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        end = QHBoxLayout()
        end.setSpacing(theme.S)
        end.addWidget(close)
        end.addStretch(1)
        for made in (self.copy_button, self.markdown_button, self.pdf_button):
            end.addWidget(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        column.setSpacing(theme.M)
        column.addLayout(first)
        column.addWidget(self.preview, 1)
        column.addLayout(end)
        self.resize(620, 640)
