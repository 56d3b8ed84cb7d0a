"""Frozen classes behave as dataclasses do, although their methods come later."""

from __future__ import annotations

import copy
import dataclasses
import pickle

import pytest

from creator_crm.domain.frozen import frozen, immutable


@frozen
class Pot:
    name: str
    size: int = 3
    inside: list[str] = dataclasses.field(default_factory=list)


@frozen
class Lid(Pot):
    knob: bool = False


def test_each_class_takes_its_own_fields_and_those_it_inherits() -> None:
    assert Pot(name="a").size == 3
    lid = Lid(name="b", knob=True)
    assert (lid.name, lid.size, lid.inside, lid.knob) == ("b", 3, [], True)
    with pytest.raises(TypeError):
        Pot(name="a", knob=True)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Lid(knob=True)  # type: ignore[call-arg]


def test_each_row_gets_a_default_of_its_own() -> None:
    assert Pot(name="a").inside is not Pot(name="a").inside


def test_nothing_can_be_set_or_added() -> None:
    pot = Pot(name="a")
    for name in ("size", "handle"):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(pot, name, 4)
    with pytest.raises(dataclasses.FrozenInstanceError):
        del pot.size
    assert pot == Pot(name="a")


def test_equal_means_the_same_class_and_the_same_values() -> None:
    assert Pot(name="a") == Pot(name="a") != Pot(name="b")
    assert Pot(name="a") != Lid(name="a")
    assert repr(Pot(name="a")) == "Pot(name='a', size=3, inside=[])"


def test_they_are_replaced_copied_and_pickled() -> None:
    pot = dataclasses.replace(Pot(name="a"), size=9)
    assert (pot.name, pot.size) == ("a", 9)
    assert copy.deepcopy(pot) == pot == pickle.loads(pickle.dumps(pot))


@immutable
class Place:
    row: int
    column: int = 0

    def __post_init__(self) -> None:
        if self.row < 0:
            raise ValueError("there is no such row")


def test_an_immutable_one_is_also_made_by_place() -> None:
    assert Place(3, 4) == Place(row=3, column=4) != Place(3)
    assert len({Place(1), Place(1), Place(2)}) == 2
    match Place(7, 8):
        case Place(row, column):
            assert (row, column) == (7, 8)
    with pytest.raises(TypeError):
        Place(1, 2, 3)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Pot("a")  # type: ignore[misc]


def test_one_that_checks_itself_is_checked_each_time() -> None:
    for _ in range(2):
        with pytest.raises(ValueError, match="no such row"):
            Place(-1)
