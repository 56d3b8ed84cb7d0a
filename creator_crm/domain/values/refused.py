"""The one error of this package: a value that can't be read, in a sentence fit for a cell."""

SHOWN_CHARACTERS = 40


class ValueRefused(ValueError):
    """The text is no value of the wanted kind; `str()` is one plain sentence for the person who typed it."""


def quoted(value: object) -> str:
    """The value between curly quotes, on one line and short enough for a message."""
    line = " ".join(
        "".join(c if c.isprintable() else " " for c in str(value)[: 4 * SHOWN_CHARACTERS]).split()
    )
    if len(line) > SHOWN_CHARACTERS:
        line = line[: SHOWN_CHARACTERS - 1].rstrip() + "…"
    return f"“{line}”"
