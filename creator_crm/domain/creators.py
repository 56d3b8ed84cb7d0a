"""Creators: a person, her accounts, what they measured on which day, where her parcels go."""

from __future__ import annotations

from creator_crm.domain import fields as f
from creator_crm.domain.fields import Choice, Derived, Row, record

STAGES = (
    Choice("prospect", "Prospect", "grey"),
    Choice("contacted", "Contacted", "blue"),
    Choice("in_conversation", "In conversation", "teal"),
    Choice("agreed", "Agreed", "violet"),
    Choice("active", "Active", "green"),
    Choice("ambassador", "Ambassador", "pink"),
    Choice("declined", "Declined", "red"),
    Choice("do_not_contact", "Do not contact", "amber"),
)

PLATFORMS = (
    Choice("tiktok", "TikTok", "pink"),
    Choice("instagram", "Instagram", "violet"),
    Choice("youtube", "YouTube", "red"),
    Choice("x", "X", "grey"),
    Choice("facebook", "Facebook", "blue"),
    Choice("threads", "Threads", "grey"),
    Choice("pinterest", "Pinterest", "red"),
    Choice("snapchat", "Snapchat", "amber"),
    Choice("twitch", "Twitch", "violet"),
    Choice("linkedin", "LinkedIn", "blue"),
    Choice("blog", "Blog", "teal"),
    Choice("other", "Other", "grey"),
)

ENGAGEMENT_FORMULAS = (
    Choice("as_reported", "As the source reported it"),
    Choice("by_views", "Interactions by views"),
    Choice("by_followers", "Interactions by followers"),
)

_FIRST_ACCOUNT = ("-is_primary", "-followers", "id")
_LATEST = ("-measured_on", "-id")


def _account(field: str) -> Derived:
    return Derived("account", "creator", field, _FIRST_ACCOUNT)


def _metric(field: str) -> Derived:
    return Derived("account_metrics", "account", field, _LATEST)


@record(label="Creator", plural="Creators", key=("handle",), title="name", icon="users")
class Creator(Row):
    """A person who makes content, whatever number of accounts she has."""

    name: str | None = f.text(
        "Name",
        searchable=True,
        shown=True,
        personal=True,
        indexed=True,
        width=24,
        aliases=(
            "full name",
            "display name",
            "creator",
            "influencer",
            "nombre",
            "nom",
            "nome",
            "isim",
            "ad soyad",
        ),
    )
    handle: str | None = f.handle(
        "Handle",
        derived=_account("handle"),
        shown=True,
        editable=False,
        width=20,
        indexed=True,
        personal=True,
        help="The handle of her main account; edit it among her accounts.",
    )
    platform: str | None = f.choice(
        "Platform", choices=PLATFORMS, derived=_account("platform"), shown=True, editable=False, width=12
    )
    followers: int | None = f.count(
        "Followers", derived=_account("followers"), shown=True, editable=False, width=12, indexed=True
    )
    average_views: int | None = f.count(
        "Average views", derived=_account("average_views"), shown=True, editable=False, width=13, indexed=True
    )
    engagement: int | None = f.percent(
        "Engagement", derived=_account("engagement"), shown=True, editable=False, width=12, indexed=True
    )
    stage: str | None = f.choice(
        "Stage",
        choices=STAGES,
        default="prospect",
        shown=True,
        indexed=True,
        width=16,
        aliases=("status", "lead status"),
    )
    niche: str | None = f.text(
        "Niche",
        searchable=True,
        shown=True,
        indexed=True,
        width=18,
        aliases=(
            "category",
            "topic",
            "topic of influence",
            "kategorie",
            "categoría",
            "catégorie",
            "categoria",
        ),
    )
    country: str | None = f.country(
        "Country",
        shown=True,
        indexed=True,
        width=12,
        aliases=("land", "país", "pays", "paese", "ülke", "location"),
    )
    tags: tuple[str, ...] = f.tags("Tags", shown=True, width=20, aliases=("labels", "groups", "lists"))
    owner: str | None = f.text(
        "Owner", shown=True, indexed=True, width=12, aliases=("responsible", "contact owner")
    )
    email: str | None = f.email(
        "E-mail",
        searchable=True,
        shown=True,
        personal=True,
        indexed=True,
        width=26,
        aliases=("email", "e-mail address", "mail", "correo", "courriel", "e-posta", "kundenemail"),
    )
    phone: str | None = f.phone(
        "Phone", personal=True, width=16, aliases=("mobile", "telefon", "teléfono", "téléphone", "whatsapp")
    )
    language: str | None = f.language(
        "Language", width=12, indexed=True, aliases=("sprache", "idioma", "langue")
    )
    audience_country: str | None = f.country(
        "Audience country", width=16, aliases=("audience country(mostly)", "audience location")
    )
    tone: str | None = f.text("Tone", width=14, help="How she speaks: warm, dry, expert, playful …")
    source: str | None = f.text(
        "Source", width=16, help="Where you found her.", aliases=("found via", "origin")
    )
    agent_name: str | None = f.text(
        "Agent or manager", personal=True, width=18, aliases=("manager", "agency", "agent")
    )
    agent_email: str | None = f.email("Agent e-mail", personal=True, width=22, aliases=("manager email",))
    opted_out: bool = f.flag(
        "Opted out", help="She asked not to be written to; outreach is blocked.", width=10
    )
    archived: bool = f.flag(
        "Archived", indexed=True, width=10, help="Kept with all history, out of the daily lists."
    )
    external_id: str | None = f.identifier(
        "ID elsewhere",
        width=16,
        indexed=True,
        help="Her number in another program; digits are kept as they are.",
        aliases=("id", "creator id", "influencer id", "record id", "customer id"),
    )
    notes: str | None = f.long_text(
        "Notes", searchable=True, width=30, aliases=("note", "comments", "bio", "notizen")
    )
    handles: str | None = f.handle(
        "All handles",
        derived=Derived("account", "creator", "handle_key", pick="join"),
        hidden=True,
        searchable=True,
    )


