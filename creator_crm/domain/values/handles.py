"""A creator's handle: as shown, as matched, and told apart from a name."""

import re
import unicodedata

from creator_crm.domain.values.links import Link, looks_like_link, profile_url, read_link, safe_link

__all__ = [
    "Link",
    "clean_handle",
    "fold_handle",
    "looks_like_handle",
    "profile_url",
    "read_link",
    "safe_link",
    "split_name_and_handle",
]

LONGEST_CELL = 200
"""Characters of a cell that can still be a name with a handle."""

# Soft hyphen, zero-width and direction marks, and control characters that are not blanks.
_INVISIBLE = "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f]"


def clean_handle(text: str) -> str:
    """The handle as it is shown, without "@", out of "@Jade.Park", "Jade.Park " or a link to the profile.

    A link that names nobody (a short link, a tag) gives "".
    """
    if "/" in text and looks_like_link(text):
        text = read_link(text).handle
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).replace("＠", "@")
    if not text.isprintable():
        text = re.sub(_INVISIBLE, "", text)
    return " ".join(text.split()).lstrip("@ ")


def fold_handle(text: str) -> str:
    """The key accounts are matched by: the handle without case, blanks, "@" and characters nobody sees."""
    handle = clean_handle(text)
    if handle.isascii():
        return handle.replace(" ", "").lower()
    # Again and again, because folding a few letters leaves a form that the next round changes once more.
    before = None
    while handle != before:
        before = handle
        plain = unicodedata.normalize("NFKC", handle).casefold()
        handle = "".join(re.sub(_INVISIBLE, "", plain).split()).lstrip("@")
    return handle


def looks_like_handle(text: str) -> bool:
    """Whether a cell can be a handle: one word of letters, digits, ".", "_" and "-", or a profile link."""
    if "/" in text:
        return looks_like_link(text) and read_link(text).handle != ""
    handle = text.strip()[:LONGEST_CELL]
    if not handle.startswith("@") and re.fullmatch(
        r"[\d.,]*[.,]\d+ ?[kmb%]?|\d+ ?[kmb%]", handle, re.IGNORECASE
    ):
        return False
    return re.fullmatch(r"@?(?=[\w.\-]*\w)[\w.\-]{1,64}", handle) is not None


def split_name_and_handle(text: str) -> tuple[str, str] | None:
    """The two parts of "just sul @justsul" or "Just Sul (@justsul)", None when there are not both."""
    if len(text) > LONGEST_CELL:
        return None
    found = re.fullmatch(
        r"\s*(\S.*?)(?:\s|(?<=[\s(\[|/–-]))[(\[|/–-]*\s*@([\w.\-]{1,64})\s*[)\]]?\s*", text, re.DOTALL
    )
    if not found:
        return None
    name = found[1].rstrip(" \t([|/–-")
    return (" ".join(name.split()), found[2]) if name else None
