"""Folders that a cloud service or another computer keeps are noticed; others are not suspected."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import cast

import pytest

from creator_crm.store.whereabouts import cloud_service, network_mount, notes_on

MOUNTS = [
    "/dev/sda1 / ext4 rw 0 0",
    "nas:/brand /home/maya/team nfs4 rw 0 0",
    "//nas/x /mnt/with\\040blank cifs rw 0 0",
    "/dev/sdb1 /home/maya/team/local ext4 rw 0 0",
]


@pytest.mark.parametrize(
    ("place", "service"),
    [
        ("/Users/maya/OneDrive - My Brand/x.creatorcrm", "OneDrive"),
        ("/Users/maya/Dropbox (Personal)/crm/x.creatorcrm", "Dropbox"),
        ("/Users/maya/Library/CloudStorage/GoogleDrive-maya@x.com/My Drive/x.creatorcrm", "Google Drive"),
        ("/Users/maya/Library/Mobile Documents/com~apple~CloudDocs/x.creatorcrm", "iCloud"),
        ("/home/maya/Nextcloud/x.creatorcrm", "Nextcloud"),
        ("/home/maya/Documents/dropbox.creatorcrm", None),
        ("/home/maya/Dropboxes/x.creatorcrm", None),
        ("/home/maya/Documents/x.creatorcrm", None),
    ],
)
def test_a_cloud_folder_is_known_by_its_name(place: str, service: str | None) -> None:
    assert cloud_service(cast(Path, PurePosixPath(place))) == service


@pytest.mark.parametrize(
    ("place", "remote"),
    [
        ("/home/maya/x.creatorcrm", False),
        ("/home/maya/team/x.creatorcrm", True),
        ("/mnt/with blank/x.creatorcrm", True),
        ("/home/maya/team/local/x.creatorcrm", False),
    ],
)
def test_the_innermost_mount_decides_whether_a_place_is_remote(place: str, remote: bool) -> None:
    assert network_mount(Path(place), MOUNTS) is remote


def test_the_note_says_what_to_do(tmp_path: Path) -> None:
    assert notes_on(tmp_path / "x.creatorcrm") == []
    [note] = notes_on(tmp_path / "Dropbox" / "x.creatorcrm")
    assert "Dropbox synchronises" in note
    assert "share the team workbook instead" in note
