"""`creator-crm`: a verb runs on the command line, anything else opens the window."""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> int:
    """Run what the command line asks for; returns the exit status."""
    arguments = sys.argv[1:]
    if _asks_for_window(arguments):
        from creator_crm.app import open_window

        return open_window(arguments[0] if arguments else None)
    from creator_crm.cli.main import run

    return run(arguments, _self_test)


def _self_test(screenshots: Path | None) -> list[str]:
    from creator_crm.app import self_test

    return self_test(screenshots)


def _asks_for_window(arguments: list[str]) -> bool:
    if not arguments:
        return True
    from creator_crm.cli.arguments import VERBS

    return len(arguments) == 1 and not arguments[0].startswith("-") and arguments[0] not in VERBS


if __name__ == "__main__":
    sys.exit(main())
