"""Vetting: what was found out about a creator, and the profile of the creators a campaign looks for."""

from __future__ import annotations

from creator_crm.domain import fields as f
from creator_crm.domain.aliases import also
from creator_crm.domain.fields import Choice, Row, record

VERDICTS = (
    Choice("open", "Not decided", "grey"),
    Choice("pass", "Fits", "green"),
    Choice("watch", "With care", "amber"),
    Choice("reject", "Does not fit", "red"),
)

AGE_BANDS = ("13-17", "18-24", "25-34", "35-44", "45-54", "55+")


@record(
    label="Vetting",
    plural="Vettings",
    key=("creator", "reviewed_on"),
    title="creator",
    named=("creator", "reviewed_on"),
    icon="eye",
)
class Vetting(Row):
    """One look at a creator on one day: figures, comments, the past, and the verdict."""

    creator: int | None = f.reference(
        "Creator", references="creator", owned=True, required=True, indexed=True, shown=True, width=22
    )
    reviewed_on: str | None = f.day("Reviewed on", required=True, shown=True, ordered=True, width=12)
    reviewer: str | None = f.text("Reviewer", shown=True, width=14, aliases=also("checked by; vetted by"))
    verdict: str | None = f.choice(
        "Verdict", choices=VERDICTS, default="open", shown=True, indexed=True, width=12
    )
    good_until: str | None = f.day(
        "Good until", shown=True, indexed=True, width=12, help="From then on look again."
    )
    engagement: int | None = f.percent("Engagement", shown=True, width=12, help="As it was on that day.")
    views_per_follower: int | None = f.percent("Views by followers", width=16)
    comments_read: int | None = f.count("Comments read", width=13)
    comments_generic: int | None = f.count("Generic ones", width=12)
    comments_repeated: int | None = f.count("Repeated ones", width=13)
    comments_emoji_only: int | None = f.count("Emoji only", width=11)
    comments_questions: int | None = f.count("Questions", width=11)
    comments_intent: int | None = f.count("Wish to buy", width=11)
    follower_jump: bool = f.flag("Sudden jump in followers", width=20)
    jump_explained: str | None = f.text("What explains the jump", width=26)
    paid_share: int | None = f.percent("Share of paid posts", width=16)
    brand_safety: str | None = f.long_text(
        "Brand safety",
        searchable=True,
        personal=True,
        width=34,
        help="What you would not like to be seen beside.",
    )
    notes: str | None = f.long_text("Notes", searchable=True, personal=True, width=30)


@record(
    label="Ideal profile",
    plural="Ideal profiles",
    key=("name",),
    title="name",
    icon="target",
    unique=(("name",),),
)
class IdealProfile(Row):
    """The creator a campaign looks for; followers are no part of it unless you give them weight."""

    name: str | None = f.text("Name", required=True, searchable=True, shown=True, width=24)
    campaign: int | None = f.reference("Campaign", references="campaign", indexed=True, shown=True, width=20)
    niches: tuple[str, ...] = f.tags("Niches", shown=True, width=24)
    tones: tuple[str, ...] = f.tags("Tones", width=20)
    audience_countries: tuple[str, ...] = f.tags("Audience countries", shown=True, width=20)
    age_bands: tuple[str, ...] = f.tags(
        "Age bands", width=18, help="Of the audience: " + ", ".join(AGE_BANDS)
    )
    languages: tuple[str, ...] = f.tags("Languages", width=16)
    formats: tuple[str, ...] = f.tags("Formats", width=22)
    engagement_floor: int | None = f.percent("Least engagement", shown=True, width=15)
    least_views: int | None = f.count("Least average views", width=17)
    weights: str | None = f.data(
        "Weights", hidden=True, help="How much each point counts; what is not named has its usual weight."
    )
    notes: str | None = f.long_text("Notes", searchable=True, width=30)
