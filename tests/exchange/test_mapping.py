"""What each column becomes: the header proposes, the cells decide."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from creator_crm.domain.records import CATALOGUE
from creator_crm.exchange.headers import shown_headers
from creator_crm.exchange.mapping import Proposal, headers_key, saved_choice, with_saved, with_targets
from creator_crm.exchange.persons import NAME_AND_HANDLE
from creator_crm.exchange.proposing import propose
from creator_crm.exchange.recognise import creator_vocabulary
from creator_crm.exchange.whole_list import date_in_name

VOCABULARY = creator_vocabulary(CATALOGUE)
HANDLES = ["khaby.lame", "bellapoarch", "addison_re", "zachking", "domelipa"]
NAMES = ["Khabane Lame", "Bella Poarch", "Addison Rae", "Zach King", "Domelipa ✨"]


def proposed(columns: dict[str, Sequence[object]], **said: str) -> Proposal:
    """The proposal for columns of equal length; "Followers#2" is a second column "Followers"."""
    raw = [header.partition("#")[0] for header in columns]
    cells = [list(column) for column in columns.values()]
    return propose("creators", shown_headers(raw), raw, cells, VOCABULARY, today=date(2026, 11, 22), **said)


@pytest.mark.parametrize(
    ("first", "second"), [("name", "instagram name"), ("instagram name", "influencer name")]
)
def test_the_cells_decide_which_of_two_name_columns_is_the_handle(first: str, second: str) -> None:
    assert proposed({first: HANDLES, second: NAMES}).mapping == {
        first: "account.handle",
        second: "creator.name",
    }
    assert proposed({first: NAMES, second: HANDLES}).mapping == {
        first: "creator.name",
        second: "account.handle",
    }


def test_a_single_name_column_of_people_is_the_name() -> None:
    assert proposed({"Name": NAMES, "Email": ["a@x.com"] * 5}).mapping["Name"] == "creator.name"


def test_a_single_column_of_handles_is_the_handle_whatever_it_is_called() -> None:
    assert proposed({"Creator": HANDLES}).mapping == {"Creator": "account.handle"}


def test_name_and_handle_in_one_cell_are_taken_apart() -> None:
    cells = [f"{name} @{handle}" for name, handle in zip(NAMES, HANDLES, strict=True)]
    assert proposed({"NAME": cells}).mapping == {"NAME": NAME_AND_HANDLE}


def test_of_two_spellings_of_a_figure_the_exact_one_is_taken() -> None:
    found = proposed(
        {
            "Handle": HANDLES,
            "Subscribers": ["13.8M", "149.2M", "2.1M", "88.7M", "930K"],
            "Subscribers#2": ["13800000", "149200000", "2100000", "88700000", "930000"],
        }
    )
    assert found.mapping == {"Handle": "account.handle", "Subscribers (2)": "account_metrics.followers"}
    assert "only rounded (13.8M)" in found.columns[1].left_out


def test_two_different_columns_of_the_same_name_are_not_mixed() -> None:
    found = proposed(
        {"Handle": HANDLES, "Followers": ["1", "2", "3", "4", "5"], "Followers#2": ["9", "7", "6", "8", "1"]}
    )
    assert found.mapping["Followers"] == "account_metrics.followers"
    assert found.columns[2].target == ""
    assert "already" in found.columns[2].left_out


def test_a_header_that_lies_is_warned_about_and_left_out() -> None:
    found = proposed({"Handle": HANDLES, "Views avg.": ["Spain", "Indonesia", "Russia", "India", "Spain"]})
    assert found.mapping == {"Handle": "account.handle"}
    assert any("Views avg." in text and "Spain" in text for text in found.warnings)


def test_more_comments_than_likes_means_that_the_headers_are_shifted() -> None:
    found = proposed(
        {
            "Handle": HANDLES,
            "Likes avg": ["274900", "449400", "269600", "164400", "525100"],
            "Comments avg.": ["456700", "592700", "304100", "189400", "643000"],
        }
    )
    assert found.mapping == {"Handle": "account.handle"}
    assert any("more comments than likes" in text for text in found.warnings)


@pytest.mark.parametrize("header", ["S.no", "Rank", "#", "row-cell", "No."])
def test_a_column_that_numbers_the_rows_is_no_id(header: str) -> None:
    assert proposed({header: ["1", "2", "3", "4", "5"], "Handle": HANDLES}).mapping == {
        "Handle": "account.handle"
    }


def test_engagement_is_a_rate_or_a_number_as_its_cells_say() -> None:
    rate = proposed({"Handle": HANDLES, "Engagement": ["4.6%", "1%", "0.3%", "12%", "2%"]})
    number = proposed({"Handle": HANDLES, "Engagement": ["460000", "1200", "33000", "9000", "1"]})
    assert rate.mapping["Engagement"] == "account_metrics.engagement"
    assert number.mapping["Engagement"] == "account_metrics.average_engagements"


def test_first_and_last_names_are_put_together_unless_there_is_a_full_one() -> None:
    parts = {"First name": ["Ana"], "Last name": ["Diaz"], "Email": ["ana@x.com"]}
    assert proposed(parts).mapping == {
        "First name": "creator.name",
        "Last name": "creator.name",
        "Email": "creator.email",
    }
    assert proposed({"Full name": ["Ana Diaz"], **parts}).mapping == {
        "Full name": "creator.name",
        "Email": "creator.email",
    }


@pytest.mark.parametrize(
    "headers",
    [
        ("Namn", "E-post", "Mobil"),
        ("Nom", "Courriel", "Téléphone"),
        ("الاسم", "البريد", "الهاتف"),
        ("नाम", "ईमेल", "फ़ोन"),
        ("İsim", "E-posta", "Telefon"),
    ],
)
def test_headers_in_other_languages_are_understood(headers: tuple[str, str, str]) -> None:
    columns: dict[str, Sequence[object]] = dict(
        zip(headers, (NAMES, ["ana@x.com"] * 5, ["+4915123456789"] * 5), strict=True)
    )
    assert list(proposed(columns).mapping.values()) == ["creator.name", "creator.email", "creator.phone"]


def test_the_platform_comes_from_column_header_file_name_links_or_stays_unknown() -> None:
    assert proposed({"Handle": HANDLES, "Platform": ["TikTok"] * 5}).mapping["Platform"] == "account.platform"
    assert (
        proposed({"Tiktoker name": HANDLES, "Tiktok name": NAMES}, file_name="instagram").platform == "tiktok"
    )
    assert proposed({"Handle": HANDLES}, file_name="my youtube list").platform == "youtube"
    links = [f"https://www.instagram.com/{handle}/" for handle in HANDLES]
    assert proposed({"Profile URL": links, "Handle": HANDLES}).platform == "instagram"
    unknown = proposed({"Handle": HANDLES})
    assert unknown.platform == ""
    assert any("which platform" in text for text in unknown.warnings)
    assert proposed({"Handle": HANDLES}, platform="tiktok").platform == "tiktok"


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("social media influencers - Tiktok sep 2022", date(2022, 9, 1)),
        ("- instagram sep-2022", date(2022, 9, 1)),
        ("-INSTAGRAM - -DEC 2022", date(2022, 12, 1)),
        ("june 2022 - june 2022", date(2022, 6, 1)),
        ("Creator_List_20260901-20260930", date(2026, 9, 30)),
        ("tracker 2026-03", date(2026, 3, 1)),
        ("tracker", None),
        ("list of 2022", None),
    ],
)
def test_the_day_of_the_figures_stands_in_the_file_name(name: str, day: date | None) -> None:
    assert date_in_name(name) == day


def test_figures_without_any_date_are_of_today() -> None:
    assert proposed({"Handle": HANDLES}, file_name="tracker").measured_on == "2026-11-22"


def test_unknown_columns_are_offered_as_fields_of_ones_own_and_not_taken() -> None:
    found = proposed({"Handle": HANDLES, "Shoe size": ["38", "39.5", "41", "40", "37"]})
    assert "Shoe size" not in found.mapping
    assert found.columns[1].custom_kind == "number"


def test_a_person_may_change_every_target() -> None:
    cells: dict[str, Sequence[object]] = {
        "Handle": HANDLES,
        "Nick": NAMES,
        "Followers": ["1"] * 5,
        "Other": ["9"] * 5,
    }
    found = proposed(cells)
    changed = with_targets(
        found, {3: "account_metrics.followers", 1: ""}, [*map(list, cells.values())], VOCABULARY
    )
    assert changed.mapping == {"Handle": "account.handle", "Other": "account_metrics.followers"}
    assert "“Other” is taken instead" in changed.columns[2].left_out


def test_a_choice_that_does_not_fit_is_warned_about() -> None:
    cells: dict[str, Sequence[object]] = {"Handle": HANDLES, "Nick": NAMES}
    changed = with_targets(
        proposed(cells), {1: "account_metrics.followers"}, [*map(list, cells.values())], VOCABULARY
    )
    assert "Khabane Lame" in changed.columns[1].warning


def test_a_choice_is_offered_again_for_the_same_headers_in_any_order_and_spelling() -> None:
    assert headers_key(["Handle", "Followers "]) == headers_key(["followers", "HANDLE"])
    cells: dict[str, Sequence[object]] = {"Handle": HANDLES, "Score": ["1"] * 5}
    columns = [*map(list, cells.values())]
    chosen = with_targets(proposed(cells), {1: "creator.external_id"}, columns, VOCABULARY)
    again = with_saved(proposed(cells), saved_choice(chosen), columns, VOCABULARY)
    assert again.mapping == chosen.mapping
    assert again.saved


def test_a_date_that_can_be_read_two_ways_is_asked_about() -> None:
    two_ways = ["03/04/2026", "05/06/2026", "01/02/2026", "07/08/2026", "09/10/2026"]
    found = proposed({"Handle": HANDLES, "As of": two_ways})
    assert found.mapping["As of"] == "account_metrics.measured_on"
    assert found.questions == ("As of: Which comes first in these dates, the day or the month?",)
    assert proposed({"Handle": HANDLES, "As of": ["31/01/2026", *two_ways[1:]]}).questions == ()
