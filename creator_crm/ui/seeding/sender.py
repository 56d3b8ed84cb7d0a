"""The brand's own address: the sender on labels and slips, and from where another country is abroad."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from creator_crm.domain.addresses import PostalAddress, remarks
from creator_crm.domain.errors import UserError
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.services.paper import SENDER
from creator_crm.ui.shared import buttons
from creator_crm.ui.shared.context import Context
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.form.make import editor_for
from creator_crm.ui.shared.form.question import column_of, ending, lines
from creator_crm.ui.shared.text import tr


class SenderDialog(QDialog):
    """Asks for the address as a parcel has it; saved in one step to undo."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Sender address"))
        self._context, workspace = context, context.workspace
        fields = workspace.catalogue["shipment"]
        self.editors = {name: editor_for(workspace, "shipment", fields.field(name), self) for name in SENDER}
        held = workspace.sender_values()
        for name, editor in self.editors.items():
            editor.show_value(held[name] or None)
            editor.edited.connect(self._say)
        self.remark = plain_label("", "muted", wrap=True, parent=self)
        self.error = plain_label("", "error", wrap=True, parent=self)
        self.error.hide()
        self.save_button = buttons.button(tr("Save"), "check", "primary", self)
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self.save)
        self._build()
        self._say()

    def save(self) -> None:
        """Write it down and close, or say in place why not."""
        try:
            values = {name: str(editor.read() or "") for name, editor in self.editors.items()}
            done = self._context.workspace.set_sender(values)
        except (UserError, ValueRefused) as refusal:
            self.error.setText(str(refusal))
            self.error.show()
            return
        if done:
            self._context.tell_done(done)
        self.accept()

    def _say(self) -> None:
        """Tell under the fields what a carrier may stumble over."""
        typed = {name: _read(editor) for name, editor in self.editors.items()}
        said = remarks(PostalAddress.of(typed)) if any(typed.values()) else ()
        self.remark.setText("\n".join(one.sentence for one in said))
        self.error.hide()

    def _build(self) -> None:
        fields = self._context.workspace.catalogue["shipment"]
        labels = {name: tr(fields.field(name).label) for name in SENDER} | {"recipient": tr("Brand or name")}
        for name, editor in self.editors.items():
            editor.setAccessibleName(labels[name])
        column = column_of(self)
        why = tr("It stands on packing slips and large labels. Any other country than this one is abroad.")
        column.addWidget(plain_label(why, "muted", wrap=True))
        column.addLayout(lines(*((labels[name], editor) for name, editor in self.editors.items())))
        column.addWidget(self.remark)
        column.addWidget(self.error)
        column.addStretch(1)
        column.addLayout(ending(self, self.save_button))
        self.resize(480, 460)


def _read(editor: object) -> str:
    try:
        return str(editor.read() or "")  # type: ignore[attr-defined]
    except ValueRefused:
        return ""
