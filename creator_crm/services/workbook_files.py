"""The files that team workbooks are: which one is ours, and what a new one is called."""

from __future__ import annotations

from datetime import date
from itertools import count
from pathlib import Path

from creator_crm.exchange.workbook.known import is_team_workbook

__all__ = ["free_name", "is_team_workbook", "proposed_name"]


def proposed_name(workspace: Path) -> str:
    """ "Luma team 2026-11-22.xlsx"."""
    return f"{workspace.stem} team {date.today().isoformat()}.xlsx"


def free_name(path: Path) -> Path:
    """`path`, or where something is there already the same with a number behind: "Luma team 2.xlsx"."""
    if not path.exists():
        return path
    others = (path.with_name(f"{path.stem} {number}{path.suffix}") for number in count(2))
    return next(other for other in others if not other.exists())
