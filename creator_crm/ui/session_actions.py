"""What can be done with the workspace as a whole, declared once."""

from __future__ import annotations

from PySide6.QtGui import QAction

from creator_crm.ui.shared.actions import Action, Key, Need

MORE_LISTS = {
    "account": "Accounts",
    "account_metrics": "Figures of accounts",
    "address": "Addresses",
    "terms": "Terms",
    "variant": "Variants",
    "incoming_stock": "Stock on order",
    "shipment_item": "What is in parcels",
    "brief_version": "Versions of briefs",
    "post_metrics": "Figures of posts",
    "disclosure_check": "Disclosure checks",
    "order_line": "Lines of orders",
}
"""Records that are parts of others; their whole lists, with search, filters and export, in a window."""

CHANGING = (
    "file.import",
    "file.bring_back",
    "file.restore",
    "tools.own_fields",
    "list.add",
    "list.edit",
    "list.archive",
    "list.trash",
    "list.restore",
)
"""What makes no sense in a workspace that is open for reading only."""

SESSION = (
    *(
        Action(f"tools.{record}", f"{label}…", "The whole list", menu="Tools/More lists", group=15)
        for record, label in MORE_LISTS.items()
    ),
    Action(
        "file.new",
        "New workspace…",
        "Begin with an empty file",
        icon="file-plus",
        shortcut=Key.New,
        menu="File",
        needs=Need.NOTHING,
    ),
    Action(
        "file.open",
        "Open…",
        "Open a workspace file",
        icon="folder-open",
        shortcut=Key.Open,
        menu="File",
        needs=Need.NOTHING,
    ),
    Action(
        "file.sample",
        "Explore the sample brand",
        "A made-up brand with a year of work in it, to look around",
        icon="sparkles",
        menu="File",
        needs=Need.NOTHING,
    ),
    Action(
        "file.close", "Close workspace", "Back to the first page", icon="x", shortcut=Key.Close, menu="File"
    ),
    Action(
        "file.import",
        "Import a list…",
        "Bring creators in from CSV, Excel or any other sheet",
        icon="upload",
        shortcut="Ctrl+I",
        menu="File",
        group=20,
        needs=Need.NOTHING,
        in_toolbar=True,
    ),
    Action(
        "file.share",
        "Share workbook…",
        "Write one Excel file for the team to change and send back",
        icon="file-spreadsheet",
        shortcut="Ctrl+Shift+E",
        menu="File",
        group=25,
    ),
    Action(
        "file.bring_back",
        "Bring back a workbook…",
        "Compare what the team changed with what you changed, then take it in",
        icon="merge",
        shortcut="Ctrl+Shift+I",
        menu="File",
        group=25,
    ),
    Action(
        "file.backup",
        "Back up now…",
        "Write a verified copy of the workspace",
        icon="archive",
        menu="File",
        group=30,
    ),
    Action(
        "file.restore",
        "Restore a backup…",
        "Put a backup in the place of this workspace; nothing is lost",
        icon="history",
        menu="File",
        group=30,
    ),
    Action(
        "tools.check",
        "Check the workspace",
        "Look through the whole file for damage",
        icon="shield-check",
        menu="Tools",
        group=20,
    ),
    Action(
        "tools.campaigns",
        "Campaigns…",
        "Goals, dates and budgets; the picker above chooses one",
        icon="megaphone",
        menu="Tools",
        group=10,
    ),
    Action(
        "tools.tags",
        "Tags…",
        "The words put on creators, with their colours",
        icon="tag",
        menu="Tools",
        group=10,
    ),
    Action(
        "tools.carrier_services",
        "Carrier services…",
        "The ways you send parcels, with their prices and how long they take",
        icon="truck",
        menu="Seeding",
        group=40,
    ),
    Action(
        "tools.own_fields",
        "Your own fields…",
        "Add fields that behave like the built-in ones",
        icon="sliders-horizontal",
        menu="Tools",
        group=10,
    ),
    Action(
        "edit.history",
        "All changes…",
        "Every step that was taken, newest first, each with its Undo",
        icon="history",
        menu="Edit",
        group=20,
    ),
    Action(
        "help.about",
        "About Creator CRM",
        "Version and what it is made of",
        icon="info",
        menu="Help",
        needs=Need.NOTHING,
        role=QAction.MenuRole.AboutRole,
    ),
)
