"""What three-way merging makes of each case, one sentence a case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from creator_crm.domain.fields import Value
from creator_crm.domain.merging import (
    UNKNOWN,
    BaseValue,
    Cell,
    Choices,
    Gone,
    RecordMerge,
    RowConflict,
    Side,
    State,
    TheirRow,
    merge_record,
    merged,
)

FIELDS = ("name", "email", "tags")
ANA: dict[str, Value] = {"name": "Ana", "email": "ana@x.com", "tags": ("fit", "food")}
BO: dict[str, Value] = {"name": "Bo", "email": None, "tags": ()}


class Known:
    """A base that is known whole; rows in `trash` were in the trash."""

    def __init__(
        self,
        living: Mapping[str, Mapping[str, Value]],
        trash: Mapping[str, Mapping[str, Value]] | None = None,
    ) -> None:
        self.living, self.trash = living, trash or {}

    def state(self, uid: str) -> State:
        return State.LIVING if uid in self.living else State.TRASHED if uid in self.trash else State.ABSENT

    def is_base(self, uid: str, field: str, value: Value) -> bool | None:
        held = self.value(uid, field)
        return None if held is UNKNOWN else held == value

    def value(self, uid: str, field: str) -> BaseValue:
        row = self.living.get(uid) or self.trash.get(uid)
        return row.get(field, UNKNOWN) if row else UNKNOWN


class Nothing:
    """No base at all."""

    def state(self, uid: str) -> State:
        return State.UNKNOWN

    def is_base(self, uid: str, field: str, value: Value) -> bool | None:
        return None

    def value(self, uid: str, field: str) -> BaseValue:
        return UNKNOWN


def merge(
    mine: Mapping[str, Mapping[str, Value]],
    theirs: Mapping[str, Mapping[str, Value]],
    base: Any = None,
    *,
    in_trash: Mapping[str, Mapping[str, Value]] | None = None,
    deleted_there: tuple[str, ...] = (),
    pasted: tuple[str, ...] = (),
    refused: Mapping[str, Mapping[str, str]] | None = None,
) -> RecordMerge:
    """Merge rows given by uid; the base is Ana and Bo unless told otherwise."""
    rows = [
        TheirRow(line, uid, values, (refused or {}).get(uid, {}), uid in pasted)
        for line, (uid, values) in enumerate(theirs.items(), 2)
    ]
    known = base or Known({"a": ANA, "b": BO})
    return merge_record("creator", FIELDS, mine, in_trash or {}, rows, frozenset(deleted_there), known)


def nothing() -> RecordMerge:
    return RecordMerge("creator")


def cell(field: str, base: BaseValue, mine: Value, theirs: Value, uid: str = "a") -> Cell:
    return Cell(uid, field, base, mine, theirs)


def test_a_workbook_nobody_edited_changes_nothing() -> None:
    assert merge({"a": ANA, "b": BO}, {"a": ANA, "b": BO}) == nothing()


def test_what_they_alone_changed_goes_in() -> None:
    found = merge({"a": ANA, "b": BO}, {"a": ANA | {"name": "Anna"}, "b": BO})
    assert found == RecordMerge("creator", taken=(cell("name", "Ana", "Ana", "Anna"),))


def test_what_was_changed_here_alone_stays() -> None:
    found = merge({"a": ANA | {"name": "Anna"}, "b": BO}, {"a": ANA, "b": BO})
    assert found == RecordMerge("creator", kept=(cell("name", "Ana", "Anna", "Ana"),))


def test_different_cells_of_one_row_are_no_conflict() -> None:
    found = merge({"a": ANA | {"name": "Anna"}, "b": BO}, {"a": ANA | {"email": "a@y.org"}, "b": BO})
    assert found == RecordMerge(
        "creator",
        taken=(cell("email", "ana@x.com", "ana@x.com", "a@y.org"),),
        kept=(cell("name", "Ana", "Anna", "Ana"),),
    )


def test_the_same_cell_changed_differently_is_a_conflict() -> None:
    found = merge({"a": ANA | {"name": "Anna"}, "b": BO}, {"a": ANA | {"name": "Anne"}, "b": BO})
    assert found == RecordMerge("creator", conflicts=(cell("name", "Ana", "Anna", "Anne"),))


def test_the_same_cell_changed_alike_is_no_change() -> None:
    anna = ANA | {"name": "Anna"}
    assert merge({"a": anna, "b": BO}, {"a": anna, "b": BO}) == nothing()


def test_a_cell_emptied_there_is_emptied_here() -> None:
    found = merge({"a": ANA, "b": BO}, {"a": ANA | {"email": None}, "b": BO})
    assert found.taken == (cell("email", "ana@x.com", "ana@x.com", None),)


def test_a_field_without_a_column_is_no_change_even_where_it_was_edited_here() -> None:
    there = {uid: {"name": row["name"]} for uid, row in (("a", ANA), ("b", BO))}
    assert merge({"a": ANA | {"email": "a@y.org"}, "b": BO}, there) == nothing()


def test_a_column_that_belongs_to_no_field_is_left_alone() -> None:
    assert merge({"a": ANA, "b": BO}, {"a": ANA | {"mood": "sunny"}, "b": BO}) == nothing()


def test_the_order_of_rows_and_columns_changes_nothing() -> None:
    turned = {"b": dict(reversed(BO.items())), "a": dict(reversed(ANA.items()))}
    assert merge({"a": ANA, "b": BO}, turned) == nothing()


def test_tags_in_another_order_are_no_change() -> None:
    assert merge({"a": ANA, "b": BO}, {"a": ANA | {"tags": ("food", "fit", "food")}, "b": BO}) == nothing()


def test_a_cell_that_could_not_be_read_is_a_problem_and_never_cleared() -> None:
    found = merge(
        {"a": ANA, "b": BO}, {"a": ANA | {"email": None}, "b": BO}, refused={"a": {"email": "An error."}}
    )
    assert found == RecordMerge("creator", problems=((2, "email", "An error."),))


def test_a_row_trashed_here_and_untouched_there_stays_in_the_trash() -> None:
    assert merge({"b": BO}, {"a": ANA, "b": BO}, in_trash={"a": ANA}) == nothing()


def test_a_row_trashed_here_and_edited_there_is_a_conflict() -> None:
    found = merge({"b": BO}, {"a": ANA | {"name": "Anna"}, "b": BO}, in_trash={"a": ANA})
    edited = (cell("name", "Ana", "Ana", "Anna"),)
    assert found == RecordMerge("creator", gone=(RowConflict("a", Gone.HERE, edited),))


def test_a_row_trashed_there_and_untouched_here_goes() -> None:
    found = merge({"a": ANA, "b": BO}, {"b": BO}, deleted_there=("a",))
    assert found == RecordMerge("creator", trashed=("a",))


def test_a_row_trashed_there_and_edited_here_is_a_conflict() -> None:
    found = merge({"a": ANA | {"email": None}, "b": BO}, {"b": BO}, deleted_there=("a",))
    edited = (cell("email", "ana@x.com", None, None),)
    assert found == RecordMerge("creator", gone=(RowConflict("a", Gone.THERE, edited),))


def test_a_row_in_the_trash_of_both_sides_is_no_change() -> None:
    assert merge({"b": BO}, {"b": BO}, in_trash={"a": ANA}, deleted_there=("a",)) == nothing()


def test_a_row_in_the_trash_there_and_gone_for_good_here_is_no_change() -> None:
    assert merge({"b": BO}, {"b": BO}, deleted_there=("a",)) == nothing()


def test_a_row_restored_there_comes_back() -> None:
    found = merge({"b": BO}, {"a": ANA, "b": BO}, Known({"b": BO}, {"a": ANA}), in_trash={"a": ANA})
    assert found == RecordMerge("creator", restored=("a",))


def test_a_row_restored_and_edited_there_comes_back_with_the_edit() -> None:
    there = {"a": ANA | {"name": "Anna"}, "b": BO}
    found = merge({"b": BO}, there, Known({"b": BO}, {"a": ANA}), in_trash={"a": ANA})
    assert found == RecordMerge("creator", restored=("a",), taken=(cell("name", "Ana", "Ana", "Anna"),))


def test_a_row_restored_here_stays_though_it_is_still_in_their_trash() -> None:
    base = Known({"b": BO}, {"a": ANA})
    assert merge({"a": ANA | {"name": "Anna"}, "b": BO}, {"b": BO}, base, deleted_there=("a",)) == nothing()


def test_a_row_without_a_line_in_the_workbook_is_missing_and_not_deleted() -> None:
    assert merge({"a": ANA, "b": BO}, {"b": BO}) == RecordMerge("creator", missing=("a",))


def test_a_row_added_here_since_is_not_missing_there() -> None:
    assert merge({"a": ANA, "b": BO, "c": BO}, {"a": ANA, "b": BO}) == nothing()


def test_a_row_that_is_not_here_is_new() -> None:
    found = merge({"a": ANA, "b": BO}, {"a": ANA, "b": BO, "c": {"name": "Cy"}})
    assert found == RecordMerge("creator", new=(TheirRow(4, "c", {"name": "Cy"}, {}),))


def test_a_pasted_copy_of_a_row_is_asked_about_once_and_is_no_change_when_it_is_here() -> None:
    there = {"a": ANA, "b": BO, "c": ANA}
    found = merge({"a": ANA, "b": BO}, there, pasted=("c",))
    assert found == RecordMerge("creator", pasted=(TheirRow(4, "c", ANA, {}, True),))
    assert merge({"a": ANA, "b": BO, "c": ANA}, there, pasted=("c",)) == nothing()


def test_a_row_with_one_id_added_on_both_sides_asks_about_each_cell_that_differs() -> None:
    found = merge({"a": ANA, "b": BO, "c": BO}, {"a": ANA, "b": BO, "c": BO | {"name": "Cy"}})
    assert found == RecordMerge("creator", conflicts=(cell("name", UNKNOWN, "Bo", "Cy", "c"),))


def test_a_row_removed_for_good_here_never_comes_back_by_itself() -> None:
    assert merge({"b": BO}, {"a": ANA, "b": BO}) == nothing()
    found = merge({"b": BO}, {"a": ANA | {"name": "Anna"}, "b": BO})
    edited = (cell("name", "Ana", None, "Anna"),)
    assert found == RecordMerge("creator", gone=(RowConflict("a", Gone.HERE, edited),))


def test_a_row_restored_there_and_removed_for_good_here_is_asked_about() -> None:
    found = merge({"b": BO}, {"a": ANA, "b": BO}, Known({"b": BO}, {"a": ANA}))
    assert found == RecordMerge("creator", gone=(RowConflict("a", Gone.HERE, ()),))


def test_without_a_base_every_difference_is_asked_about_and_nothing_is_taken() -> None:
    found = merge(
        {"a": ANA, "b": BO}, {"a": ANA | {"name": "Anna"}, "b": BO | {"email": "b@x.com"}}, Nothing()
    )
    assert found == RecordMerge(
        "creator",
        conflicts=(cell("name", UNKNOWN, "Ana", "Anna"), cell("email", UNKNOWN, None, "b@x.com", "b")),
    )


@pytest.mark.parametrize("there", [{"a": ANA}, {"a": ANA | {"name": "Anna"}}])
def test_without_a_base_a_row_in_the_trash_here_is_asked_about(there: dict[str, dict[str, Value]]) -> None:
    found = merge({}, there, Nothing(), in_trash={"a": ANA})
    assert [(row.uid, row.gone) for row in found.gone] == [("a", Gone.HERE)]
    assert (found.restored, found.taken, found.conflicts) == ((), (), ())


def test_without_a_base_a_row_in_the_trash_there_is_asked_about() -> None:
    found = merge({"a": ANA}, {}, Nothing(), deleted_there=("a",))
    assert [(row.uid, row.gone) for row in found.gone] == [("a", Gone.THERE)]
    assert found.trashed == ()


def test_without_a_base_no_row_counts_as_missing() -> None:
    assert merge({"a": ANA, "b": BO}, {"b": BO}, Nothing()) == nothing()


def test_what_was_taken_asked_and_added_is_written_as_chosen() -> None:
    clash = (cell("name", "Ana", "Anna", "Anne"), cell("tags", (), ("p",), ("q",), "b"))
    found = RecordMerge(
        "creator",
        taken=(cell("email", "ana@x.com", "ana@x.com", None),),
        conflicts=clash,
        new=(TheirRow(5, "c", {"name": "Cy"}, {}),),
        pasted=(TheirRow(6, "d", {"name": "Di"}, {}, True),),
        missing=("e", "f"),
    )
    mine = {"a": ANA | {"name": "Anna"}, "b": BO | {"tags": ("p",)}, "e": BO, "f": BO}
    choices = Choices(cells={("a", "name"): Side.THEIRS}, delete=frozenset({"e"}), skip=frozenset({"d"}))
    living, trash = merged(found, mine, {}, choices)
    assert living == {
        "a": ANA | {"name": "Anne", "email": None},
        "b": BO | {"tags": ("p",)},
        "c": {"name": "Cy"},
        "f": BO,
    }
    assert trash == {"e": BO}


def test_a_row_that_one_side_edited_and_the_other_trashed_ends_as_chosen() -> None:
    edits = (cell("name", "Ana", "Ana", "Anna"),)
    here, there = RowConflict("a", Gone.HERE, edits), RowConflict("b", Gone.THERE, ())
    found = RecordMerge("creator", gone=(here, there))
    assert merged(found, {"b": BO}, {"a": ANA}, Choices()) == ({"b": BO}, {"a": ANA})
    theirs = merged(found, {"b": BO}, {"a": ANA}, Choices(rows={"a": Side.THEIRS, "b": Side.THEIRS}))
    assert theirs == ({"a": ANA | {"name": "Anna"}}, {"b": BO})
