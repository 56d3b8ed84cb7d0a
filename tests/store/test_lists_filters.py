"""Lists against plain Python: whatever is asked, the database and `evaluate` name the same rows."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creator_crm.domain import fields as f
from creator_crm.domain.conditions import All, Condition, Either, Filter, Op, evaluate, operators
from creator_crm.domain.fields import Catalogue, Choice, Field, Kind, Row, describe, record
from creator_crm.domain.query import Query
from creator_crm.domain.records import CATALOGUE
from creator_crm.store.readers import lists
from creator_crm.store.store import Store

MOODS = (Choice("sunny", "Sunny"), Choice("grey", "Grey"), Choice("wild", "It's wild"))
MONEYS = tuple(Choice(c, c) for c in ("EUR", "JPY", "KWD"))
TEXTS = (
    "a",
    "A",
    "Anna",
    "anna",
    "ANNA Müller",
    "müller",
    "MÜLLER",
    "Straße",
    "STRASSE",
    "50%",
    "a_b",
    "a\\b",
    '"',
    "'",
)
TEXTS += ("田中", "K", "\u212a", "İstanbul", "line\nbreak", "[x]", ",", "x,y", "null", "0")


@record(label="Thing", plural="Things", key=("name",), title="name")
class Thing(Row):
    """One field of every kind."""

    name: str | None = f.text("Name", ordered=True)
    story: str | None = f.long_text("Story")
    tag: str | None = f.handle("Handle")
    link: str | None = f.url("Link")
    mail: str | None = f.email("E-mail")
    phone: str | None = f.phone("Phone")
    number: str | None = f.identifier("Number")
    country: str | None = f.country("Country")
    language: str | None = f.language("Language")
    born_on: str | None = f.day("Born on")
    seen_at: str | None = f.moment("Seen at")
    visits: int | None = f.count("Visits", ordered=True)
    currency: str | None = f.choice("Currency", choices=MONEYS)
    fee: int | None = f.money("Fee", currency="currency")
    share: int | None = f.percent("Share")
    weight: float | None = f.number("Weight")
    happy: bool = f.flag("Happy")
    mood: str | None = f.choice("Mood", choices=MOODS, ordered=True)
    words: tuple[str, ...] = f.tags("Words")
    creator: int | None = f.reference("Creator", references="creator")
    archived: bool = f.flag("Archived")


OWN = {
    "own_text": "text",
    "own_count": "count",
    "own_number": "number",
    "own_flag": "flag",
    "own_tags": "tags",
    "own_day": "date",
}
TODAY = date(2026, 11, 22)


def some_value(field: Field, rng: random.Random) -> Any:
    """A value in normal form, from few enough that rows and questions meet."""
    kind = field.kind
    if kind is Kind.FLAG:
        return rng.random() < 0.5
    if kind is Kind.TAGS:
        return tuple(sorted(rng.sample(TEXTS, rng.randint(1, 3))))
    if kind is Kind.DATE:
        return (TODAY + timedelta(days=rng.randint(-4, 4))).isoformat()
    if kind is Kind.MOMENT:
        time = rng.choice(("00:00:00", "14:05:00", "23:59:59"))
        return f"{TODAY + timedelta(days=rng.randint(-3, 3))}T{time}Z"
    if kind in (Kind.COUNT, Kind.PERCENT):
        return rng.choice((-1, 0, 1, 2, 10, 46_000, 10**12))
    if kind is Kind.MONEY:
        return rng.choice((0, 1, 10, 99, 100, 1_000, 10_000, 100_000))
    if kind is Kind.NUMBER:
        return rng.choice((-0.5, 0.0, 0.1, 1.0, 2.5, 1e9))
    if kind is Kind.CHOICE:
        return rng.choice(field.choices).value
    if kind is Kind.COUNTRY:
        return rng.choice(("DE", "FR"))
    if kind is Kind.LANGUAGE:
        return rng.choice(("de", "fr"))
    if kind is Kind.REFERENCE:
        return rng.randint(1, 3)
    return rng.choice(TEXTS)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    catalogue = Catalogue((*CATALOGUE.values(), describe(Thing)))
    store = Store.create(tmp_path_factory.mktemp("lists") / "all kinds.creatorcrm", catalogue, who="test")
    rng = random.Random(3)
    with store.change("Fields") as unit:
        for name, kind in OWN.items():
            unit.add("custom_field", {"about": "thing", "name": name, "label": name, "kind": kind})
        for name in ("Zoë", "anna", None):
            unit.add("creator", {"name": name})
    description = store.catalogue["thing"]
    with store.change("Things") as unit:
        for _ in range(80):
            given = {x.name: some_value(x, rng) for x in description.fields if rng.random() < 0.75}
            unit.add("thing", given)
        unit.trash("thing", [5, 6])
    yield store
    store.close()


def filters(description: f.Description[Any]) -> st.SearchStrategy[Filter]:
    """Any field, any operator it knows, any fitting value; and combinations."""

    def condition(seed: int) -> Condition:
        rng = random.Random(seed)
        field = rng.choice([x for x in description.fields if x.name != "archived"])
        op = rng.choice(list(operators(field.kind)))
        value: Any = some_value(field, rng)
        if op in (Op.SET, Op.NOT_SET):
            value = None
        elif op in (Op.LAST_DAYS, Op.NEXT_DAYS):
            value = rng.randint(0, 5)
        elif field.kind is Kind.TAGS and op not in (Op.IS, Op.IS_NOT):
            value = tuple(rng.sample(TEXTS, 2)) if op is Op.IN else rng.choice(TEXTS)
        elif op is Op.IN:
            value = tuple(some_value(field, rng) for _ in range(rng.randint(0, 3)))
        elif op is Op.BETWEEN:
            value = tuple(sorted(some_value(field, rng) for _ in range(2)))
        elif op in (Op.CONTAINS, Op.LACKS, Op.STARTS):
            value = value[: rng.randint(1, 3)]
        elif field.kind is Kind.MOMENT and rng.random() < 0.5:
            value = value[:10]
        return Condition(field.name, op, value)

    one = st.integers(0, 10**6).map(condition)
    return st.recursive(
        one,
        lambda inner: (
            st.builds(All, st.lists(inner, max_size=3).map(tuple))
            | st.builds(Either, st.lists(inner, max_size=3).map(tuple))
        ),
        max_leaves=5,
    )


@given(data=st.data())
def test_the_database_and_python_agree_on_every_filter(store: Store, data: st.DataObject) -> None:
    description = store.catalogue["thing"]
    where = data.draw(filters(description))
    found = list(lists.ids(store, Query("thing", where, archived=True), today=TODAY))
    rows = lists.rows(store, "thing", lists.ids(store, Query("thing", archived=True)))
    assert found == [row.id for row in rows if evaluate(where, row, description, TODAY)]
    assert lists.count(store, Query("thing", where, archived=True), today=TODAY) == len(found)


def test_every_operator_of_every_kind_is_tried(store: Store) -> None:
    description = store.catalogue["thing"]
    kinds = {field.kind for field in description.fields}
    assert kinds == set(Kind) - {Kind.DATA}
    rng = random.Random(1)
    rows = lists.rows(store, "thing", lists.ids(store, Query("thing", archived=True)))
    for field in description.fields:
        for op in operators(field.kind):
            value: Any = some_value(field, rng)
            if op in (Op.LAST_DAYS, Op.NEXT_DAYS):
                value = 2
            elif op is Op.BETWEEN:
                value = tuple(sorted((value, some_value(field, rng))))
            elif field.kind is Kind.TAGS and op not in (Op.IS, Op.IS_NOT, Op.IN):
                value = value[0]
            elif op is Op.IN and field.kind is not Kind.TAGS:
                value = (value,)
            where = Condition(field.name, op, value)
            found = list(lists.ids(store, Query("thing", where, archived=True), today=TODAY))
            assert found == [r.id for r in rows if evaluate(where, r, description, TODAY)], where


def test_a_thousand_alternatives_are_one_question(store: Store) -> None:
    where = Either(tuple(Condition("visits", Op.IS, n) for n in range(3_000)))
    assert lists.count(store, Query("thing", where)) > 0


def test_values_beyond_what_the_database_can_hold_are_still_compared(store: Store) -> None:
    everything = lists.count(store, Query("thing", Condition("visits", Op.SET)))
    assert lists.count(store, Query("thing", Condition("visits", Op.LESS, 10**30))) == everything
    assert lists.count(store, Query("thing", Condition("visits", Op.IS, 10**30))) == 0


@pytest.mark.parametrize("text", ["\ud800", "\x00", "'; DROP TABLE thing; --", "%", "_", "*", "x" * 100_000])
def test_hostile_values_find_nothing_or_what_they_say(store: Store, text: str) -> None:
    for op in (Op.IS, Op.CONTAINS, Op.STARTS):
        lists.ids(store, Query("thing", Condition("name", op, text)))
    lists.ids(store, Query("thing", Condition("words", Op.CONTAINS, text)))
    assert lists.count(store, Query("thing", Condition("story", Op.IS, text))) == 0


def test_a_zero_in_a_field_of_ones_own_is_kept_and_found(store: Store) -> None:
    with store.change("Add a zero") as unit:
        number = unit.add("thing", {"name": "zero", "own_count": 0})
    assert lists.row(store, "thing", number).custom == {"own_count": 0}
    where = All((Condition("own_count", Op.IS, 0), Condition("name", Op.IS, "zero")))
    assert list(lists.ids(store, Query("thing", where))) == [number]
    store.undo()
