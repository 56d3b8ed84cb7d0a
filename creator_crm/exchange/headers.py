"""Column headers as people write them: made comparable, shown unmistakably, told apart from rows of data."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from creator_crm.domain.values.blanks import is_blank
from creator_crm.domain.values.texts import fold

_WORDS_OF_COURTESY = re.compile(r"^(?:what s|what is|please enter|enter|your|the|my|a|an) +")
_SAME = {
    "e mail": "email",
    "e post": "epost",
    "e posta": "eposta",
    "insta": "instagram",
    "tik tok": "tiktok",
    "you tube": "youtube",
    "linked in": "linkedin",
    "#": "number sign",
}
_NUMBER = re.compile(r"[^\w]{0,3}[\d][\d.,' ]*\s?(?:[kmb%€$£]|mio|mln)?", re.IGNORECASE)
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T].*)?")
_SIGNS = re.compile(r"@[\w.]{2,}|\S+@\S+\.\S+|(?:https?://|www\.)\S+", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def header_key(header: str) -> str:
    """What two spellings of a header share: no case, accents, punctuation, line breaks or "your"."""
    text = re.sub("TikTok|YouTube|LinkedIn", lambda m: m[0].capitalize(), header.replace("#", " # "))
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    text = " ".join(re.sub(r"[^\w#%\u0900-\u097f]+|_", " ", fold(text)).split())
    for spelling, usual in _SAME.items():
        text = re.sub(rf"(?<!\S){spelling}(?!\S)", usual, text)
    while (shorter := _WORDS_OF_COURTESY.sub("", text)) != text:
        text = shorter
    return text


def shown_headers(raw: Sequence[object]) -> tuple[str, ...]:
    """A distinct name for every column: "Column 3" for an empty header, "Subscribers (2)" for a
    repeated one.
    """
    names: list[str] = []
    taken: set[str] = set()
    for number, header in enumerate(raw, 1):
        base = " ".join(str("" if header is None else header).split()) or f"Column {number}"
        name, again = base, 1
        while name.casefold() in taken:
            again += 1
            name = f"{base} ({again})"
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)


def filled(row: Sequence[object]) -> int:
    """How many cells of a row hold something."""
    return sum(1 for cell in row if cell is not None and cell != "" and str(cell).strip())


def is_data(cell: object) -> bool:
    """Whether a cell can hardly be a header: a number, a date, a link, an address, an @handle."""
    if isinstance(cell, bool | int | float | dt.date | dt.time):
        return True
    text = str(cell or "").strip()
    return bool(_NUMBER.fullmatch(text) or _DATE.fullmatch(text) or _SIGNS.fullmatch(text))


def is_comment(row: Sequence[object]) -> bool:
    """Whether a row is a remark of the program that wrote the file: "# Date range"."""
    first = next((str(cell).strip() for cell in row if cell is not None and str(cell).strip()), "")
    return first.startswith("#") and len(first) > 1 and filled(row) <= 2


def header_score(row: Sequence[object], below: Sequence[Sequence[object]], known: frozenset[str]) -> float:
    """How much a row looks like the header of the rows below it; 0 when it can't be one."""
    cells = [cell for cell in row if cell is not None and str(cell).strip()]
    if not cells or is_comment(row):
        return 0.0
    data = sum(is_data(cell) or is_blank(cell) for cell in cells if str(cell).strip() != "#")
    if data > len(cells) * 0.25:
        return 0.0
    width = max((filled(other) for other in below), default=0)
    if len(cells) < 2 and width > 1:
        return 0.0
    sentences = sum(len(str(cell)) > 60 for cell in cells)
    share_known = sum(header_key(str(cell)) in known for cell in cells) / len(cells)
    share_wide = min(1.0, len(cells) / width) if width else 0.3
    different = len({str(cell).strip().casefold() for cell in cells}) / len(cells)
    unlike = any(is_data(cell) for other in below[:5] for cell in other if cell is not None)
    return (
        share_wide + 1.5 * share_known + 0.3 * different + 0.3 * unlike - data * 0.2 - sentences / len(cells)
    )


def joined_headers(upper: Sequence[object], lower: Sequence[object]) -> list[str]:
    """Two header rows as one: the upper stands over its own cell and the empty ones after it.

    The lower words are enough where they are different already; "TikTok" is put before a second "Followers".
    """
    width = max(len(upper), len(lower))
    above, group = [], ""
    for at in range(width):
        own = " ".join(str(upper[at] or "").split()) if at < len(upper) else ""
        group = own or group
        above.append(group)
    words = [" ".join(str(lower[at] or "").split()) if at < len(lower) else "" for at in range(width)]
    repeated = Counter(word.casefold() for word in words if word)
    return [
        word if word and repeated[word.casefold()] == 1 else " ".join(filter(None, (group, word)))
        for group, word in zip(above, words, strict=True)
    ]
