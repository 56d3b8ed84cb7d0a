"""Logging a live post: paste its link, and the rest is found."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from creator_crm.domain.errors import UserError
from creator_crm.domain.values.links import read_link
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.ui.shared import buttons
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.form.dates import DateEditor
from creator_crm.ui.shared.form.question import column_of, ending, lines
from creator_crm.ui.shared.form.references import ReferenceEditor
from creator_crm.ui.shared.text import isolate, tr


class LogPostDialog(QDialog):
    """Asks for a link. Creator and day are only needed when the link does not tell them."""

    logged = Signal(int)  # the deliverable

    def __init__(
        self, context: Context, parent: QWidget, deliverable: int = 0, campaign: int | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Log a live post"))
        self._context, self._workspace = context, context.workspace
        self._deliverable, self._campaign = deliverable, campaign
        description = self._workspace.catalogue["deliverable"]
        self.url = QLineEdit(self)
        self.url.setAccessibleName(tr("Link of the post"))
        self.url.setPlaceholderText("https://www.tiktok.com/@handle/video/…")
        self.found = plain_label("", "muted", wrap=True, parent=self)
        self.creator = ReferenceEditor(description.field("creator"), self._workspace, self)
        self.on = DateEditor(description.field("live_on"), self)
        self.error = plain_label("", "error", wrap=True, parent=self)
        self.error.hide()
        self.log_button = buttons.button(tr("Log it"), "check", "primary", self)
        self.log_button.setDefault(True)
        self._build()
        self.url.textChanged.connect(self._look)
        self.log_button.clicked.connect(self.log)
        copied = QGuiApplication.clipboard().text().strip()
        if _is_post(copied):
            self.url.setText(copied)  # what was just copied is what is to be pasted
            self.url.selectAll()
        self._look()

    def log(self) -> None:
        """Log it and close, or say in place why not."""
        try:
            creator, on = self.creator.read(), self.on.read()
            done = self._workspace.log_post(
                self.url.text().strip(),
                deliverable=self._deliverable or None,
                creator=creator if isinstance(creator, int) else None,
                campaign=self._campaign,
                on=on if isinstance(on, str) else None,
            )
        except (UserError, ValueRefused) as refusal:
            self.error.setText(str(refusal))
            self.error.show()
            return
        self._context.tell_done(self._workspace.store.last_changes)
        self.logged.emit(done.deliverable)
        self.accept()

    # Inside --------------------------------------------------------------------------------------------

    def _look(self) -> None:
        typed = self.url.text().strip()
        self.error.hide()
        self.log_button.setEnabled(bool(typed))
        if not typed:
            self.found.setText(tr("Open the post, copy its link, paste it here."))
            return
        if not _is_post(typed):
            self.found.setText(tr("This does not look like the link of a post yet."))
            return
        link = read_link(typed)
        names = {choice.value: choice.label for choice in self._platforms()}
        told = [tr("A post on {platform}").format(platform=tr(names.get(link.platform, link.platform)))]
        told += [tr("by {handle}").format(handle=isolate(f"@{link.handle}"))] if link.handle else []
        self.found.setText(" ".join(told) + ".")

    def _platforms(self) -> Any:
        return self._workspace.catalogue["deliverable"].field("platform").choices

    def _build(self) -> None:
        form = lines((tr("Link"), self.url))
        form.addRow("", self.found)
        row: Any = self._workspace.row("deliverable", self._deliverable) if self._deliverable else None
        if row is not None:
            name = self._workspace.titles("creator", [row.creator]).get(row.creator, "")
            said = " · ".join(part for part in (name, row.name) if part)
            form.insertRow(0, plain_label(tr("For"), "muted"), plain_label(said, wrap=True))
            self.creator.hide()
        else:
            self.creator.setPlaceholderText(tr("Found by the handle in the link"))
            form.addRow(plain_label(tr("Creator"), "muted"), self.creator)
        self.on.setPlaceholderText(tr("Told by the link where it can, else today"))
        form.addRow(plain_label(tr("Live since"), "muted"), self.on)
        column = column_of(self)
        column.addLayout(form)
        column.addWidget(self.error)
        column.addLayout(ending(self, self.log_button))
        self.setMinimumWidth(520)


def _is_post(text: str) -> bool:
    return bool(text) and len(text) < 2000 and read_link(text).kind in ("video", "short")
