"""Reads a cell of several tags into a sorted tuple, and writes it back."""

import re
from collections.abc import Iterable


def parse_tags(value: str | Iterable[str]) -> tuple[str, ...]:
    """The tags of "vip, local", "9002;9999", "a | b" or "* myContacts ::: Press", sorted, each once.

    Of two spellings that differ in case only the first is kept.
    """
    cells = [value] if isinstance(value, str) else value
    kept: dict[str, str] = {}
    for cell in cells:
        for part in re.split(r"[,;|，、；\n\r]|:::", cell):
            tag = " ".join(part.split()).removeprefix("* ")
            if tag and tag != "*":
                kept.setdefault(tag.casefold(), tag)
    return tuple(kept[key] for key in sorted(kept))


def format_tags(tags: Iterable[str]) -> str:
    """The tags in one cell, in their normal order: "local, vip"."""
    return ", ".join(parse_tags(tags))
