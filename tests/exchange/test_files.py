"""Whatever happens while a file is written, afterwards the old one or the new one is there, whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from creator_crm.exchange.errors import ExchangeError
from creator_crm.exchange.files import replacing


def test_the_new_file_takes_the_place_of_the_old_one_and_nothing_else_is_left(tmp_path: Path) -> None:
    target = tmp_path / "list.csv"
    target.write_text("old")
    with replacing(target) as temporary:
        temporary.write_text("new")
        assert target.read_text() == "old"
    assert target.read_text() == "new"
    assert list(tmp_path.iterdir()) == [target]


def test_an_error_on_the_way_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "list.csv"
    target.write_text("old")
    with pytest.raises(ZeroDivisionError), replacing(target) as temporary:
        temporary.write_text("half")
        _ = 1 // 0
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_full_disk_is_said_in_a_sentence_and_the_old_file_is_kept(tmp_path: Path) -> None:
    target = tmp_path / "list.csv"
    target.write_text("old")
    with pytest.raises(ExchangeError, match="nothing was changed"), replacing(target):
        raise OSError(28, "No space left on device")
    assert target.read_text() == "old"


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(ExchangeError, match="missing does not exist; nothing was changed"),
        replacing(tmp_path / "missing" / "list.csv"),
    ):
        pytest.fail("there is no folder to write to")


def test_a_folder_in_the_place_of_the_file_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "list.csv"
    target.mkdir()
    with pytest.raises(ExchangeError, match="is a folder"), replacing(target):
        pytest.fail("a folder cannot be replaced")
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_read_only_folder_is_said_in_a_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    folder.chmod(0o500)
    with pytest.raises(ExchangeError, match="may not be written to"), replacing(folder / "list.csv"):
        pytest.fail("the folder is read-only")


@pytest.mark.parametrize(
    "error", [PermissionError(13, "Permission denied"), OSError(30, "Read-only file system")]
)
def test_a_place_that_refuses_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    def refuse(**_: object) -> None:
        raise error

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    with pytest.raises(ExchangeError, match="nothing was changed"), replacing(tmp_path / "list.csv"):
        pytest.fail("nothing can be written there")


@pytest.mark.parametrize("lock", [".~lock.list.xlsx#", "~$list.xlsx"])
def test_a_file_that_is_open_in_another_program_is_not_replaced(tmp_path: Path, lock: str) -> None:
    target = tmp_path / "list.xlsx"
    target.write_text("old")
    (tmp_path / lock).write_text("mara")
    with pytest.raises(ExchangeError, match="open in another program"), replacing(target):
        pytest.fail("the file is open elsewhere")
    assert target.read_text() == "old"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no permission bits to keep")
def test_who_may_read_the_file_does_not_change(tmp_path: Path) -> None:
    target = tmp_path / "list.csv"
    target.write_text("old")
    target.chmod(0o640)
    with replacing(target) as temporary:
        temporary.write_text("new")
    assert target.stat().st_mode & 0o777 == 0o640


_ENDLESS = """
import sys
from pathlib import Path
from creator_crm.domain.fields import Field, Kind
from creator_crm.exchange.lists_out import Cell, Column, write_list
path, rows = Path(sys.argv[1]), int(sys.argv[2])
field = Field(name="name", label="Name", kind=Kind.TEXT)
print("begun", flush=True)
while True:
    write_list(path, "List", [Column("Name", field)], ([Cell(f"row {n}")] for n in range(rows)))
    print("written", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_program_killed_while_it_writes_leaves_the_old_or_the_new_file_whole(
    tmp_path: Path, ending: str
) -> None:
    target = tmp_path / f"list{ending}"
    rows = 1500
    whole: set[bool] = set()
    for run in range(5):
        target.write_bytes(b"old")
        with subprocess.Popen(
            [sys.executable, "-c", _ENDLESS, str(target), str(rows)], stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout
            for _ in range(1 + run % 3):  # killed during the first, second or third writing
                writer.stdout.readline()
            writer.send_signal(signal.SIGKILL)
        whole.add(_is_whole(target, rows))
    assert whole == {True}


def _is_whole(path: Path, rows: int) -> bool:
    content = path.read_bytes()
    if content == b"old":
        return True
    if path.suffix == ".csv":
        return content.endswith(f'"row {rows - 1}"\r\n'.encode()) and content.count(b"\r\n") == rows + 1
    from openpyxl import load_workbook

    return bool(load_workbook(path).active.max_row == rows + 1)
