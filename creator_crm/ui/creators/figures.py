"""A creator's figures over time: the dated snapshots of one account, as a line and as rows."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from creator_crm.domain.fields import Kind
from creator_crm.domain.normal import show
from creator_crm.ui.creators.trend import Trend
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.panel.parts import PartsList
from creator_crm.ui.shared.table.source import Source
from creator_crm.ui.shared.text import isolate, tr

FIGURES = ("followers", "average_views", "engagement")


class FiguresTab(QWidget):
    """Choose an account and a figure; see how it went, and edit the snapshots below."""

    failed = Signal(str)

    def __init__(self, source: Source, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._metrics = source.catalogue["account_metrics"]
        self.accounts = QComboBox(self)
        self.accounts.setAccessibleName(tr("Account"))
        self.figure = QComboBox(self)
        self.figure.setAccessibleName(tr("Figure"))
        for name in FIGURES:
            self.figure.addItem(tr(self._metrics.field(name).label), name)
        self.trend = Trend(self)
        self.rows = PartsList(
            source, "account_metrics", "account", self, names=("measured_on", *FIGURES, "average_likes")
        )
        inside = self.rows.layout()
        assert inside is not None
        inside.setContentsMargins(0, theme.S, 0, 0)  # under the line, as wide as it
        self.rows.failed.connect(self.failed)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        column.setSpacing(theme.S)
        chosen = QHBoxLayout()
        chosen.addWidget(self.accounts, 3)
        chosen.addWidget(self.figure, 2)
        column.addLayout(chosen)
        column.addWidget(self.trend, 1)
        column.addWidget(self.rows, 2)
        self.accounts.currentIndexChanged.connect(self._on_account)
        self.figure.currentIndexChanged.connect(self._draw)

    def show_row(self, id: int) -> None:
        """Show the accounts of creator `id`, the main one first."""
        accounts: list[Any] = list(self._source.parts("account", id)) if id else []
        accounts.sort(key=lambda a: (not a.is_primary, -(a.followers or 0), a.id))
        chosen = self.accounts.currentData()
        platform = self._source.catalogue["account"].field("platform")
        self.accounts.blockSignals(True)
        self.accounts.clear()
        for account in accounts:
            name = isolate(f"@{account.handle}") if account.handle else tr("no handle")
            self.accounts.addItem(f"{show(platform, account.platform)}  {name}", account.id)
        self.accounts.setCurrentIndex(max(self.accounts.findData(chosen), 0))
        self.accounts.blockSignals(False)
        self._on_account()

    def _on_account(self) -> None:
        self.rows.show_row(int(self.accounts.currentData() or 0))
        self._draw()

    def _draw(self) -> None:
        account = int(self.accounts.currentData() or 0)
        field = self._metrics.field(self.figure.currentData())
        snapshots: list[Any] = list(self._source.parts("account_metrics", account)) if account else []
        points = [(s.measured_on, getattr(s, field.name)) for s in snapshots]
        scale = 10_000 if field.kind is Kind.PERCENT else 1
        self.trend.show_points(
            tr(field.label),
            [(day, value / scale) for day, value in sorted(points) if day and value is not None],
            "%" if field.kind is Kind.PERCENT else "",
        )
