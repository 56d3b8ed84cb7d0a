"""The dialog that adds a record: the few important fields first, all others one click away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Value
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.form.form import RecordForm
from creator_crm.ui.shared.form.question import ending
from creator_crm.ui.shared.form.sections import Section, important, rest
from creator_crm.ui.shared.layouts import scrolled
from creator_crm.ui.shared.table.source import Source
from creator_crm.ui.shared.text import tr

TALLEST = 640


class AddRecord(QDialog):
    """Adds one record, with one row of a part if asked (a creator with an account). `added` gives its id."""

    added = Signal(int)

    def __init__(
        self,
        source: Source,
        record: str,
        parent: QWidget | None = None,
        *,
        known: Mapping[str, Value] = {},
        proposed: Mapping[str, Value] = {},
        part: str = "",
        with_parts: Mapping[str, Sequence[Mapping[str, Value]]] = {},
        sections: Sequence[Section] | None = None,
    ) -> None:
        """`known` holds values that are settled already and not asked for, `proposed` those to begin with.

        `with_parts` are rows that come with it, such as a part in a campaign.
        """
        super().__init__(parent)
        self._source, self._record, self._known, self._part = source, record, dict(known), part
        self._with_parts = dict(with_parts)
        self._proposed = dict(proposed)
        d = source.catalogue[record]
        self.setWindowTitle(tr("Add a {record}").format(record=d.label.lower()))
        self.setMinimumWidth(460)
        first = list(sections) if sections is not None else important(d)
        if d.owner is not None and not any(d.owner.name in s.names for s in first):
            first = [Section("", (d.owner.name,)), *first]  # a part added by itself: whose is it?
        first = [Section(s.label, tuple(n for n in s.names if n not in known)) for s in first]
        first = [section for section in first if section.names]
        self._rest = rest(d, [*first, Section("", tuple(known))])
        self.form = RecordForm(source, record, sections=first)
        self._propose()
        self.part_form = (
            RecordForm(source, part, sections=important(source.catalogue[part])) if part else None
        )
        self.error = plain_label("", "error", wrap=True, parent=self)
        self.error.hide()
        self.more_button = buttons.button(tr("More fields"), "chevron-down", "quiet", self)
        self.more_button.setVisible(bool(self._rest))
        self.add_button = buttons.button(tr("Add"), "", "primary", self)
        self.add_button.setDefault(True)
        self._build()
        self.form.focus_first()

    def add(self) -> None:
        """Add it and close, or say in place what is missing."""
        good = [form.check() for form in (self.form, self.part_form) if form]
        if not all(good):
            return
        asked, part = self.form.values(), self.part_form.values() if self.part_form else {}
        if not asked and not part:
            self._refuse(tr("Fill in at least one field."))
            return
        values = {**self._proposed, **asked, **self._known}
        parts = {**({self._part: [part]} if part else {}), **self._with_parts}
        try:
            number = self._source.add(self._record, values, parts)
        except UserError as refusal:
            self._refuse(str(refusal))
            return
        self.added.emit(number)
        self.accept()

    def _propose(self) -> None:
        """Show what is proposed where there is a line for it; the rest goes along unseen."""
        for name in self._proposed.keys() & self.form.lines.keys():
            self.form.lines[name].editor.show_value(self._proposed.pop(name))

    def _refuse(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.show()

    def _build(self) -> None:
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(theme.L, theme.L, theme.L, theme.S)
        inside.setSpacing(theme.M)
        inside.addWidget(self.form)
        if self.part_form:
            inside.addWidget(plain_label(tr(self._source.catalogue[self._part].label), "section"))
            inside.addWidget(self.part_form)
        inside.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addStretch(1)
        self.pages = scrolled(body, self.windowTitle(), self)
        self.add_button.clicked.connect(self.add)
        self.more_button.clicked.connect(self._show_more)
        end = ending(self, self.add_button, self.error)
        end.setContentsMargins(theme.L, theme.S, theme.L, theme.L)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages, 1)
        column.addLayout(end)
        self.resize(480, min(body.sizeHint().height() + 90, TALLEST))

    def _show_more(self) -> None:
        self.more_button.hide()
        for section in self._rest:
            self.form.add_section(section)
        self._propose()
        self.resize(self.width(), TALLEST)
