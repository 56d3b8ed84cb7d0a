"""What a brand sets for itself: its tiers of followers, and how soon nobody should get the same again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLineEdit, QPushButton, QWidget

from creator_crm.domain.errors import UserError
from creator_crm.domain.tiers import TIERS, Tier
from creator_crm.domain.values.numbers import parse_count
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.form.number_box import NumberBox
from creator_crm.ui.shared.form.question import column_of, ending, fit_height, lines
from creator_crm.ui.shared.text import number, tr

MOST = 8  # tiers that can be told apart
LONGEST = 3650  # days
WIDTH = 460


class TiersDialog(QDialog):
    """Asks for the name of each tier, and from how many followers on it holds."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Tiers of followers"))
        self._context = context
        self.rows: list[tuple[QLineEdit, QLineEdit]] = []
        grid = QGridLayout()
        grid.setSpacing(theme.S)
        grid.addWidget(plain_label(tr("Name"), "muted"), 0, 0)
        grid.addWidget(plain_label(tr("From so many followers on"), "muted"), 0, 1)
        for row in range(1, MOST + 1):
            name, least = QLineEdit(self), QLineEdit(self)
            name.setAccessibleName(tr("Name of tier {n}").format(n=number(row)))
            least.setAccessibleName(tr("Followers from which tier {n} holds").format(n=number(row)))
            grid.addWidget(name, row, 0)
            grid.addWidget(least, row, 1)
            self.rows.append((name, least))
        self.error = plain_label("", "error", wrap=True, parent=self)
        self.error.hide()
        self.usual_button = buttons.button(tr("As they were at first"), "", "quiet", self)
        self.usual_button.clicked.connect(lambda: self.show_tiers(TIERS))
        self.save_button = buttons.button(tr("Save"), "check", "primary", self)
        self.save_button.clicked.connect(self.save)
        column = column_of(self)
        told = tr(
            "The funnel can be shown by tier. Sources draw the lines differently, so they are yours to draw."
        )
        column.addWidget(plain_label(told, "muted", wrap=True))
        column.addLayout(grid)
        column.addWidget(self.usual_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.error)
        column.addLayout(ending(self, self.save_button))
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        self.save_button.setDefault(True)
        self.setFixedWidth(WIDTH)
        self.show_tiers(context.workspace.tiers())

    def show_tiers(self, tiers: Sequence[Tier]) -> None:
        """Show these tiers; the lines below stay empty for more."""
        self.error.hide()
        fit_height(self, WIDTH)
        shown = [(tier.name, number(tier.least)) for tier in tiers[:MOST]]
        for (name, least), told in zip(self.rows, [*shown, *[("", "")] * MOST], strict=False):
            name.setText(told[0])
            least.setText(told[1])

    def save(self) -> None:
        """Remember the tiers and close, or say in place what is not clear."""
        try:
            self._context.tell_done(self._context.workspace.set_tiers(self._typed()))
        except (UserError, ValueRefused) as refusal:
            self.error.setText(str(refusal))
            self.error.show()
            fit_height(self, WIDTH)
            return
        self.accept()

    def _typed(self) -> list[Tier]:
        found = []
        for name, least in self.rows:
            told, followers = name.text().strip(), least.text().strip()
            if told or followers:
                found.append(Tier(told, parse_count(followers) if followers else 0))
        return found


class SameProductDialog(QDialog):
    """Asks within how many days it is told that a creator had the same product."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("The same product again"))
        self._context = context
        label = tr("Say who had it within")
        self.days = NumberBox(0, LONGEST, self)
        self.days.setAccessibleName(label)
        self.days.setSuffix(tr(" days"))
        self.days.setSpecialValueText(tr("Never say it"))
        self.days.setValue(context.workspace.same_product_days())
        self.save_button = buttons.button(tr("Save"), "check", "primary", self)
        self.save_button.clicked.connect(self.save)
        told = tr("Before parcels are made, you see who got one of these products not long ago.")
        column = column_of(self)
        column.addWidget(plain_label(told, "muted", wrap=True))
        column.addLayout(lines((label, self.days)))
        column.addLayout(ending(self, self.save_button))
        self.setMinimumWidth(420)

    def save(self) -> None:
        """Remember the days."""
        self._context.tell_done(self._context.workspace.set_same_product_days(self.days.value()))
        self.accept()
