"""Set the project up, run it and test it: all a newcomer needs, with nothing but Python on the machine.

  python3 packaging/dev.py run [-- ARGS]    open the application; ARGS go to creator-crm
  python3 packaging/dev.py test [ARGS]      run every check and test; ARGS go to pytest
  python3 packaging/dev.py setup            only prepare .venv
  python3 packaging/dev.py bench [ARGS]     print the speed figures beside their floors
  python3 packaging/dev.py torture [ARGS]   kill and flood it many times (takes minutes)
  python3 packaging/dev.py shots [FOLDER]   save a picture of every page (in build/screenshots)

Each command prepares what it needs first, once; after that it starts at once.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import platform
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# This file must still run on Python 3.9, to be able to say that 3.11 is needed.
OLDEST_PYTHON = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
TEST_RUNS = {
    # One process for each core; a test of a long file may be taken over by whoever is free.
    "test": ("-n", "auto", "--maxprocesses", "4", "--dist", "worksteal"),
    "bench": ("tests/benchmarks", "-m", "benchmark", "-s", "-p", "no:randomly", "--timeout=0"),
    "torture": ("-m", "torture", "--timeout=0"),
}
COMMANDS = ("run", "setup", "shots", *TEST_RUNS)
MEMORY = Path("/dev/shm")  # a folder that Linux keeps in memory
ROOM_FOR_TESTS = 4 << 30  # bytes, much more than they use


@dataclass(frozen=True)
class Library:
    """A system library that Qt loads, and the package that brings it with each package manager."""

    file: str
    apt: str
    dnf: str
    pacman: str


# QtWidgets cannot even be imported without these, screen or no screen.
ALWAYS = (
    Library("libglib-2.0.so.0", "libglib2.0-0", "glib2", "glib2"),
    Library("libGL.so.1", "libgl1", "libglvnd-glx", "libglvnd"),
    Library("libEGL.so.1", "libegl1", "libglvnd-egl", "libglvnd"),
    Library("libfontconfig.so.1", "libfontconfig1", "fontconfig", "fontconfig"),
    Library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon", "libxkbcommon"),
    Library("libdbus-1.so.3", "libdbus-1-3", "dbus-libs", "dbus"),
)
# A window needs these as well.
FOR_A_WINDOW = (
    Library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    Library("libxcb-shape.so.0", "libxcb-shape0", "libxcb", "libxcb"),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11"),
    Library("libwayland-cursor.so.0", "libwayland-cursor0", "libwayland-cursor", "wayland"),
)


@dataclass(frozen=True)
class Machine:
    """What the commands must know of a computer; tests describe others than the one they run on."""

    system: str  # "Linux", "Windows" or "Darwin"
    python: tuple[int, int]
    bits: int = 64
    tools: frozenset[str] = frozenset()  # package managers, sudo and newer Pythons found on the path
    root: bool = False
    screen: bool = False  # whether the surroundings name a screen; it may still not answer

    @property
    def command(self) -> str:
        """How this file is called here, for the lines we tell people to type."""
        return r"py packaging\dev.py" if self.system == "Windows" else "python3 packaging/dev.py"


class Stop(Exception):
    """The command cannot go on; the text says why and what to do."""


def this_machine() -> Machine:
    newer = [f"python3.{minor}" for minor in range(OLDEST_PYTHON[1], OLDEST_PYTHON[1] + 10)]
    return Machine(
        system=platform.system(),
        python=sys.version_info[:2],
        bits=64 if sys.maxsize > 2**32 else 32,
        tools=frozenset(tool for tool in ("apt-get", "dnf", "pacman", "sudo", *newer) if shutil.which(tool)),
        root=getattr(os, "geteuid", lambda: 1)() == 0,
        screen=names_a_screen(platform.system(), os.environ),
    )


# --- Python itself


def check_python(machine: Machine) -> None:
    """Stop with the way out when the packages do not exist for this Python."""
    windows = machine.system == "Windows"
    if machine.python < OLDEST_PYTHON:
        found = sorted((t for t in machine.tools if t.startswith("python3.")), key=lambda t: int(t[8:]))
        if found:
            way_out = f"A newer one is installed: run  {found[-1]} packaging/dev.py"
        elif windows:
            way_out = "Install it from python.org, then run  py -3 packaging\\dev.py"
        else:
            way_out = "Install it with your package manager or from python.org, then run this again."
        raise Stop(
            f"Creator CRM needs Python 3.11 or newer, and this is {dotted(machine.python)}.\n{way_out}"
        )
    if machine.bits != 64:
        raise Stop("Creator CRM needs a 64-bit Python, and this one has 32 bits. Install the 64-bit one.")


def dotted(version: Iterable[int]) -> str:
    return ".".join(str(number) for number in version)


# --- system packages: Linux only, the wheels for Windows and macOS bring everything


def missing(libraries: Iterable[Library]) -> list[Library]:
    """Those that the loader does not find; loading them is the one test that is right on every Linux."""
    absent = []
    for library in libraries:
        try:
            ctypes.CDLL(library.file)
        except OSError:
            absent.append(library)
    return absent


def install_commands(machine: Machine, libraries: Sequence[Library], venv: bool) -> list[list[str]]:
    """What root types to install what brings `libraries` (and makes a venv); none for an unknown manager."""
    names: list[str] = []
    if "apt-get" in machine.tools:
        names = [f"python{dotted(machine.python)}-venv"] * venv + [library.apt for library in libraries]
        commands = [["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends"]]
    elif "dnf" in machine.tools:
        names = ["python3-libs"] * venv + [library.dnf for library in libraries]
        commands = [["dnf", "install", "-y"]]
    elif "pacman" in machine.tools:
        names = ["python"] * venv + [library.pacman for library in libraries]
        commands = [["pacman", "-S", "--needed"]]
    else:
        return []
    commands[-1] += dict.fromkeys(names)
    return commands


def install_by_hand(machine: Machine, libraries: Sequence[Library], venv: bool) -> str:
    """What to type when we may not install: the exact line, or the bare names where no manager is known."""
    commands = install_commands(machine, libraries, venv)
    if not commands:
        wanted = [library.file for library in libraries] + ["the Python module ensurepip"] * venv
        return "These are missing, install them and run this again:\n  " + "\n  ".join(wanted)
    sudo = "sudo " if "sudo" in machine.tools and not machine.root else ""
    who = "" if sudo or machine.root else " as root"
    line = " && ".join(sudo + shlex.join(command) for command in commands)
    return f"Packages of the system are missing. Run this line{who}, then try again:\n  {line}"


def prepare_system(machine: Machine, window: bool) -> None:
    """Install the system packages that are missing, where we may; otherwise stop with the line to type."""
    if machine.system != "Linux":
        return

    def required() -> tuple[list[Library], bool]:
        return missing(ALWAYS + FOR_A_WINDOW * window), not venv_is_good(machine) and no_ensurepip()

    lacking = required()
    if lacking == ([], False):
        return
    if "apt-get" in machine.tools and (machine.root or sudo_without_password(machine)):
        said = install_with_apt(machine, missing(ALWAYS + FOR_A_WINDOW), lacking[1])
        lacking = required()
        if lacking == ([], False):
            return
        print(said, file=sys.stderr)
    raise Stop(install_by_hand(machine, *lacking))


def install_with_apt(machine: Machine, libraries: Sequence[Library], venv: bool) -> str:
    """Install without a question; what apt said at the end, for when it did not help."""
    said = ""
    rights = ["env"] if machine.root else ["sudo", "-n", "env"]
    for command in install_commands(machine, libraries, venv):
        if "install" in command:
            print(f"Installing system packages (once): {' '.join(command[4:])}", flush=True)
        done = subprocess.run(
            [*rights, "DEBIAN_FRONTEND=noninteractive", *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        said = done.stdout.strip()[-2000:]
    return said


def sudo_without_password(machine: Machine) -> bool:
    return (
        "sudo" in machine.tools
        and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0
    )


def no_ensurepip() -> bool:
    """Debian keeps the module that makes a venv in a package of its own."""
    importlib.invalidate_caches()
    return importlib.util.find_spec("ensurepip") is None


# --- the virtual environment


def venv_program(machine: Machine, name: str) -> Path:
    """Where the venv keeps the program `name`."""
    if machine.system == "Windows":
        return ROOT / ".venv" / "Scripts" / f"{name}.exe"
    return ROOT / ".venv" / "bin" / name


def stamp(machine: Machine, project_file: bytes, root: Path) -> str:
    """What the venv was made from: another text means that it must be brought up to date."""
    return f"{hashlib.sha256(project_file).hexdigest()} {dotted(machine.python)} {root}"


def venv_is_good(machine: Machine) -> bool:
    """Whether .venv is of this Python and has pip; half-made and foreign ones are made anew."""
    python = dotted(machine.python)
    library = "Lib" if machine.system == "Windows" else f"lib/python{python}"
    try:
        configuration = (ROOT / ".venv" / "pyvenv.cfg").read_text(encoding="utf-8").replace(" ", "")
    except OSError:
        return False
    has_pip = (ROOT / ".venv" / library / "site-packages" / "pip" / "__main__.py").is_file()
    return has_pip and f"\nversion={python}." in f"\n{configuration}"


def prepare_venv(machine: Machine) -> None:
    """Make .venv with the project (editable) and its test tools in it, unless that was done before."""
    mark = ROOT / ".venv" / "creator-crm.stamp"
    wanted = stamp(machine, (ROOT / "pyproject.toml").read_bytes(), ROOT)
    if mark.is_file() and mark.read_text(encoding="utf-8") == wanted:
        return
    if not venv_is_good(machine):
        print("Making .venv (once)", flush=True)
        made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(ROOT / ".venv")])
        if made.returncode:
            raise Stop("The virtual environment could not be made in .venv; the reason stands above.")
    print("Installing the Python packages into .venv (once, about a minute)", flush=True)
    pip = [str(venv_program(machine, "python")), "-m", "pip", "install", "--quiet"]
    pip += ["--disable-pip-version-check", "--no-warn-script-location", "--editable", f"{ROOT}[test]"]
    if subprocess.run(pip, cwd=ROOT).returncode:
        raise Stop(
            "The Python packages could not be installed; the reason stands above. Nothing outside .venv was "
            f"changed.\nCheck the network and run  {machine.command} setup"
        )
    mark.write_text(wanted, encoding="utf-8")


# --- the screen


def names_a_screen(system: str, environment: Mapping[str, str]) -> bool:
    """Whether the surroundings speak of a screen; only Linux computers commonly have none."""
    if environment.get("QT_QPA_PLATFORM", "").startswith(("offscreen", "minimal")):
        return False
    return system != "Linux" or bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def screen_answers(system: str) -> bool:
    """Ask the display server as Qt would: DISPLAY may name one that is gone or turns us away."""
    chosen = os.environ.get("QT_QPA_PLATFORM", "xcb")
    if system != "Linux" or not chosen.startswith(("xcb", "wayland")):
        return True
    if os.environ.get("WAYLAND_DISPLAY"):
        wayland = ctypes.CDLL("libwayland-client.so.0")
        wayland.wl_display_connect.restype = ctypes.c_void_p
        display = wayland.wl_display_connect(None)
        if display:
            wayland.wl_display_disconnect(ctypes.c_void_p(display))
            return True
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    refused = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not refused


# --- the commands


def call(command: Sequence[object], cwd: Path | None = None, **environment: str) -> int:
    """Run to the end and return the exit status, as a shell would give it."""
    status = subprocess.call([str(part) for part in command], cwd=cwd, env={**os.environ, **environment})
    return status if status >= 0 else 128 - status


def run(machine: Machine, arguments: Sequence[str]) -> int:
    """Open the application; without a screen, do the same work into a folder."""
    application = venv_program(machine, "creator-crm")
    file_to_open = len(arguments) == 1 and arguments[0].endswith(".creatorcrm")
    screen = machine.screen and screen_answers(machine.system)
    if screen:
        return call([application, *arguments])
    if arguments and not file_to_open:
        return call([application, *arguments], QT_QPA_PLATFORM="offscreen")
    if file_to_open:
        raise Stop(
            f"There is no screen here to open {arguments[0]} on.\n"
            f"{machine.command} run -- --help  lists what can be done without one."
        )
    return run_without_a_screen(application, Path.cwd() / "creator-crm-demo")


def run_without_a_screen(application: Path, folder: Path) -> int:
    """The main job without a window: a workspace with the sample brand, its creators for Excel, its pages."""
    print(f"There is no screen here, so the same work is done without a window, into {folder}", flush=True)
    folder.mkdir(exist_ok=True)
    workspace = folder / "sample.creatorcrm"
    steps: list[list[object]] = [
        ["demo", workspace],
        ["export", "creator", folder / "creators.xlsx"],
        ["self-test", "--screenshots", folder / "screenshots"],
    ]
    if workspace.exists():
        del steps[0]  # made by an earlier run, and perhaps worked in since
    for step in steps:
        status = call([application, *step], QT_QPA_PLATFORM="offscreen", CREATOR_CRM_WORKSPACE=str(workspace))
        if status:
            return status
    print("Done: sample.creatorcrm (the sample brand), creators.xlsx (its creators), screenshots (its pages)")
    return 0


def shots(machine: Machine, arguments: Sequence[str]) -> int:
    """Save a picture of every page."""
    folder = Path(arguments[0] if arguments else ROOT / "build" / "screenshots").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    application = venv_program(machine, "creator-crm")
    return call([application, "self-test", "--screenshots", folder], QT_QPA_PLATFORM="offscreen")


@contextmanager
def surroundings(command: str) -> Iterator[Mapping[str, str]]:
    """What is set for a run of tests, which start hundreds of programs and flush thousands of files."""
    if command != "test":
        yield {}
        return
    roomy = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ROOM_FOR_TESTS
    with tempfile.TemporaryDirectory(prefix="creator-crm-", dir=MEMORY if roomy else None) as folder:
        yield {"PYTHONDONTWRITEBYTECODE": "", "TMPDIR": folder}  # what one of them compiled serves the next


def main(arguments: Sequence[str]) -> int:
    """Do one command; its exit status."""
    if not arguments or arguments[0] not in COMMANDS:
        asked = bool(arguments) and arguments[0] in ("-h", "--help", "help")
        print(__doc__, file=sys.stdout if asked else sys.stderr)
        return 0 if asked else 2
    command, *rest = arguments
    rest = rest[1:] if rest[:1] == ["--"] else rest
    machine = this_machine()
    try:
        check_python(machine)
        prepare_system(machine, window=machine.screen and command in ("run", "setup"))
        prepare_venv(machine)
        if command in TEST_RUNS:
            python = venv_program(machine, "python")
            with surroundings(command) as environment:
                return call([python, "-m", "pytest", *TEST_RUNS[command], *rest], cwd=ROOT, **environment)
        if command == "setup":
            print(f"Ready. Start it with  {machine.command} run")
            return 0
        return run(machine, rest) if command == "run" else shots(machine, rest)
    except Stop as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
