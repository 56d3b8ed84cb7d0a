"""The two commands on computers we do not have: another system, another Python, no rights, no screen."""

from __future__ import annotations

import ast
import importlib.util
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "packaging" / "dev.py"
APT_LINE = "apt-get install -y --no-install-recommends python3.11-venv libgl1 libegl1"


@pytest.fixture
def dev(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """packaging/dev.py as a module, with an empty folder for its checkout."""
    specification = importlib.util.spec_from_file_location("dev", SOURCE)
    assert specification is not None and specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    monkeypatch.setitem(sys.modules, "dev", module)
    specification.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    return module


@pytest.fixture
def calls(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], dict[str, str]]]:
    """Every program that would have been run to its end, with what was added to its environment."""
    made: list[tuple[list[str], dict[str, str]]] = []

    def call(command: list[object], cwd: Path | None = None, **environment: str) -> int:
        made.append(([str(part) for part in command], environment))
        return 0

    monkeypatch.setattr(dev, "call", call)
    return made


def linux(dev: ModuleType, *tools: str, **more: Any) -> Any:
    return dev.Machine("Linux", (3, 11), tools=frozenset(tools), **more)


def test_the_file_still_parses_on_an_older_python_so_that_it_can_say_which_one_is_needed() -> None:
    ast.parse(SOURCE.read_text(encoding="utf-8"), feature_version=(3, 9))


def test_only_the_standard_library_is_imported() -> None:
    tree = ast.parse(SOURCE.read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in imported} <= sys.stdlib_module_names


@pytest.mark.parametrize(
    ("system", "tools", "way_out"),
    [
        ("Linux", {"python3.9", "python3.11", "python3.12"}, "python3.12 packaging/dev.py"),
        ("Darwin", {"python3.13"}, "python3.13 packaging/dev.py"),
        ("Darwin", set(), "package manager or from python.org"),
        ("Windows", set(), r"py -3 packaging\dev.py"),
    ],
)
def test_an_old_python_is_refused_with_the_way_out(
    dev: ModuleType, system: str, tools: set[str], way_out: str
) -> None:
    with pytest.raises(dev.Stop) as stopped:
        dev.check_python(dev.Machine(system, (3, 9), tools=frozenset(tools)))
    assert "needs Python 3.11 or newer, and this is 3.9" in str(stopped.value)
    assert way_out in str(stopped.value)


def test_a_32_bit_python_is_refused_before_pip_says_something_obscure(dev: ModuleType) -> None:
    with pytest.raises(dev.Stop, match="64-bit"):
        dev.check_python(dev.Machine("Windows", (3, 12), bits=32))
    dev.check_python(dev.Machine("Windows", (3, 12), bits=64))


def test_root_on_debian_installs_exactly_what_is_missing(dev: ModuleType) -> None:
    machine = linux(dev, "apt-get", "sudo", root=True)
    assert dev.install_commands(machine, dev.ALWAYS[1:3], venv=True) == [
        ["apt-get", "update"],
        ["apt-get", "install", "-y", "--no-install-recommends", "python3.11-venv", "libgl1", "libegl1"],
    ]


@pytest.mark.parametrize(
    ("tools", "line"),
    [
        (["apt-get"], f"this line as root, then try again:\n  apt-get update && {APT_LINE}"),
        (["apt-get", "sudo"], f"this line, then try again:\n  sudo apt-get update && sudo {APT_LINE}"),
        (["dnf", "sudo"], "sudo dnf install -y python3-libs libglvnd-glx libglvnd-egl"),
        (["pacman", "sudo"], "sudo pacman -S --needed python libglvnd"),
        ([], "install them and run this again:\n  libGL.so.1\n  libEGL.so.1\n  the Python module ensurepip"),
    ],
)
def test_a_plain_user_is_told_the_exact_line(dev: ModuleType, tools: list[str], line: str) -> None:
    assert dev.install_by_hand(linux(dev, *tools), dev.ALWAYS[1:3], venv=True).endswith(line)


