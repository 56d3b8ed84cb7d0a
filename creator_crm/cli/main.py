"""Reads the command line, opens the workspace it names and runs one verb. Never asks a question."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from enum import Enum, auto
from importlib import import_module
from pathlib import Path
from typing import Any

from creator_crm.cli.arguments import parser, with_values_attached
from creator_crm.cli.output import DONE, REFUSED, USAGE, Output, WrongUsage
from creator_crm.domain.errors import UserError

_VARIABLE = "CREATOR_CRM_WORKSPACE"
SelfTest = Callable[[Path | None], list[str]]


class _Needs(Enum):
    """What a verb is given beside its arguments."""

    NOTHING = auto()
    PAGES = auto()
    PATH = auto()
    OPEN = auto()
    NEW_OR_OPEN = auto()


# Each verb's module is imported when the verb is used, so that a short list does not wait for the rest.
_VERBS = {
    "demo": ("upkeep", "demo", _Needs.NOTHING),
    "recognise": ("files", "recognise", _Needs.NOTHING),
    "import": ("files", "import_files", _Needs.NEW_OR_OPEN),
    "export": ("records", "export", _Needs.OPEN),
    "merge": ("merging", "merge", _Needs.OPEN),
    "list": ("records", "list_records", _Needs.OPEN),
    "show": ("records", "show_record", _Needs.OPEN),
    "add": ("records", "add_record", _Needs.NEW_OR_OPEN),
    "set": ("records", "set_record", _Needs.OPEN),
    "delete": ("records", "delete_record", _Needs.OPEN),
    "history": ("past", "history", _Needs.OPEN),
    "undo": ("past", "undo", _Needs.OPEN),
    "redo": ("past", "redo", _Needs.OPEN),
    "due": ("work", "due", _Needs.OPEN),
    "ship": ("shipping", "ship", _Needs.OPEN),
    "stock": ("stock", "stock", _Needs.OPEN),
    "plan": ("stock", "plan", _Needs.OPEN),
    "carrier": ("carriers", "carrier", _Needs.OPEN),
    "tracking": ("work", "tracking", _Needs.NOTHING),
    "funnel": ("figures", "funnel", _Needs.OPEN),
    "metrics": ("figures", "metrics", _Needs.OPEN),
    "charts": ("figures", "charts", _Needs.OPEN),
    "report": ("figures", "report", _Needs.OPEN),
    "check": ("upkeep", "check", _Needs.PATH),
    "backup": ("upkeep", "backup", _Needs.OPEN),
    "restore": ("upkeep", "restore", _Needs.PATH),
    "self-test": ("upkeep", "self_test", _Needs.PAGES),
}


def run(arguments: Sequence[str], self_test: SelfTest) -> int:
    """Run one verb; returns the exit status: 0 done, 1 could not, 2 wrong usage, 3 done, rows left.

    `self_test` opens every page of the window; the window is not the command line's to know.
    """
    _speak_utf_8()
    args = parser().parse_args(with_values_attached(arguments))
    if args.verb is None:
        parser().print_usage(sys.stderr)
        return USAGE
    out = Output(getattr(args, "json", False))
    try:
        return _run(args, out, self_test)
    except WrongUsage as error:
        out.error(str(error))
        return USAGE
    except UserError as error:
        out.error(str(error))
        return REFUSED
    except OSError as error:  # a path that no system takes, a disk that is gone: nothing of ours to repair
        if isinstance(error, BrokenPipeError):
            # The reader of our output (head, less) has gone; nothing is wrong with the work.
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            return DONE
        reason = error.strerror or "the disk reported an error"
        out.error(f"{error.filename or 'A file'} could not be used ({reason}).")
        return REFUSED
    except KeyboardInterrupt:
        out.error("Stopped; nothing was changed.")
        return REFUSED


def _run(args: argparse.Namespace, out: Output, self_test: SelfTest) -> int:
    module, function, needs = _VERBS[args.verb]
    verb: Any = getattr(import_module(f"creator_crm.cli.{module}"), function)
    if needs is _Needs.NOTHING:
        return int(verb(args, out))
    if needs is _Needs.PAGES:
        return int(verb(args, out, self_test))
    path = workspace_path(args)
    if needs is _Needs.PATH:
        return int(verb(path, args, out))
    from creator_crm.services.workspace import Workspace

    makes = needs is _Needs.NEW_OR_OPEN and not path.exists() and not getattr(args, "dry_run", False)
    with Workspace.create(path) if makes else Workspace.open(path) as workspace:
        return int(verb(workspace, args, out))


def workspace_path(args: argparse.Namespace) -> Path:
    """Where the workspace is: -w, or the environment. Raises WrongUsage."""
    named = getattr(args, "workspace", None) or os.environ.get(_VARIABLE)
    if not named:
        raise WrongUsage(f"Say which workspace: -w FILE, or set {_VARIABLE}.")
    return Path(named)


def _speak_utf_8() -> None:
    """The same bytes everywhere, also where the terminal's own encoding cannot hold a name."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
