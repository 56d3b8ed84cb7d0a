"""What the command line prints: plain tables for people, or exactly one JSON object for machines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from creator_crm.domain.errors import UserError

DONE, REFUSED, USAGE, PARTLY = 0, 1, 2, 3
_LONGEST = 800  # signs of a sentence


class WrongUsage(UserError):
    """What was typed on the command line cannot be meant."""


class Output:
    """Says what a verb has to say; with `as_json` only what `result` is given reaches standard output."""

    def __init__(self, as_json: bool) -> None:
        self.as_json = as_json

    def say(self, text: str) -> None:
        """A line for people; silent when a machine reads."""
        if not self.as_json:
            print(text)

    def table(self, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Rows in aligned columns for people."""
        if self.as_json:
            return
        lines = [list(headers), *([_one_line(cell) for cell in row] for row in rows)]
        widths = [min(40, max(len(line[i]) for line in lines)) for i in range(len(headers))]
        for number, line in enumerate(lines):
            print("  ".join(_fit(cell, width) for cell, width in zip(line, widths, strict=True)).rstrip())
            if number == 0:
                print("  ".join("-" * width for width in widths))

    def result(self, value: dict[str, Any]) -> None:
        """The one JSON object of this call."""
        if self.as_json:
            json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=str)
            print()

    def error(self, sentence: str) -> None:
        """Why nothing was done."""
        sentence = _readable(sentence)
        print(sentence, file=sys.stderr)
        self.result({"error": sentence})


def _readable(sentence: str) -> str:
    """One line; what somebody pasted by mistake is not given back page by page."""
    line = _one_line(sentence)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 200]} … {line[-200:]}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _fit(text: str, width: int) -> str:
    return text.ljust(width) if len(text) <= width else text[: width - 1] + "…"
