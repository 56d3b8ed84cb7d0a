"""What a review leaves behind once it is closed."""

from __future__ import annotations

import pytest
import workbook_reviews as reviews
from PySide6.QtCore import Qt

from creator_crm.ui.workbook import closing
from creator_crm.ui.workbook.lines import Section

from .conftest import Stage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_a_long_review_is_freed_beside_the_window_once_it_is_closed(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closing, "FEW", 0)
    monkeypatch.setattr(closing, "LATER_MS", 0)
    freed: list[str] = []
    stage.window.jobs.ended.connect(lambda job: freed.append(job.label))
    review = reviews.small()
    window = stage.look_at(review)
    lines = window.lines
    stage.press(window, Qt.Key.Key_Escape)
    assert set(lines) == set(Section) and not any(lines.values())
    stage.bot.waitUntil(lambda: "Closing the review" in freed)
    assert not review.titles and not hasattr(window, "review")
