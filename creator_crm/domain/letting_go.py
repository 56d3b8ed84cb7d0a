"""Frees what is big a portion at a time: 100,000 items freed in one go make every other thread wait."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import fields
from time import sleep
from typing import Any

_PORTION = 500


def let_go_of(*records: Any) -> None:
    """Let go of the lists, dictionaries and sets that dataclasses hold in their fields."""
    for record in records:
        let_go(*(getattr(record, field.name) for field in fields(record)))


def let_go(*containers: object) -> None:
    """Empty lists, dictionaries and sets; other threads get their turn between the portions.

    What a short container holds is emptied too, what a long one holds only dropped. Anything else is passed
    over. Nobody may need the containers any more.
    """
    for container in containers:
        if isinstance(container, (list, set)):
            _empty(container, container, container.pop)
        elif isinstance(container, dict):
            _empty(container, container.values(), container.popitem)


def drop(*containers: object) -> None:
    """Empty lists and dictionaries; what they hold may still be needed and stays as it is."""
    for container in containers:
        if isinstance(container, list):
            _take_all(container, container.pop)
        elif isinstance(container, dict):
            _take_all(container, container.popitem)


def drop_parts(*owners: object) -> None:
    """Empty the lists and dictionaries that objects hold as their attributes, as `drop` does."""
    for owner in owners:
        drop(*vars(owner).values())


def _empty(container: Collection[object], held: Collection[object], take_out: Callable[[], object]) -> None:
    if len(container) <= _PORTION:
        let_go(*held)
    _take_all(container, take_out)


def _take_all(container: Collection[object], take_out: Callable[[], object]) -> None:
    while container:
        for _ in range(min(_PORTION, len(container))):
            take_out()
        sleep(0)  # lets go of the interpreter too: a thread that reads rows asks for it at each of them
