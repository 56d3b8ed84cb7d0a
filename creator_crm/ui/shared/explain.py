"""One figure explained: its formula, what went into it, the rows behind it, and who defines it so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.figure_text import figure_text, interval_text, value_text
from creator_crm.ui.shared.text import tr

if TYPE_CHECKING:
    from creator_crm.domain.metrics.metric import Metric

WIDTH = 520


class Explained(QDialog):
    """How a figure came about. `rows_wanted` gives the record whose rows somebody wants to see."""

    rows_wanted = Signal(str)

    def __init__(
        self,
        metric: Metric,
        about: str,
        behind: tuple[str, QWidget],
        see: Mapping[str, str],
        parent: QWidget | None = None,
        width: int = WIDTH,
    ) -> None:
        """about: whose figure it is, or of when. behind: a heading, and what tells of the rows behind it.

        see: the records whose rows can be seen, each with the words on its button.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr(metric.label))
        self.setFixedWidth(width)
        shown = value_text(metric.value, metric.unit) if metric.is_sure else figure_text(metric)
        value = plain_label(shown, parent=self)
        value.setFont(theme.tabular(theme.scaled(value.font(), 12, theme.SEMIBOLD)))
        self.see_buttons = [self._see(record, label) for record, label in see.items()]
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.XL, theme.L, theme.XL, theme.L)
        column.setSpacing(theme.S)
        column.addWidget(plain_label(f"{tr(metric.label)} · {about}", "muted", wrap=True))
        column.addWidget(value)
        if not metric.is_defined:
            why = tr("There is no value: {why}.").format(why=tr(metric.why_undefined))
            column.addWidget(plain_label(why, wrap=True))
        elif between := interval_text(metric):
            column.addWidget(plain_label(between, wrap=True))
        for heading, part in (
            (tr("How it is worked out"), plain_label(f"= {tr(metric.formula)}", wrap=True)),
            (tr("What went into it"), self._inputs(metric)),
            behind,
        ):
            column.addSpacing(theme.XS)
            column.addWidget(plain_label(heading, "section"))
            column.addWidget(part)
        column.addSpacing(theme.XS)
        column.addWidget(plain_label(tr("After: {source}").format(source=metric.source), "muted", wrap=True))
        column.addLayout(self._end())

    def _inputs(self, metric: Metric) -> QWidget:
        table = QFrame(self)
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(theme.XS)
        grid.setColumnStretch(0, 1)
        for row, one in enumerate(metric.inputs):
            words = value_text(one.value, one.unit) if one.value is not None else tr("not known")
            amount = plain_label(words)
            amount.setFont(theme.tabular(amount.font()))
            grid.addWidget(plain_label(_capital(tr(one.name)), wrap=True), row, 0)
            grid.addWidget(amount, row, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        return table

    def _see(self, record: str, label: str) -> QWidget:
        made = buttons.button(label, "", "quiet", self)
        made.setAutoDefault(False)
        made.clicked.connect(lambda: self._show_rows(record))
        return made

    def _show_rows(self, record: str) -> None:
        self.accept()
        self.rows_wanted.emit(record)

    def _end(self) -> QHBoxLayout:
        close = buttons.button(tr("Close"), parent=self)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        end = QHBoxLayout()
        end.setContentsMargins(0, theme.S, 0, 0)
        for see in self.see_buttons:
            end.addWidget(see)
        end.addStretch(1)
        end.addWidget(close)
        return end


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
