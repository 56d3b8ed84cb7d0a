"""What can be done on the Creators page, declared once."""

from __future__ import annotations

from functools import partial

from creator_crm.ui.shared.actions import Action, Need

RECORDS = (
    *("creator", "account", "account_metrics", "address"),
    *("collaboration", "terms", "vetting", "ideal_profile"),
)
TABS = {
    "creator": "Creators",
    "collaborations": "Collaborations",
    "vetting": "Vetting",
    "profiles": "Who we look for",
}

_Selected = partial(Action, menu="Creators", page="creators", needs=Need.SELECTION, in_context_menu=True)

CREATORS = (
    _Selected(
        "creators.open_profile",
        "Open profile",
        "Open the profile in the browser",
        icon="external-link",
        group=10,
    ),
    _Selected("creators.write", "Write…", "Write to the creator in front", icon="send", group=10),
    _Selected(
        "creators.plan",
        "Plan messages…",
        "Start a sequence, or plan one message, for all selected creators",
        icon="list-checks",
        group=10,
    ),
    _Selected(
        "creators.ship",
        "Send product…",
        "Make a parcel for each of the selected creators",
        icon="truck",
        group=10,
    ),
    _Selected(
        "creators.join",
        "Add to campaign…",
        "Take the selected creators into a campaign",
        icon="megaphone",
        group=10,
    ),
)
