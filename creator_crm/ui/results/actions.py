"""What can be done on the Results page, declared once."""

from __future__ import annotations

from functools import partial

from creator_crm.ui.shared.actions import Action, Need

RECORDS = (
    *("order", "order_line", "code", "payment", "ad_spend"),
    *("site_day", "survey_answer", "experiment", "weekly_decision"),
)
TABS = {
    "overview": "Overview",
    "orders": "Orders",
    "codes": "Codes",
    "posts": "Posts",
    "payments": "Payments",
    "spend": "Ad spend",
    "site_days": "Site days",
    "survey": "Survey",
    "experiments": "Experiments",
    "decisions": "Decisions",
}

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
    _Results(
        "results.review",
        "Decide something…",
        "Scale, keep, pause or drop: one decision of this week's review",
        icon="calendar-check",
    ),
    _Results("results.save_charts", "Save all charts…", "Save every chart and its figures", icon="download"),
    _Selected("results.pay", "Mark as paid", "Note that the payments were made today", icon="check"),
    _Selected("results.open_post", "Open the post", "Open the post in the browser", icon="external-link"),
    _Selected("results.leaked", "Mark as leaked", "Note that the code is out in the open", icon="flag"),
)
