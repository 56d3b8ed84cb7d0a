"""Creators: the person, whatever number of accounts they have, and the words put on them."""

from __future__ import annotations

from typing import Any

from creator_crm.domain import fields as f
from creator_crm.domain.accounts import PLATFORMS
from creator_crm.domain.aliases import also
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

_FIRST_ACCOUNT = ("-is_primary", "-followers", "id")


def _account(field: str) -> Derived:
    return Derived("account", "creator", field, _FIRST_ACCOUNT)


def whose() -> Any:
    """The creator that a parcel, a message or a piece of content belongs to and goes with."""
    return f.reference(
        "Creator",
        references="creator",
        owned=True,
        required=True,
        indexed=True,
        ordered=True,
        shown=True,
        width=22,
    )


@record(label="Creator", plural="Creators", key=("handle",), title="name", icon="users")
class Creator(Row):
    """A person who makes content, whatever number of accounts they have."""

    name: str | None = f.text(
        "Name",
        searchable=True,
        shown=True,
        personal=True,
        ordered=True,
        width=24,
        aliases=also(
            """full name; display name; real name; creator; influencer; person; contact;
            contact name; lead name; nombre; nombre completo; nom; nom complet; nome;
            nome completo; namn; navn; naam; nimi; isim; ad soyad; imię i nazwisko; имя;
            الاسم; नाम; 氏名; 姓名; 이름; ชื่อ"""
        ),
    )
    handle: str | None = f.handle(
        "Handle",
        derived=_account("handle"),
        shown=True,
        editable=False,
        width=20,
        ordered=True,
        personal=True,
        help="The handle of the main account; edit it among the accounts.",
    )
    platform: str | None = f.choice(
        "Platform",
        choices=PLATFORMS,
        derived=_account("platform"),
        shown=True,
        ordered=True,
        editable=False,
        width=12,
    )
    followers: int | None = f.count(
        "Followers", derived=_account("followers"), shown=True, editable=False, width=12, ordered=True
    )
    average_views: int | None = f.count(
        "Average views", derived=_account("average_views"), shown=True, editable=False, width=13, ordered=True
    )
    engagement: int | None = f.percent(
        "Engagement", derived=_account("engagement"), shown=True, editable=False, width=12, ordered=True
    )
    stage: str | None = f.choice(
        "Stage",
        choices=STAGES,
        default="prospect",
        shown=True,
        ordered=True,
        width=16,
        aliases=also(
            """status; lead status; relationship; relationship stage; pipeline stage;
            lifecycle stage; statut; estado"""
        ),
    )
    niche: str | None = f.text(
        "Niche",
        searchable=True,
        shown=True,
        ordered=True,
        width=18,
        aliases=also(
            """category; categories; category 1; topic; topics; topic of influence; vertical;
            content type; kategorie; thema; categoría; catégorie; categoria; kategori; tema;
            nisza; категория; 分类; 類別; カテゴリ; 카테고리; หมวดหมู่"""
        ),
    )
    country: str | None = f.country(
        "Country",
        shown=True,
        ordered=True,
        width=12,
        aliases=also(
            """creator country; country code; land; país; pays; paese; ülke; kraj; страна;
            location; based in; country region; region country; 国家; 国; 국가; ประเทศ;
            الدولة; देश"""
        ),
    )
    tags: tuple[str, ...] = f.tags(
        "Tags",
        shown=True,
        width=20,
        aliases=also(
            """tag; labels; label; groups; segments; category 2; category 3; subcategory;
            sub category; etiketter; etiquetas; étiquettes; schlagwörter"""
        ),
    )
    owner: str | None = f.text(
        "Owner",
        shown=True,
        ordered=True,
        width=12,
        aliases=also(
            """responsible; contact owner; lead owner; account manager; assigned to; sales rep;
            zuständig; responsable"""
        ),
    )
    email: str | None = f.email(
        "E-mail",
        searchable=True,
        shown=True,
        personal=True,
        indexed=True,
        ordered=True,
        width=26,
        aliases=also(
            """e-mail; email address; e-mail address; mail; mail address; contact email;
            business email; public email; correo; correo electrónico; courriel;
            adresse e-mail; e-posta; e-post; epost; sähköposti; kundenemail; adres e-mail;
            почта; эл почта; البريد; البريد الإلكتروني; ईमेल; 邮箱; メール; メールアドレス;
            이메일; อีเมล"""
        ),
    )
    phone: str | None = f.phone(
        "Phone",
        searchable=True,
        personal=True,
        width=16,
        aliases=also(
            """phone number; phone no; contact; mobile; mobile phone; mobile no; mobile number; cell;
            cell phone; telephone; tel; telefon; telefonnummer; handynummer; mobil;
            mobilnummer; teléfono; móvil; téléphone; portable; telefono; cellulare;
            telefoon; puhelin; telefone; celular; whatsapp; whatsapp number; contact number;
            телефон; الهاتف; फ़ोन; 电话; 電話; 전화; โทรศัพท์"""
        ),
    )
    language: str | None = f.language(
        "Language",
        width=12,
        aliases=also(
            """languages; content language; sprache; idioma; langue; lingua; språk; taal; dil;
            język; язык; 语言; 言語; 언어; ภาษา"""
        ),
    )
    audience_country: str | None = f.country(
        "Audience country",
        width=16,
        aliases=also(
            """audience location; audience country mostly; top audience country;
            main audience country; target country; zielland"""
        ),
    )
    tone: str | None = f.text("Tone", width=14, help="How they speak: warm, dry, expert, playful …")
    source: str | None = f.text(
        "Source",
        width=16,
        help="Where you found them.",
        aliases=also("found via; origin; lead source; original source; how found; quelle; fuente"),
    )
    agent_name: str | None = f.text(
        "Agent or manager",
        personal=True,
        width=18,
        aliases=also("manager; agency; agent; management; talent manager; manager name; agent name"),
    )
    agent_email: str | None = f.email(
        "Agent e-mail",
        personal=True,
        width=22,
        aliases=also("manager email; agency email; management email"),
    )
    opted_out: bool = f.flag(
        "Opted out",
        help="They asked not to be written to; outreach is blocked.",
        width=10,
        aliases=also("email opted out; unsubscribed; do not contact; opt out"),
    )
    archived: bool = f.flag("Archived", width=10, help="Kept with all history, out of the daily lists.")
    external_id: str | None = f.identifier(
        "ID elsewhere",
        width=16,
        indexed=True,
        help="The creator's number in another program; digits are kept as they are.",
        aliases=also(
            """id; creator id; influencer id; record id; customer id; lead id; contact id;
            user id; member id; profile id; external id"""
        ),
    )
    notes: str | None = f.long_text(
        "Notes",
        searchable=True,
        width=30,
        aliases=also(
            """note; comments on her; remarks; bio; biography; description; notizen;
            bemerkungen; notas; anteckningar; ملاحظات"""
        ),
    )
    handles: str | None = f.handle(
        "All handles",
        derived=Derived("account", "creator", "handle_key", pick="join"),
        hidden=True,
        searchable=True,
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
