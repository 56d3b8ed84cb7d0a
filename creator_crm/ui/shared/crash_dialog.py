"""The window that shows a crash report. Apart from the hook, so that start-up does not pay for it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from creator_crm.ui.shared import dialogs, theme
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.text import tr


class CrashDialog(QDialog):
    """Says what is safe, and lets the report be read, copied and saved. Nothing is sent."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Something went wrong"))
        self.resize(600, 420)
        self.report = QPlainTextEdit(text, self)
        self.report.setReadOnly(True)
        self.report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.report.setAccessibleName(tr("Report"))
        heading = plain_label(tr("That was a fault in Creator CRM, not yours"))
        heading.setFont(theme.scaled(self.font(), 3, theme.SEMIBOLD))
        advice = plain_label(
            tr(
                "What you saved before is safe. The last step may not have been carried out: please check "
                "it. This report names places in the program and holds none of your data; nothing is sent."
            ),
            "muted",
            wrap=True,
        )
        buttons = QDialogButtonBox(self)
        self.copy = QPushButton(tr("Copy report"), self)
        self.save = QPushButton(tr("Save report…"), self)
        self.done_button = QPushButton(tr("Continue"), self)
        self.done_button.setDefault(True)
        buttons.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.save, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.done_button, QDialogButtonBox.ButtonRole.AcceptRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.L)
        column.setSpacing(theme.M)
        for part in (heading, advice, self.report, buttons):
            column.addWidget(part)
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self._save)
        buttons.accepted.connect(self.accept)
        self.done_button.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())

    def _save(self) -> None:
        path = dialogs.choose_new_file(
            self, tr("Save report"), Path.home() / "creator-crm-report.txt", "*.txt"
        )
        if path is None:
            return
        try:
            path.write_text(self.report.toPlainText(), encoding="utf-8")
        except OSError:
            dialogs.tell(
                self,
                tr("The report could not be saved there"),
                tr("Nothing is lost: choose another folder, or copy the report instead."),
            )
