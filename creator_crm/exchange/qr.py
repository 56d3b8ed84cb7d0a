"""QR codes as squares, dark or light, for whoever draws them."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=64)
def squares(text: str) -> tuple[tuple[bool, ...], ...]:
    """The rows of the code of `text`, True where it is dark, without the quiet zone around it.

    It stays readable with up to 15 % of it stained. Raises ValueError for a text that is too long for a code.
    """
    import segno

    code = segno.make(text, error="m", micro=False, boost_error=False)
    return tuple(tuple(bool(square) for square in row) for row in code.matrix)
