"""What people do in a real window, with keyboard and mouse alone, and what they find afterwards."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from screen import Program, Screen, wait_for

Start = Callable[..., Program]
LIST = """Name,TikTok handle,Followers,Country,Email
Zoe Testwell,@zoe.testwell,12.5K,Germany,zoe@example.com
Yara Storyline,@yara.storyline,48000,France,yara@example.com
"""


def told(workspace: Path, *arguments: str) -> dict[str, Any]:
    """What the command line says about a workspace that no window has open."""
    command = [sys.executable, "-m", "creator_crm", "-w", str(workspace), *arguments, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def names(workspace: Path) -> set[str]:
    return {row.get("name") for row in told(workspace, "list", "creator", "--columns", "name")["rows"]}


def test_from_the_first_page_through_edit_import_and_export_to_the_next_start(
    start: Start, screen: Screen, home: Path, tmp_path: Path
) -> None:
    tracker, out = tmp_path / "tracker.csv", tmp_path / "creators.csv"
    tracker.write_text(LIST, encoding="utf-8")
    workspace = home / ".local" / "share" / "creator-crm" / "Sample brand.creatorcrm"

    program = start()
    program.window("^Creator CRM$")
    screen.wait_until_still()
    screen.shot("first page")
    program.key("Tab", "Tab", "Tab", "Tab", "space")  # New, Open, Import your list, Explore the sample brand
    window = program.window("Sample brand")
    screen.wait_until_still()
    screen.shot("sample brand")

    program.key("ctrl+k")
    program.type("amarasan")
    screen.shot("search")
    program.key("Return")
    screen.shot("found")
    program.key("F2")
    program.key("ctrl+a")
    program.type("Amara Storytold")
    program.key("Return")
    screen.shot("edited")
    program.key("ctrl+z")
    screen.shot("undone")
    program.key("ctrl+shift+z")
    screen.shot("redone")

    program.key("ctrl+i")
    program.window("Import a list")
    program.type(str(tracker))
    program.answer("Return", "Import a list")
    program.window("^Import tracker.csv$")
    screen.wait_until_still()
    screen.shot("import file")
    program.key("alt+Right")
    screen.shot("import columns")
    program.key("alt+Right")
    screen.shot("import rehearsal")
    program.key("alt+Right")
    screen.shot("import done")
    program.answer("alt+Right", "^Import tracker.csv$")

    program.window("Sample brand")
    program.key("ctrl+e")
    program.window("Export this list")
    program.key("ctrl+a")
    program.type(str(out))
    program.answer("Return", "Export this list")
    wait_for(
        "the exported list", lambda: out.exists() and "Zoe Testwell" in out.read_text(encoding="utf-8-sig")
    )
    program.window("Sample brand")
    screen.wait_until_still()
    screen.shot("exported")
    program.key("ctrl+shift+b")
    screen.shot("board")
    size = program.size(window)
    program.quit()

    found = names(workspace)
    assert {"Amara Storytold", "Zoe Testwell", "Yara Storyline"} <= found
    assert "Amara Sandoval-Pruett" not in found
    assert "Amara Storytold" in out.read_text(encoding="utf-8-sig")

    again = start()
    window = again.window("Sample brand")
    screen.wait_until_still()
    screen.shot("started again")
    assert again.size(window) == size
    again.quit()


def test_whatever_was_acknowledged_outlives_a_kill_in_the_middle_of_edits(
    start: Start, screen: Screen, tmp_path: Path
) -> None:
    workspace = tmp_path / "Luma.creatorcrm"
    subprocess.run([sys.executable, "-m", "creator_crm", "demo", str(workspace)], check=True, timeout=60)

    program = start(workspace)
    program.window("Luma")
    program.key("ctrl+k")
    program.type("amarasan")
    program.key("Return")
    program.key("F2")
    program.key("ctrl+a")
    program.type("AA acknowledged")
    program.key("Return")
    screen.shot("edited")
    screen.do("key", "F2")
    screen.do("type", "--delay", "1", "AA half")
    program.kill()

    assert "AA acknowledged" in names(workspace)
    assert told(workspace, "check")["ok"]
    again = start()
    again.window("Luma")
    screen.wait_until_still()
    screen.shot("started again")
    again.quit()
    assert "AA acknowledged" in names(workspace)


def test_a_file_that_is_no_workspace_is_refused_in_words_and_the_window_lives(
    start: Start, screen: Screen, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Ana, thank you for the video.\n", encoding="utf-8")
    picture = tmp_path / "picture.csv"
    picture.write_bytes(bytes(range(256)) * 40)

    program = start(letter)
    program.window("^Creator CRM$")
    screen.wait_until_still()
    screen.shot("refused at the start")
    program.key("ctrl+o")
    program.window("Open a workspace")
    program.type(str(letter))
    program.answer("Return", "Open a workspace")
    program.window("^Creator CRM$")
    screen.wait_until_still()
    screen.shot("refused again")
    program.key("Tab", "Tab", "Tab", "Tab", "space")
    program.window("Sample brand")
    screen.wait_until_still()
    program.key("ctrl+i")
    program.window("Import a list")
    program.type(str(picture))
    program.answer("Return", "Import a list")
    program.window("^Import picture.csv$")
    screen.wait_until_still()
    screen.shot("no list")
    program.answer("Escape", "^Import picture.csv$")
    program.window("Sample brand")
    program.quit()
    assert letter.read_text(encoding="utf-8") == "Dear Ana, thank you for the video.\n"


def test_names_typed_one_after_the_other_in_a_list_ordered_by_name_are_all_saved(
    start: Start, screen: Screen, tmp_path: Path
) -> None:
    workspace = tmp_path / "Luma.creatorcrm"
    for name in ("Ana", "Bea", "Cleo"):
        told(workspace, "add", "creator", f"name={name}")
    typed = ["bz", "ea", "cl", "an"]  # the row moves each time, and others are offered for what is typed

    program = start(workspace)
    program.window("Luma")
    screen.wait_until_still()
    program.key("ctrl+1")
    program.key("Down", "Up")  # the rows are there once they answer
    before = screen.looks()
    screen.do("key", "--delay", "1", *(k for name in typed for k in ("F2", "ctrl+a", *name, "Return")))
    screen.wait_until_still(other_than=before)
    screen.shot("typed")
    program.quit()

    steps = told(workspace, "history")["change_sets"]
    assert sum(step["label"] == "Change Name of 1 creator" for step in steps) == len(typed)
    assert names(workspace) == {"an", "Bea", "Cleo"}
