"""The other names of a field, written as one line: what column headers call it in many languages."""

from __future__ import annotations


def also(names: str) -> tuple[str, ...]:
    """The names between the semicolons; case, accents and punctuation do not matter when compared."""
    return tuple(name.strip() for name in " ".join(names.split()).split(";") if name.strip())
