"""A chart as a card on a page, saved and copied by a menu of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QWidget

from creator_crm.ui.shared import buttons
from creator_crm.ui.shared.canvas import ChartCanvas
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.text import tr

if TYPE_CHECKING:
    from creator_crm.reporting import ChartData

HIGH = 340


class ChartFrame(QFrame):
    """A card with one chart; its menu copies and saves the picture or the figures."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chart")
        self.canvas = ChartCanvas(context.jobs, context.tell, self)
        self.canvas.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.canvas.setFixedHeight(HIGH)
        self.menu_button = buttons.icon_button(tr("Save or copy this chart"), "ellipsis", self)
        self.menu_button.clicked.connect(self.open_menu)
        # One cell for both: the button lies on the free corner of the chart.
        inside = QGridLayout(self)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.canvas, 0, 0)
        inside.addWidget(self.menu_button, 0, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        self.menu_button.raise_()

    def show_data(self, data: ChartData) -> None:
        self.canvas.show_data(data)

    def open_menu(self) -> None:
        """Offer to copy or save the chart, below the button."""
        if self.canvas.data is not None:
            menu = self.canvas.made_menu()
            menu.popup(self.menu_button.mapToGlobal(QPoint(0, self.menu_button.height())))
