"""What can be done on the Results page, declared once."""

from __future__ import annotations

from functools import partial

from creator_crm.ui.shared.actions import Action, Need

RECORDS = ("order", "order_line", "code", "payment")

_Results = partial(Action, menu="Results", page="results", group=10)
_Selected = partial(_Results, needs=Need.SELECTION, in_context_menu=True, group=20)

RESULTS = (
    _Results(
        "results.import",
        "Import orders…",
        "Bring in orders, posts or payments from a file of your shop or TikTok",
        icon="upload",
    ),
    _Results(
        "results.import_posts",
        "Import posts…",
        "Bring in a list of videos and what they reached",
        icon="upload",
    ),
    _Results("results.save_charts", "Save all charts…", "Save every chart and its figures", icon="download"),
    _Selected("results.pay", "Mark as paid", "Note that the payments were made today", icon="check"),
    _Selected("results.open_post", "Open the post", "Open the post in the browser", icon="external-link"),
    _Selected("results.leaked", "Mark as leaked", "Note that the code is out in the open", icon="flag"),
)
