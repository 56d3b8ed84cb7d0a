"""The few dialogs there are, in plain text: a question before what can't be undone, files, links."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtWidgets import QLabel, QWidget

from creator_crm.ui.shared.icons import Ink, pixmap
from creator_crm.ui.shared.text import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox

Role = Literal["", "muted", "error", "section"]
PLAIN_TEXT = 0  # Qt.TextFormat.PlainText


def plain_label(text: str = "", role: Role = "", wrap: bool = False, parent: QWidget | None = None) -> QLabel:
    """A label that shows `text` letter by letter: tags in it can neither load a file nor hang the window."""
    label = QLabel(parent)
    # By its number: the names in Qt's own namespace are 500 keys and 100 lists more, a tenth of a bare start.
    label.setProperty("textFormat", PLAIN_TEXT)
    label.setText(text)
    label.setWordWrap(wrap)
    if role:
        label.setProperty("role", role)
    return label


def tip(text: str) -> str:
    """`text` for a tooltip, letter by letter: Qt guesses whether one is rich, so this one is, escaped."""
    return f"<qt>{escaped(text)}</qt>"


def escaped(text: str) -> str:
    """`text` as rich text that reads the same; Python's html module would bring 2,000 names of characters."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def message_box(parent: QWidget | None, title: str, text: str, sign: str, ink: Ink) -> QMessageBox:
    """An empty message box in our look; the caller adds the buttons."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QMessageBox

    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(title)
    box.setText(title)
    box.setInformativeText(text)
    box.setIconPixmap(pixmap(sign, 32, ink, box.devicePixelRatioF()))
    return box


def confirm(parent: QWidget | None, title: str, text: str, button: str) -> bool:
    """Ask before something that can't be undone, and only then. Enter and Escape both mean no."""
    from PySide6.QtWidgets import QMessageBox

    box = message_box(parent, title, text, "triangle-alert", "warn")
    yes = box.addButton(button, QMessageBox.ButtonRole.AcceptRole)
    yes.setProperty("kind", "danger")
    no = box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(no)
    box.setEscapeButton(no)
    box.exec()
    return box.clickedButton() is yes


def tell(parent: QWidget | None, title: str, text: str) -> None:
    """Say something that must be read before going on; everything else is a notice."""
    from PySide6.QtWidgets import QMessageBox

    box = message_box(parent, title, text, "info", "accent_ink")
    box.addButton(tr("OK"), QMessageBox.ButtonRole.AcceptRole)
    box.exec()


def choose_file(parent: QWidget | None, title: str, filters: str, folder: Path | None = None) -> Path | None:
    """An existing file of the user's choice. `filters` as Qt writes them: "Lists (*.csv *.xlsx)"."""
    from PySide6.QtWidgets import QFileDialog

    name, _ = QFileDialog.getOpenFileName(parent, title, str(folder or Path.home()), filters)
    return Path(name) if name else None


def choose_new_file(parent: QWidget | None, title: str, proposal: Path, filters: str) -> Path | None:
    """Where to write a file; the dialog has asked already when one is there. The suffix is completed."""
    from PySide6.QtWidgets import QFileDialog

    name, _ = QFileDialog.getSaveFileName(parent, title, str(proposal), filters)
    if not name:
        return None
    path = Path(name)
    return path if path.suffix else path.with_suffix(proposal.suffix)


def open_link(address: str) -> bool:
    """Open a web page or a mail in the user's own program if the link is safe; False when it is not."""
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    from creator_crm.domain.values.links import safe_link

    return safe_link(address) and QDesktopServices.openUrl(QUrl(address, QUrl.ParsingMode.StrictMode))


def open_folder(folder: Path) -> bool:
    """Show a folder in the program that the desktop has for it; False when there is none."""
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
