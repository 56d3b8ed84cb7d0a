"""The header: whose workspace this is, which campaign, search, undo and redo."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from creator_crm.ui.shared import icons, rail, theme
from creator_crm.ui.shared.actions import Actions
from creator_crm.ui.shared.buttons import GAP
from creator_crm.ui.shared.dialogs import plain_label, tip
from creator_crm.ui.shared.text import tr


class Header(QFrame):
    """The bar above the pages. `campaign_chosen` gives an id, or None for all campaigns."""

    campaign_chosen = Signal(object)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self._actions = actions
        self._steps: tuple[str | None, str | None] = (None, None)
        self._build()
        self.campaigns.activated.connect(self._on_campaign)
        self.search.clicked.connect(actions["tools.search"].trigger)

    def _build(self) -> None:
        self.monogram = plain_label()
        self.monogram.setObjectName("monogram")
        self.monogram.setFixedSize(30, 30)
        self.name = plain_label()
        self.name.setFont(theme.scaled(self.font(), 0.5, theme.SEMIBOLD))
        self.brand = QWidget(self)
        brand = QHBoxLayout(self.brand)
        brand.setContentsMargins(0, 0, 0, 0)
        brand.setSpacing(theme.S + 2)
        brand.addWidget(self.monogram)
        brand.addWidget(self.name, 1)
        self.campaigns = QComboBox(self)
        self.campaigns.setAccessibleName(tr("Campaign"))
        self.campaigns.setToolTip(tr("Show one campaign, or all of them"))
        self.campaigns.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.campaigns.setMaximumWidth(260)
        self.search = self._search_button()
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        row.setSpacing(theme.S)
        row.addWidget(self.brand)
        row.addWidget(self.campaigns)
        row.addStretch(1)
        row.addWidget(self.search, 4)
        row.addStretch(1)
        icons.keep(self._actions[name] for name in ("edit.undo", "edit.redo"))
        for name in ("edit.undo", "edit.redo"):
            button = QToolButton(self)
            button.setDefaultAction(self._actions[name])
            button.setIconSize(QSize(icons.SIZE, icons.SIZE))
            button.setAccessibleName(tr(self._actions[name].text()))
            row.addWidget(button)
        self.set_campaigns([], None)

    def _search_button(self) -> QPushButton:
        search = QPushButton(GAP + tr("Search or run a command"), self)
        icons.put(search, "search", "muted")
        search.setIconSize(QSize(icons.SIZE, icons.SIZE))
        search.setObjectName("search")
        search.setAccessibleName(tr("Search everything"))
        search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        search.setMinimumWidth(200)
        search.setMaximumWidth(440)
        return search

    def show_keys(self) -> None:
        """Say how search is reached, now that actions have their shortcuts."""
        from PySide6.QtCore import Qt

        self.set_undo(*self._steps)
        if self.search.layout() is not None:
            return
        hint = plain_label(self._actions.keys("tools.search"), parent=self.search)
        hint.setObjectName("keys")
        hint.setFont(theme.scaled(self.font(), -1))
        hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = QHBoxLayout(self.search)
        inside.setContentsMargins(theme.XS + 2, 2, theme.XS + 2, 2)  # at whichever side it stands
        inside.addStretch()
        inside.addWidget(hint, 0, Qt.AlignmentFlag.AlignVCenter)

    def set_workspace(self, title: str) -> None:
        room = rail.WIDE - theme.L - self.monogram.width() - theme.M
        self.name.setText(_shortened(title, self.name, room))
        self.brand.setToolTip(tip(title))
        self.monogram.setText(title[:1].upper())

    def set_campaigns(self, campaigns: Sequence[tuple[str, str]], chosen: str | None) -> None:
        """Fill the picker with (id, name) pairs, without announcing a choice."""
        self.campaigns.clear()
        self.campaigns.addItem(tr("All campaigns"), None)
        for key, name in campaigns:
            self.campaigns.addItem(name, key)
        self.campaigns.setCurrentIndex(max(self.campaigns.findData(chosen), 0))

    @property
    def campaign(self) -> str | None:
        chosen = self.campaigns.currentData()
        return chosen if isinstance(chosen, str) else None

    def set_wide(self, wide: bool) -> None:
        """Line the brand up with the rail, or show its letter alone."""
        self.name.setVisible(wide)
        self.brand.setFixedWidth(rail.WIDE - theme.L if wide else self.monogram.width())

    def set_undo(self, undo: str | None, redo: str | None) -> None:
        """The labels of the changes that undo and redo would touch; None when there is none."""
        self._steps = undo, redo
        for name, verb, label in (("edit.undo", tr("Undo"), undo), ("edit.redo", tr("Redo"), redo)):
            action = self._actions[name]
            self._actions.allow(name, bool(label))
            text = f"{verb}: {label}" if label else verb
            action.setText(text.replace("&", "&&"))
            action.setToolTip(tip(f"{text} ({keys})" if (keys := self._actions.keys(name)) else text))

    def _on_campaign(self, _index: int) -> None:
        self.campaign_chosen.emit(self.campaign)


def _shortened(text: str, label: QLabel, room: int) -> str:
    """As much of `text` as has room; Qt would have to be asked with an enum that costs the first frame."""
    wide = label.fontMetrics().horizontalAdvance
    if wide(text) <= room:
        return text
    while text and wide(f"{text}…") > room:
        text = text[:-1].rstrip()
    return f"{text}…"
