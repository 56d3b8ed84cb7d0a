"""Every kind of record has an icon that can be drawn."""

from __future__ import annotations

from creator_crm.domain.records import CATALOGUE
from creator_crm.paths import data_dir


def test_the_icon_of_every_record_lies_among_the_resources() -> None:
    icons = data_dir("resources") / "icons"
    missing = {d.icon for d in CATALOGUE.values() if not (icons / f"{d.icon}.svg").exists()}
    assert missing == set()