@record(
    label="Account",
    plural="Accounts",
    key=("platform", "handle"),
    title="handle",
    icon="at-sign",
    unique=(("platform", "handle_key"),),
)
class Account(Row):
    """One channel of a creator on one platform."""

    creator: int | None = f.reference(
        "Creator", references="creator", owned=True, required=True, indexed=True, shown=True
    )
    platform: str | None = f.choice(
        "Platform",
        choices=PLATFORMS,
        required=True,
        default="tiktok",
        shown=True,
        width=12,
        aliases=("network", "channel"),
    )
    handle: str | None = f.handle(
        "Handle",
        searchable=True,
        shown=True,
        personal=True,
        width=22,
        aliases=(
            "username",
            "user name",
            "tiktok handle",
            "instagram handle",
            "creator username",
            "kol handle",
            "nickname",
            "usuario",
            "benutzername",
            "kullanıcı adı",
            "tiktok",
            "account",
        ),
    )
    handle_key: str | None = f.text(
        "Handle, folded", folds="handle", hidden=True, editable=False, indexed=True
    )
    former_handles: tuple[str, ...] = f.tags("Former handles", searchable=True, personal=True, width=20)
    link: str | None = f.url(
        "Profile link",
        personal=True,
        width=28,
        aliases=("profile url", "url", "profile", "channel url", "link"),
    )
    display_name: str | None = f.text(
        "Name there", personal=True, width=20, aliases=("nickname", "channel title")
    )
    is_primary: bool = f.flag("Main account", width=12, help="Its figures stand for the creator in lists.")
    followers: int | None = f.count(
        "Followers", derived=_metric("followers"), shown=True, editable=False, width=12
    )
    average_views: int | None = f.count(
        "Average views", derived=_metric("average_views"), shown=True, editable=False, width=13
    )
    engagement: int | None = f.percent(
        "Engagement", derived=_metric("engagement"), shown=True, editable=False, width=12
    )
    measured_on: str | None = f.day(
        "Measured on", derived=_metric("measured_on"), shown=True, editable=False, width=12
    )


