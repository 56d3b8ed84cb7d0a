"""Whatever was edited, a merge of workbooks from one export keeps its promises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from creator_crm.domain.ancestry import Knowledge, Past
from creator_crm.domain.fields import Value
from creator_crm.domain.merging import Choices, RecordMerge, TheirRow, merge_record, merged

FIELDS = ("name", "email", "tags")
UIDS = ("a", "b", "c", "d")
VALUES = st.sampled_from([None, "", "x", "y", 0, 1, ("p", "q"), ()])
ROWS = st.dictionaries(st.sampled_from(UIDS), st.fixed_dictionaries(dict.fromkeys(FIELDS, VALUES)))
EDITS = st.dictionaries(st.tuples(st.sampled_from(UIDS), st.sampled_from(FIELDS)), VALUES)
REMOVED = st.frozensets(st.sampled_from(UIDS), max_size=2)
Rows = Mapping[str, Mapping[str, Value]]
Edits = Mapping[tuple[str, str], Value]
NOBODY = Knowledge({}, ())


def edited(rows: Rows, edits: Edits) -> dict[str, dict[str, Value]]:
    changed = {uid: dict(row) for uid, row in rows.items()}
    for (uid, field), value in edits.items():
        if uid in changed:
            changed[uid][field] = value
    return changed


def without(rows: Rows, removed: frozenset[str]) -> dict[str, Mapping[str, Value]]:
    return {uid: row for uid, row in rows.items() if uid not in removed}


def merge(base: Rows, mine: Rows, theirs: Rows, trash: Rows, gone: frozenset[str]) -> RecordMerge:
    """What it comes to when the base is known whole."""
    lines = [TheirRow(line, uid, row, {}) for line, (uid, row) in enumerate(theirs.items(), 2)]
    past = Past(NOBODY, base, {}, {})
    return merge_record("row", FIELDS, mine, trash, lines, gone, past)


CASES = st.tuples(ROWS, EDITS, EDITS, REMOVED, REMOVED)


def check_one_merge(
    base: Rows, my_edits: Edits, their_edits: Edits, my_trash: frozenset[str], their_trash: frozenset[str]
) -> None:
    mine, theirs = edited(base, my_edits), edited(base, their_edits)
    trash = {uid: row for uid, row in mine.items() if uid in my_trash}
    here, there = without(mine, my_trash), without(theirs, their_trash)
    gone = their_trash & base.keys()
    found = merge(base, here, there, trash, gone)
    living, away = merged(found, here, trash, Choices())

    asked = {(c.uid, c.field): c for c in found.conflicts}
    lost = {row.uid for row in found.gone}
    for uid in base:
        changed_here = mine[uid] != base[uid]
        changed_there = theirs[uid] != base[uid]
        if uid in my_trash or uid in their_trash:
            clash = (uid in my_trash) != (uid in their_trash)
            clash = clash and (changed_there if uid in my_trash else changed_here)
            assert (uid in lost) == clash, "an edit against a deletion is always asked about, nothing else is"
            assert (uid in living) == (uid in here and (uid not in their_trash or clash))
            continue
        for field in FIELDS:
            was, m, t = base[uid][field], mine[uid][field], theirs[uid][field]
            assert living[uid][field] == (t if m == was else m), "each edit of one side arrives"
            assert ((uid, field) in asked) == (m != t and was not in (m, t))
    assert living.keys() | away.keys() == mine.keys()
    assert not found.missing and not found.new

    again = merge(base, living, there, away, gone)
    assert not (again.taken or again.trashed or again.restored or again.new), "twice changes nothing"

    turned = {uid: dict(reversed((*row.items(), ("extra", 7)))) for uid, row in reversed(there.items())}
    other = merge(base, here, turned, trash, gone)
    for name in ("taken", "kept", "conflicts", "gone", "trashed"):
        assert set(getattr(other, name)) == set(getattr(found, name)), "order and columns change nothing"


def check_two_mates(
    base: Rows, one: Edits, other: Edits, trash_one: frozenset[str], trash_other: frozenset[str]
) -> None:
    """Two workbooks of one export come back in either order."""
    results = []
    books = [(edited(base, one), trash_one), (edited(base, other), trash_other)]
    for order in (books, books[::-1]):
        living: Rows = base
        away: Rows = {}
        asked: set[tuple[str, str]] = set()
        gone: set[str] = set()
        for rows, trash in order:
            found = merge(base, living, without(rows, trash), away, trash & base.keys())
            asked |= {(c.uid, c.field) for c in found.conflicts}
            gone |= {row.uid for row in found.gone}
            living, away = merged(found, living, away, Choices())
        results.append((living, asked, gone))
    (first, asked, gone), (second, asked_too, gone_too) = results
    assert gone == gone_too
    assert {place for place in asked if place[0] not in gone} == {p for p in asked_too if p[0] not in gone}
    for uid in (first.keys() | second.keys()) - gone:
        for field in FIELDS:
            if (uid, field) not in asked:
                assert first[uid][field] == second[uid][field]


@given(CASES)
@settings(max_examples=300)
def test_every_edit_of_one_side_arrives_and_only_real_clashes_are_asked_about(parts: Any) -> None:
    check_one_merge(*parts)


@given(CASES)
@settings(max_examples=300)
def test_workbooks_of_two_mates_come_to_the_same_in_either_order(parts: Any) -> None:
    check_two_mates(*parts)


@pytest.mark.torture
@given(CASES)
@settings(max_examples=10_000)
def test_ten_thousand_merges_keep_their_promises(parts: Any) -> None:
    check_one_merge(*parts)
    check_two_mates(*parts)
