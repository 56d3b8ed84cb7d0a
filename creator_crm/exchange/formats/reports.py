"""Reports of analytics programs, recognised by name so that nobody imports figures as creators."""

from __future__ import annotations

from creator_crm.exchange.formats.signature import Format

_FIGURES = (
    "Figures like these come in with a later version, so nothing was imported and the file is untouched."
)

REPORTS = (
    Format(
        "tiktok_lives",
        "TikTok Shop LIVE list",
        ("LIVE ID",),
        ("LIVE title", "LIVE start time"),
        1,
        later=_FIGURES,
    ),
    Format(
        "tiktok_products",
        "TikTok Shop product figures",
        ("Product ID", "GMV", "Items sold"),
        ("Samples", "Product category", "Est. commission"),
        1,
        later=_FIGURES,
    ),
    Format(
        "tiktok_studio_followers",
        "TikTok Studio follower history",
        ("Date", "Followers"),
        ("Difference in followers from previous day", "Difference in followers"),
        1,
        later="It belongs to one account and does not say which; such a history comes in with a later "
        "version, so nothing was imported and the file is untouched.",
    ),
    Format(
        "tiktok_studio_overview",
        "TikTok Studio overview",
        ("Date", "Profile views"),
        ("Video views", "Reached audience", "Website clicks"),
        1,
        later=_FIGURES,
    ),
    Format(
        "tiktok_studio_viewers",
        "TikTok Studio viewers",
        ("Date", "New Viewers", "Returning Viewers"),
        later=_FIGURES,
    ),
    Format(
        "tiktok_studio_gender",
        "TikTok Studio audience",
        ("Gender", "Distribution"),
        unless_a_creator_list=True,
        later=_FIGURES,
    ),
    Format(
        "search_console",
        "Google Search Console",
        ("Clicks", "Impressions", "CTR", "Position"),
        later=_FIGURES,
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
        later=_FIGURES,
    ),
)
