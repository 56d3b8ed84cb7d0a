"""Accounts of a creator on the platforms, what they measured on which day, and where parcels go."""

from __future__ import annotations

from creator_crm.domain import fields as f
from creator_crm.domain.aliases import also
from creator_crm.domain.fields import Choice, Derived, Row, record

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

_LATEST = ("-measured_on", "-id")


def _metric(field: str) -> Derived:
    return Derived("account_metrics", "account", field, _LATEST)


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
        aliases=also(
            """network; social network; social media; plattform; plateforme; plataforma;
            piattaforma; платформа; 平台"""
        ),
    )
    handle: str | None = f.handle(
        "Handle",
        searchable=True,
        shown=True,
        personal=True,
        width=22,
        aliases=also(
            """username; user name; profile name; screen name; creator username; kol handle;
            creator handle; tiktok handle; tiktok username; tiktok; tiktok account;
            instagram handle; instagram username; instagram; ig; ig handle; youtube handle;
            youtube; account; usuario; nombre de usuario; usuario tiktok; nom d'utilisateur;
            identifiant; benutzername; nutzername; användarnamn; gebruikersnaam;
            nome utente; kullanıcı adı; nazwa użytkownika; имя пользователя; ник;
            اسم المستخدم; 账号; ユーザー名; 사용자 이름; ชื่อผู้ใช้"""
        ),
    )
    handle_key: str | None = f.text(
        "Handle, folded", folds="handle", hidden=True, editable=False, indexed=True
    )
    former_handles: tuple[str, ...] = f.tags(
        "Former handles",
        searchable=True,
        personal=True,
        width=20,
        aliases=also("old handle; old handles; previous handle; former handle; formerly"),
    )
    link: str | None = f.url(
        "Profile link",
        personal=True,
        width=28,
        aliases=also(
            """profile url; profile link; profile; url; link; channel url; channel link;
            tiktok url; tiktok link; tiktok profile; tiktok profile url; instagram url;
            instagram link; instagram profile; youtube url; youtube link; media url; profil;
            lien; enlace; 链接"""
        ),
    )
    display_name: str | None = f.text(
        "Name there",
        personal=True,
        width=20,
        aliases=also("nickname; creator nickname; channel title; name on platform"),
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
    named=("account", "measured_on"),
    icon="activity",
    unique=(("account", "measured_on"),),
)
class AccountMetrics(Row):
    "What an account measured on one day; kept as dated snapshots and never added up."

    account: int | None = f.reference(
        "Account", references="account", owned=True, required=True, indexed=True, shown=True
    )
    measured_on: str | None = f.day(
        "Measured on",
        required=True,
        shown=True,
        width=12,
        aliases=also("as of; updated on; last updated; measured; figures of; snapshot date; data date"),
    )
    followers: int | None = f.count(
        "Followers",
        shown=True,
        width=12,
        aliases=also(
            """subscribers; subscriber count; subscribers count; subs; follower;
            followers numbers; follower number; number of followers; follower count;
            followers count; total followers; fans; fan count; affiliate followers;
            tiktok followers; instagram followers; ig followers; youtube subscribers;
            seguidores; suscriptores; abonnés; nombre d'abonnés; abonnenten;
            follower anzahl; följare; volgers; seguaci; takipçi; takipçi sayısı;
            obserwujący; подписчики; المتابعون; 粉丝; 粉丝数; フォロワー; フォロワー数;
            팔로워; ผู้ติดตาม"""
        ),
    )
    average_views: int | None = f.count(
        "Average views",
        shown=True,
        width=13,
        aliases=also(
            """views avg; avg views; average view; views average; mean views; median views;
            avg video views; average video views; views per video; views per post;
            vistas promedio; vues moyennes; ø views; 平均播放量"""
        ),
    )
    average_likes: int | None = f.count(
        "Average likes",
        shown=True,
        width=13,
        aliases=also(
            """likes avg; avg likes; likes average; likes per post; average like;
            me gusta promedio; ø likes"""
        ),
    )
    average_comments: int | None = f.count(
        "Average comments",
        width=15,
        aliases=also("comments avg; avg comments; comments average; comments per post; ø comments"),
    )
    average_shares: int | None = f.count(
        "Average shares",
        width=14,
        aliases=also("shares avg; avg shares; shares average; shares per post; ø shares"),
    )
    average_engagements: int | None = f.count(
        "Average interactions",
        width=17,
        help="Likes, comments and shares of an average post, as a number.",
        aliases=also(
            """engagement avg; engagement average; engagement average values;
            engagement avg values; eng avg; avg engagement; average engagement;
            avg interactions; interactions avg; average engagements"""
        ),
    )
    authentic_engagements: int | None = f.count(
        "Authentic interactions",
        width=18,
        help="The part of the interactions that the source holds to be real people.",
        aliases=also(
            """authentic engagement; authentic engagement values; eng auth;
            authentic engagements"""
        ),
    )
    engagement: int | None = f.percent(
        "Engagement",
        shown=True,
        width=12,
        aliases=also(
            """engagement rate; er; er %; eng rate; eng %; engagement %; avg engagement rate;
            average engagement rate; tasa de engagement; taux d'engagement; engagementrate;
            etkileşim oranı; tasa de interacción; 互动率; エンゲージメント率"""
        ),
    )
    engagement_formula: str | None = f.choice(
        "Engagement taken",
        choices=ENGAGEMENT_FORMULAS,
        width=18,
        help="The formula behind the engagement figure.",
        aliases=also("engagement formula; er formula"),
    )
    reach: int | None = f.count(
        "Potential reach",
        width=14,
        aliases=also("potential reach; estimated reach; est reach; reichweite; alcance"),
    )
    source: str | None = f.text("Source", width=18, aliases=also("figures from; data source"))


