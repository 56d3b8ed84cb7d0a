"""The verbs on files that come in: recognise, import."""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from creator_crm.cli.output import DONE, PARTLY, Output, WrongUsage
from creator_crm.domain.campaigns import CURRENCIES
from creator_crm.domain.errors import UserError
from creator_crm.domain.normal import Reading, parse
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.services import imports
from creator_crm.services.workspace import Workspace


def recognise(args: argparse.Namespace, out: Output) -> int:
    files = []
    with _looking(args) as workspace:
        for name in args.files:
            found = imports.recognise(Path(name), workspace.catalogue)
            files.append(imports.recognition_as_json(found, imports.propose(workspace.store, found)))
            out.say(f"{name}: {found.sentence}")
            for column, target in cast(dict[str, str], files[-1]["mapping"]).items():
                out.say(f"    {column} → {target}")
    out.result({"files": files})
    return DONE


def _currency(said: str | None) -> str | None:
    """The currency as it is kept; raises UserError for one that is not offered."""
    known = [choice.value for choice in CURRENCIES]
    if said is not None and said.upper() not in known:
        raise UserError(
            f"“{said}” is no currency known here. Nothing was imported; choose one of: {', '.join(known)}."
        )
    return said.upper() if said else None


@contextmanager
def _looking(args: argparse.Namespace) -> Iterator[Workspace]:
    """The workspace whose fields and saved mappings count: the one that is named, else an empty one."""
    named = getattr(args, "workspace", None) or os.environ.get("CREATOR_CRM_WORKSPACE")
    if named and Path(named).exists():
        with Workspace.open(Path(named)) as workspace:
            yield workspace
        return
    with (
        tempfile.TemporaryDirectory(prefix="creator-crm-") as folder,
        Workspace.create(Path(folder) / "empty.creatorcrm") as workspace,
    ):
        yield workspace


def import_files(workspace: Workspace, args: argparse.Namespace, out: Output) -> int:
    """All files or none: when a later one cannot be imported, what the earlier ones wrote is undone."""
    mapping = _mapping_file(Path(args.mapping)) if args.mapping else None
    files: list[dict[str, Any]] = []
    steps: list[int] = []
    try:
        for name in args.files:
            rehearsal = _rehearse(workspace, Path(name), args, mapping)
            if args.errors and rehearsal.problems:
                imports.write_error_workbook(rehearsal, _errors_path(args, Path(name)))
            done = None if args.dry_run else imports.write(rehearsal)
            step = done.change_set if done else None
            steps += [step] if step else []
            files.append({**rehearsal.as_json(), "change_set": step})
            _tell(out, rehearsal, args.dry_run)
            for remark in done.remarks if done else ():
                out.say(f"    {remark}")
    except BaseException:
        for step in reversed(steps):
            workspace.undo(step)
        raise
    out.result({"files": files, "change_set": steps[-1] if steps else None})
    return PARTLY if any(file["rejected"] or file["conflicts"] for file in files) else DONE


def _rehearse(
    workspace: Workspace, path: Path, args: argparse.Namespace, mapping: Mapping[str, str] | None
) -> imports.Rehearsal:
    found = imports.recognise(path, workspace.catalogue, encoding=args.encoding)
    if args.sheet:
        names = [sheet.name for sheet in found.opened.sheets]
        chosen = _sheet(path, names, args.sheet)
        if chosen != found.sheet:
            found = imports.recognise(path, workspace.catalogue, encoding=args.encoding, sheet=chosen)
    proposal = imports.propose(
        workspace.store,
        found,
        shape=args.kind,
        platform=_platform(workspace, args.platform),
        reading=Reading(date_order=args.date_order, currency=_currency(args.currency)),
        mapping_file=mapping,
    )
    options = imports.Options(keep=imports.Keep(args.keep), overwrite_edited=args.overwrite_edited)
    rehearsal = imports.rehearse(workspace.store, found, proposal, options)
    if rehearsal.plan is None:
        raise UserError(rehearsal.sentence)
    return rehearsal


def _sheet(path: Path, names: list[str], wanted: str) -> int:
    if wanted in names:
        return names.index(wanted)
    if wanted.isdecimal() and 1 <= int(wanted) <= len(names):
        return int(wanted) - 1
    raise UserError(f"{path.name} has no sheet “{wanted}”. Its sheets are: {', '.join(names)}.")


def _platform(workspace: Workspace, text: str | None) -> str:
    try:
        return str(parse(workspace.catalogue["account"].field("platform"), text) or "")
    except ValueRefused as refused:
        raise WrongUsage(f"--platform: {refused}") from refused


def _mapping_file(path: Path) -> dict[str, str]:
    """{column: "record.field"}, also out of what `recognise --json` printed."""
    try:
        plain = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UserError(f"{path.name} could not be read ({error.strerror}). Nothing was imported.") from error
    except ValueError as error:
        raise UserError(f"{path.name} is not a JSON file. Nothing was imported.") from error
    if isinstance(plain, dict) and isinstance(plain.get("files"), list) and plain["files"]:
        plain = plain["files"][0]
    if isinstance(plain, dict) and isinstance(plain.get("mapping"), dict):
        plain = plain["mapping"]
    if not isinstance(plain, dict) or not all(isinstance(v, str | None) for v in plain.values()):
        raise UserError(f'{path.name} does not hold {{"column": "record.field"}}. Nothing was imported.')
    return {str(column): target or "" for column, target in plain.items()}


def _errors_path(args: argparse.Namespace, file: Path) -> Path:
    path = Path(args.errors)
    return path if len(args.files) == 1 else path.with_name(f"{path.stem} {file.stem}{path.suffix}")


def _tell(out: Output, rehearsal: imports.Rehearsal, dry_run: bool) -> None:
    done = ", ".join(f"{count:,} {what}" for what, count in rehearsal.counts.items() if count) or "no rows"
    out.say(f"{rehearsal.recognition.path.name}: {'would be ' if dry_run else ''}{done}.")
    out.say(f"    {rehearsal.recognition.sentence}")
    for note in rehearsal.notes:
        out.say(f"    {note}")
    for problem in rehearsal.problems[:20]:
        place = f"line {problem.line}" + (f", {problem.column}" if problem.column else "")
        out.say(f"    {place}: {problem.reason}")
    if len(rehearsal.problems) > 20:
        out.say(f"    … and {len(rehearsal.problems) - 20:,} more; --errors OUT.xlsx lists them all.")
