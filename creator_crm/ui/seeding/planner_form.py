"""What the spike planner is asked, line by line; what is left empty is taken from the workspace."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from creator_crm.domain.fields import Field
from creator_crm.domain.planner import Asked, Plan, Range, parse_range
from creator_crm.domain.values.numbers import parse_count, parse_number
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.form.dates import DateEditor
from creator_crm.ui.shared.form.typing import read_typed
from creator_crm.ui.shared.text import iso_day, number, tr

LONGEST = 366
_LINES = (
    ("posts", "Posts"),
    ("first_on", "First of them on"),
    ("over_days", "Spread over so many days"),
    ("views", "Views of one post"),
    ("conversion", "Orders for 100 views (%)"),
    ("units", "Pieces in one order"),
    ("daily", "Goes out a day without posts"),
    ("lead_time_days", "Days until new stock is here"),
    ("half_life", "Days until a post has half its views"),
)
TENFOLD = 10.0


class PlannerForm(QWidget):
    """One line for each input, under it where its value comes from. `tenfold` is put where there is room."""

    changed = Signal()

    def __init__(self, day: Field, parent: QWidget | None = None) -> None:
        """`day` describes how a day is typed."""
        super().__init__(parent)
        self._day_field = day
        self.lines: dict[str, QLineEdit] = {}
        self.told: dict[str, Any] = {}
        self.tenfold = buttons.button(tr("What if ten times?"), "trending-up")
        self.tenfold.setCheckable(True)
        self.tenfold.setToolTip(tr("Ten times the views of every post"))
        self.tenfold.toggled.connect(self._name_tenfold)
        self._seed = Asked().seed
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, theme.M, theme.M)
        column.setSpacing(2)
        for name, label in _LINES:
            self._add(column, name, tr(label))
        column.addStretch(1)
        self.tenfold.clicked.connect(self.changed)
        self.lines["posts"].textChanged.connect(self._on_posts)
        self._on_posts("")

    def asked(self) -> Asked:
        """What was typed. Raises ValueRefused for what cannot be read."""
        usual = Asked()
        return Asked(
            posts=self._read("posts", parse_count, None),
            first_on=self._read("first_on", self._day, None),
            over_days=min(max(self._read("over_days", parse_count, usual.over_days), 1), LONGEST),
            views=self._read("views", parse_range, None),
            conversion=self._read("conversion", _share, None),
            units=float(self._read("units", parse_number, usual.units)),
            daily=self._read("daily", _float, None),
            lead_time_days=self._read("lead_time_days", parse_count, None),
            half_life=float(self._read("half_life", parse_number, usual.half_life)),
            times=TENFOLD if self.tenfold.isChecked() else 1.0,
            seed=self._seed,
        )

    def show_asked(self, asked: Asked) -> None:
        """Show what was set before; what was not stays empty."""
        self._seed = asked.seed
        self.tenfold.setChecked(asked.times != 1)
        usual = Asked()
        for name, line in self.lines.items():
            value = getattr(asked, name)
            typed = "" if value is None or value == getattr(usual, name) else _typed(name, value)
            line.setText(typed)

    def show_plan(self, plan: Plan, sources: Mapping[str, str]) -> None:
        """Show what stands where nothing was typed, and where each value comes from."""
        usual = Asked()
        values = {
            "posts": number(len(plan.posts)),
            "first_on": iso_day(plan.start),
            "over_days": number(usual.over_days),
            "views": range_text(plan.views),
            "conversion": range_text(plan.conversion, share=True),
            "units": f"{usual.units:g}",
            "daily": number(plan.daily, 1),
            "lead_time_days": "?" if plan.lead_time_days is None else number(plan.lead_time_days),
            "half_life": f"{usual.half_life:g}",
        }
        for name, line in self.lines.items():
            line.setPlaceholderText(values[name])
            source = sources.get(name, "")
            self.told[name].setText(tr(source))
            self.told[name].setVisible(bool(source) and not line.text().strip())

    def _read(self, name: str, read: Callable[[str], Any], otherwise: Any) -> Any:
        typed = self.lines[name].text().strip()
        try:
            return read(typed) if typed else otherwise
        except ValueRefused as refusal:
            raise ValueRefused(f"{tr(dict(_LINES)[name])}: {refusal}") from refusal

    def _name_tenfold(self, on: bool) -> None:
        label = tr("Back to what is likely") if on else tr("What if ten times?")
        self.tenfold.setText(f"{buttons.GAP}{label}")
        self.tenfold.setAccessibleName(label)

    def _on_posts(self, typed: str) -> None:
        """Planned posts have days of their own; only a number of them is spread."""
        for name in ("first_on", "over_days"):
            self.lines[name].setEnabled(bool(typed.strip()))

    def _day(self, typed: str) -> str | None:
        value = read_typed(self._day_field, typed)
        return value if isinstance(value, str) else None

    def _add(self, column: QVBoxLayout, name: str, label: str) -> None:
        line = self.lines[name] = self._made(name)
        line.setAccessibleName(label)
        told = self.told[name] = plain_label("", "muted", wrap=True, parent=self)
        told.setFont(theme.scaled(told.font(), -1))
        told.hide()
        column.addWidget(plain_label(label, "", parent=self))
        column.addWidget(line)
        column.addWidget(told)
        column.addSpacing(theme.XS)

    def _made(self, name: str) -> QLineEdit:
        if name == "first_on":
            day = DateEditor(self._day_field, self)
            day.committed.connect(self.changed)
            return day
        line = QLineEdit(self)
        line.editingFinished.connect(self._on_finished)
        return line

    def _on_finished(self) -> None:
        line = self.sender()
        if isinstance(line, QLineEdit) and line.isModified():
            line.setModified(False)
            self.changed.emit()


def range_text(range: Range, *, share: bool = False) -> str:
    """ "1,000 – 20,000", "0.1 – 0.5 %", and one number where both ends are the same."""
    ends = [_figures(100 * end) if share else number(end) for end in (range.low, range.high)]
    told = ends[0] if range.is_exact else " – ".join(ends)
    return f"{told} %" if share else told


def _figures(value: float) -> str:
    return number(value, 1 if value >= 10 else 2 if value >= 0.1 else 3)


def _typed(name: str, value: Any) -> str:
    if name == "first_on":
        return iso_day(value)
    if isinstance(value, Range):
        ends = [100 * end if name == "conversion" else end for end in (value.low, value.high)]
        return "-".join(f"{end:.10g}" for end in dict.fromkeys(ends))
    return f"{value:g}" if isinstance(value, float) else str(value)


def _share(typed: str) -> Range:
    return parse_range(typed if "%" in typed else f"{typed}%", share=True)


def _float(typed: str) -> float:
    return float(parse_number(typed))
