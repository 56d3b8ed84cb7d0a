"""A workspace `a` that a test makes, another copy of it `b`, and the workbooks that they send each other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from edited import exported

from creator_crm.domain.merging import Side
from creator_crm.services.workbook_back import Decisions, Review
from creator_crm.services.workspace import Workspace


@pytest.fixture
def b(a: Workspace, tmp_path: Path) -> Iterator[Workspace]:
    """Another copy of the same workspace."""
    a.backup(tmp_path / "b.creatorcrm")
    with Workspace.open(tmp_path / "b.creatorcrm") as other:
        yield other


def written(writer: Workspace, *records: str) -> Path:
    """The workbook that a copy writes, of some records or of all."""
    return exported(writer, writer.path.with_suffix(".xlsx"), records=records or None)


def send(writer: Workspace, reader: Workspace, *records: str, prefer: Side = Side.MINE) -> Review:
    return bring(reader, written(writer, *records), prefer)


def bring(reader: Workspace, book: Path, prefer: Side = Side.MINE) -> Review:
    """What a copy was asked on bringing a workbook back, decided for one side."""
    review = reader.review_workbook(book)
    reader.apply_review(review, Decisions(prefer=prefer))
    return review
