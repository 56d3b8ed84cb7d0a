"""The frame of the command line: which workspace, exit statuses, help, what is loaded, streams."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from creator_crm.__main__ import asks_for_window
from creator_crm.cli.arguments import VERBS
from creator_crm.cli.main import _VERBS
from creator_crm.services.sample import make_sample


def creator_crm(*words: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "creator_crm", *map(str, words)],
        capture_output=True,
        env={**os.environ, **environment},
        timeout=60,
    )


def test_the_workspace_may_be_named_before_or_after_the_verb(
    cli: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CREATOR_CRM_WORKSPACE")
    one, two = tmp_path / "one.creatorcrm", tmp_path / "two.creatorcrm"
    assert cli("-w", one, "add", "creator", "name=Ana").status == 0
    assert cli("add", "-w", two, "creator", "name=Bea").status == 0
    assert cli("list", "creator", "--columns", "name", "--json", "-w", one).json["rows"][0]["name"] == "Ana"
    assert cli("--json", "--workspace", two, "list", "creator").json["rows"][0]["name"] == "Bea"


def test_the_option_counts_more_than_the_environment(cli: Any, path: Path, tmp_path: Path) -> None:
    cli("add", "creator", "name=Ana")
    assert cli("-w", tmp_path / "other.creatorcrm", "list", "creator").status == 1
    assert path.exists()


@pytest.mark.parametrize(
    "words",
    [
        (), ("fly",), ("list",), ("show", "creator"), ("add", "creator"), ("undo", "first"), ("import",),
        ("list", "creator", "--limit", "-1"), ("list", "creator", "--limit", "many"),
        ("list", "creator", "--wings"), ("history", "creator"), ("set", "creator", "x", "name"),
        ("import", "a.csv", "--date-order", "ymm"), ("import", "a.csv", "--keep", "all"),
    ],
)  # fmt: skip
def test_wrong_usage_ends_with_status_2_and_prints_nothing_on_standard_output(
    cli: Any, words: tuple[str, ...]
) -> None:
    cli("add", "creator", "name=x")
    refused = cli(*words)
    assert (refused.status, refused.out) == (2, "")
    assert refused.err


def test_no_workspace_at_all_is_wrong_usage(cli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CREATOR_CRM_WORKSPACE")
    refused = cli("list", "creator")
    assert refused.status == 2
    assert refused.err == "Say which workspace: -w FILE, or set CREATOR_CRM_WORKSPACE.\n"


@pytest.mark.parametrize(
    "verb", ["list", "show", "set", "delete", "history", "undo", "redo", "check", "backup", "export"]
)
def test_only_demo_add_and_import_make_a_workspace_that_is_not_there(cli: Any, path: Path, verb: str) -> None:
    words = {"list": ("creator",), "show": ("creator", "x"), "set": ("creator", "x", "name=y")}
    words |= {"delete": ("creator", "x"), "export": ("creator", "out.csv")}
    refused = cli(verb, *words.get(verb, ()))
    assert refused.status == 1
    assert refused.err.startswith("There is no workspace at")
    assert not list(path.parent.iterdir())


def test_a_file_that_is_no_workspace_is_left_byte_identical(cli: Any, path: Path) -> None:
    path.write_bytes(b"a shopping list, not a database" * 10)
    for verb in ("list", "add"):
        refused = cli(verb, "creator", *(["name=Ana"] if verb == "add" else []))
        assert refused.status == 1
        assert "is not a Creator CRM workspace. It was left as it is." in refused.err
    assert path.read_bytes() == b"a shopping list, not a database" * 10


def test_a_path_that_no_system_takes_is_one_short_sentence(cli: Any) -> None:
    refused = cli("-w", "a" * 5000, "list", "creator")
    assert refused.status == 1
    assert refused.err.endswith("could not be used (File name too long).\n")
    assert len(refused.err) < 1000


def test_what_was_pasted_by_mistake_is_not_given_back_page_by_page(cli: Any) -> None:
    cli("add", "creator", "name=Ana")
    assert len(cli("show", "creator", "one\ntwo\n" * 9000).err) < 1000


@pytest.mark.parametrize("value", ["@", "@@", '""', "\u202e"])
def test_comparing_with_nothing_is_refused_with_the_way_to_say_it(cli: Any, value: str) -> None:
    cli("add", "creator", "name=Ana")
    refused = cli("list", "creator", "--where", f"handle = {value}")
    assert refused.status == 1
    assert "is not set" in refused.err


def test_every_verb_has_a_function_and_help_of_its_own(cli: Any) -> None:
    assert set(_VERBS) == set(VERBS)
    for verb in VERBS:
        shown = cli(verb, "--help")
        assert shown.status == 0
        assert shown.out.startswith(f"usage: creator-crm {verb}")


@pytest.mark.parametrize(
    ("words", "opens"),
    [
        ([], True), (["my.creatorcrm"], True), (["-w", "my.creatorcrm"], True), (["list"], False),
        (["-w", "my.creatorcrm", "list", "creator"], False), (["--help"], False), (["check"], False),
        (["-w"], False), (["demo", "x"], False),
    ],
)  # fmt: skip
def test_the_window_opens_when_no_verb_is_given(words: list[str], opens: bool) -> None:
    assert asks_for_window(words) is opens


def test_self_test_names_the_pages_it_opened(cli: Any, tmp_path: Path) -> None:
    assert cli("self-test", "--json").json == {"pages": ["Today"], "screenshots": None}
    assert "1 pages opened." in cli("self-test", "--screenshots", tmp_path).out


def test_a_list_loads_neither_the_window_nor_spreadsheets_nor_charts(cli: Any, path: Path) -> None:
    cli("add", "creator", "name=Ana")
    code = (
        "import sys; sys.argv = ['creator-crm', 'list', 'creator', '--limit', '5']\n"
        "from creator_crm.__main__ import main; status = main()\n"
        "heavy = {'PySide6', 'openpyxl', 'python_calamine', 'matplotlib', 'alembic', 'jinja2', 'numpy'}\n"
        "sys.exit(status or sorted(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_real_process_speaks_utf_8_and_answers_by_its_status(path: Path) -> None:
    name = "Zoë 😀 肌"
    added = creator_crm(
        "-w", path, "add", "creator", f"name={name}", "--json", LC_ALL="C", PYTHONIOENCODING="ascii"
    )
    assert (added.returncode, added.stderr) == (0, b"")
    assert json.loads(added.stdout)["name"] == name
    refused = creator_crm("-w", path, "show", "creator", "nobody")
    assert (refused.returncode, refused.stdout) == (1, b"")
    assert refused.stderr.decode() == "No creator is called “nobody”. Nothing was changed.\n"
    assert creator_crm("-w", path, "lst").returncode == 2


def test_a_reader_that_goes_away_is_no_error(path: Path) -> None:
    make_sample(path)
    command = [sys.executable, "-m", "creator_crm", "-w", str(path), "list", "account_metrics", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout and process.stderr
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0
