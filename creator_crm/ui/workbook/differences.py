"""Where versions of a text differ: from where to show them on one line, and which words to mark."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

LONGEST = 1500  # words; longer texts are read without marks
ALIKE = 0.3  # below this nothing is alike, and marks everywhere would say nothing
_WORDS = re.compile(r"\w+|\s+|[^\w\s]")


KEPT_BEFORE = 14  # signs that stay in front of the first difference
WORTH_CUTTING = 28


def cut_to_difference(text: str, *others: str) -> str:
    """`text` from shortly before the place where it stops being the same as the others."""
    pairs = enumerate(zip(text, *others, strict=False))
    shared = next((at for at, signs in pairs if len(set(signs)) > 1), min(map(len, (text, *others))))
    if shared < WORTH_CUTTING or not all(others):
        return text
    start = text.find(" ", shared - KEPT_BEFORE)
    return f"… {text[start + 1 :].lstrip()}" if 0 <= start <= shared else f"… {text[shared - KEPT_BEFORE :]}"


def new_words(text: str, before: str) -> list[tuple[int, int]]:
    """(first, behind last) of each run of signs in `text` that `before` does not have there."""
    ours, theirs = _WORDS.findall(text), _WORDS.findall(before)
    if not before.strip() or max(len(ours), len(theirs)) > LONGEST:
        return []
    compared = SequenceMatcher(None, theirs, ours, autojunk=False)
    if compared.ratio() < ALIKE:
        return []
    starts = [0]
    for word in ours:
        starts.append(starts[-1] + len(word))
    return [(starts[a], starts[b]) for how, _, _, a, b in compared.get_opcodes() if how != "equal" and b > a]
