"""The search box: what is found by which letters, and that no text breaks it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from creator_crm.domain.query import Query
from creator_crm.store.readers import lists, lookup
from creator_crm.store.store import Store
from creator_crm.store.text_search import everywhere


@pytest.fixture(scope="module")
def brand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = Store.create(tmp_path_factory.mktemp("search") / "brand.creatorcrm", who="Maya")
    with store.change("Add") as unit:
        zoe = unit.add(
            "creator",
            {"name": "Zoë Müller", "email": "hello@zoe-m.de", "phone": "+4915112345678", "niche": "Skin"},
        )
        nick = unit.add("creator", {"notes": "met in Málaga"})
        unit.add(
            "account",
            {"creator": nick, "platform": "tiktok", "handle": "ItsJustNick", "former_handles": ("nick.old",)},
        )
        unit.add("account", {"creator": nick, "platform": "youtube", "handle": "nicktube"})
        unit.add("creator", {"name": "田中美咲"})
        gone = unit.add("creator", {"name": "Zoë Gone"})
        unit.trash("creator", [gone])
        spring = unit.add("campaign", {"name": "Spring glow", "notes": "skin care"})
        unit.add("collaboration", {"creator": zoe, "campaign": spring, "notes": "wants samples"})
        unit.add("tag", {"name": "skinny budget"})
    yield store
    store.close()


def found(store: Store, text: str) -> list[str]:
    ids = lists.ids(store, Query("creator", search=text))
    return list(lookup.titles(store, "creator", ids).values())


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("mul", ["Zoë Müller"]),
        ("MÜLL zo", ["Zoë Müller"]),
        ("ller", []),
        ("zoe-m", ["Zoë Müller"]),
        ("o@zoe", ["Zoë Müller"]),
        ("just", ["@ItsJustNick"]),
        ("@itsjust", ["@ItsJustNick"]),
        ("ktub", ["@ItsJustNick"]),
        ("nick.o", ["@ItsJustNick"]),
        ("malaga just", ["@ItsJustNick"]),
        ("malaga zoe", []),
        ("z", ["Zoë Müller"]),
        ("美咲", ["田中美咲"]),
        ("田", ["田中美咲"]),
        ("+49 151 1234", ["Zoë Müller"]),
        ("0151 1234-56", ["Zoë Müller"]),
        ("gone", []),
    ],
)
def test_creators_are_found_by_what_people_type(brand: Store, text: str, names: list[str]) -> None:
    assert found(brand, text) == names


def test_nothing_typed_is_the_whole_list(brand: Store) -> None:
    for nothing in ("", "   ", "@", "\x00"):
        assert len(found(brand, nothing)) == 3


def test_everything_is_found_from_one_box_and_nobody_twice(brand: Store) -> None:
    hits = everywhere(brand, "skin")
    assert [(hit.record, hit.title) for hit in hits] == [
        ("creator", "Zoë Müller"),
        ("tag", "skinny budget"),
        ("campaign", "Spring glow"),
    ]
    nick = everywhere(brand, "nick")
    assert [(hit.record, hit.title) for hit in nick] == [("creator", "@ItsJustNick")]
    assert everywhere(brand, "samples")[0].subtitle == "Spring glow · Planned"
    assert everywhere(brand, "gone") == []


@given(st.text(max_size=30))
@example('"')
@example('"" AND NEAR(x')
@example("name:zoe OR *")
@example("\x00\ud800")
@example("{handles} : x")
@example("(" * 30)
def test_no_text_is_an_error(brand: Store, text: str) -> None:
    everywhere(brand, text)
    for record in ("creator", "account", "campaign"):
        lists.ids(brand, Query(record, search=text))
        lookup.find(brand, record, text)


def test_a_very_long_text_is_answered(brand: Store) -> None:
    assert found(brand, "x" * 1_000_000) == []


@pytest.mark.parametrize(
    ("record", "key", "title"),
    [
        ("creator", "@itsjustnick", "@ItsJustNick"),
        ("creator", "TikTok:ItsJustNick", "@ItsJustNick"),
        ("creator", "nicktube", "@ItsJustNick"),
        ("creator", "NICK.OLD", "@ItsJustNick"),
        ("creator", "Hello@Zoe-M.de", "Zoë Müller"),
        ("creator", "Zoë Müller", "Zoë Müller"),
        ("campaign", "spring glow", "Spring glow"),
        ("account", "youtube:nicktube", "@nicktube"),
        ("collaboration", "Zoë Müller:Spring glow", "Zoë Müller · Spring glow"),
        ("tag", "skinny budget", "skinny budget"),
    ],
)
def test_a_record_is_named_by_its_natural_key_or_its_short_id(
    brand: Store, record: str, key: str, title: str
) -> None:
    numbers = lookup.find(brand, record, key)
    assert list(lookup.titles(brand, record, numbers).values()) == [title]
    uid = lookup.uids(brand, record, numbers)[numbers[0]]
    assert lookup.find(brand, record, uid) == numbers
    assert lookup.by_uid(brand, record, [uid]) == {uid: numbers[0]}


@pytest.mark.parametrize(("record", "key"), [("creator", "instagram:itsjustnick"), ("creator", "Zoë Gone")])
def test_a_wrong_platform_or_a_trashed_creator_names_nobody(brand: Store, record: str, key: str) -> None:
    assert lookup.find(brand, record, key) == []
