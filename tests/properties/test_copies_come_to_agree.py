"""Copies of a workspace that send each other workbooks lose no edit, and end up with the same data."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from model_copies import Copy
from model_workbooks import FIELDS, Workbook, World

from creator_crm.domain.fields import Value
from creator_crm.domain.merging import Choices, Side
from creator_crm.domain.twins import Twins

PICK = st.integers(0, 5)
DEEDS = st.one_of(
    st.tuples(st.just("edit"), PICK, PICK, PICK, st.integers(0, 3)),
    st.tuples(st.just("turn"), PICK, PICK),
    st.tuples(st.just("add"), PICK, PICK),
    st.tuples(st.just("export"), PICK, st.booleans()),
    st.tuples(st.just("type"), PICK, PICK, PICK, st.integers(0, 3)),
    st.tuples(st.just("type_row"), PICK, PICK),
    st.tuples(st.just("merge"), PICK, st.integers(0, 50), st.sampled_from(Side)),
    st.tuples(st.just("merge"), PICK, st.integers(0, 2), st.sampled_from(Side)),
    st.tuples(st.just("fork"), PICK, PICK),
)
THINGS = st.tuples(st.just("make"), PICK, st.integers(0, 1), st.integers(0, 3))
STORIES = st.tuples(st.integers(2, 3), st.lists(DEEDS, max_size=30))
SAME_THINGS = st.tuples(st.integers(2, 3), st.lists(st.one_of(DEEDS, THINGS), max_size=30))


class Team:
    """Some copies, and the workbooks that lie about."""

    def __init__(self, size: int) -> None:
        self.world = World()
        first = Copy(self.world, "A")
        first.add(0)
        first.add(1)
        self.copies = [first, *(first.fork("BCDEF"[n]) for n in range(size - 1))]
        self.books: list[Workbook] = []
        self.names = iter(f"copy {n}" for n in range(1000))

    def copy(self, number: int) -> Copy:
        return self.copies[number % len(self.copies)]

    def edit(self, copy: int, row: int, name: int, value: Value) -> None:
        if rows := sorted(self.copy(copy).rows):
            self.copy(copy).edit(rows[row % len(rows)], FIELDS[name % len(FIELDS)], value)

    def turn(self, copy: int, row: int) -> None:
        at = self.copy(copy)
        rows = sorted(at.rows.keys() | at.trash.keys())
        at.turn(rows[row % len(rows)])

    def add(self, copy: int, value: Value) -> None:
        self.copy(copy).add(value)

    def make(self, copy: int, thing: int, holds: int) -> None:
        """Somebody makes a row of a thing, of which others may make one, too; some fields are empty."""
        row: dict[str, Value] = {name: holds if holds & bit else None for bit, name in enumerate(FIELDS, 1)}
        self.copy(copy).make(thing, row)

    def export(self, copy: int, whole: bool) -> None:
        at = self.copy(copy)
        only = None if whole else frozenset(sorted(at.rows.keys() | at.trash.keys())[::2])
        self.books.append(at.export(len(self.books), only))

    def type(self, book: int, row: int, name: int, value: Value) -> None:
        if not self.books:
            return
        at = self.books[-1 - book % len(self.books)]
        if rows := sorted(at.rows.keys() - at.added):
            at.type(self.world, rows[row % len(rows)], FIELDS[name % len(FIELDS)], value)

    def type_row(self, book: int, value: Value) -> None:
        if self.books:
            self.books[-1 - book % len(self.books)].type_row(self.world, value)

    def merge(self, copy: int, book: int, prefer: Side) -> None:
        if self.books:
            self.copy(copy).bring_back(self.books[-1 - book % len(self.books)], Choices(prefer))

    def fork(self, copy: int, over: int) -> None:
        """A copy is put back from a backup: it goes on from where another one is now."""
        self.copies[over % len(self.copies)] = self.copy(copy).fork(next(self.names))

    def pass_round(self) -> None:
        """Everybody hears of everybody: a workbook goes from the first to the last and back."""
        there = list(zip(self.copies, self.copies[1:], strict=False))
        for sender, receiver in (*there, *((b, a) for a, b in reversed(there))):
            receiver.bring_back(sender.export(-1), Choices())


def live(size: int, deeds: list[tuple[object, ...]]) -> Team:
    team = Team(size)
    for name, *details in deeds:
        getattr(team, str(name))(*details)
    return team


def check(story: tuple[int, list[tuple[object, ...]]]) -> None:
    team = live(*story)
    team.pass_round()
    twins = Twins(pair for copy in team.copies for pair in copy.twins.pairs())
    first, *others = [{twins.first(uid): row for uid, row in copy.rows.items()} for copy in team.copies]
    for other in others:
        assert other == first
    for copy in team.copies:
        living = [copy.things[uid] for uid in copy.rows if uid in copy.things]
        assert len(living) == len(set(living))


@given(STORIES)
@settings(max_examples=300, derandomize=True)
def test_copies_that_exchange_workbooks_lose_no_edit_and_end_up_equal(
    story: tuple[int, list[tuple[object, ...]]],
) -> None:
    check(story)


@given(SAME_THINGS)
@settings(max_examples=300, derandomize=True)
def test_what_several_copies_made_of_one_thing_becomes_the_same_one_in_all(
    story: tuple[int, list[tuple[object, ...]]],
) -> None:
    check(story)


@pytest.mark.torture
@given(st.one_of(STORIES, SAME_THINGS))
@settings(max_examples=10_000)
def test_ten_thousand_stories_of_copies_end_well(story: tuple[int, list[tuple[object, ...]]]) -> None:
    check(story)
