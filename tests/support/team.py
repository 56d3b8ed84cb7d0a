"""Copies of a workspace that send each other workbooks, as real files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from edited import exported, found

from creator_crm.domain.merging import Side
from creator_crm.services.workbook_back import Decisions, Review
from creator_crm.services.workspace import Workspace
from creator_crm.store.columns import all_columns

NOT_COMPARED = {"id", "version", "created_at", "updated_at", "deleted_at"}


class Team:
    """Some copies of one workspace, and the workbooks they write."""

    def __init__(self, folder: Path, start: Workspace, others: str) -> None:
        self.folder = folder
        start.close()
        self.paths = {"A": start.path}
        for name in others:
            self.paths[name] = Path(shutil.copy(start.path, folder / f"{name}.creatorcrm"))
        self.open = {name: Workspace.open(path) for name, path in self.paths.items()}

    def __getitem__(self, name: str) -> Workspace:
        return self.open[name]

    def send(self, writer: str, reader: str, prefer: Side = Side.MINE, *records: str) -> Review:
        book = exported(self[writer], self.folder / f"{writer} to {reader}.xlsx", records=records or None)
        review = self[reader].review_workbook(book)
        self[reader].apply_review(review, Decisions(prefer=prefer))
        again = self[reader].review_workbook(book)
        assert not self[reader].apply_review(again, Decisions()), found(again)
        return review

    def close(self) -> None:
        for workspace in self.open.values():
            assert workspace.check() == []
            workspace.close()


def everything(workspace: Workspace) -> dict[str, list[str]]:
    """Every living row of every record people know, by uid, references as uids."""
    held = {}
    with workspace.store.read_raw() as raw:
        for description in workspace.catalogue.public:
            if description.name in ("saved_view", "attachment"):
                continue
            columns = [c for c in all_columns(description) if c not in NOT_COMPARED]
            derived = {f.name for f in description.derived}
            wanted = []
            for name in (c for c in columns if c not in derived):
                target = description.by_name[name].references if name in description.by_name else ""
                column = f'"{name}"'
                if target:
                    column = f'(SELECT uid FROM "{target}" r WHERE r.id = t."{name}")'
                wanted.append(column)
            rows = raw.execute(
                f'SELECT {", ".join(wanted)} FROM "{description.name}" t '
                "WHERE deleted_at IS NULL ORDER BY uid"
            )
            held[description.name] = [json.dumps(row) for row in rows]
    return held
