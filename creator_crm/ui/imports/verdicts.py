"""The lines of a rehearsal as they will become: made when they come into sight, however many there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication

from creator_crm.compat import override
from creator_crm.domain.fields import Catalogue, Field, Kind, Value
from creator_crm.services.imports import (
    AIDS,
    NAME_AND_HANDLE,
    NEW_FIELD,
    Action,
    Problem,
    Proposal,
    Rehearsal,
    Verdict,
)
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.dialogs import tip
from creator_crm.ui.shared.table.formatting import display, right_aligned
from creator_crm.ui.shared.text import number, tr

Index = QModelIndex | QPersistentModelIndex
VERDICT, LINE, REASON, FIRST_VALUE = 0, 1, 2, 3
WORDS: dict[Action, tuple[str, str]] = {
    Action.CREATE: ("New", "green"),
    Action.UPDATE: ("Changed", "blue"),
    Action.UNCHANGED: ("Unchanged", "grey"),
    Action.SKIP: ("Left out", "grey"),
    Action.CONFLICT: ("Unclear", "amber"),
    Action.ERROR: ("Rejected", "red"),
}
_KEPT = 2000
_NOWHERE = QModelIndex()
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Shown:
    """One column of values: where it is found in a verdict, and the field that says how it is written."""

    path: str
    key: str  # the name it has in a line that is about nobody yet
    field: Field

    @property
    def record(self) -> str:
        return self.path.partition(".")[0]


def shown_columns(proposal: Proposal, catalogue: Catalogue, custom: Mapping[str, Field]) -> list[Shown]:
    """The fields that the list fills, in the order of its columns, each once."""
    found: dict[str, Shown] = {}
    further = {f"creator.{aid.name}": aid for aid in AIDS["creator"]}
    for column in proposal.columns:
        targets = ("creator.name", "account.handle") if column.target == NAME_AND_HANDLE else (column.target,)
        for target in targets:
            record, _, name = target.partition(".")
            key = f"{target}#{column.index}" if name.startswith(NEW_FIELD) else target
            field = custom.get(key) or (catalogue[record].by_name.get(name) if record in catalogue else None)
            if field is None and target in further:
                field = further[target]
            if field is not None:
                found.setdefault(f"{record}.{field.name}", Shown(f"{record}.{field.name}", key, field))
    if proposal.shape == "creators" and "account.handle" in found and "account.platform" not in found:
        platform = catalogue["account"].field("platform")
        found["account.platform"] = Shown("account.platform", "account.platform", platform)
    return sorted(found.values(), key=lambda shown: _rank(shown.path))


def _rank(path: str) -> int:
    """Who it is comes first; the rest keeps the order of the file."""
    first = ("creator.name", "account.handle", "account.platform", "account_metrics.followers")
    return first.index(path) if path in first else len(first)


class VerdictModel(QAbstractTableModel):
    """Verdict, line, reason, then one column for each field that is filled."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rehearsal: Rehearsal | None = None
        self._positions: Sequence[int] = ()
        self._held: dict[int, Verdict] = {}
        self._problems: dict[int, list[Problem]] = {}
        self.columns: list[Shown] = []

    def show_rehearsal(self, rehearsal: Rehearsal, columns: list[Shown], positions: Sequence[int]) -> None:
        self.beginResetModel()
        if rehearsal is not self._rehearsal:
            self._problems = {}
            for problem in rehearsal.problems:
                self._problems.setdefault(problem.line, []).append(problem)
        self._rehearsal, self.columns, self._positions = rehearsal, columns, positions
        self._held = {}
        self._figures = theme.tabular(QApplication.font())
        self.endResetModel()

    def forget(self) -> None:
        """Show nothing: the rehearsal is no longer kept."""
        self.beginResetModel()
        self._rehearsal, self._positions, self._held, self._problems = None, (), {}, {}
        self.endResetModel()

    def verdict(self, row: int) -> Verdict:
        """What becomes of the line shown in `row`."""
        found = self._held.get(row)
        if found is None:
            assert self._rehearsal is not None and self._rehearsal.plan is not None
            if len(self._held) > _KEPT:
                self._held.clear()
            found = self._held[row] = self._rehearsal.plan.verdict(self._positions[row])
        return found

    @property
    def worked_out(self) -> int:
        """How many verdicts are held: those that were in sight."""
        return len(self._held)

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._positions)

    @override
    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else FIRST_VALUE + len(self.columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            text = self._text(self.verdict(row), column)
            return (
                text if role == Qt.ItemDataRole.DisplayRole else tip(text[:1000]) if len(text) > 16 else None
            )
        if role == Qt.ItemDataRole.TextAlignmentRole:
            numeric = column == LINE or (
                column >= FIRST_VALUE and right_aligned(self.columns[column - FIRST_VALUE].field)
            )
            return _RIGHT if numeric else _LEFT
        if role == Qt.ItemDataRole.FontRole and (column == LINE or column >= FIRST_VALUE):
            return self._figures
        if role == Qt.ItemDataRole.ForegroundRole and column in (LINE, REASON):
            return theme.color(theme.tokens().muted)
        return None

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            if section < FIRST_VALUE:
                return (tr("Becomes"), tr("Line"), tr("Why"))[section]
            return tr(self.columns[section - FIRST_VALUE].field.label)
        if role == Qt.ItemDataRole.TextAlignmentRole and section >= FIRST_VALUE:
            return _RIGHT if right_aligned(self.columns[section - FIRST_VALUE].field) else _LEFT
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section == LINE else _LEFT
        return None

    def _text(self, verdict: Verdict, column: int) -> str:
        if column == VERDICT:
            return tr(WORDS[verdict.action][0])
        if column == LINE:
            return number(verdict.line)
        if column == REASON:
            return self._reason(verdict)
        return value_text(verdict, self.columns[column - FIRST_VALUE])

    def _reason(self, verdict: Verdict) -> str:
        """Why, and which of its cells could not be read."""
        cells = [p for p in self._problems.get(verdict.line, ()) if not p.rejected and p.column]
        told = [f"{p.column}: {p.reason}" for p in cells if p.reason not in verdict.reason]
        return "  ".join((verdict.reason, *told))


def value_text(verdict: Verdict, shown: Shown) -> str:
    """A value as it will become; "12,000 → 13,500" where it replaces another."""
    value = verdict.values.get(shown.path, verdict.values.get(shown.key))
    after = _written(verdict, shown, value)
    if shown.path not in verdict.changes:
        return after
    before = _written(verdict, shown, verdict.changes[shown.path][0])
    return f"{before} → {after}" if before else after


def _written(verdict: Verdict, shown: Shown, value: Value) -> str:
    if shown.field.kind is Kind.REFERENCE and isinstance(value, str):
        return value
    currency = verdict.values.get(f"{shown.record}.{shown.field.currency}") if shown.field.currency else None
    return display(shown.field, value, str(currency) if currency else None)
