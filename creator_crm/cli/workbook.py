"""The verbs on the team's workbook."""

from __future__ import annotations

import argparse
from pathlib import Path

from creator_crm.cli.output import DONE, Output, WrongUsage
from creator_crm.cli.records import column_names, described, the_one
from creator_crm.services.workbook_out import export_workbook
from creator_crm.services.workspace import Workspace


def export(workspace: Workspace, args: argparse.Namespace, out: Output) -> int:
    if args.where or args.columns or args.sort:
        raise WrongUsage("--where, --columns and --sort are for lists; a workbook holds whole sheets.")
    path = Path(args.path)
    named = column_names(args.records)
    campaign = the_one(workspace, workspace.catalogue["campaign"], args.campaign) if args.campaign else None
    written = export_workbook(
        workspace,
        path,
        records=[described(workspace, name).name for name in named] if named else None,
        campaign=campaign,
        redacted=args.redacted,
    )
    rows = sum(written.rows.values())
    out.result({"file": str(path), "rows": dict(written.rows), "redacted": args.redacted})
    sheets = f"{len(written.rows)} {'sheet' if len(written.rows) == 1 else 'sheets'}"
    out.say(
        f"{rows:,} {'row' if rows == 1 else 'rows'} on {sheets} {'is' if rows == 1 else 'are'} in {path}."
    )
    for sentence in written.left_out:
        out.say(f"    {sentence}")
    return DONE
