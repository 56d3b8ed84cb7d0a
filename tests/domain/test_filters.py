"""Filters as people write them: what is understood, what is refused and in which words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creator_crm.domain.creators import Creator
from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Kind
from creator_crm.domain.filters import (
    All,
    Condition,
    Either,
    Filter,
    Op,
    evaluate,
    from_json,
    operators,
    parse,
    to_json,
    to_text,
)
from creator_crm.domain.records import CATALOGUE

CREATOR = CATALOGUE["creator"]
COLLABORATION = CATALOGUE["collaboration"]


@pytest.mark.parametrize(
    ("expression", "meaning"),
    [
        ("followers >= 10K", Condition("followers", Op.AT_LEAST, 10_000)),
        ("Average views > 5,000", Condition("average_views", Op.MORE, 5_000)),
        ("engagement between 2% and 4.6%", Condition("engagement", Op.BETWEEN, (20_000, 46_000))),
        ("stage = In conversation", Condition("stage", Op.IS, "in_conversation")),
        ("stage is not active", Condition("stage", Op.IS_NOT, "active")),
        ("country in (Germany, FR)", Condition("country", Op.IN, ("DE", "FR"))),
        ("niche in (Beauty, 'a, b')", Condition("niche", Op.IN, ("Beauty", "a, b"))),
        ("email is not set", Condition("email", Op.NOT_SET)),
        ("email contains gmail", Condition("email", Op.CONTAINS, "gmail")),
        ("name does not contain bot", Condition("name", Op.LACKS, "bot")),
        ("tags contains slow reply", Condition("tags", Op.CONTAINS, "slow reply")),
        ("handle = @Jade.Park", Condition("handle", Op.IS, "Jade.Park")),
        ("opted_out = no", Condition("opted_out", Op.IS, False)),
        ("updated_at in the last 30 days", Condition("updated_at", Op.LAST_DAYS, 30)),
        ("updated_at = 2026-11-22", Condition("updated_at", Op.IS, "2026-11-22")),
        ("id = k3x9", Condition("uid", Op.IS, "k3x9")),
        ('name = "Salt and Pepper"', Condition("name", Op.IS, "Salt and Pepper")),
        ("name = 'it\\'s'", Condition("name", Op.IS, "it's")),
    ],
)
def test_a_condition_is_read_as_it_is_meant(expression: str, meaning: Condition) -> None:
    assert parse(expression, CREATOR) == meaning


def test_and_binds_tighter_than_or_and_parentheses_bind_tightest() -> None:
    a, b, c = (Condition("followers", Op.IS, n) for n in (1, 2, 3))
    assert parse("followers = 1 or followers = 2 AND followers = 3", CREATOR) == Either((a, All((b, c))))
    assert parse("(followers = 1 or followers = 2) and followers = 3", CREATOR) == All((Either((a, b)), c))


def test_money_counts_in_hundredths() -> None:
    assert parse("fee >= 12.50", COLLABORATION) == Condition("fee", Op.AT_LEAST, 1_250)


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("shoe_size = 3", "no field called “shoe_size”. There are: name, handle, "),
        ("followers contains 3", "“followers” cannot be compared with “contains”. It knows: =, !=, <"),
        ("followers = many", "“followers” cannot be compared with “many”: "),
        ("stage = asleep", "“stage” cannot be compared with “asleep”: "),
        ("followers =", "a value is missing"),
        ("name", "a field and an operator are missing"),
        ("", "a field and an operator are missing"),
        ("(name = x", "a closing parenthesis is missing"),
        ("name = x)", "this is left over"),
        ("niche in Beauty", "needs a list such as (A, B)"),
        ("followers between 3", "two values joined by “and”"),
        ("updated_at in last week", "a number of days is missing"),
        ("(" * 200 + "name = x" + ")" * 200, "too many parentheses"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_the_way_out(expression: str, words: str) -> None:
    with pytest.raises(UserError) as refused:
        parse(expression, CREATOR)
    assert words in str(refused.value)


@given(st.text(max_size=60))
def test_no_text_breaks_the_parser(text: str) -> None:
    try:
        parse(text, CREATOR)
    except UserError as refused:
        assert str(refused)


def values(kind: Kind, field: Any) -> st.SearchStrategy[Any]:
    if kind in (Kind.COUNT, Kind.MONEY, Kind.PERCENT):
        return st.integers(0, 10**9)
    if kind is Kind.CHOICE:
        return st.sampled_from([choice.value for choice in field.choices])
    if kind is Kind.FLAG:
        return st.booleans()
    if kind is Kind.DATE:
        return st.dates().map(
            lambda day: day.replace(year=2026).isoformat() if day.day < 29 else "2026-01-31"
        )
    return st.sampled_from(
        ["Anna", "and", "Or", "a and b", "x (y)", 'say "hi"', "it's", "a\\b", "a, b", "ß", "田中"]
    )


@st.composite
def some_filters(draw: st.DrawFn, depth: int = 2) -> Filter:
    if depth and draw(st.booleans()):
        made = draw(st.lists(some_filters(depth - 1), min_size=2, max_size=3))
        return draw(st.sampled_from([All, Either]))(tuple(made))
    known = (
        Kind.TEXT,
        Kind.LONG_TEXT,
        Kind.COUNT,
        Kind.MONEY,
        Kind.PERCENT,
        Kind.CHOICE,
        Kind.FLAG,
        Kind.DATE,
    )
    field = draw(st.sampled_from([f for f in COLLABORATION.visible if f.kind in known]))
    op = draw(st.sampled_from(list(operators(field.kind))))
    one = values(field.kind, field)
    value: Any = draw(one)
    if op in (Op.SET, Op.NOT_SET):
        value = None
    elif op in (Op.LAST_DAYS, Op.NEXT_DAYS):
        value = draw(st.integers(0, 999))
    elif op is Op.BETWEEN:
        value = (value, draw(one))
    elif op is Op.IN:
        value = tuple(draw(st.lists(one, min_size=1, max_size=3)))
    return Condition(field.name, op, value)


@given(some_filters())
def test_a_filter_written_down_is_read_back_the_same(where: Filter) -> None:
    assert parse(to_text(where, COLLABORATION), COLLABORATION) == where
    assert from_json(to_json(where), COLLABORATION) == where


def test_a_saved_view_of_a_field_that_is_gone_says_so() -> None:
    with pytest.raises(UserError, match="no field called “old_field”"):
        from_json('{"field":"old_field","op":"is set","value":null}', CREATOR)


def test_every_kind_offers_operators_in_plain_words() -> None:
    for kind in Kind:
        offered = operators(kind)
        assert {Op.SET, Op.NOT_SET} <= set(offered)
        assert len(set(offered.values())) == len(offered)


def test_an_empty_field_lacks_every_word_and_differs_from_every_value() -> None:
    nobody = Creator()
    assert evaluate(Condition("name", Op.LACKS, "x"), nobody, CREATOR)
    assert evaluate(Condition("name", Op.IS_NOT, "x"), nobody, CREATOR)
    assert evaluate(Condition("tags", Op.LACKS, "x"), nobody, CREATOR)
    assert not evaluate(Condition("followers", Op.LESS, 5), nobody, CREATOR)
