"""Handles, links to profiles and posts, and links that must not be opened."""

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creator_crm.domain.values.handles import (
    Link,
    clean_handle,
    fold_handle,
    looks_like_handle,
    profile_url,
    read_link,
    safe_link,
    split_name_and_handle,
)

DATA = Path(__file__).parents[3] / "shared" / "data"


def _cases(name: str) -> Any:
    path = DATA / "F_validation" / name
    if not path.is_file():
        pytest.skip("the public link collections in ../shared/data are not here")
    return json.loads(path.read_text(encoding="utf-8"))


def test_tiktok_links_of_another_project_are_told_apart() -> None:
    cases = _cases("tiktok_url_cases.json")
    for name, url in cases["valid_matches"].items():
        link = read_link(url)
        wanted = "profile" if "profile" in name else "short" if "short" in name else "video"
        assert (link.platform, link.kind) == ("tiktok", wanted), url
        assert (link.handle != "") == ("/@" in url), url
        assert link.post_id == ("7525852090917195014" if wanted == "video" else ""), url
    for url in cases["negatives"].values():
        assert read_link(url).kind in ("tag", "music", "other"), url
    for url, category in cases["categories"]:
        wanted_kinds = {"PROFILE": {"profile"}, "VIDEO": {"video", "short"}, None: {"tag", "other"}}
        assert read_link(url).kind in wanted_kinds[category], url


KINDS = {
    "TikTok": {"video"},
    "TikTokUser": {"profile"},
    "TikTokSound": {"music"},
    "TikTokEffect": {"other"},
    "TikTokTag": {"tag"},
    "TikTokCollection": {"other"},
    "Douyin": {"other"},
    "TikTokVM": {"short"},
    "TikTokLive": {"other"},
    "InstagramIOS": {"other"},
    "Instagram": {"video"},
    "InstagramTag": {"tag"},
    "InstagramStory": {"other"},
}


def test_links_that_a_downloader_knows_have_the_right_kind_post_and_creator() -> None:
    cases = _cases("ytdlp_urls_open.json")
    assert len(cases) == 36
    for case in cases:
        url, kind = str(case["url"]), str(case["kind"])
        link = read_link(url)
        assert link.kind in KINDS[kind], url
        named = re.search(r"/@(?!MS4w|\d{15})([\w.]+)", url) or re.search(
            r"instagram\.com/(?:stories/)?(?!p/|tv/|reels?/|explore/|stories/|highlights/)([\w.]+)", url
        )
        assert link.handle == (named[1] if named else ""), url
        if link.kind == "video":
            info = case["info"]
            assert link.post_id in url
            assert not isinstance(info, dict) or link.post_id == info["id"]


