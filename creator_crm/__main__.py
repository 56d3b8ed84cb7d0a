"""`creator-crm`: a verb runs on the command line, anything else opens the window."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path


def main() -> int:
    """Run what the command line asks for; returns the exit status."""
    arguments = sys.argv[1:]
    if asks_for_window(arguments):
        # Looking for garbage among the thousands of objects of a start takes a tenth of it and finds nothing;
        # it begins again once the window is there.
        gc.disable()
        from creator_crm.app import open_window

        return open_window(arguments[-1] if arguments else os.environ.get("CREATOR_CRM_WORKSPACE") or None)
    from creator_crm.cli.main import run

    return run(arguments, _self_test)


def asks_for_window(arguments: list[str]) -> bool:
    """Whether no verb is there: nothing, or only a workspace with or without -w before it."""
    if not arguments:
        return True
    from creator_crm.cli.arguments import VERBS

    if arguments[0] in ("-w", "--workspace"):
        arguments = arguments[1:]
    return len(arguments) == 1 and not arguments[0].startswith("-") and arguments[0] not in VERBS


def _self_test(screenshots: Path | None) -> list[str]:
    from creator_crm.app import self_test

    return self_test(screenshots)


if __name__ == "__main__":
    sys.exit(main())
