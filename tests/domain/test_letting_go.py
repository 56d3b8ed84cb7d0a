"""What is big is freed a portion at a time, and only that."""

from __future__ import annotations

from creator_crm.domain.letting_go import drop_parts, let_go


def test_lists_dictionaries_and_sets_are_empty_afterwards_however_long() -> None:
    for count in (0, 1, 499, 500, 501, 2_000):
        numbers, names, kept = list(range(count)), {n: str(n) for n in range(count)}, set(range(count))
        let_go(numbers, names, kept)
        assert (numbers, names, kept) == ([], {}, set())


def test_the_long_columns_of_a_few_names_are_emptied_with_them() -> None:
    column, line = list(range(2_000)), [1, 2, 3]
    values = {"creator.name": column}
    rows = [line] * 2_000
    let_go(values, rows)
    assert column == []
    assert values == {}
    assert line == [1, 2, 3], "what a long list holds belongs to others too"


def test_what_is_no_container_of_many_is_left_alone() -> None:
    pair, word = (1, [2]), "word"
    let_go(pair, word, None, frozenset({1}))
    assert pair == (1, [2])


def test_the_lists_and_dictionaries_of_an_object_are_emptied_and_what_they_held_is_not() -> None:
    class Reading:
        def __init__(self) -> None:
            self.rows, self.places, self.name, self.known = [[1], [2]], {"name": [3]}, "Creators", {4}

    reading = Reading()
    row, place = reading.rows[0], reading.places["name"]
    drop_parts(reading)
    assert (reading.rows, reading.places, reading.name, reading.known) == ([], {}, "Creators", {4})
    assert (row, place) == ([1], [3])
