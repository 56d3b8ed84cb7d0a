"""Everything with one creator: what was said, what to know, and the next message in either direction."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from creator_crm.domain.errors import UserError
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.ui.shared import buttons, theme
from creator_crm.ui.shared.dialogs import open_link, plain_label
from creator_crm.ui.shared.table.formatting import display
from creator_crm.ui.shared.text import isolate, tr
from creator_crm.ui.writing.advice_line import AdviceLine
from creator_crm.ui.writing.composer import Composer
from creator_crm.ui.writing.conversation import Conversation
from creator_crm.ui.writing.reply import ReplyForm

if TYPE_CHECKING:
    from creator_crm.services.outreach import Logged
    from creator_crm.ui.shared.context import Context

BY_PLATFORM = {"tiktok": "tiktok_dm", "instagram": "instagram_dm"}
WRITE, REPLY = 0, 1


class MessageWriter(QWidget):
    """Shows one creator at a time; what is typed for them stays while they are shown."""

    logged = Signal()
    written = Signal()  # a message of ours was logged

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._workspace = context, context.workspace
        self.creator = 0
        self._campaign: int | None = None
        self._purpose, self._planned, self._parcel = "", 0, 0
        self._said: list[Any] = []
        self.title = plain_label("", parent=self)
        self.title.setFont(theme.scaled(self.title.font(), 3, theme.SEMIBOLD))
        self.title.setWordWrap(True)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.caption = plain_label("", "muted", wrap=True, parent=self)
        self.warning = AdviceLine(self)
        self.conversation = Conversation(self)
        self.modes = QTabBar(self)
        self.modes.setAccessibleName(tr("What to log"))
        self.modes.setExpanding(False)
        self.modes.setDrawBase(False)
        self.modes.addTab(tr("Write"))
        self.modes.addTab(tr("Reply"))
        self.composer = Composer(self._workspace, self)
        self.reply = ReplyForm(self._workspace, self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.composer)
        self.stack.addWidget(self.reply)
        self._build()
        self._connect()

    def write_to(
        self,
        creator: int,
        *,
        campaign: int | None = None,
        purpose: str = "",
        planned: int = 0,
        channel: str = "",
        replied: bool = False,
        parcel: int = 0,
    ) -> None:
        """Show a creator and begin a message, or note a reply.

        `purpose` says which templates fit best, `planned` is the message that was planned for today, `parcel`
        the one whose post this is a reminder of.
        """
        self.creator, self._campaign, self._purpose, self._planned = creator, campaign, purpose, planned
        self._parcel = parcel
        row = self._workspace.row("creator", creator)
        held = self._workspace.row("message", planned) if planned else None
        self._show_creator(row)
        self.refresh()
        by = channel or (held.channel if held else "") or self._usual_channel(row)
        self.composer.start(by, self._usual_follow_up())
        self.composer.offer(self._fitting(row, by))
        if held is not None and held.template:
            self.composer.template.setCurrentIndex(max(self.composer.template.findData(held.template), 0))
        if held is not None and held.body:
            self.composer.show_text(held.subject or "", held.body)
        else:
            self._fill(self.composer.template_id)
        self.reply.clear(by)
        self.modes.setCurrentIndex(REPLY if replied else WRITE)
        self._advise(by)

    def refresh(self) -> None:
        """Read the conversation again; what is being typed stays."""
        if self.creator:
            self._said = self._workspace.conversation(self.creator)
            self.conversation.show_messages(self._said)

    def begin(self) -> None:
        """Put the keyboard where the next thing is typed."""
        (self.reply.body if self.modes.currentIndex() == REPLY else self.composer.body).setFocus(
            Qt.FocusReason.OtherFocusReason
        )

    # What the user does -----------------------------------------------------------------------------

    def log_sent(self) -> None:
        """Log what stands in the composer as sent now."""
        composer = self.composer
        try:
            done = self._workspace.log_message(
                self.creator,
                channel=composer.by,
                subject=(composer.subject.text().strip() or None) if composer.by_mail else None,
                body=composer.text,
                template=composer.template_id or None,
                campaign=self._campaign,
                follow_up_on=composer.follow_up.read(),
                planned=self._planned or None,
                parcel=self._parcel or None,
            )
        except (UserError, ValueRefused) as refusal:
            composer.refuse(str(refusal))
            return
        self._done(done)
        self.written.emit()

    def log_reply(self) -> None:
        """Log what the creator wrote."""
        reply = self.reply
        try:
            done = self._workspace.log_message(
                self.creator,
                direction="in",
                channel=str(reply.channel.read()),
                outcome=reply.outcome.read(),
                body=reply.body.toPlainText().strip() or None,
                campaign=self._campaign,
            )
        except UserError as refusal:
            self._context.tell(str(refusal), "error")
            return
        reply.clear(str(reply.channel.read()))
        self._done(done)

    def opt_out(self) -> None:
        """Note that the creator asked not to be written to."""
        self._context.tell_done(self._workspace.opt_out([self.creator]))
        self._advise(self.composer.by)

    def open_mail(self) -> None:
        """Open the message in the mail program, as it stands here."""
        composer = self.composer
        try:
            link = self._workspace.letter(composer.subject.text(), composer.text, self.creator)
        except UserError as refusal:
            composer.refuse(str(refusal))
            return
        if open_link(link):
            self._context.tell(
                tr("The message is in your mail program. Log it here once it is sent."), "info"
            )
        else:
            composer.refuse(tr("No mail program answered. Copy the text instead."))

    def open_profile(self) -> None:
        link = self._workspace.profile_link(self.creator)
        if not link or not open_link(link):
            self.composer.refuse(tr("There is no profile link for this creator yet; put it on the account."))

    # Inside -----------------------------------------------------------------------------------------

    def _done(self, done: Logged) -> None:
        self._planned = self._parcel = 0
        self._context.tell_done(done.changes)
        self.refresh()
        self.logged.emit()

    def _on_copied(self) -> None:
        self._context.tell(tr("The text is copied. Log it here once it is sent."), "info")

    def _fill(self, template: int) -> None:
        if not template:
            self.composer.show_text("", "")
            return
        try:
            done = self._workspace.render(template, self.creator, self._campaign)
        except UserError as refusal:
            self.composer.show_text("", "")
            self.composer.refuse(str(refusal))
            return
        self.composer.show_text(done.subject, done.text)

    def _advise(self, channel: str) -> None:
        advice = self._workspace.advice([self.creator], channel).get(self.creator)
        blocked = advice.blocked if advice else ""
        self.warning.say(blocked, advice.warnings if advice else ())
        self.composer.stop(tr("Writing to this creator is switched off.") if blocked else "")

    def _show_creator(self, row: Any) -> None:
        d = self._workspace.catalogue["creator"]
        # Isolated, a name that runs to the left still begins where the others do.
        self.title.setText(isolate(self._workspace.titles("creator", [self.creator]).get(self.creator, "")))
        names = ("handle", "platform", "stage", "country", "language")
        told = [display(d.field(name), getattr(row, name)) for name in names] if row else []
        self.caption.setText(" · ".join(isolate(text) for text in told if text))

    def _usual_channel(self, row: Any) -> str:
        """The way of the last message, else of the main account, else e-mail if that is all there is."""
        said = [message for message in self._said if message.channel]
        if said:
            return str(said[-1].channel)
        if row is not None and row.platform in BY_PLATFORM:
            return BY_PLATFORM[row.platform]
        return "email" if row is not None and row.email else "tiktok_dm"

    def _usual_follow_up(self) -> str:
        from creator_crm.services.outreach import FOLLOW_UP_DAYS

        days = int(self._workspace.setting("follow_up_days", FOLLOW_UP_DAYS))
        return (date.today() + timedelta(days=days)).isoformat()

    def _fitting(self, row: Any, channel: str) -> list[tuple[str, int]]:
        """The templates by name, each once, in the creator's language if it has a variant, best fit first."""
        from creator_crm.domain.query import Query

        ids = self._workspace.ids(Query("template", sort=("name",)))
        templates: list[Any] = list(self._workspace.rows("template", ids))
        language = row.language if row is not None else None
        by_name: dict[str, Any] = {}
        for template in templates:
            name = template.name or ""
            if name not in by_name or template.language == language:
                by_name[name] = template
        fitting = sorted(
            by_name.values(),
            key=lambda t: (
                t.purpose != self._purpose,
                t.channel not in (None, channel),
                (t.name or "").casefold(),
            ),
        )
        return [(template.name or "", template.id) for template in fitting]

    def _connect(self) -> None:
        composer = self.composer
        composer.template_chosen.connect(self._fill)
        composer.channel_chosen.connect(self._advise)
        composer.copied.connect(self._on_copied)
        composer.mail_wanted.connect(self.open_mail)
        composer.profile_wanted.connect(self.open_profile)
        composer.logged.connect(self.log_sent)
        self.reply.logged.connect(self.log_reply)
        self.reply.opted_out.connect(self.opt_out)
        self.modes.currentChanged.connect(self.stack.setCurrentIndex)

    def _build(self) -> None:
        top = QVBoxLayout()
        top.setContentsMargins(theme.L, theme.L, theme.L, 0)
        top.setSpacing(theme.XS)
        self.head = head = QHBoxLayout()
        head.setSpacing(theme.XS)
        head.addWidget(self.title, 1)
        self.record_button = buttons.icon_button(tr("Open the record"), "user", self)
        self.record_button.clicked.connect(lambda: self._context.show_record("creator", self.creator))
        head.addWidget(self.record_button)
        top.addLayout(head)
        top.addWidget(self.caption)
        top.addWidget(self.warning)
        low = QVBoxLayout()
        low.setContentsMargins(theme.L, 0, theme.L, theme.L)
        low.setSpacing(0)
        low.addWidget(self.modes)
        low.addWidget(self.stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.S)
        column.addLayout(top)
        column.addWidget(self.conversation, 2)
        column.addLayout(low, 3)
        self.setMinimumWidth(400)
