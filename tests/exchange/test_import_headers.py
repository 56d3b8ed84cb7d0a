"""Where the header stands, what it is called, where the table ends."""

from __future__ import annotations

import pytest

from creator_crm.domain.records import CATALOGUE
from creator_crm.exchange.headers import header_key, joined_headers, shown_headers
from creator_crm.exchange.recognise import known_headers
from creator_crm.exchange.tables_in_sheet import Table, find_tables

KNOWN = known_headers(CATALOGUE)
LIST = [["Handle", "Followers", "E-mail"], ["@ana", "12K", "ana@x.com"], ["@bo", "3M", None]]


def table_of(rows: list[list[object]]) -> Table:
    (found,) = find_tables(rows, KNOWN)
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("\nFollowers", "followers "),
        ("Views (Avg.)", "views avg"),
        ("E-mail Address", "EMAIL ADDRESS"),
        ("follower_count", "Follower Count"),
        ("What's your email?", "E-Mail"),
        ("FirstName", "first name"),
        ("TikTok handle", "tiktok handle"),
        ("Kullanıcı Adı", "kullanici adi"),
    ],
)
def test_headers_that_differ_in_spelling_only_are_the_same(one: str, other: str) -> None:
    assert header_key(one) == header_key(other)


def test_repeated_and_empty_headers_get_names_of_their_own() -> None:
    raw = ["Subscribers", " subscribers", "", "Subscribers", None, "Subscribers (2)"]
    assert shown_headers(raw) == (
        "Subscribers",
        "subscribers (2)",
        "Column 3",
        "Subscribers (3)",
        "Column 5",
        "Subscribers (2) (2)",
    )


@pytest.mark.parametrize(
    "above",
    [
        [],
        [[]],
        [["Our creators"], []],
        [["# exported on 1 May"], ["# by the tool"]],
        [["Notes:"], ["Some addresses may be missing, because people hide them."], []],
        [["Report", None, None], ["May 2026", None, None], [None, None, None]],
    ],
)
def test_the_header_is_found_below_titles_comments_and_blank_lines(above: list[list[object]]) -> None:
    found = table_of([*above, *LIST])
    assert (found.header, found.start, found.end) == (len(above), len(above) + 1, len(above) + 3)
    assert found.headers == ("Handle", "Followers", "E-mail")


def test_a_list_without_a_header_gets_numbered_columns() -> None:
    found = table_of(LIST[1:])
    assert found.header is None
    assert found.headers == ("Column 1", "Column 2", "Column 3")
    assert list(found.rows()) == [0, 1]


def test_a_blank_line_inside_a_table_does_not_end_it() -> None:
    found = table_of([LIST[0], [None, None, None], LIST[1], [], LIST[2]])
    assert list(found.rows()) == [1, 2, 3, 4]
    assert found.blank_rows == 2


def test_stacked_tables_are_told_apart() -> None:
    first, second = find_tables(
        [*LIST, [], ["# Date range"], ["Country", "Active users"], ["Germany", "869"], ["Spain", "2"]], KNOWN
    )
    assert first.headers == ("Handle", "Followers", "E-mail")
    assert list(first.rows()) == [1, 2]
    assert second.headers == ("Country", "Active users")
    assert list(second.rows()) == [6, 7]


def test_totals_and_notes_below_the_table_are_left_out_and_say_why() -> None:
    found = table_of(
        [*LIST, ["Total", "3.012M", None], [], ["Source: exported from the tool on 3 May 2026", None, None]]
    )
    assert list(found.rows()) == [1, 2]
    assert [(e.row, e.why) for e in found.excluded] == [
        (3, "a line of totals"),
        (5, "a note below the table"),
    ]


def test_a_creator_whose_line_holds_only_a_handle_is_no_note() -> None:
    assert table_of([*LIST, ["@lonely", None, None]]).excluded == ()


def test_two_header_rows_are_joined_where_the_lower_one_is_not_enough() -> None:
    upper = ["Person", None, "TikTok", None, "Instagram", None]
    lower = ["Name", "E-mail", "Handle", "Followers", "Handle", "Followers"]
    expected = [
        "Name",
        "E-mail",
        "TikTok Handle",
        "TikTok Followers",
        "Instagram Handle",
        "Instagram Followers",
    ]
    assert joined_headers(upper, lower) == expected
    found = table_of([upper, lower, ["Ana", "ana@x.com", "@ana", "12K", "@ana.ig", "3K"]])
    assert list(found.headers) == expected
    assert found.start == 2


def test_the_header_may_be_chosen_by_a_person() -> None:
    (found,) = find_tables(LIST, KNOWN, header_row=1)
    assert found.headers == ("@ana", "12K", "ana@x.com")


def test_one_line_with_more_cells_does_not_make_a_column() -> None:
    rows = [LIST[0], *([f"@c{n}", "1", None] for n in range(30)), ["@x", "2", None, "EXTRA"]]
    assert len(table_of(rows).headers) == 3
