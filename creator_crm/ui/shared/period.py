"""Which days are looked at: the last ones, this year, all of them, or from one day to another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from creator_crm.domain.fields import Catalogue
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.form.dates import DateEditor
from creator_crm.ui.shared.text import day, tr

PERIODS = (
    ("30", "Last 30 days"),
    ("90", "Last 90 days"),
    ("365", "Last 365 days"),
    ("year", "This year"),
    ("all", "All time"),
    ("own", "From … to …"),
)
USUAL = "90"


@dataclass(frozen=True, slots=True)
class Period:
    """Days in ISO form, both included; None has no end on that side."""

    since: str | None = None
    until: str | None = None

    @property
    def before(self) -> Period | None:
        """As many days, right before these; None when they have no beginning or end."""
        if self.since is None or self.until is None:
            return None
        first, last = date.fromisoformat(self.since), date.fromisoformat(self.until)
        length = last - first
        if last < first or (first - date.min) <= length + timedelta(days=1):
            return None
        end = first - timedelta(days=1)
        return Period((end - length).isoformat(), end.isoformat())

    @property
    def is_backwards(self) -> bool:
        return self.since is not None and self.until is not None and self.until < self.since

    def words(self) -> str:
        """ "8/25/2026 – 11/22/2026"; "" for all time."""
        ends = [day(date.fromisoformat(end)) if end else "" for end in (self.since, self.until)]
        return " – ".join(ends) if any(ends) else ""


def period(name: str, today: date) -> Period:
    """The days that a name of PERIODS means; those "From … to …" are typed, so they are the usual ones."""
    if name == "all":
        return Period()
    if name == "year":
        return Period(date(today.year, 1, 1).isoformat(), today.isoformat())
    days = int(name) if name.isdigit() else int(USUAL)
    return Period((today - timedelta(days=days - 1)).isoformat(), today.isoformat())


class PeriodPicker(QWidget):
    """A list of periods; the last one shows two days to type."""

    changed = Signal()

    def __init__(self, catalogue: Catalogue, chosen: str = USUAL, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.names = QComboBox(self)
        self.names.setAccessibleName(tr("Period"))
        for name, label in PERIODS:
            self.names.addItem(tr(label), name)
        event = catalogue["calendar_event"]
        self.since = DateEditor(event.field("starts_on"), self)
        self.until = DateEditor(event.field("ends_on"), self)
        self.since.setAccessibleName(tr("From"))
        self.until.setAccessibleName(tr("To"))
        self.said = plain_label("", "muted", parent=self)
        self._typed: Period | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S)
        for widget in (self.names, self.since, self.until, self.said):
            row.addWidget(widget)
        for editor in (self.since, self.until):
            editor.setFixedWidth(128)
            editor.committed.connect(self._on_typed)
        self.names.setCurrentIndex(max(self.names.findData(chosen), 0))
        self.names.currentIndexChanged.connect(self._on_chosen)
        self._show()

    @property
    def name(self) -> str:
        return str(self.names.currentData())

    @property
    def period(self) -> Period:
        if self.name == "own" and self._typed is not None:
            return self._typed
        return period(self.name, date.today())

    def _on_chosen(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        own = self.name == "own"
        for editor in (self.since, self.until):
            editor.setVisible(own)
        if own and self._typed is None:
            usual = period(USUAL, date.today())
            self.since.show_value(usual.since)
            self.until.show_value(usual.until)
        self._say("" if own else self.period.words())

    def _on_typed(self) -> None:
        try:
            ends = [editor.read() or None for editor in (self.since, self.until)]
        except ValueRefused as refusal:
            self._say(str(refusal), "error")
            return
        typed = Period(*(end if isinstance(end, str) else None for end in ends))
        if typed.is_backwards:
            self._say(tr("This period ends before it begins."), "error")
            return
        self._say("")
        self._typed = typed
        self.changed.emit()

    def _say(self, sentence: str, role: str = "muted") -> None:
        self.said.setProperty("role", role)
        self.said.style().polish(self.said)
        self.said.setText(sentence)
