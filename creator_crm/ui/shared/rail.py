"""The navigation rail: one button a page, names beside the icons while there is room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from creator_crm.ui.shared import icons, theme
from creator_crm.ui.shared.buttons import GAP
from creator_crm.ui.shared.pages import PageEntry
from creator_crm.ui.shared.text import tr

WIDE, NARROW = 196, 66
SIGN = 18
ICON_ONLY, TEXT_BESIDE_ICON = 0, 2  # of Qt.ToolButtonStyle: see dialogs.plain_label


class Rail(QFrame):
    """Emits the id of the page that was chosen; `show_page` only marks it."""

    chosen = Signal(str)

    def __init__(self, entries: Sequence[PageEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAccessibleName(tr("Pages"))
        self._buttons = {entry.id: self._button(entry) for entry in entries}
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        column.setSpacing(theme.XS)
        for button in self._buttons.values():
            self._group.addButton(button)
            column.addWidget(button)
        column.addStretch()
        self._group.buttonClicked.connect(self._on_clicked)
        self._wide = True
        self.setFixedWidth(WIDE)

    def _button(self, entry: PageEntry) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(entry.id)
        button.setText(GAP + tr(entry.title))
        button.setAccessibleName(tr(entry.title))
        icons.put(button, entry.icon, "muted", SIGN)
        button.setIconSize(QSize(SIGN, SIGN))
        button.setCheckable(True)
        button.setProperty("toolButtonStyle", TEXT_BESIDE_ICON)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return button

    def complete(self) -> None:
        """What is not in the first frame: the hand over a button."""
        from PySide6.QtCore import Qt

        for button in self._buttons.values():
            button.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_page(self, page: str) -> None:
        self._buttons[page].setChecked(True)

    def set_wide(self, wide: bool) -> None:
        """With names, or icons alone with the name as a tooltip."""
        if wide == self._wide:
            return
        self._wide = wide
        self.setFixedWidth(WIDE if wide else NARROW)
        for button in self._buttons.values():
            button.setProperty("toolButtonStyle", TEXT_BESIDE_ICON if wide else ICON_ONLY)
            button.setToolTip("" if wide else button.accessibleName())

    def _on_clicked(self, button: QToolButton) -> None:
        self.chosen.emit(button.objectName())