@record(label="Address", plural="Addresses", key=("creator", "label"), title="street", icon="map-pin")
class Address(Row):
    """Where a creator's parcels go."""

    creator: int | None = f.reference(
        "Creator", references="creator", owned=True, required=True, indexed=True, shown=True
    )
    label: str | None = f.text("Label", shown=True, default="Home", width=12, aliases=also("address label"))
    recipient: str | None = f.text(
        "Recipient",
        personal=True,
        shown=True,
        width=20,
        aliases=also("shipping name; ship name; ship to name; recipient name; ship to; attention"),
    )
    street: str | None = f.text(
        "Street",
        personal=True,
        shown=True,
        width=26,
        aliases=also(
            """address; address 1; address line 1; street address; street 1; street line 1;
            shipping address; shipping street; mailing address; mailing street;
            home address; postal address; ship to address 1; dirección; calle; adresse; rue;
            indirizzo; via; straße; strasse; anschrift; gata; gatuadress; adres; endereço;
            адрес; العنوان; 地址; 住所; 주소; ที่อยู่"""
        ),
    )
    street_2: str | None = f.text(
        "Street, 2nd line",
        personal=True,
        width=18,
        aliases=also(
            """address 2; address line 2; street 2; street line 2; shipping address 2; apt;
            apartment; ship to address 2"""
        ),
    )
    city: str | None = f.text(
        "City",
        personal=True,
        shown=True,
        width=16,
        aliases=also(
            """town; shipping city; mailing city; ship city; ship to city; stadt; ort; ciudad;
            ville; città; stad; postort; miasto; cidade; şehir; город; المدينة; 城市; 市;
            도시"""
        ),
    )
    region: str | None = f.text(
        "State or region",
        personal=True,
        width=16,
        aliases=also(
            """state; province; county; region; state province; province state; shipping state;
            shipping province; mailing state; ship to state; bundesland; provincia;
            département; län"""
        ),
    )
    postcode: str | None = f.identifier(
        "Postcode",
        personal=True,
        shown=True,
        width=10,
        aliases=also(
            """zip; zip code; zipcode; postal code; postalcode; post code; zip postal code;
            shipping zip; ship zip; mailing zip; ship to postal code; plz; postleitzahl;
            código postal; code postal; cap; postnummer; kod pocztowy; posta kodu; индекс;
            邮编; 郵便番号; 우편번호"""
        ),
    )
    country: str | None = f.country(
        "Country",
        shown=True,
        width=12,
        aliases=also(
            """shipping country; ship country; mailing country; ship to country;
            country of residence"""
        ),
    )
    phone: str | None = f.phone(
        "Phone for the carrier",
        personal=True,
        width=16,
        aliases=also("shipping phone; delivery phone; ship to phone"),
    )
    is_default: bool = f.flag("Default", width=8)
    confirmed_on: str | None = f.day(
        "Confirmed on",
        width=12,
        help="When the creator last said that this is right.",
        aliases=also("address confirmed; address confirmed on"),
    )
    notes: str | None = f.long_text(
        "Notes",
        personal=True,
        width=24,
        help="Door code, neighbour, opening hours …",
        aliases=also("delivery notes; delivery instructions; door code; shipping notes"),
    )
