"""The second version: a table for every record of the product, written out page by page beside this file."""

from __future__ import annotations

from pathlib import Path
from runpy import run_path

revision = "0002"
down_revision = "0001"

# Those that are referred to come first.
_PAGES = ("outreach", "products", "seeding", "briefs", "deliverables", "orders", "results", "vetting")


def upgrade() -> None:
    for page in _PAGES:
        run_path(str(Path(__file__).with_suffix("") / f"{page}.py"))["upgrade"]()
