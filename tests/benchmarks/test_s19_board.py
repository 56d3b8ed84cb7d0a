"""S19: a board of 2,000 cards, from nothing to its first paint.

Both read their cards from the same file: a bare view needs every card as a string before it can begin.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bare_views import bare_board
from conftest import Race
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from workspace import make_workspace

from creator_crm.domain.creators import STAGES
from creator_crm.services.workspace import Workspace
from creator_crm.store.engine import connect
from creator_crm.store.store import Store
from creator_crm.ui.shared import text, theme
from creator_crm.ui.shared.board import RecordBoard

pytestmark = pytest.mark.benchmark


@pytest.fixture
def two_thousand(tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "board.creatorcrm"
    make_workspace(path, 2_000)
    store = Store.open(path, who="bench")
    yield store
    store.close()


def test_2000_cards_cost_little_more_than_bare_list_views(
    race: Race, two_thousand: Store, qapp: QApplication
) -> None:
    text.set_locale("en_US")
    theme.apply(qapp, "light")
    source = Workspace(two_thousand)

    def painted(board: QWidget) -> None:
        board.resize(1960, 900)
        board.show()
        qapp.processEvents()
        board.close()
        board.deleteLater()
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def ours() -> RecordBoard:
        return RecordBoard(source, "creator", "stage")

    raw = connect(two_thousand.path, reader=True)
    cards = (
        "SELECT coalesce(name, '—') || char(10) || coalesce('@' || handle, '') || ' · ' || "
        "coalesce(followers, '') || ' · ' || coalesce(niche, '') FROM creator "
        "WHERE stage = ? AND deleted_at IS NULL AND archived = 0 ORDER BY name COLLATE NOCASE, id"
    )

    def floor() -> QWidget:
        return bare_board([[card for (card,) in raw.execute(cards, (stage.value,))] for stage in STAGES])

    board = ours()
    board.resize(1960, 900)
    board.show()
    assert sum(len(column.model.ids) for column in board.columns) > 1_800
    board.close()
    board.deleteLater()
    race.run(
        "S19",
        "board of 2,000 cards to first paint",
        lambda: painted(ours()),
        lambda: painted(floor()),
        1.5,
        pairs=15,
    )
    raw.close()
    race.check()
