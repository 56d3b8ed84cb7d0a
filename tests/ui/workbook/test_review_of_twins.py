"""What the review says of records that both copies made."""

from __future__ import annotations

import pytest
import workbook_reviews as reviews

from creator_crm.domain.merging import RecordMerge

from .conftest import Stage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_what_both_copies_made_is_said_in_a_sentence_of_its_own(stage: Stage) -> None:
    words = "You both made the tag “vip”: it becomes one, with what either of you filled in."
    told = reviews.review(
        RecordMerge("tag"), united=frozenset({("tag", "t1")}), united_words=words, both_made=1
    )
    window = stage.look_at(told)
    assert window.united.text == words
    assert "1 record that you both made" in window.heading.text()
    assert window.footer.text() == "Apply makes one of each that you both made."
    assert window.apply_button.text() == "Apply"
    window = stage.look_at(reviews.small())
    assert not window.united.isVisible()
