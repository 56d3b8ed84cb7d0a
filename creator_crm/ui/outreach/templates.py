"""The Templates tab: the list, and a template in the making beside how it reads for a real creator."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from creator_crm.domain.errors import UserError
from creator_crm.domain.query import Query
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.services.templates import GAPS
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.form.form import RecordForm
from creator_crm.ui.shared.form.references import ReferenceEditor
from creator_crm.ui.shared.form.sections import Section
from creator_crm.ui.shared.panel.panel import RecordPanel
from creator_crm.ui.shared.records_view import RecordsView, Shape
from creator_crm.ui.shared.text import tr
from creator_crm.ui.writing.gaps import Marks

if TYPE_CHECKING:
    from creator_crm.domain.fields import Row

SHAPE = Shape(
    record="template",
    title="Templates",
    sort="name",
    empty=(
        "A template is written once and fills itself in for every creator: name, code, parcel.",
        "Write a template",
        "list.add",
    ),
)
SECTIONS = (
    Section("", ("name", "language", "purpose", "channel")),
    Section("Notes", ("notes",)),
    Section("More", ("archived",)),
)


def templates_view(context: Context) -> RecordsView:
    """The tab."""
    return RecordsView(context, SHAPE, _panel)


def _panel(context: Context, parent: QWidget) -> RecordPanel:
    panel = RecordPanel(
        context.workspace, "template", parent, chips=("purpose", "channel", "language"), sections=SECTIONS
    )
    panel.setMinimumWidth(440)
    writing = TemplateText(context, panel)
    panel.add_tab(tr("Text"), writing, 0)
    panel.tabs.setCurrentIndex(0)
    return panel


class TemplateText(QWidget):
    """Subject and text with a menu of fields; below, the same filled for one creator, as it is typed."""

    failed = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = source = context.workspace
        self.form = RecordForm(source, "template", sections=[Section("", ("subject", "body"))], saves=True)
        body = self.form.lines["body"].editor
        assert isinstance(body, QPlainTextEdit)
        self.body = body
        self.body.setMinimumHeight(150)
        self._marks = Marks(self.body.document())
        self.field_button = buttons.button(tr("Insert field"), "plus", "quiet", self)
        self.creator = ReferenceEditor(source.catalogue["message"].field("creator"), source, self)
        self.creator.setAccessibleName(tr("Preview for"))
        self.shown = QPlainTextEdit(self)
        self.shown.setReadOnly(True)
        self.shown.setAccessibleName(tr("Preview"))
        self._shown_marks = Marks(self.shown.document())
        self.problem = plain_label("", "error", wrap=True, parent=self)
        self._build()
        self.form.changed.connect(self.fill)
        self.creator.edited.connect(self.fill)
        self.field_button.clicked.connect(self._offer_fields)

    def show_row(self, id: int) -> None:
        """Show a template, 0 for none."""
        rows = self._workspace.rows("template", [id]) if id else []
        row: Row | None = rows[0] if rows else None
        self.form.setEnabled(row is not None)
        self.form.set_row(row)
        if not self.creator.text():
            first = self._workspace.ids(Query("creator", sort=("name",), limit=1))
            if first:
                self.creator.show_value(first[0])
        self.fill()

    def fill(self) -> None:
        """Show how it reads for the creator chosen, or what is wrong with it."""
        subject = self.form.lines["subject"].editor
        try:
            creator = self.creator.read()
            if not isinstance(creator, int):
                self._say("", tr("Choose a creator to see how it reads for them."))
                return
            done = self._workspace.preview(str(subject.read() or ""), self.body.toPlainText(), creator)
        except (UserError, ValueRefused) as refusal:
            self._say(None, str(refusal))
            return
        whole = "\n\n".join(part for part in (done.subject, done.text) if part)
        missing = tr(
            "Nothing is known of this creator for: {gaps}. Such a message cannot be copied or mailed."
        )
        self._say(whole, missing.format(gaps=", ".join(done.missing)) if done.missing else "")

    def insert(self, field: str) -> None:
        """Put a field in where the cursor stands."""
        self.body.insertPlainText(f"{{{{ {field} }}}}")
        self.body.setFocus()

    def _say(self, text: str | None, problem: str) -> None:
        if text is not None:  # while a field is half typed, the last good preview stays
            self.shown.setPlainText(text)
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def _offer_fields(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        groups: dict[str, QMenu] = {}
        for field, label in GAPS.items():
            group, dot, _ = field.partition(".")
            target = menu
            if dot:
                target = groups.get(group) or menu.addMenu(tr(group.capitalize()))
                groups[group] = target
            target.addAction(tr(label), partial(self.insert, field))
        menu.popup(self.field_button.mapToGlobal(self.field_button.rect().bottomLeft()))

    def _build(self) -> None:
        for line in self.form.lines.values():
            line.label.hide()
        subject = self.form.lines["subject"].editor
        subject.setProperty("placeholderText", tr("Subject, for e-mails"))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.M, theme.S, theme.M, theme.M)
        column.setSpacing(theme.S)
        head = QHBoxLayout()
        head.addWidget(plain_label(tr("Text"), "section"))
        head.addStretch(1)
        head.addWidget(self.field_button)
        self.form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        below = QHBoxLayout()
        below.addWidget(plain_label(tr("As it reads for"), "section"))
        below.addWidget(self.creator, 1)
        column.addLayout(head)
        column.addWidget(self.form, 1)
        column.addLayout(below)
        column.addWidget(self.shown, 1)
        column.addWidget(self.problem)
