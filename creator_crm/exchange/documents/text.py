"""A document as headings with paragraphs and lists, whatever file it becomes."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ITEM = re.compile(r"^\s*(?:[-*•–]|\d+[.)])\s+")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with paragraphs; `items` says that each of them is one line of a list."""

    heading: str
    paragraphs: tuple[str, ...]
    items: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A whole document; `under` stands small below its title. `language` is a code such as "de"."""

    title: str
    sections: tuple[Section, ...]
    under: str = ""
    language: str = ""


def section(heading: str, text: str | None, *, items: bool = False) -> Section | None:
    """What somebody typed as a section, None when it is empty.

    Its lines are a list if it is to be one or every line begins with a sign for one; the signs are taken off.
    """
    lines = [line.strip() for line in (text or "").splitlines() if line.strip()]
    if not lines:
        return None
    listed = len(lines) > 1 and all(_ITEM.match(line) for line in lines)
    if items or listed:
        return Section(heading, tuple(_ITEM.sub("", line) for line in lines), items=True)
    return Section(heading, tuple(lines))