@pytest.mark.parametrize(
    ("url", "platform", "kind", "handle", "post"),
    [
        ("https://www.youtube.com/@MrBeast/videos", "youtube", "profile", "MrBeast", ""),
        ("youtube.com/c/tseries", "youtube", "profile", "tseries", ""),
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=1", "youtube", "video", "", "dQw4w9WgXcQ"),
        ("https://youtu.be/dQw4w9WgXcQ?si=x", "youtube", "video", "", "dQw4w9WgXcQ"),
        ("https://youtube.com/shorts/dQw4w9WgXcQ", "youtube", "video", "", "dQw4w9WgXcQ"),
        (
            "https://www.youtube.com/channel/UCX6OQ3DkcsbYNE6H8uQQuVA",
            "youtube",
            "profile",
            "UCX6OQ3DkcsbYNE6H8uQQuVA",
            "",
        ),
        ("https://twitter.com/jack/status/20", "x", "video", "jack", "20"),
        ("x.com/jack", "x", "profile", "jack", ""),
        ("https://t.co/abc", "x", "short", "", ""),
        ("https://x.com/i/web/status/20", "x", "video", "", "20"),
        ("https://www.facebook.com/profile.php?id=1000", "facebook", "profile", "1000", ""),
        ("https://m.facebook.com/jade.park/", "facebook", "profile", "jade.park", ""),
        ("https://fb.watch/abc/", "facebook", "short", "", ""),
        ("https://www.facebook.com/groups/x", "facebook", "other", "", ""),
        ("https://www.pinterest.co.uk/jade/", "pinterest", "profile", "jade", ""),
        ("https://de.pinterest.com/pin/123456/", "pinterest", "video", "", "123456"),
        ("https://pin.it/abc", "pinterest", "short", "", ""),
        ("https://www.snapchat.com/add/jade.p", "snapchat", "profile", "jade.p", ""),
        ("https://www.twitch.tv/jade_p", "twitch", "profile", "jade_p", ""),
        ("https://www.twitch.tv/videos/123", "twitch", "video", "", "123"),
        ("https://de.linkedin.com/in/jade-park/", "linkedin", "profile", "jade-park", ""),
        ("https://www.threads.net/@jade.p", "threads", "profile", "jade.p", ""),
        ("https://www.threads.com/@jade.p/post/C1", "threads", "video", "jade.p", "C1"),
        ("https://www.instagram.com/jade.p/?hl=en", "instagram", "profile", "jade.p", ""),
        ("https://www.instagram.com/p/BQ0eAlwhDrw/", "instagram", "video", "", "BQ0eAlwhDrw"),
        ("https://tiktok.com.evil.com/@user", "", "other", "", ""),
        ("https://user@tiktok.com/@user", "", "other", "", ""),
        ("https://www.tiktok.com:99999/@user", "tiktok", "profile", "user", ""),
        ("not a link", "", "other", "", ""),
        ("http://[", "", "other", "", ""),
        ("", "", "other", "", ""),
    ],
)
def test_a_link_says_who_and_what_it_points_at(
    url: str, platform: str, kind: str, handle: str, post: str
) -> None:
    assert read_link(url) == Link(platform, kind, handle, post, url)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "spelling",
    [
        "Jade.Park_1",
        "@jade.park_1",
        " @Jade.Park_1 ",
        "＠jade.park_1",
        "\u200e@jade.park_1\u2069",
        "\ufeffJADE.PARK_1",
        "https://www.tiktok.com/@Jade.Park_1?lang=en",
        "tiktok.com/@jade.park_1/",
        "instagram.com/jade.park_1/",
        "@@jade.park_1",
    ],
)
def test_all_spellings_of_a_handle_have_one_key(spelling: str) -> None:
    assert fold_handle(spelling) == "jade.park_1"
    assert clean_handle(spelling).lower() == "jade.park_1"


def test_a_link_that_names_nobody_gives_no_handle() -> None:
    for url in (
        "https://vm.tiktok.com/ZMabc/",
        "https://www.tiktok.com/tag/cats",
        "https://example.com/jade",
    ):
        assert fold_handle(url) == ""
        assert not looks_like_handle(url)


@given(st.text(st.characters()))
def test_folding_a_handle_twice_changes_nothing(text: str) -> None:
    once = fold_handle(text)
    assert fold_handle(once) == once or "/" in once
    assert fold_handle("@" + clean_handle(text)) == once or "/" in text


@pytest.mark.parametrize(
    "text", ["@a.b_c", "433", "jade-park", "Zoë", "https://tiktok.com/@jade", "_rl9", "@bro..anas"]
)
def test_these_can_be_handles(text: str) -> None:
    assert looks_like_handle(text)


@pytest.mark.parametrize(
    "text", ["Jade Park", "13.8M", "12,5K", "4.6%", "a@b.com", "", "@", "...", "x" * 65, "a/b"]
)
def test_these_are_no_handles(text: str) -> None:
    assert not looks_like_handle(text)


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("just sul @justsul", ("just sul", "justsul")),
        ("Just Sul (@just.sul)", ("Just Sul", "just.sul")),
        ("Just Sul - @just_sul", ("Just Sul", "just_sul")),
        ("Just Sul\n@justsul", ("Just Sul", "justsul")),
        ("????? ???? @dooj214", ("????? ????", "dooj214")),
        ("jade@x.com", None),
        ("@justsul", None),
        ("Just Sul", None),
        ("", None),
    ],
)
def test_a_name_and_a_handle_in_one_cell_are_split(cell: str, parts: tuple[str, str] | None) -> None:
    assert split_name_and_handle(cell) == parts


