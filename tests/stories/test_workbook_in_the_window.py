"""A workbook goes to a team mate and comes back: shared, decided, applied and undone in a real window."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from screen import Program, Screen, wait_for

Start = Callable[..., Program]


def told(workspace: Path, *words: str) -> Any:
    """What the command line says of a workspace that no window has open."""
    command = [sys.executable, "-m", "creator_crm", "-w", str(workspace), *words, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def held(workspace: Path) -> dict[str, tuple[str | None, str | None]]:
    """Niche and notes of every creator, by name."""
    rows = told(workspace, "list", "creator")["rows"]
    return {row["name"]: (row.get("niche"), row.get("notes")) for row in rows}


def edit(workbook: Path, *changes: tuple[str, str, str]) -> None:
    """What a team mate does: (name, heading, new value) in the sheet of creators."""
    from openpyxl import load_workbook

    book = load_workbook(workbook)
    sheet = book["Creators"]
    headings = {str(cell.value): cell.column for cell in sheet[1]}
    rows = {str(sheet.cell(row, headings["Name"]).value): row for row in range(2, sheet.max_row + 1)}
    for name, heading, value in changes:
        row = rows.get(name) or sheet.max_row + 1
        sheet.cell(row, headings["Name"], name)
        sheet.cell(row, headings[heading], value)
    book.save(workbook)


def test_shared_changed_by_both_brought_back_and_undone(start: Start, screen: Screen, tmp_path: Path) -> None:
    file = tmp_path / "Glow.creatorcrm"
    told(file, "add", "creator", "name=Ana Testwell", "niche=tea", "notes=kind")
    told(file, "add", "creator", "name=Bea Storyline", "niche=silk", "notes=new")

    program = start(str(file))
    program.window("^Glow")
    screen.wait_until_still()
    program.key("ctrl+shift+e")
    program.window("^Share workbook$")
    screen.wait_until_still()
    screen.shot("share")
    program.answer("Return", "^Share workbook$")
    program.window("^Glow")
    (workbook,) = wait_for("the workbook to be written", lambda: list(tmp_path.glob("Glow team *.xlsx")))
    screen.wait_until_still()
    screen.shot("written")
    program.quit()

    edit(workbook, ("Ana Testwell", "Niche", "coffee"), ("Bea Storyline", "Notes", "old"))
    edit(workbook, ("Cleo Newcomer", "Niche", "clay"))
    told(file, "set", "creator", "Ana Testwell", "niche=cocoa")
    before = held(file)

    program = start(str(file))
    program.window("^Glow")
    screen.wait_until_still()
    program.key("ctrl+shift+i")
    program.window("^Bring back a workbook$")
    screen.wait_until_still()
    program.type(str(workbook))
    program.answer("Return", "^Bring back a workbook$")
    review = f"^Bring back {workbook.name}$"
    program.window(review)
    screen.wait_until_still()
    screen.shot("review")
    program.key("t")
    screen.shot("decided")
    program.answer("ctrl+Return", review)  # it goes when everything is written
    program.window("^Glow")
    screen.wait_until_still()
    screen.shot("applied")
    program.quit()
    assert held(file) == {
        "Ana Testwell": ("coffee", "kind"),
        "Bea Storyline": ("silk", "old"),
        "Cleo Newcomer": ("clay", None),
    }

    program = start(str(file))
    program.window("^Glow")
    screen.wait_until_still()
    program.key("ctrl+z")
    program.quit()
    assert held(file) == before
