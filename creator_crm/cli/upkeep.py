"""The verbs that look after the file itself: demo, check, backup, restore, self-test."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from creator_crm.cli.output import DONE, REFUSED, Output
from creator_crm.services.workspace import Damaged, Workspace


def demo(args: argparse.Namespace, out: Output) -> int:
    from creator_crm.services.sample import make_sample

    path = Path(args.path)
    counts = make_sample(path)
    out.result({"workspace": str(path), "records": counts})
    out.say(f"{path} holds the sample brand: {counts['creator']} creators, {counts['campaign']} campaigns.")
    return DONE


def check(path: Path, args: argparse.Namespace, out: Output) -> int:
    problems = _problems(path)
    out.result({"ok": not problems, "problems": problems})
    for problem in problems:
        out.say(problem)
    if not problems:
        out.say("The workspace is in order.")
    return REFUSED if problems else DONE


def _problems(path: Path) -> list[str]:
    try:
        with Workspace.open(path) as workspace:
            return workspace.check()
    except Damaged as damage:  # so badly that it cannot be opened, which is an answer too
        return [str(damage)]


def backup(workspace: Workspace, args: argparse.Namespace, out: Output) -> int:
    path = workspace.backup(Path(args.path) if args.path else None)
    out.result({"backup": str(path)})
    out.say(f"A verified copy is at {path}.")
    return DONE


def restore(path: Path, args: argparse.Namespace, out: Output) -> int:
    from creator_crm.services.workspace import restore_backup

    aside = restore_backup(Path(args.path), path)
    out.result({"workspace": str(path), "set_aside": str(aside) if aside else None})
    out.say(f"{path} holds the backup now." + (f" The file before it is at {aside}." if aside else ""))
    return DONE


def self_test(args: argparse.Namespace, out: Output, run: Callable[[Path | None], list[str]]) -> int:
    folder = args.screenshots
    pages = run(Path(folder) if folder else None)
    out.result({"pages": pages, "screenshots": folder})
    out.say(f"{len(pages)} pages opened." + (f" Their pictures are in {folder}." if folder else ""))
    return DONE
