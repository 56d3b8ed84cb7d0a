"""The reports that are printed for parcels: packing slips, labels, gift notes, the pick list."""

from __future__ import annotations

import argparse
from pathlib import Path

from creator_crm.cli.output import DONE, PARTLY, Output, WrongUsage
from creator_crm.cli.records import the_one
from creator_crm.domain.errors import UserError
from creator_crm.services.workspace import Workspace

PAPERS = ("packing-slips", "labels", "gift-notes", "pick-list")


def paper(workspace: Workspace, args: argparse.Namespace, out: Output) -> int:
    """Write one of `PAPERS` for the parcels named, else for all that are approved or packed."""
    from creator_crm.domain.label_sheets import sheet
    from creator_crm.services.slips import refuse_nothing
    from creator_crm.ui.seeding.paper.made import Choices, paper_of, problems
    from creator_crm.ui.seeding.paper.page import pdf_of
    from creator_crm.ui.shared.printing import ensure_application

    path = Path(args.out)
    if path.suffix.lower() != ".pdf":
        raise UserError(f"{path.name} cannot be written: this is printed as PDF, so end the name in .pdf.")
    labels = sheet(args.size)
    if not 1 <= args.start <= labels.on_page:
        raise WrongUsage(f"--start: there are {labels.on_page} labels on a sheet; say from 1 to that.")
    parcels = workspace.catalogue["shipment"]
    named = [the_one(workspace, parcels, key) for key in dict.fromkeys(args.keys)] or None
    slips = workspace.slips(named)
    refuse_nothing(slips)
    ensure_application()
    made = paper_of(slips, Choices(args.kind, labels.key, args.start), workspace.sender().country)
    found = problems(made, slips)
    workspace.write_document(pdf_of(made), path)
    uids = workspace.uids("shipment", [slip.parcel for slip in slips.slips])
    out.result(
        {
            "file": str(path),
            "report": args.kind,
            "pages": made.pages,
            "parcels": [uids[slip.parcel] for slip in slips.slips],
            "problems": [one.sentence for one in found],
        }
    )
    count = len(slips.slips)
    out.say(f"{made.title} for {count:,} {'parcel' if count == 1 else 'parcels'} are in {path}.")
    for one in found:
        out.say(one.sentence)
    return PARTLY if any(one.grave for one in found) else DONE
