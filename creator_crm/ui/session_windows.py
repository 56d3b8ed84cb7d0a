"""The windows of the workspace as a whole: all changes, lists without a page, own fields, about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from creator_crm.ui.session_actions import MORE_LISTS
from creator_crm.ui.shared.text import tr

if TYPE_CHECKING:
    from creator_crm.ui.session import Session
    from creator_crm.ui.shared.records_view import RecordsView


class Windows:
    """Opens them over the main window; each is loaded when it is first wanted."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def records(self, record: str, number: int = 0) -> None:
        """The list of a kind of record that has no page of its own, at one of its rows if given."""
        from creator_crm.ui.records_window import RecordsWindow

        if self._session.workspace is not None:
            window = RecordsWindow(self._session.context, record, self._session.window)
            if record in MORE_LISTS and not number:
                window.set_campaign(self._session.window.header.campaign)
                self._session.window.campaign_chosen.connect(window.set_campaign)
            window.show()
            if number:
                window.show_record(number)

    def do_to_list(self, verb: str) -> None:
        """Do one of the verbs of `list_actions` to the list with the focus, else that of the page."""
        view = _view_with_focus() or getattr(self._session.window.front_page, "view", None)
        if view is not None:
            getattr(view, verb)()

    def own_fields(self) -> None:
        from creator_crm.ui.own_fields import OwnFields

        if self._session.workspace is not None:
            OwnFields(self._session.context, self._session.window).exec()

    def history(self) -> None:
        from creator_crm.ui.history import HistoryDialog

        if self._session.workspace is not None:
            HistoryDialog(self._session.workspace, self._session.undo_step, self._session.window).exec()

    def about(self) -> None:
        from creator_crm.ui.about import about_text
        from creator_crm.ui.shared.dialogs import tell

        tell(self._session.window, tr("About Creator CRM"), about_text())


def _view_with_focus() -> RecordsView | None:
    from PySide6.QtWidgets import QApplication

    from creator_crm.ui.shared.records_view import RecordsView

    widget = QApplication.focusWidget()
    while widget is not None and not isinstance(widget, RecordsView):
        widget = widget.parentWidget()
    # In a window of records whose list is empty, nothing of the list can have the focus.
    found = widget or getattr(QApplication.activeWindow(), "view", None)
    return found if isinstance(found, RecordsView) else None
