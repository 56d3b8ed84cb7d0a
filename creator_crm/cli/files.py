"""The verbs on files: recognise, import, export."""

from __future__ import annotations

import argparse
from pathlib import Path

from creator_crm.cli.output import DONE, Output
from creator_crm.cli.records import column_names, described, query_from
from creator_crm.services.workspace import Workspace


def export(workspace: Workspace, args: argparse.Namespace, out: Output) -> int:
    from creator_crm.services.exports import export_list

    description = described(workspace, args.record)
    path = Path(args.path)
    written = export_list(
        workspace, query_from(workspace, description, args), path, column_names(args.columns)
    )
    out.result({"file": str(path), "record": description.name, "rows": written})
    out.say(f"{written:,} {description.plural.lower()} are in {path}.")
    return DONE
