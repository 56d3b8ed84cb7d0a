"""Where versions of a text differ: from where to show them on one line, and which words to mark."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import accumulate

LONGEST = 1500  # words with what stands before them: two hundredths of a second
ALIKE = 0.3  # below this nothing is alike, and marks everywhere would say nothing
_WORDS = re.compile(r"\s*\w+|\s*[^\w\s]|\s+")


KEPT_BEFORE = 14  # signs that stay in front of the first difference
WORTH_CUTTING = 28


def cut_to_difference(text: str, *others: str) -> str:
    """`text` from shortly before the place where it stops being the same as the others."""
    pairs = enumerate(zip(text, *others, strict=False))
    shared = next((at for at, signs in pairs if len(set(signs)) > 1), min(map(len, (text, *others))))
    if shared < WORTH_CUTTING or not others:
        return text
    start = text.find(" ", shared - KEPT_BEFORE)
    return f"… {text[start + 1 :].lstrip()}" if 0 <= start <= shared else f"… {text[shared - KEPT_BEFORE :]}"


def new_words(text: str, *others: str) -> list[tuple[int, int]]:
    """(first, behind last) of each run of signs in `text` that are new; compared with the first like it."""
    words = _WORDS.findall(text)
    for other in others:
        before = _WORDS.findall(other)
        if not other.strip() or max(len(words), len(before)) > LONGEST:
            continue
        if SequenceMatcher(None, other.split(), text.split(), autojunk=False).ratio() < ALIKE:
            continue
        compared = SequenceMatcher(None, before, words, autojunk=False)
        starts = list(accumulate(map(len, words), initial=0))
        new = [(a, b) for how, _, _, a, b in compared.get_opcodes() if how != "equal" and b > a]
        blank = [len(word) - len(word.lstrip()) for word in words]
        return [(starts[a] + blank[a], starts[b]) for a, b in new]
    return []
