"""The versions of a brief, and what changed between one and the next, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from creator_crm.domain.errors import UserError
from creator_crm.ui.shared import theme
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import escaped, plain_label
from creator_crm.ui.shared.layouts import clear, scrolled
from creator_crm.ui.shared.text import moment, tr

if TYPE_CHECKING:
    from creator_crm.domain.briefs import BriefVersion
    from creator_crm.services.briefs import Difference

SIGNS = {"added": "+", "removed": "−", "kept": ""}
TONES = {"added": "green", "removed": "red"}


class VersionsTab(QWidget):
    """Choose two versions; what was added and taken away between them stands below."""

    failed = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = context.workspace
        self._brief = 0
        self._versions: Sequence[BriefVersion] = ()
        self.older = QComboBox(self)
        self.older.setAccessibleName(tr("Compare"))
        self.newer = QComboBox(self)
        self.newer.setAccessibleName(tr("with"))
        self.state = plain_label("", "muted", wrap=True, parent=self)
        self.story = QVBoxLayout()
        self._build()
        self.older.currentIndexChanged.connect(self._compare)
        self.newer.currentIndexChanged.connect(self._compare)
        theme.on_change(self._compare)

    def show_row(self, id: int) -> None:
        """Show the versions of a brief, 0 for none."""
        self._brief = id
        self._versions = self._workspace.versions(id) if id else ()
        changed = bool(id) and self._workspace.has_changed(id)
        self.state.setText(_state(self._versions, changed))
        for box in (self.older, self.newer):
            box.blockSignals(True)
            box.clear()
        self.newer.addItem(tr("The brief as it is now"), None)
        for version in self._versions:
            for box in (self.older, self.newer):
                box.addItem(_named(version), version.number)
        for box in (self.older, self.newer):
            box.blockSignals(False)
            box.setVisible(bool(self._versions))
        if not changed and len(self._versions) > 1:  # nothing new since: show the last step there was
            self.older.setCurrentIndex(1)
        self._compare()

    # Inside --------------------------------------------------------------------------------------------

    def _compare(self, *_: object) -> None:
        clear(self.story)
        if not self._versions or not self._brief:
            return
        older, newer = self.older.currentData(), self.newer.currentData()
        try:
            found = self._workspace.difference(self._brief, older, newer)
        except UserError as refusal:
            self.failed.emit(str(refusal))
            return
        for difference in found:
            self.story.addWidget(plain_label(tr(difference.heading), "section"))
            self.story.addWidget(_changes(difference))
        if not found:
            self.story.addWidget(plain_label(tr("Both say the same."), "muted", wrap=True))
        self.story.addStretch(1)

    def _build(self) -> None:
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, theme.S, theme.S)
        inside.addLayout(self.story)
        inside.addStretch(1)
        self.area = scrolled(body, tr("What changed"), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        column.setSpacing(theme.S)
        column.addWidget(self.state)
        column.addWidget(self.older)
        column.addWidget(self.newer)
        column.addWidget(self.area, 1)


def keep_version(context: Context, brief: int) -> bool:
    """Keep a brief as it is now as its next version, or say why there is none; whether it was kept."""
    try:
        context.workspace.keep_version(brief)
    except UserError as refusal:
        context.tell(str(refusal), "info")
        return False
    context.tell_done(context.workspace.store.last_changes)
    return True


def _state(versions: Sequence[BriefVersion], changed: bool) -> str:
    if not versions:
        return tr("No version yet. Save one before you give the brief to anybody.")
    latest = tr("Version {number} is the latest.").format(number=versions[0].number)
    more = tr("The brief has changed since.") if changed else tr("The brief says the same.")
    return f"{latest} {more}"


def _named(version: BriefVersion) -> str:
    parts = [tr("Version {number}").format(number=version.number)]
    parts += [moment(version.kept_at)] if version.kept_at else []
    parts += [version.note] if version.note else []
    return " · ".join(parts)


def _changes(difference: Difference) -> QLabel:
    """The lines with + and − before them, coloured as well."""
    lines = []
    for kind, line in difference.lines:
        style = ""
        if kind in TONES:
            ground, ink = theme.tokens().chips["green" if kind == "added" else "red"]
            style = f"background-color:{ground};color:{ink};"
        struck = "text-decoration:line-through;" if kind == "removed" else ""
        sign = f"{SIGNS[kind]} " if SIGNS[kind] else ""
        lines.append(f'<p style="margin:2px 0;{style}{struck}">{sign}{escaped(line)}</p>')
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setText("".join(lines))
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    words = {"added": tr("added"), "removed": tr("taken away"), "kept": tr("kept")}
    spoken = ". ".join(f"{words[kind]}: {line}" for kind, line in difference.lines)
    label.setAccessibleName(f"{tr(difference.heading)}: {spoken}")
    return label
