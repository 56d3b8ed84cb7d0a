"""Writing one message: a template filled for a creator, open gaps named, and the ways to get it there."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.form.dates import DateEditor
from creator_crm.ui.shared.form.editors import ChoiceEditor
from creator_crm.ui.shared.table.flow import Flow
from creator_crm.ui.shared.table.source import Source
from creator_crm.ui.shared.text import tr
from creator_crm.ui.writing.gaps import Marks, open_gaps


class Composer(QWidget):
    """The editor of a message. It decides nothing but whether the text is complete."""

    template_chosen = Signal(int)  # 0: none
    channel_chosen = Signal(str)
    copied = Signal()
    mail_wanted = Signal()
    profile_wanted = Signal()
    logged = Signal()

    def __init__(self, source: Source, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        message = source.catalogue["message"]
        self._stopped = ""
        self.template = QComboBox(self)
        self.template.setAccessibleName(tr("Template"))
        self.template.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.template.setMinimumContentsLength(12)
        self.channel = ChoiceEditor(message.field("channel"), self, empty=False)
        self.subject = QLineEdit(self)
        self.subject.setAccessibleName(tr("Subject"))
        self.subject.setPlaceholderText(tr("Subject"))
        self.body = QPlainTextEdit(self)
        self.body.setAccessibleName(tr("Message"))
        self.body.setPlaceholderText(tr("Choose a template, or write here"))
        self.body.setTabChangesFocus(True)
        self.body.setMinimumHeight(96)
        self._marks = Marks(self.body.document())
        self.problem = plain_label("", "error", wrap=True, parent=self)
        self.copy_button = buttons.button(tr("Copy text"), "copy", "", self)
        self.mail_button = buttons.button(tr("Open mail"), "mail", "", self)
        self.profile_button = buttons.button(tr("Open profile"), "external-link", "", self)
        self.follow_up = DateEditor(message.field("follow_up_on"), self)
        self.log_button = buttons.button(tr("Log as sent"), "check", "primary", self)
        self._build()
        self._connect()

    # What it holds ----------------------------------------------------------------------------------

    def offer(self, templates: list[tuple[str, int]]) -> None:
        """The templates to choose from, as (name, number), the most fitting first."""
        self.template.blockSignals(True)
        self.template.clear()
        self.template.addItem(tr("No template"), 0)
        for name, number in templates:
            self.template.addItem(name, number)
        self.template.setCurrentIndex(1 if templates else 0)
        self.template.blockSignals(False)

    def show_text(self, subject: str, text: str) -> None:
        """Put a filled template in, or what was drafted before."""
        self.subject.setText(subject)
        self.body.setPlainText(text)
        self._judge()

    def start(self, channel: str, follow_up_on: str) -> None:
        """Begin a message by `channel`, to be followed up on a day."""
        self.channel.show_value(channel)
        self.follow_up.show_value(follow_up_on)
        self._on_channel()

    def stop(self, why: str) -> None:
        """Keep the creator from being written to, and say why; "" lifts that again."""
        self._stopped = why
        self._judge()

    def refuse(self, sentence: str) -> None:
        """Say what cannot be done, under the text."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    @property
    def template_id(self) -> int:
        return int(self.template.currentData() or 0)

    @property
    def text(self) -> str:
        return self.body.toPlainText().strip()

    @property
    def gaps(self) -> tuple[str, ...]:
        """The names of the gaps that still stand open in what would be sent."""
        return open_gaps(self.subject.text() if self.by_mail else "", self.body.toPlainText())

    @property
    def by(self) -> str:
        """The channel chosen."""
        return str(self.channel.read())

    @property
    def by_mail(self) -> bool:
        return self.by == "email"

    # Inside -----------------------------------------------------------------------------------------

    def _judge(self) -> None:
        """A text with gaps, or for somebody who must not be written to, does not leave the house."""
        gaps = self.gaps
        if self._stopped:
            self.refuse(self._stopped)
        elif gaps:
            missing = tr("Nothing is known for: {gaps}. Write it into the text, or fill it in on the record.")
            self.refuse(missing.format(gaps=", ".join(gaps)))
        else:
            self.refuse("")
        may = not self._stopped and not gaps and bool(self.text)
        for button in (self.copy_button, self.mail_button, self.log_button):
            button.setEnabled(may)
        self.mail_button.setVisible(self.by_mail)
        self.profile_button.setVisible(not self.by_mail)
        for editor in (self.body, self.subject, self.template):
            editor.setEnabled(not self._stopped)

    def _on_channel(self) -> None:
        self.subject.setVisible(self.by_mail)
        self._judge()

    def _copy(self) -> None:
        from PySide6.QtGui import QGuiApplication

        subject = self.subject.text().strip() if self.by_mail else ""
        QGuiApplication.clipboard().setText("\n\n".join(part for part in (subject, self.text) if part))
        self.copied.emit()

    def _connect(self) -> None:
        self.template.currentIndexChanged.connect(lambda _: self.template_chosen.emit(self.template_id))
        self.channel.edited.connect(self._on_channel)
        self.channel.edited.connect(lambda: self.channel_chosen.emit(self.by))
        self.body.textChanged.connect(self._judge)
        self.subject.textChanged.connect(self._judge)
        self.copy_button.clicked.connect(self._copy)
        self.mail_button.clicked.connect(self.mail_wanted)
        self.profile_button.clicked.connect(self.profile_wanted)
        self.log_button.clicked.connect(self.logged)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.S)
        head.addWidget(self.template, 3)
        head.addWidget(self.channel, 2)
        ways = QWidget(self)
        flow = Flow(ways, theme.S)
        for button in (self.copy_button, self.mail_button, self.profile_button):
            flow.addWidget(button)
        label = plain_label(tr("Follow up on"), "muted")
        label.setBuddy(self.follow_up)
        end = QHBoxLayout()
        end.setSpacing(theme.S)
        end.addWidget(label)
        end.addWidget(self.follow_up, 1)
        end.addStretch(1)
        end.addWidget(self.log_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.S, 0, 0)
        column.setSpacing(theme.S)
        column.addLayout(head)
        column.addWidget(self.subject)
        column.addWidget(self.body, 1)
        column.addWidget(self.problem)
        column.addWidget(ways)
        column.addLayout(end)
