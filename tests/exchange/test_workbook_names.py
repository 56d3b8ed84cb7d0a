"""References in the team's workbook: texts that people can read, each meaning one row."""

from __future__ import annotations

import pytest

from creator_crm.domain.records import CATALOGUE
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.exchange.workbook.names import Names

CREATOR = CATALOGUE["creator"]


def names(**titles: str) -> Names:
    return Names.of(CREATOR, titles.items())


def test_a_row_is_called_by_its_title_and_found_by_it_again() -> None:
    both = names(a1="Ana Lima", b2="Bo Kim")
    assert both.text("a1") == "Ana Lima"
    assert both.uid("  ana   LIMA ") == "a1"
    assert list(both) == [("a1", "Ana Lima"), ("b2", "Bo Kim")]


def test_rows_that_share_a_title_are_told_apart_by_their_ids() -> None:
    both = names(a1="Ana", b2="ana ")
    assert (both.text("a1"), both.text("b2")) == ("Ana · cr_a1", "ana · cr_b2")
    assert (both.uid("Ana · cr_a1"), both.uid("cr_b2")) == ("a1", "b2")
    with pytest.raises(ValueRefused, match="“Ana” names no creator"):
        both.uid("Ana")


def test_a_title_typed_after_a_row_was_renamed_is_found_by_the_id_beside_it() -> None:
    assert names(a1="Ana Lima").uid("Ana · cr_a1") == "a1"


def test_long_and_empty_titles_and_those_that_look_like_ids_have_their_id_beside_them() -> None:
    found = names(a1="x" * 200, b2="", c3="cr_a1")
    for uid in ("a1", "b2", "c3"):
        assert found.text(uid).endswith(f"cr_{uid}") and len(found.text(uid)) < 100
        assert found.uid(found.text(uid)) == uid


def test_texts_as_a_workbook_has_them_may_mean_several_rows() -> None:
    listed = Names(CREATOR, {"a1": "Ana", "b2": "Ana"})
    assert listed.find("Ana") is None
    with pytest.raises(ValueRefused, match="Several rows are called “Ana”"):
        listed.uid("Ana")


def test_a_row_without_a_title_here_is_named_by_its_id() -> None:
    assert names().text("zz") == "cr_zz"
    with pytest.raises(ValueRefused, match="names no creator"):
        names().uid("cr_zz")
