"""Makes the big workspaces that speed is measured on: seeded, with names of many scripts and lengths."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

from creator_crm.domain.creators import STAGES
from creator_crm.domain.normal import folded
from creator_crm.store.codec import encode_tags
from creator_crm.store.store import Store


def _words(*lines: str) -> list[str]:
    return [word.replace("_", " ") for line in lines for word in line.split()]


FIRST = _words(
    "Anna Zoë Jade Nick Maria José Søren Łukasz Chloé Björn Aylin Emre Fatma Giulia Matteo Lucía",
    "Mateus Ines Priya Arjun Nguyễn Linh Wei Mei Yuki Haruto Ji-woo Seo-yeon Olga Дмитрий Анна Ольга",
    "محمد فاطمة נועה Ελένη 田中 佐藤 美咲 小明 王芳 민준 서연 สมชาย Amélie Zachary Quentin Xiomara Ingrid",
    "Oluwaseun Chidi Thandiwe",
)
LAST = _words(
    "Müller Park Smith García Silva Rossi Dubois Kowalski Jensen Ivanova Öztürk Yılmaz Nguyen Tran",
    "Patel Sharma Kim Lee Chen Wang Suzuki Okafor Mensah van-der-Berg O'Connor de-la-Cruz",
    "Castellanos Featherstonehaugh Petrov Иванов 山本 渡辺 李 الحسن Cohen Παπαδόπουλος Santos Ferreira",
    "Lindqvist Hämäläinen Szabó Novák",
)
WORDS = _words(
    "glow skin daily sun coach fit mom vegan travel pixel studio luna beauty home cozy plants run",
    "yoga chef bake retro thrift style makeup curl ocean alpine urban book tech mini bold honest",
    "happy little real just its the my by official tv vlog craft knit paint nail lash scent clean",
    "green golden velvet berry mango",
)
NICHES = _words(
    "Beauty Skincare Fitness Food Fashion Home_&_Living Travel Parenting Tech Gaming Books Pets",
    "Wellness Vegan_cooking Sustainable_living Hair Nails Fragrance Outdoor Comedy",
)
TAGS = _words(
    "vip local micro macro german press summer ambassador ugc whitelisted slow_reply top",
)
COUNTRIES = _words(
    "DE US GB FR ES IT PL SE DK NO TR BR MX IN ID JP KR TH VN ZA NG AE",
)
OWNERS = ["Mia", "Tom", "Leyla", None]
MAIL = _words("gmail.com icloud.com outlook.com web.de hotmail.com agency.co studio.io proton.me")
PLATFORMS = ["tiktok", "instagram", "youtube", "x", "pinterest"]

_CREATOR = ("name", "stage", "niche", "country", "tags", "owner", "email", "phone", "language")
_CREATOR += ("opted_out", "archived", "external_id", "notes")
_ACCOUNT = ("creator", "platform", "handle", "handle_key", "is_primary")
_METRICS = ("account", "measured_on", "followers", "average_views", "engagement")
_CHUNK = 50_000


def make_workspace(path: Path, creators: int, *, metrics: bool = True, seed: int = 7) -> None:
    """A workspace of so many creators, 1.3 accounts each, one day of metrics for each account."""
    rng = random.Random(seed)
    store = Store.create(path, who="bench")
    with store.change("Make creators", bulk=True, origin="import") as unit:
        for start in range(0, creators, _CHUNK):
            size = min(_CHUNK, creators - start)
            numbers = unit.add_rows("creator", _CREATOR, [_creator(rng, start + n) for n in range(size)])
            accounts = [row for n in numbers for row in _accounts(rng, n)]
            made = unit.add_rows("account", _ACCOUNT, accounts)
            if metrics:
                unit.add_rows("account_metrics", _METRICS, [_measured(rng, n) for n in made])
    store.close()


def _creator(rng: random.Random, number: int) -> tuple[object, ...]:
    r = rng.random
    name = f"{rng.choice(FIRST)} {rng.choice(LAST)}" if r() < 0.85 else rng.choice(FIRST)
    if r() < 0.08:
        name = f"{name} {rng.choice(LAST)} {rng.choice(WORDS).title()}"
    mail = f"{rng.choice(WORDS)}.{rng.choice(WORDS)}{number}@{rng.choice(MAIL)}" if r() < 0.7 else None
    tags = tuple(sorted(rng.sample(TAGS, rng.randint(1, 3)))) if r() < 0.5 else ()
    notes = " ".join(rng.choices(WORDS + FIRST, k=rng.randint(3, 40))) if r() < 0.4 else None
    return (
        name if r() < 0.93 else None,
        rng.choices(STAGES, (40, 15, 10, 8, 12, 3, 8, 4))[0].value,
        rng.choice(NICHES) if r() < 0.9 else None,
        rng.choice(COUNTRIES) if r() < 0.9 else None,
        encode_tags(tags) if tags else None,
        rng.choice(OWNERS),
        mail,
        f"+4915{rng.randrange(10**9):09d}" if r() < 0.2 else None,
        rng.choice(("de", "en", "fr", "es", None)),
        int(r() < 0.01),
        int(r() < 0.05),
        str(10**15 + number) if r() < 0.3 else None,
        notes,
    )


def _accounts(rng: random.Random, creator: int) -> list[tuple[object, ...]]:
    made = []
    for place, platform in enumerate(rng.sample(PLATFORMS, 2 if rng.random() < 0.3 else 1)):
        joint = rng.choice((".", "_", ""))
        handle = f"{rng.choice(WORDS)}{joint}{rng.choice(WORDS).title()}{joint}{creator}"
        made.append((creator, platform, handle, folded(handle), int(place == 0)))
    return made


def _measured(rng: random.Random, account: int) -> tuple[object, ...]:
    followers = int(10 ** rng.uniform(2.5, 6.8))
    day = f"2026-{rng.randint(1, 10):02d}-{rng.randint(1, 28):02d}"
    return account, day, followers, int(followers * rng.uniform(0.05, 0.6)), rng.randint(2_000, 150_000)


def make_floor(path: Path, source: Path, indexes: tuple[str, ...]) -> None:
    """The creators of a workspace in a bare table with bare indexes: what sqlite3 alone is measured on."""
    floor = sqlite3.connect(path, isolation_level=None)
    floor.execute("PRAGMA journal_mode=WAL").fetchone()
    floor.execute("ATTACH ? AS source", (str(source),))
    columns = [row[1] for row in floor.execute("PRAGMA source.table_info(creator)") if row[1] != "id"]
    floor.execute(f"CREATE TABLE creator (id INTEGER PRIMARY KEY, {', '.join(columns)})")
    floor.execute("INSERT INTO creator SELECT * FROM source.creator ORDER BY id")
    for number, index in enumerate(indexes):
        floor.execute(f"CREATE INDEX floor_{number} ON creator ({index})")
    floor.execute("DETACH source")
    floor.close()
