"""The verb that writes a shipping program's file of the parcels that are ready."""

from __future__ import annotations

import argparse
from pathlib import Path

from creator_crm.cli.output import DONE, PARTLY, Output
from creator_crm.cli.records import query_from
from creator_crm.services.workspace import Workspace


def carrier(workspace: Workspace, args: argparse.Namespace, out: Output) -> int:
    chosen = None
    if args.where:
        chosen = list(workspace.ids(query_from(workspace, workspace.catalogue["shipment"], args)))
    file = workspace.carrier_file(args.program, chosen)
    path = Path(args.out)
    workspace.write_carrier_file(file, path)
    out.result(
        {
            "file": str(path),
            "parcels": list(file.numbers),
            "left_out": [{"number": one.number, "why": one.why} for one in file.left_out],
            "notes": list(file.remarks),
        }
    )
    many = len(file.numbers)
    out.say(f"{many:,} {'parcel is' if many == 1 else 'parcels are'} in {path}, for {file.label}.")
    for one in file.left_out:
        out.say(f"    {one.number} is left out: {one.why}")
    for remark in file.remarks:
        out.say(f"    {remark}")
    expected = chosen is None and all(one.is_draft for one in file.left_out)
    return DONE if expected or not file.left_out else PARTLY
