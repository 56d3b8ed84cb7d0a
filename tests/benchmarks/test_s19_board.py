"""S19: a board of 2,000 cards, from nothing to its first paint, read from the workspace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bare_views import bare_board
from conftest import Race
from PySide6.QtWidgets import QApplication, QWidget
from workspace import make_workspace

from creator_crm.services.workspace import Workspace
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
        qapp.sendPostedEvents(None, 52)  # DeferredDelete

    def ours() -> RecordBoard:
        return RecordBoard(source, "creator", "stage")

    kept = ours()
    kept.resize(1960, 900)
    kept.show()
    qapp.processEvents()
    cards = [
        ["\n".join(column.model.card(row)) for row in range(len(column.model.ids))] for column in kept.columns
    ]
    assert sum(map(len, cards)) > 1_800
    kept.close()
    kept.deleteLater()
    race.run(
        "S19",
        "board of 2,000 cards to first paint",
        lambda: painted(ours()),
        lambda: painted(bare_board(cards)),
        1.5,
        pairs=9,
    )
    race.check()
