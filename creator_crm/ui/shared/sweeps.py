"""Python's sweeps for garbage, put off while long lists pass: a sweep holds the window still."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_sweeps() -> Iterator[None]:
    """No garbage collection while a list passes: with 100,000 rows a sweep holds the window half a second.

    What was read is left out of later sweeps too, until `sweep_again`.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def sweep_again() -> None:
    """The rows are gone: everything is swept as before."""
    gc.unfreeze()
