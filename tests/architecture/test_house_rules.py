"""The rules of the house, each held by a test rather than by memory."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from creator_crm.compat import override
from creator_crm.services.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
CODE = ("creator_crm", "migrations", "packaging", "tests")
LINES_AT_MOST = 400
# Files that may be longer, each with the reason why cutting it would make it worse.
LONG_FOR_A_REASON: dict[str, str] = {}

CHECKS = {
    "ruff check": ["-m", "ruff", "check", "."],
    "ruff format": ["-m", "ruff", "format", "--check", "."],
    "mypy": ["-m", "mypy"],
    "import-linter": ["-c", "from importlinter.cli import lint_imports_command as run; run()"],
}
VAGUE_CLASS = re.compile(r"(Manager|Helper|Utils?|Base)$")
VAGUE_FILES = {"base.py", "common.py", "misc.py", "util.py", "utils.py", "helper.py", "helpers.py"}
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|raise NotImplementedError")
A_MACHINES_OWN_PATH = re.compile(r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+)/")


def python_files(*folders: str) -> Iterator[Path]:
    for folder in folders or CODE:
        yield from sorted((ROOT / folder).rglob("*.py"))


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.timeout(900)  # mypy reads all of Qt's stubs the first time
@pytest.mark.parametrize("check", CHECKS)
def test_the_project_passes(check: str) -> None:
    done = subprocess.run([sys.executable, *CHECKS[check]], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, f"{check} says:\n{done.stdout}{done.stderr}"


def test_no_file_is_longer_than_a_few_pages_without_a_reason() -> None:
    long = {named(path) for path in python_files() if len(path.read_bytes().splitlines()) > LINES_AT_MOST}
    assert long == set(LONG_FOR_A_REASON), "cut the file, or list it with its reason; unlist what was cut"


def test_every_module_opens_with_a_sentence_saying_what_it_is_for() -> None:
    silent = [
        named(path)
        for path in python_files("creator_crm", "packaging")
        if path.read_bytes().strip() and not ast.get_docstring(ast.parse(path.read_bytes()))
    ]
    assert not silent


def test_nothing_has_a_name_that_says_nothing() -> None:
    vague = [named(path) for path in python_files() if path.name in VAGUE_FILES]
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.ClassDef) and VAGUE_CLASS.search(node.name):
                vague.append(f"{named(path)}:{node.lineno} {node.name}")
    assert not vague


def test_no_error_is_swallowed_whole() -> None:
    """Who catches everything raises it again, or gives the reason on the same line, after `#`."""
    swallowed = []
    for path in python_files("creator_crm", "migrations", "packaging"):
        lines = path.read_text(encoding="utf-8").splitlines()
        for node in ast.walk(ast.parse("\n".join(lines))):
            if not isinstance(node, ast.ExceptHandler) or "#" in lines[node.lineno - 1]:
                continue
            caught = "" if node.type is None else ast.unparse(node.type)
            raised = any(isinstance(step, ast.Raise) for step in ast.walk(node))
            if caught in ("", "Exception", "BaseException") and not raised:
                swallowed.append(f"{named(path)}:{node.lineno}")
    assert not swallowed


def test_the_product_holds_no_unfinished_corner_and_no_path_of_one_machine() -> None:
    texts = [*python_files("creator_crm", "migrations", "packaging"), ROOT / ".ci" / "run"]
    texts += [*ROOT.glob("*.md"), *(ROOT / "packaging").rglob("*.md"), ROOT / "pyproject.toml"]
    found = []
    for path in texts:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if UNFINISHED.search(line) or A_MACHINES_OWN_PATH.search(line):
                found.append(f"{named(path)}:{number} {line.strip()}")
    assert not found


def hidden_behind_another(whole: type) -> list[str]:
    """What two classes that `whole` is made of define alike, neither of them being made of the other.

    Only the first of them is ever called; what overrides its own base is meant so.
    """
    parts = [one for one in whole.__mro__ if one is not object]
    found = []
    for place, one in enumerate(parts):
        for name in vars(one):
            others = [o for o in parts[place + 1 :] if name in vars(o) and not issubclass(one, o)]
            if others and not (name.startswith("__") and name.endswith("__")):
                found.append(f"{name}: {one.__name__} and {', '.join(o.__name__ for o in others)}")
    return found


def test_no_two_mixins_of_the_workspace_give_the_same_name_to_different_things() -> None:
    assert not hidden_behind_another(Workspace)


def test_a_method_a_property_and_a_constant_of_two_mixins_are_found_and_an_override_is_none() -> None:
    class Plain:
        def add(self) -> None: ...

    class Left(Plain):
        limit = 1

        @override
        def add(self) -> None: ...

        def _names(self) -> None: ...

    class Right(Plain):
        limit = 2

        @property
        def _names(self) -> str:
            return ""

    class Whole(Left, Right):  # type: ignore[misc]
        @override
        def add(self) -> None: ...

    assert hidden_behind_another(Whole) == ["limit: Left and Right", "_names: Left and Right"]
    assert not hidden_behind_another(Left)


def test_tests_are_sentences() -> None:
    """Three words at least: a test's name says what holds, not which function it calls."""
    short = [
        f"{named(path)}:{node.lineno} {node.name}"
        for path in python_files("tests")
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and node.name.count("_") < 3
    ]
    assert not short
