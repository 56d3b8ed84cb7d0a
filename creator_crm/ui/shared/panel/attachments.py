"""The files kept about a record: add, open a read-only copy, save as, take away."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from creator_crm.compat import override
from creator_crm.domain.errors import UserError
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.dialogs import choose_file, choose_new_file, plain_label
from creator_crm.ui.shared.icons import icon
from creator_crm.ui.shared.table.formatting import moment, size
from creator_crm.ui.shared.table.source import AttachmentLine, Attachments
from creator_crm.ui.shared.text import isolate, tr

_ROLE = Qt.ItemDataRole.UserRole
# What a click could run. These are only ever saved, by the user's own hand.
PROGRAMS = frozenset(
    {
        *(".exe", ".bat", ".cmd", ".com", ".msi", ".scr", ".ps1", ".vbs", ".js", ".jse", ".wsf", ".hta"),
        *(".lnk", ".reg", ".jar", ".app", ".command", ".sh", ".py", ".desktop", ".url"),
    }
)


class AttachmentsTab(QWidget):
    """A list of files; dropping files on it adds them."""

    failed = Signal(str)

    def __init__(self, source: Attachments, record: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source, self._record, self._id = source, record, 0
        self._folder: Path | None = None
        self._elsewhere: Mapping[int, str] = {}  # sentences, by the number of the attachment
        self.setAcceptDrops(True)
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr("Attachments"))
        self.list.setSpacing(theme.XS)
        self.nothing = plain_label(tr("No files yet. Add one, or drop it here."), "muted", True, self)
        self.where = plain_label("", "muted", True, self)
        self.add_button = buttons.button(tr("Add a file"), "paperclip", "", self)
        self.open_button = buttons.icon_button(tr("Open a copy"), "external-link", self)
        self.save_button = buttons.icon_button(tr("Save as…"), "download", self)
        self.remove_button = buttons.icon_button(tr("Move to the trash"), "trash-2", self)
        row = QHBoxLayout()
        row.addWidget(self.add_button)
        row.addStretch(1)
        for button in (self.open_button, self.save_button, self.remove_button):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        column.addLayout(row)
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        column.addWidget(self.where)
        column.addStretch(0)
        self.add_button.clicked.connect(self._choose)
        self.open_button.clicked.connect(self.open_current)
        self.save_button.clicked.connect(self._save)
        self.remove_button.clicked.connect(self.remove_current)
        self.list.itemActivated.connect(lambda _item: self.open_current())
        self.list.currentRowChanged.connect(self._update)
        theme.on_change(self._recolour)

    def show_row(self, id: int) -> None:
        """Show the files of a row, 0 for none."""
        self._id = id
        self.list.clear()
        lines = self._source.attachments(self._record, id) if id else ()
        self._elsewhere = self._source.files_elsewhere([line.id for line in lines])
        for line in lines:
            words = f"{isolate(line.file_name)}\n{size(line.size)} · {moment(line.added_at)}"
            if line.id in self._elsewhere:
                words = f"{words} · {tr('in another copy')}"
            item = QListWidgetItem(icon("file-text", "muted"), words, self.list)
            item.setData(_ROLE, line)
        self.nothing.setVisible(self.list.count() == 0)
        self.list.setVisible(self.list.count() > 0)
        self._update()

    def _recolour(self) -> None:
        for row in range(self.list.count()):
            self.list.item(row).setIcon(icon("file-text", "muted"))

    @property
    def current(self) -> AttachmentLine | None:
        item = self.list.currentItem()
        line: AttachmentLine | None = item.data(_ROLE) if item is not None else None
        return line

    def add(self, file: Path) -> None:
        """Keep a copy of a file in the workspace."""
        self._try(lambda: self._source.attach(self._record, self._id, file))

    def remove_current(self) -> None:
        if (line := self.current) is not None:
            number = line.id
            self._try(lambda: self._source.trash("attachment", [number]))

    def open_current(self) -> None:
        """Write a read-only copy and let the system open it; nothing that could run is opened."""
        if (line := self.current) is None or line.id in self._elsewhere:
            return
        if Path(line.file_name).suffix.casefold() in PROGRAMS:
            self.failed.emit(
                tr("{name} is a program, so it is not opened from here. Save it if you trust it.").format(
                    name=isolate(line.file_name)
                )
            )
            return
        copy: list[Path] = []
        self._try(lambda: copy.append(self._copied(line)), again=False)
        if copy and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy[0]))):
            self.failed.emit(tr("There is no program to open this file with. Save it, and open it yourself."))

    def discard_copies(self) -> None:
        """Delete the read-only copies that were opened."""
        if self._folder is not None:
            for file in self._folder.rglob("*"):
                file.chmod(stat.S_IRUSR | stat.S_IWUSR | (stat.S_IXUSR if file.is_dir() else 0))
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _copied(self, line: AttachmentLine) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="creator-crm-"))
        folder = self._folder / str(line.id)
        folder.mkdir(exist_ok=True)
        file = folder / safe_name(line.file_name)
        if not file.exists():
            file.write_bytes(self._source.attachment_bytes(line.id))
            file.chmod(stat.S_IRUSR)
        return file

    def _choose(self) -> None:
        if file := choose_file(self, tr("Add a file"), tr("All files (*)")):
            self.add(file)

    def _save(self) -> None:
        if (line := self.current) is None:
            return
        proposal = Path.home() / safe_name(line.file_name)
        if target := choose_new_file(self, tr("Save the file as"), proposal, tr("All files (*)")):
            self._try(lambda: self._written(target, self._source.attachment_bytes(line.id)), again=False)

    def _written(self, target: Path, data: bytes) -> None:
        beside = target.with_name(f".{target.name}.new")
        beside.write_bytes(data)
        os.replace(beside, target)  # noqa: PTH105 (replaces on Windows too)

    def _try(self, work: Callable[[], object], again: bool = True) -> None:
        try:
            work()
        except UserError as refusal:
            self.failed.emit(str(refusal))
        except OSError as refusal:
            reason = refusal.strerror or str(refusal)
            self.failed.emit(tr("The file could not be read or written: {reason}.").format(reason=reason))
        if again:
            self.show_row(self._id)

    def _update(self, *_: object) -> None:
        line = self.current
        where = self._elsewhere.get(line.id, "") if line is not None else ""
        self.where.setText(where)
        self.where.setVisible(bool(where))
        for button in (self.open_button, self.save_button, self.remove_button):
            button.setEnabled(line is not None and not where)
        self.add_button.setEnabled(self._id != 0)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._id and event.mimeData().hasUrls():
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.add(Path(url.toLocalFile()))
        event.acceptProposedAction()


def safe_name(name: str) -> str:
    """A file name that is one on every system, whatever the sender called it."""
    clean = "".join("_" if c in '<>:"/\\|?*' or not c.isprintable() else c for c in name).strip(" .")
    return clean[-120:] or "file"
