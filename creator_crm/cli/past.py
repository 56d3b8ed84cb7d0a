"""The verbs on the past: history, undo, redo."""

from __future__ import annotations

import argparse
from typing import Any

from creator_crm.cli.output import DONE, Output, WrongUsage
from creator_crm.cli.records import described, the_one
from creator_crm.domain.changes import Changes
from creator_crm.services.workspace import ChangeSet, HistoryLine, Workspace


def history(workspace: Workspace, args: argparse.Namespace, out: Output) -> int:
    if args.record:
        return _record_history(workspace, args, out)
    steps = workspace.change_sets(args.limit)
    out.result({"change_sets": [_step(step) for step in steps]})
    out.table(
        ["No.", "When", "Who", "What", ""],
        ([str(s.id), s.at, s.who, s.label, "undone" if s.undone else ""] for s in steps),
    )
    return DONE


def _record_history(workspace: Workspace, args: argparse.Namespace, out: Output) -> int:
    if not args.key:
        raise WrongUsage("Say which one: history RECORD KEY.")
    description = described(workspace, args.record)
    lines = workspace.history(description.name, the_one(workspace, description, args.key), args.limit)
    out.result({"history": [_line(line) for line in lines]})
    for line in lines:
        out.say(f"{line.at}  {line.who}  {line.label}{'  (undone)' if line.undone else ''}")
        for label, before, after in line.changes:
            out.say(f"    {label}: {before or '—'} → {after or '—'}")
    return DONE


def _step(step: ChangeSet) -> dict[str, Any]:
    names = ("at", "who", "label", "origin", "undone")
    return {"change_set": step.id, **{name: getattr(step, name) for name in names}}


def _line(line: HistoryLine) -> dict[str, Any]:
    names = ("change_set", "at", "who", "label", "action", "undone")
    changes = [{"field": field, "before": before, "after": after} for field, before, after in line.changes]
    return {**{name: getattr(line, name) for name in names}, "changes": changes}


def undo(workspace: Workspace, args: argparse.Namespace, out: Output) -> int:
    return _told(workspace.undo(args.change_set), out)


def redo(workspace: Workspace, args: argparse.Namespace, out: Output) -> int:
    return _told(workspace.redo(), out)


def _told(changes: Changes, out: Output) -> int:
    out.result({"change_set": changes.change_set, "label": changes.label, "records": changes.count})
    out.say(f"{changes.label} ({changes.count:,} records)")
    return DONE
