"""The files that team workbooks are: which one is ours, and what a new one is called."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from creator_crm.exchange.files import free_name
from creator_crm.exchange.workbook.known import is_team_workbook

__all__ = ["free_name", "is_team_workbook", "proposed_name"]


def proposed_name(workspace: Path) -> str:
    """ "Luma team 2026-11-22.xlsx"."""
    return f"{workspace.stem} team {date.today().isoformat()}.xlsx"
