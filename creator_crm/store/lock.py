"""One program at a time has a workspace open: a lock that dies with the process, and says who holds it."""

from __future__ import annotations

import errno
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from creator_crm.store.errors import InUse, ReadOnly, WorkspaceError

if sys.platform == "win32":
    import msvcrt

    # Far behind the holder's name, so that others can still read it.
    _PLACE = 1 << 30

    def _seize(file: IO[bytes]) -> None:
        file.seek(_PLACE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _seize(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)
_HELD = (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK)


class Lock:
    """The lock of one workspace, in a small file beside it; released by `release` or by the process's end."""

    def __init__(self, path: Path, file: IO[bytes]) -> None:
        self._path, self._file = path, file

    @classmethod
    def take(cls, workspace: Path, who: str, *, take_over: bool = False) -> Lock:
        """Lock a workspace; raises InUse with the holder's name.

        A lock left by a killed process of this computer is nobody's. One of another computer may be alive
        behind a network share that shows no locks, and is broken only with `take_over`.
        """
        path = lock_path(workspace)
        while True:
            file = _opened(path, workspace)
            try:
                _seize(file)
            except OSError as error:
                holder = _holder(file)
                file.close()
                if error.errno in _HELD:
                    raise InUse(_sentence(workspace, holder)) from None
                raise WorkspaceError(
                    f"{workspace.name} lies in a folder where files cannot be locked, so it was not opened. "
                    "Copy it to a folder of this computer, and open it there."
                ) from error
            if _same(path, file):
                break
            file.close()  # its holder removed it while we waited for it: it locks nothing any more
        lock = cls(path, file)
        left = _holder(file)
        if left and left.get("host") != _host() and not take_over:
            file.close()
            raise InUse(_sentence(workspace, left, elsewhere=True), elsewhere=True)
        lock._sign(who)
        return lock

    def release(self) -> None:
        """Give the workspace free and take the lock file away."""
        if self._file.closed:
            return
        self._file.truncate(0)
        mine = _same(self._path, self._file)
        if sys.platform == "win32":
            self._file.close()  # an open file cannot be removed there
        try:
            if mine:
                self._path.unlink()
        except OSError:
            pass  # somebody has it open to read the name; empty, it bars nobody
        self._file.close()

    def _sign(self, who: str) -> None:
        holder = {"who": who, "host": _host(), "pid": os.getpid(), "since": datetime.now(UTC).isoformat()}
        self._file.seek(0)
        self._file.truncate(0)
        self._file.write(json.dumps(holder).encode())
        self._file.flush()


def lock_path(workspace: Path) -> Path:
    """The lock file of a workspace, however it is called by links."""
    real = workspace.resolve()
    return real.with_name(f"{real.name}.lock")


def _opened(path: Path, workspace: Path) -> IO[bytes]:
    try:
        return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644), "r+b")
    except OSError as error:
        raise (ReadOnly if error.errno in _FORBIDDEN else WorkspaceError)(
            f"{workspace.name} lies in a folder where nothing can be written, so it was not opened. "
            "Copy it to a folder you may write to, and open it there."
        ) from error


def _holder(file: IO[bytes]) -> dict[str, Any]:
    try:
        file.seek(0)
        found = json.loads(file.read(4096) or b"{}")
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _same(path: Path, file: IO[bytes]) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


def _host() -> str:
    return os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "this computer")


def _sentence(workspace: Path, holder: dict[str, Any], *, elsewhere: bool = False) -> str:
    who, host = holder.get("who") or "Somebody", holder.get("host") or "another computer"
    if elsewhere:
        return (
            f"{who} opened {workspace.name} on {host}{_since(holder)} and has not closed it there. "
            "Close it there first; if that computer is off or gone, you can take the workspace over."
        )
    return (
        f"{who} has {workspace.name} open on {host}{_since(holder)}. "
        "Nothing was changed; close it there, then open it again."
    )


def _since(holder: dict[str, Any]) -> str:
    try:
        since = datetime.fromisoformat(str(holder.get("since"))).astimezone()
    except ValueError:
        return ""
    today = since.date() == datetime.now().astimezone().date()
    return since.strftime(" since %H:%M" if today else " since %d %B, %H:%M")
