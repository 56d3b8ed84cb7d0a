"""Reports of analytics programs, recognised so that none comes in as creators; the sheets that do instead."""

from __future__ import annotations

from creator_crm.exchange.formats.signature import Format

_NOTHING = "Nothing was imported and the file is untouched."


def _days(columns: str, source: str) -> str:
    """What to do with figures of days: which columns a sheet needs, and what to write as their source."""
    return (
        f"{_NOTHING} To keep its days, make a sheet with the columns Day, Source, {columns}, write {source} "
        "as the source, and import that sheet; it comes in as site days."
    )


_SHEETS = (
    Format(
        "site_days",
        "a list of site days",
        ("Day", "Source"),
        ("Sessions", "Users", "New users", "Impressions", "Clicks", "Key events", "Orders", "Revenue"),
        1,
        shape="site_day",
        unless_a_creator_list=True,
    ),
    Format(
        "account_metrics",
        "a list of dated figures",
        ("Account", "Measured on"),
        ("Followers", "Average views", "Average likes", "Engagement"),
        1,
        shape="account_metrics",
        targets={"Account": "account_metrics.account", "Measured on": "account_metrics.measured_on"},
    ),
)

REPORTS = (
    *_SHEETS,
    Format(
        "tiktok_lives",
        "TikTok Shop LIVE list",
        ("LIVE ID",),
        ("LIVE title", "LIVE start time"),
        1,
        instead=f"{_NOTHING} Add the LIVEs that you want to keep to Content, on the page Briefs.",
    ),
    Format(
        "tiktok_products",
        "TikTok Shop product figures",
        ("Product ID", "GMV", "Items sold"),
        ("Samples", "Product category", "Est. commission"),
        1,
        instead=f"{_NOTHING} Orders tell what each product sold: import the TikTok Shop orders instead.",
    ),
    Format(
        "tiktok_studio_followers",
        "TikTok Studio follower history",
        ("Date", "Followers"),
        ("Difference in followers from previous day", "Difference in followers"),
        1,
        instead=f"{_NOTHING} It does not say whose followers they are: make a sheet with the columns Account "
        "(the handle), Measured on, Followers, and import that sheet.",
    ),
    Format(
        "tiktok_studio_overview",
        "TikTok Studio overview",
        ("Date", "Profile views"),
        ("Video views", "Reached audience", "Website clicks"),
        1,
        instead=_days("Users, Impressions", "TikTok Studio"),
    ),
    Format(
        "tiktok_studio_viewers",
        "TikTok Studio viewers",
        ("Date", "New Viewers", "Returning Viewers"),
        instead=_days("Users, New users", "TikTok Studio"),
    ),
    Format(
        "tiktok_studio_gender",
        "TikTok Studio audience",
        ("Gender", "Distribution"),
        unless_a_creator_list=True,
        instead=f"{_NOTHING} It does not say whose audience it is: note the shares at that creator.",
    ),
    Format(
        "search_console",
        "Google Search Console",
        ("Clicks", "Impressions", "CTR", "Position"),
        instead=_days("Impressions, Clicks", "Search Console"),
    ),
    Format(
        "analytics",
        "a Google Analytics report",
        (),
        (
            "Active users",
            "New users",
            "Sessions",
            "Engaged sessions",
            "Event count",
            "Key events",
            "Session source / medium",
            "First user source / medium",
            "Bounce rate",
            "Page title and screen class",
        ),
        2,
        unless_a_creator_list=True,
        instead=_days("Channel, Sessions, Users, Orders, Revenue", "Google Analytics"),
    ),
)
