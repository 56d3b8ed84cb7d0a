"""The self-test of the team's workbook: two copies change the same; one brings the other's back."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from creator_crm.domain.fields import Value
from creator_crm.domain.merging import Side
from creator_crm.domain.query import Query
from creator_crm.services.workbook_out import export_workbook
from creator_crm.services.workspace import Workspace
from creator_crm.ui.workbook.window import ReviewWindow

if TYPE_CHECKING:
    from creator_crm.ui.session import Session
    from creator_crm.ui.shared.jobs import JobRunner
    from creator_crm.ui.window import Window

CREATORS, PARCELS = 10, 6
FIRST_NOTES = 2  # a line of a long text
ROOM = (50, 30)  # how far the dialog stays inside the window
NICHES = ("slow skincare", "tea rituals", "night routines", "barrier repair", "refills")
NOTES = (
    "Answers within a day. Wants the refill pouch, posts on Sundays and asks for the brief in writing.",
    "Answers within a week. Wants the refill pouch, posts on Fridays and asks for the brief in writing.",
)


def scenes(
    window: Window, session: Session, sample: Path, look: str, settle: Callable[[JobRunner], None]
) -> Iterator[tuple[str, QWidget]]:
    """The dialog that shares, and the review of what came back, as (name, what to look at).

    `settle` waits for what is being done.
    """
    folder = sample.with_name(look)
    folder.mkdir()
    mine, theirs = (folder / f"{name}.creatorcrm" for name in ("Luma", "Noa"))
    team = folder / "Luma team.xlsx"
    for copy in (mine, theirs):
        shutil.copy(sample, copy)
    with Workspace.open(theirs) as workspace:
        _change(workspace, 1)
        workspace.add("creator", {"name": "Noa Newcomer", "niche": "clay masks", "notes": NOTES[1]})
        export_workbook(workspace, team)
    session.open(mine)
    assert session.workspace is not None
    _change(session.workspace, 0)
    session.workbook.share()
    yield "workbook-share", _dialog(window)
    _dialog(window).reject()
    session.workbook.bring_back(team)
    settle(window.jobs)
    review = _dialog(window)
    assert isinstance(review, ReviewWindow)
    review.table.decide(Side.THEIRS, (0, 1, 4))
    review.table.decide(Side.MINE, (3,))
    review.table.choose_row(FIRST_NOTES)
    review.resize(window.width() - ROOM[0], window.height() - ROOM[1])
    yield "workbook-review", review
    review.table.decide(None, range(review.model.rowCount()))
    review.close()


def _change(workspace: Workspace, who: int) -> None:
    """What one of two people changes: mostly the same cells as the other, to something else."""
    creators = workspace.ids(Query("creator", sort=("name",)))[: CREATORS + 4]
    parcels = workspace.ids(Query("shipment"))[:PARCELS]
    edits: dict[int, Mapping[str, Value]] = {}
    for place, number in enumerate(creators[:CREATORS]):
        edits[number] = {
            "niche": NICHES[(place + who) % len(NICHES)],
            "notes": NOTES[who],
            "tags": ("refill", "vip") if who else ("spring", "vip"),
        }
    for number in creators[CREATORS + 2 * who : CREATORS + 2 * who + 2]:
        edits[number] = {"niche": "hand creams"}
    workspace.edit("creator", edits)
    day = date.today() + timedelta(days=7 + who)
    workspace.edit(
        "shipment",
        {number: {"postage": 690 + 255 * who, "ship_by": day.isoformat()} for number in parcels},
    )


def _dialog(window: Window) -> QDialog:
    return next(dialog for dialog in window.findChildren(QDialog) if dialog.isVisible())