def test_a_plain_user_without_a_library_is_stopped_before_anything_is_changed(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(
        dev, "missing", lambda libraries: [each for each in libraries if each.apt == "libgl1"]
    )
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(dev.Stop, match=r"apt-get install .* libgl1$"):
        dev.prepare_system(linux(dev, "apt-get"), window=False)
    assert sorted(tmp_path.rglob("*")) == before


def test_window_libraries_are_only_asked_for_where_there_is_a_screen(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "missing", lambda libraries: [each for each in libraries if "xcb" in each.file])
    dev.prepare_system(linux(dev, "apt-get"), window=False)
    with pytest.raises(dev.Stop, match=r"libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0$"):
        dev.prepare_system(linux(dev, "apt-get"), window=True)


def test_windows_and_macos_need_no_system_packages(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "missing", lambda libraries: list(libraries))
    for system in ("Windows", "Darwin"):
        dev.prepare_system(dev.Machine(system, (3, 12)), window=True)


def test_a_library_that_is_not_there_is_noticed_by_loading_it(dev: ModuleType) -> None:
    absent = dev.Library("libno-such-thing.so.9", "libno-such-thing9", "", "")
    assert dev.missing([absent]) == [absent]


def test_programs_lie_where_each_system_puts_them(dev: ModuleType, tmp_path: Path) -> None:
    windows = dev.venv_program(dev.Machine("Windows", (3, 12)), "creator-crm")
    assert windows == tmp_path / ".venv" / "Scripts" / "creator-crm.exe"
    assert dev.venv_program(dev.Machine("Darwin", (3, 12)), "python") == tmp_path / ".venv" / "bin" / "python"


def test_the_stamp_changes_with_the_project_file_the_python_and_the_place_only(dev: ModuleType) -> None:
    machine = dev.Machine("Linux", (3, 11))
    first = dev.stamp(machine, b"a", Path("/here"))
    assert first == dev.stamp(dev.Machine("Linux", (3, 11), root=True, screen=True), b"a", Path("/here"))
    others = {
        dev.stamp(machine, b"b", Path("/here")),
        dev.stamp(dev.Machine("Linux", (3, 12)), b"a", Path("/here")),
        dev.stamp(machine, b"a", Path("/there")),
    }
    assert len(others | {first}) == 4


def make_venv(root: Path, library: str, version: str) -> None:
    pip = root / ".venv" / library / "site-packages" / "pip"
    pip.mkdir(parents=True)
    (pip / "__main__.py").touch()
    (root / ".venv" / "pyvenv.cfg").write_text(f"home = /usr/bin\nversion = {version}\n")


def test_a_venv_of_another_python_or_without_pip_is_not_kept(dev: ModuleType, tmp_path: Path) -> None:
    machine = dev.Machine("Linux", (3, 11))
    assert not dev.venv_is_good(machine)
    make_venv(tmp_path, "lib/python3.11", "3.11.2")
    assert dev.venv_is_good(machine)
    assert not dev.venv_is_good(dev.Machine("Linux", (3, 1)))
    assert not dev.venv_is_good(dev.Machine("Windows", (3, 11)))
    (tmp_path / ".venv/lib/python3.11/site-packages/pip/__main__.py").unlink()
    assert not dev.venv_is_good(machine)


def test_a_stamped_venv_is_used_at_once_and_a_stale_one_brought_up_to_date(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    machine = dev.Machine("Windows", (3, 11))
    make_venv(tmp_path, "Lib", "3.11.9")
    ran: list[list[str]] = []

    class Done:
        returncode = 0

    def run(command: list[str], **_: object) -> Done:
        ran.append(command)
        return Done()

    monkeypatch.setattr(dev.subprocess, "run", run)
    dev.prepare_venv(machine)
    assert [command[:4] for command in ran] == [
        [str(tmp_path / ".venv" / "Scripts" / "python.exe"), "-m", "pip", "install"]
    ]
    assert ran[0][-1] == f"{tmp_path}[test]"
    dev.prepare_venv(machine)
    assert len(ran) == 1
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    dev.prepare_venv(machine)
    assert len(ran) == 2
    Done.returncode = 1
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'y'\n")
    with pytest.raises(dev.Stop, match=r"py packaging\\dev.py setup"):
        dev.prepare_venv(machine)
    assert "once" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("system", "environment", "screen"),
    [
        ("Linux", {}, False),
        ("Linux", {"DISPLAY": ":0"}, True),
        ("Linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("Linux", {"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
        ("Linux", {"DISPLAY": ""}, False),
        ("Darwin", {}, True),
        ("Windows", {}, True),
        ("Windows", {"QT_QPA_PLATFORM": "minimal"}, False),
    ],
)
def test_a_screen_is_known_from_the_surroundings(
    dev: ModuleType, system: str, environment: dict[str, str], screen: bool
) -> None:
    assert dev.names_a_screen(system, environment) is screen


@pytest.mark.skipif(sys.platform != "linux", reason="asks an X server")
def test_a_display_that_is_gone_does_not_answer(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":61234")
    if dev.missing([dev.Library("libxcb.so.1", "", "", "")]):
        pytest.skip("libxcb is not installed, so no window could open here anyway")
    assert not dev.screen_answers("Linux")


def test_without_a_screen_the_main_job_is_done_into_a_folder_that_is_named(
    dev: ModuleType,
    calls: list[tuple[list[str], dict[str, str]]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "creator-crm-demo"
    assert dev.run(linux(dev), []) == 0
    assert [command[1:] for command, _ in calls] == [
        ["demo", str(folder / "sample.creatorcrm")],
        ["export", "creator", str(folder / "creators.xlsx")],
        ["self-test", "--screenshots", str(folder / "screenshots")],
    ]
    assert {environment["QT_QPA_PLATFORM"] for _, environment in calls} == {"offscreen"}
    assert {environment["CREATOR_CRM_WORKSPACE"] for _, environment in calls} == {
        str(folder / "sample.creatorcrm")
    }
    first_line = capsys.readouterr().out.splitlines()[0]
    assert "no screen" in first_line and str(folder) in first_line


def test_a_sample_made_earlier_is_kept(
    dev: ModuleType,
    calls: list[tuple[list[str], dict[str, str]]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "creator-crm-demo").mkdir()
    (tmp_path / "creator-crm-demo" / "sample.creatorcrm").write_bytes(b"mine")
    assert dev.run(linux(dev), []) == 0
    assert [command[1] for command, _ in calls] == ["export", "self-test"]


def test_a_command_that_needs_no_eyes_runs_without_a_screen(
    dev: ModuleType, calls: list[tuple[list[str], dict[str, str]]]
) -> None:
    assert dev.run(linux(dev), ["list", "creator"]) == 0
    assert calls[0][0][1:] == ["list", "creator"]
    assert calls[0][1] == {"QT_QPA_PLATFORM": "offscreen"}


def test_a_workspace_that_cannot_be_shown_is_not_replaced_by_the_sample(
    dev: ModuleType, calls: list[tuple[list[str], dict[str, str]]]
) -> None:
    with pytest.raises(dev.Stop, match=r"no screen here to open mine\.creatorcrm"):
        dev.run(linux(dev), ["mine.creatorcrm"])
    assert not calls


def test_with_a_screen_the_application_opens_as_it_is(
    dev: ModuleType, calls: list[tuple[list[str], dict[str, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "screen_answers", lambda system: True)
    assert dev.run(linux(dev, screen=True), []) == 0
    assert [command[1:] for command, _ in calls] == [[]]
    assert calls[0][1] == {}


@pytest.fixture
def prepared(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """`main` with everything prepared already."""
    monkeypatch.setattr(dev, "prepare_system", lambda machine, window: None)
    monkeypatch.setattr(dev, "prepare_venv", lambda machine: None)
    return lambda *arguments: dev.main(arguments)


ON_ALL_CORES = ["-n", "auto", "--maxprocesses", "4", "--dist", "worksteal"]


@pytest.mark.parametrize(
    ("typed", "passed"),
    [
        (["test"], ON_ALL_CORES),
        (["test", "-k", "undo"], [*ON_ALL_CORES, "-k", "undo"]),
        (["test", "--", "tests/store"], [*ON_ALL_CORES, "tests/store"]),
        (["torture", "-x"], ["-m", "torture", "--timeout=0", "-x"]),
        (["bench"], ["tests/benchmarks", "-m", "benchmark", "-s", "-p", "no:randomly", "--timeout=0"]),
    ],
)
def test_each_test_command_is_one_pytest_run_with_the_arguments_passed_on(
    prepared: Callable[..., int],
    calls: list[tuple[list[str], dict[str, str]]],
    typed: list[str],
    passed: list[str],
) -> None:
    assert prepared(*typed) == 0
    assert [command[1:] for command, _ in calls] == [["-m", "pytest", *passed]]


def test_the_tests_write_into_memory_where_there_is_room_and_nothing_stays_there(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, home: Path
) -> None:
    monkeypatch.setattr(dev, "MEMORY", tmp_path)
    monkeypatch.setattr(dev, "ROOM_FOR_TESTS", 1)
    monkeypatch.setattr(tempfile, "tempdir", str(home))
    with dev.surroundings("test") as environment:
        assert [Path(environment["TMPDIR"])] == [folder for folder in tmp_path.iterdir() if folder.is_dir()]
    assert not Path(environment["TMPDIR"]).exists()
    with dev.surroundings("bench") as environment:
        assert environment == {}
    for name, value in (("ROOM_FOR_TESTS", 1 << 60), ("MEMORY", tmp_path / "not here")):
        monkeypatch.setattr(dev, name, value)
        with dev.surroundings("test") as environment:
            assert tmp_path not in Path(environment["TMPDIR"]).parents


def test_a_wrong_word_shows_the_commands_and_fails(
    prepared: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert prepared("tset") == 2
    assert prepared() == 2
    said = capsys.readouterr()
    assert said.out == "" and "dev.py test" in said.err
    assert prepared("--help") == 0
    assert "dev.py test" in capsys.readouterr().out


def test_the_status_of_a_killed_program_is_what_a_shell_would_say(dev: ModuleType) -> None:
    assert dev.call([sys.executable, "-c", "raise SystemExit(3)"]) == 3
    if sys.platform != "win32":
        assert dev.call([sys.executable, "-c", "import os; os.abort()"]) == 134
