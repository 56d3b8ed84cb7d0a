"""What can be done on the Briefs page, declared once."""

from __future__ import annotations

from functools import partial

from creator_crm.ui.shared.actions import Action, Need

RECORDS = (
    *("brief", "brief_version", "deliverable", "post_metrics", "disclosure_check"),
    *("calendar_event", "asset"),
)
TABS = {"briefs": "Briefs", "content": "Content", "dates": "Dates", "assets": "Assets"}

_Briefs = partial(Action, menu="Briefs", page="briefs", group=10)
_Selected = partial(_Briefs, needs=Need.SELECTION, in_context_menu=True)
_Brief = partial(_Selected, group=20)
_Content = partial(_Selected, group=30)

BRIEFS = (
    _Briefs("briefs.plan", "Plan content…", "Plan posts for one or many creators", icon="calendar-check"),
    _Briefs("briefs.log_post", "Log a live post…", "Paste the link of a post that is live", icon="link"),
    _Brief("briefs.keep", "Save version", "Keep the brief as it is now, to compare with later", icon="save"),
    _Brief(
        "briefs.export",
        "Export brief…",
        "As PDF, Markdown or text, plain or for one creator",
        icon="file-down",
    ),
    _Brief(
        "briefs.hand_out",
        "Give to creators",
        "Note that everybody who works after it was given the brief as it is now",
        icon="users",
    ),
    _Content("briefs.draft_in", "Draft is in", "Note that the draft is here to look at", icon="file-up"),
    _Content("briefs.approve", "Approve", "The draft can go live as it is", icon="check"),
    _Content("briefs.ask_changes", "Ask for changes", "Send the draft back", icon="message-square"),
    _Content("briefs.go_live", "Log its post…", "Paste the link of this post", icon="link"),
    _Content("briefs.read", "Brief was read", "Note that the brief was read today", icon="eye"),
    _Content("briefs.open_post", "Open the post", "Open the post in the browser", icon="external-link"),
)
STEPS = {"briefs.draft_in": "draft_in", "briefs.approve": "approved", "briefs.ask_changes": "changes_asked"}
