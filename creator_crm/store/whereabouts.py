"""Where a workspace lies: a folder that a cloud service or another computer keeps is no place for it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

_CLOUDS = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "icloud": "iCloud",
    "mobile documents": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "pcloud": "pCloud",
    "proton drive": "Proton Drive",
    "megasync": "MEGA",
    "box sync": "Box",
    "seafile": "Seafile",
}
_NETWORKS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "davfs", "fuse.sshfs", "fuse.rclone", "9p", "ceph"}
)


def notes_on(path: Path) -> list[str]:
    """What to tell the user about the place of their workspace: nothing, mostly."""
    real = path.resolve()
    service = cloud_service(real)
    notes = []
    if service:
        notes.append(
            f"This workspace lies in a folder that {service} synchronises. That can damage it "
            "while it is open: keep it in a folder of this computer, and share the team workbook instead."
        )
    if on_network(real):
        notes.append(
            "This workspace lies on another computer. Connections break, and the file with them: "
            "keep it on this computer, and share the team workbook instead."
        )
    return notes


def cloud_service(path: Path) -> str | None:
    """The cloud service that keeps the folder of `path`, by the folders' names; None for none."""
    for part in reversed(path.parent.parts):
        name = part.lower()
        for start, service in _CLOUDS.items():
            # "OneDrive - My Brand", "Dropbox (Personal)", "GoogleDrive-maya@…"
            rest = name.removeprefix(start)
            if rest != name and not rest[:1].isalnum():
                return service
    return None


def on_network(path: Path) -> bool:
    """Whether the file system of `path` is another computer's, as far as this system tells."""
    if sys.platform == "win32":
        import ctypes

        remote = 4
        return path.drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == remote
    try:
        with Path("/proc/self/mounts").open(encoding="utf-8", errors="replace") as mounts:
            return network_mount(path, mounts)
    except OSError:
        return False


def network_mount(path: Path, mounts: Iterable[str]) -> bool:
    """Whether the innermost mount above `path` is a network's; `mounts` has the form of /proc/self/mounts."""
    best, kind = -1, ""
    for line in mounts:
        _, place, found, *_ = line.split(" ")
        mount = Path(place.replace("\\040", " "))
        if path.is_relative_to(mount) and len(mount.parts) >= best:
            best, kind = len(mount.parts), found
    return kind in _NETWORKS
