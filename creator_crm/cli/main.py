"""Reads the command line, opens the workspace it names and runs one verb. Never asks a question."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from creator_crm.cli.arguments import parser
from creator_crm.cli.output import DONE, REFUSED, USAGE, Output
from creator_crm.domain.errors import UserError

if TYPE_CHECKING:
    from creator_crm.services.workspace import Workspace

_VARIABLE = "CREATOR_CRM_WORKSPACE"
SelfTest = Callable[[Path | None], list[str]]
_Verb = Callable[["Workspace", argparse.Namespace, Output], int]


def run(arguments: Sequence[str], self_test: SelfTest) -> int:
    """Run one verb; returns the exit status: 0 done, 1 could not, 2 wrong usage, 3 done, rows left.

    `self_test` opens every page of the window; the window is not the command line's to know.
    """
    args = parser().parse_args(arguments)
    out = Output(getattr(args, "json", False))
    if args.verb is None:
        parser().print_usage()
        return USAGE
    try:
        return _run(args, out, self_test)
    except UserError as error:
        out.error(str(error))
        return REFUSED
    except BrokenPipeError:
        # The reader of our output (head, less) has gone; nothing is wrong with the work.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return DONE


def _run(args: argparse.Namespace, out: Output, self_test: SelfTest) -> int:
    from creator_crm.cli import upkeep

    if args.verb == "demo":
        return upkeep.demo(args, out)
    if args.verb == "self-test":
        return upkeep.self_test(args, out, self_test)
    if args.verb == "recognise":
        from creator_crm.cli import files

        return files.recognise(args, out)
    path = workspace_path(args)
    if args.verb == "restore":
        return upkeep.restore(path, args, out)
    verb, creates = _verb(args.verb)
    from creator_crm.services.workspace import Workspace

    new = creates and not path.exists() and not getattr(args, "dry_run", False)
    with Workspace.create(path) if new else Workspace.open(path) as workspace:
        return verb(workspace, args, out)


def _verb(name: str) -> tuple[_Verb, bool]:
    """The function of a verb, and whether it makes a workspace that is not there yet."""
    from creator_crm.cli import files, records, upkeep

    verbs: dict[str, tuple[_Verb, bool]] = {
        "import": (files.import_files, True),
        "export": (files.export, False),
        "list": (records.list_records, False),
        "show": (records.show_record, False),
        "add": (records.add_record, True),
        "set": (records.set_record, False),
        "delete": (records.delete_record, False),
        "history": (records.history, False),
        "undo": (records.undo, False),
        "redo": (records.redo, False),
        "check": (upkeep.check, False),
        "backup": (upkeep.backup, False),
    }
    return verbs[name]


def workspace_path(args: argparse.Namespace) -> Path:
    """Where the workspace is: -w, or the environment. Raises UserError."""
    named = getattr(args, "workspace", None) or os.environ.get(_VARIABLE)
    if not named:
        raise UserError(f"Say which workspace: -w FILE, or set {_VARIABLE}.")
    return Path(named)
