"""Rows that are one go by the same id whatever the order; what only one of them holds stands."""

from __future__ import annotations

from itertools import permutations

import pytest

from creator_crm.domain.merging import RecordMerge, TheirRow, merge_record
from creator_crm.domain.twins import MadeTwice, Twins, settled_alike

PAIRS = [("d", "c"), ("b", "c"), ("e", "f"), ("a", "d")]


@pytest.mark.parametrize("pairs", list(permutations(PAIRS))[::5])
def test_a_family_goes_by_its_first_id_in_whatever_order_it_is_told(pairs: list[tuple[str, str]]) -> None:
    assert list(Twins(pairs).pairs()) == [("b", "a"), ("c", "a"), ("d", "a"), ("f", "e")]
    assert Twins(pairs).families() == {"a": ["a", "b", "c", "d"], "e": ["e", "f"]}


def test_telling_it_again_changes_nothing() -> None:
    once = Twins(PAIRS)
    assert list(Twins([*once.pairs(), *PAIRS]).pairs()) == list(once.pairs())


def merged(mine: dict[str, object], theirs: dict[str, object]) -> RecordMerge:
    fields = ("name", "stage", "niche")
    row = TheirRow(2, "u", theirs, {})  # type: ignore[arg-type]
    base = MadeTwice(None, {"u"}, {"name": None, "stage": "new", "niche": None})  # type: ignore[arg-type]
    found = merge_record("creator", fields, {"u": mine}, {}, [row], frozenset(), base)  # type: ignore[dict-item]
    return settled_alike(found, {"u"})


def test_what_one_of_them_filled_in_stands_and_what_both_did_is_asked() -> None:
    here = {"name": "Ana", "stage": "new", "niche": "hair"}
    found = merged(here, {"name": "Ana Lima", "stage": "agreed", "niche": None})
    assert [(c.field, c.theirs) for c in found.taken] == [("stage", "agreed")]
    assert [(c.field, c.mine) for c in found.kept] == [("niche", "hair")]
    assert [(c.field, c.base, c.mine, c.theirs) for c in found.conflicts] == [
        ("name", None, "Ana", "Ana Lima")
    ]


def test_words_that_differ_in_capitals_are_no_question_and_the_same_on_both_sides() -> None:
    one, other = {"name": "VIP", "stage": "new"}, {"name": "vip", "stage": "new"}
    assert [c.mine for c in merged(one, other).kept] == ["VIP"]
    assert [c.theirs for c in merged(other, one).taken] == ["VIP"]
    assert not merged(one, other).conflicts


def test_tags_that_differ_in_capitals_alone_are_no_question_either() -> None:
    one, other = {"niche": ("VIP", "hair")}, {"niche": ("hair", "vip")}
    assert [c.mine for c in merged(one, other).kept] == [("VIP", "hair")]
    assert [c.theirs for c in merged(other, one).taken] == [("VIP", "hair")]
    assert not merged(one, other).conflicts
    assert merged(one, {"niche": ("hair",)}).conflicts