@record(
    label="Account metrics",
    plural="Account metrics",
    key=("account", "measured_on"),
    title="measured_on",
    icon="activity",
    unique=(("account", "measured_on"),),
)
class AccountMetrics(Row):
    """What an account measured on one day; kept as dated snapshots and never added up."""

    account: int | None = f.reference(
        "Account", references="account", owned=True, required=True, indexed=True, shown=True
    )
    measured_on: str | None = f.day(
        "Measured on", required=True, shown=True, width=12, aliases=("date", "as of")
    )
    followers: int | None = f.count(
        "Followers",
        shown=True,
        width=12,
        aliases=(
            "subscribers",
            "subscribers count",
            "followers numbers",
            "follower count",
            "follower_count",
            "seguidores",
            "abonnés",
            "abonnenten",
            "takipçi",
            "fans",
        ),
    )
    average_views: int | None = f.count(
        "Average views",
        shown=True,
        width=13,
        aliases=("views avg", "avg views", "views (avg.)", "median views"),
    )
    average_likes: int | None = f.count(
        "Average likes",
        shown=True,
        width=13,
        aliases=("likes avg", "avg likes", "likes (avg.)", "avg. likes"),
    )
    average_comments: int | None = f.count(
        "Average comments", width=15, aliases=("comments avg", "avg comments", "comments (avg.)")
    )
    average_shares: int | None = f.count(
        "Average shares", width=14, aliases=("shares avg", "avg shares", "shares (avg.)")
    )
    average_engagements: int | None = f.count(
        "Average interactions",
        width=17,
        help="Likes, comments and shares of an average post, as a number.",
        aliases=(
            "engagement avg",
            "engagement average",
            "engagement average values",
            "engagement avg values",
            "eng. (avg.)",
        ),
    )
    authentic_engagements: int | None = f.count(
        "Authentic interactions",
        width=18,
        help="The part of the interactions that the source holds to be real people.",
        aliases=("authentic engagement", "authentic engagement values", "eng. (auth.)"),
    )
    engagement: int | None = f.percent(
        "Engagement", shown=True, width=12, aliases=("engagement rate", "er", "eng rate", "etkileşim oranı")
    )
    engagement_formula: str | None = f.choice(
        "Engagement taken",
        choices=ENGAGEMENT_FORMULAS,
        width=18,
        help="The formula behind the engagement figure.",
    )
    reach: int | None = f.count("Potential reach", width=14, aliases=("potential reach", "reach"))
    source: str | None = f.text("Source", width=18)


@record(label="Address", plural="Addresses", key=("creator", "label"), title="street", icon="map-pin")
class Address(Row):
    """Where a creator's parcels go."""

    creator: int | None = f.reference(
        "Creator", references="creator", owned=True, required=True, indexed=True, shown=True
    )
    label: str | None = f.text("Label", shown=True, default="Home", width=12)
    recipient: str | None = f.text(
        "Recipient", personal=True, shown=True, width=20, aliases=("shipping name", "ship name")
    )
    street: str | None = f.text(
        "Street",
        personal=True,
        shown=True,
        width=26,
        aliases=(
            "address",
            "address line 1",
            "address1",
            "street address",
            "shipping address1",
            "dirección",
            "adresse",
        ),
    )
    street_2: str | None = f.text(
        "Street, 2nd line", personal=True, width=18, aliases=("address line 2", "address2")
    )
    city: str | None = f.text(
        "City", personal=True, shown=True, width=16, aliases=("town", "stadt", "ciudad", "ville", "ort")
    )
    region: str | None = f.text(
        "State or region", personal=True, width=16, aliases=("state", "province", "county", "region")
    )
    postcode: str | None = f.identifier(
        "Postcode",
        personal=True,
        shown=True,
        width=10,
        aliases=("zip", "zip code", "postal code", "zipcode", "plz"),
    )
    country: str | None = f.country(
        "Country", shown=True, width=12, aliases=("shipping country", "ship country")
    )
    phone: str | None = f.phone("Phone for the carrier", personal=True, width=16)
    is_default: bool = f.flag("Default", width=8)
    confirmed_on: str | None = f.day("Confirmed on", width=12, help="When she last said that this is right.")
    notes: str | None = f.long_text(
        "Notes", personal=True, width=24, help="Door code, neighbour, opening hours …"
    )


@record(label="Tag", plural="Tags", key=("name",), title="name", icon="tag", unique=(("name",),))
class Tag(Row):
    """A word put on creators, with a colour and what it stands for."""

    name: str | None = f.text("Name", required=True, shown=True, searchable=True, width=20)
    tone: str | None = f.choice(
        "Colour",
        shown=True,
        default="grey",
        width=10,
        choices=tuple(
            Choice(t, t.capitalize(), t)
            for t in ("grey", "blue", "teal", "violet", "green", "pink", "amber", "red")
        ),
    )
    meaning: str | None = f.text("Stands for", shown=True, width=40)
