"""How the bytes of a text file become characters, and how sure that is."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from creator_crm.domain.errors import Cancelled

CHOICES: Final = ("cp1252", "latin-1", "cp1250", "cp1251", "cp1254", "shift_jis", "gb18030", "mac_roman")
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Encoding:
    """The proposed encoding, whether the bytes prove it, what else could be chosen, and the file's sha256."""

    name: str
    certain: bool
    others: tuple[str, ...]
    sha256: str


def find_encoding(path: Path, head: bytes, cancel: Callable[[], bool] | None = None) -> Encoding:
    """Byte order mark, then strict UTF-8 over the whole file, then a proposal that is not certain."""
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    proof = codecs.getincrementaldecoder(marked or "utf-8")("strict")
    digest, strict, damaged, foreign = hashlib.sha256(), True, 0, 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            if cancel and cancel():
                raise Cancelled
            digest.update(block)
            if strict and not _decodes(proof, block):
                strict = False
                text = block.decode("utf-8", "replace")
                damaged = text.count("\ufffd")
                foreign = len(text) - len(text.encode("ascii", "ignore")) - damaged
    strict = strict and _decodes(proof, b"", final=True)
    sha256 = digest.hexdigest()
    if not marked and (wide := _wide(head)):
        return Encoding(wide, False, ("utf-8", *CHOICES), sha256)
    if strict or marked:
        return Encoding(marked or "utf-8", True, _usable(head, marked or "utf-8"), sha256)
    if foreign > 10 * damaged:  # a few broken bytes in what is otherwise plainly UTF-8
        return Encoding("utf-8", False, _usable(head, "utf-8"), sha256)
    others = _usable(head, CHOICES[0])
    return Encoding(CHOICES[0], False, (*others, "utf-8"), sha256)


def _wide(head: bytes) -> str | None:
    """UTF-16 that came without its mark: in Latin text every other byte is NUL."""
    start = head[:4096]
    for name, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[::2])):
        if 2 * zeros.count(0) > len(zeros):
            return name
    return None


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _usable(head: bytes, chosen: str) -> tuple[str, ...]:
    """The choices under which the start of the file makes characters at all."""
    usable = []
    for name in CHOICES:
        decoder = codecs.getincrementaldecoder(name)("strict")
        if name != chosen and _decodes(decoder, head):
            usable.append(name)
    return tuple(usable)
