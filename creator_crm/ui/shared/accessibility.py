"""What a screen reader finds: every control that takes the keyboard must say its name."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

# Parts that Qt puts inside a control; the screen reader is told about the control itself.
INNER = ("qt_spinbox_lineedit", "qt_scrollarea_viewport", "qt_tabwidget_stackedwidget")


def unnamed_controls(root: QWidget) -> list[str]:
    """The class and object name of each focusable control under `root` that has no accessible name."""
    unnamed = []
    for widget in [root, *root.findChildren(QWidget)]:
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or widget.objectName() in INNER or _inner(widget):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is None or not interface.text(QAccessible.Text.Name).strip():
            unnamed.append(f"{type(widget).__name__} {widget.objectName() or '(no object name)'}")
    return unnamed


def _inner(widget: QWidget) -> bool:
    """The list a combo box pops up: reached through the box, which has the name."""
    parent = widget.parentWidget()
    return parent is not None and parent.metaObject().className() == "QComboBoxPrivateContainer"
