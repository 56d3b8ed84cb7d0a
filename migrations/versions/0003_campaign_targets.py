"""The third version: what a campaign is to reach, and the products it is about."""

from __future__ import annotations

from pathlib import Path
from runpy import run_path

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    run_path(str(Path(__file__).with_suffix("") / "campaigns.py"))["upgrade"]()
