"""Every label lies where the sheet has it: in the middle of the page, none on top of another."""

from __future__ import annotations

import pytest

from creator_crm.domain.errors import UserError
from creator_crm.domain.label_sheets import A4, LETTER, SHEETS, Sheet, sheet


@pytest.mark.parametrize("one", SHEETS, ids=lambda one: one.key)
def test_the_labels_lie_in_the_middle_of_the_page_and_beside_each_other(one: Sheet) -> None:
    width, height = one.page
    _, left, top = one.place(0)
    page, right, bottom = one.place(one.on_page - 1)
    assert page == 0
    assert left == pytest.approx(width - right - one.label[0], abs=0.15)
    assert top == pytest.approx(height - bottom - one.label[1], abs=0.15)
    assert one.pitch[0] >= one.label[0]
    assert one.pitch[1] >= one.label[1]
    assert one.place(one.on_page)[0] == 1


@pytest.mark.parametrize(
    ("key", "page", "label", "grid"),
    [
        ("avery-l7160", A4, (63.5, 38.1), (3, 7)),
        ("avery-l7163", A4, (99.1, 38.1), (2, 7)),
        ("avery-l7165", A4, (99.1, 67.7), (2, 4)),
        ("avery-l7159", A4, (63.5, 33.9), (3, 8)),
        ("avery-5160", LETTER, (66.675, 25.4), (3, 10)),
        ("avery-5163", LETTER, (101.6, 50.8), (2, 5)),
        ("thermal-4x6", (101.6, 152.4), (101.6, 152.4), (1, 1)),
    ],
)
def test_the_measures_are_those_on_the_box(
    key: str, page: tuple[float, float], label: tuple[float, float], grid: tuple[int, int]
) -> None:
    # avery.co.uk and avery.com, product pages of each number: size of the label and labels on a sheet
    one = sheet(key)
    assert one.page == pytest.approx(page)
    assert one.label == pytest.approx(label)
    assert (one.across, one.down) == grid


def test_a_begun_sheet_is_used_up_from_where_it_was_left() -> None:
    one = sheet("avery-l7160")
    assert one.place(20) == (0, pytest.approx(7.21 + 2 * 66.04), pytest.approx(15.15 + 6 * 38.1))
    assert one.pages(1, start=21) == 1
    assert one.pages(2, start=21) == 2
    assert one.pages(0, start=5) == 0


def test_a_sheet_is_known_by_its_number_alone_and_another_is_refused_by_name() -> None:
    assert sheet("L7163") is sheet("Avery L7163") is sheet("avery-l7163")
    assert sheet("4x6").key == "thermal-4x6"
    with pytest.raises(UserError, match=r"There are no labels “A9999”\. Choose from: avery-l7160"):
        sheet("A9999")