def test_every_cell_of_the_saudi_list_splits() -> None:
    path = DATA / "A_creators" / "tiktok_data_saudi-arabia.csv"
    if not path.is_file():
        pytest.skip("the real creator lists in ../shared/data are not here")
    with path.open(encoding="utf-8", errors="replace", newline="") as lines:
        cells = [row["NAME"] for row in csv.DictReader(lines)]
    assert len(cells) == 100
    for cell in cells:
        parts = split_name_and_handle(cell)
        assert parts is not None, cell
        assert looks_like_handle("@" + parts[1])


def test_the_creator_lists_hold_as_many_accounts_as_their_index_says() -> None:
    if not (DATA / "A_creators").is_dir():
        pytest.skip("the real creator lists in ../shared/data are not here")
    columns = {
        "tiktok": [("Tiktok sep 2022", 1), ("- tiktok.csv", 0), ("nov 2022", 1)],
        "instagram": [
            ("instagram sep-2022", 1),
            ("- instagram.csv", 0),
            ("INSTAGRAM - -DEC", 1),
            ("june 2022", 0),
        ],
    }
    found: dict[str, set[str]] = {}
    for platform, files in columns.items():
        for part, column in files:
            (path,) = (p for p in (DATA / "A_creators").glob("*.csv") if part in p.name)
            with path.open(encoding="utf-8", newline="") as lines:
                rows = list(csv.reader(lines))[1:]
            found.setdefault(platform, set()).update(fold_handle(row[column]) for row in rows)
    assert {platform: len(handles - {""}) for platform, handles in found.items()} == {
        "tiktok": 2209,
        "instagram": 1440,
    }


@pytest.mark.parametrize(
    "platform", ["tiktok", "instagram", "youtube", "x", "facebook", "pinterest", "snapchat"]
)
def test_a_profile_address_leads_back_to_its_handle(platform: str) -> None:
    url = profile_url(platform, "@jade_park1")
    assert read_link(url)[:3] == (platform, "profile", "jade_park1")
    assert safe_link(url)
    assert profile_url(platform, " ") == ""


def test_an_unknown_platform_has_no_profile_address() -> None:
    assert profile_url("myspace", "jade") == ""
    odd = profile_url("youtube", "Zoë/../x?y#z")
    assert odd == "https://www.youtube.com/@Zo%C3%AB%2F..%2Fx%3Fy%23z"
    assert safe_link(odd)


HOSTILE = """
file:///etc/passwd|file://evil.example/share/a.exe|smb://evil.example/share|javascript:alert(1)
ms-msdt:/id PCWDiagnostic|data:text/html,<b>x</b>|vscode://x|-h|--help
mailto:a@b.c?attach=/etc/passwd|mailto:a@b.c?bcc=x@y.z|mailto:?to=a@b.c
https://exam\u200bple.com|https://user:pw@evil.com|https://user@evil.com|https:///nohost
https:evil.com|http://|//evil.com|https://evil.com\\@good.com|HTTPS://a b.com
https://a.com/\u202egnp.exe|ftp://x.com/a|tel:+123|https://x%2ecom|https://[::1
https://x.com:abc/|mailto:|mailto:a@b.c,d@e.f|https://.com|https://a..b|JavaScript:alert(1)
\\\\evil\\share
mailto:a@b.c?subject=x%0d%0aBcc:d@e.f|mailto:a%0abcc:x@b.c
""".replace("\n", "|").strip("|")


@pytest.mark.parametrize(
    "url", [*HOSTILE.split("|"), "https://a.com\n", "\thttps://a.com", "https://a.com/\0", ""]
)
def test_a_hostile_link_is_never_opened(url: str) -> None:
    assert not safe_link(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.tiktok.com/@jade?lang=en#x",
        "http://jade.example:8080/a",
        "mailto:jade@x.com",
        "HTTPS://x.com",
        "mailto:jade@x.com?subject=Hi%20Jade&body=x",
        "https://münchen.example/ü",
    ],
)
def test_an_ordinary_link_may_be_opened(url: str) -> None:
    assert safe_link(url)


@given(st.text(st.characters()))
def test_no_text_makes_the_link_reader_fail(text: str) -> None:
    for url in (text, f"https://tiktok.com/{text}", f"https://{text}"):
        assert read_link(url).url == url.strip()
        safe_link(url)
        looks_like_handle(url)
        split_name_and_handle(url)
        profile_url("youtube", url)
