"""Papers as pages: sizes and places as measured, nothing lost, letters without a font told beforehand."""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
import subprocess
import time
import unicodedata
from pathlib import Path

import pytest
from PySide6.QtGui import QImage, QPainter, qGray

from creator_crm.domain.addresses import PostalAddress, label_lines
from creator_crm.domain.errors import Cancelled
from creator_crm.domain.label_sheets import A4, LETTER, SHEETS, Sheet, sheet
from creator_crm.services.slips import Content, Slip, Slips
from creator_crm.ui.seeding.paper.labels import SMALLEST, Labels
from creator_crm.ui.seeding.paper.lettering import draw_lines, fitted, font_for, without_glyph
from creator_crm.ui.seeding.paper.made import KINDS, Choices, paper_of, problems
from creator_crm.ui.seeding.paper.page import Paper, pdf_of, picture_of

pytestmark = pytest.mark.usefixtures("dressed")

ANA = PostalAddress("Ana Blum", "Am Markt 1", "", "Bonn", "", "53111", "DE")
LONG = PostalAddress(
    "Maximiliane-Theodora von Hohenstaufen-Württemberg zu Schaumburg-Lippe",
    "Rechtsanwaltskanzlei und Notariat Dr. Freiherr von Münchhausen & Partner, Hinterhaus, Aufgang C",
    "3. Obergeschoss links, bitte bei Müller-Lüdenscheidt klingeln oder beim Hausmeister abgeben",
    "Michelsneukirchen-Regelsmais",
    "Freistaat Bayern",
    "93185",
    "DE",
)
DUBAI = PostalAddress("محمد بن عبد الله", "شارع الشيخ زايد 28", "", "دبي", "دبي", "", "AE")


def slip(
    address: PostalAddress, number: int = 1, note: str = "Hi", link: str = "https://luma.example/a"
) -> Slip:
    contents = (
        Content("Glow serum", "30 ml", "GLOW-30", 2, (1, 1)),
        Content("Night candle", "", "CAND", 1, (2, None)),
    )
    name = address.recipient
    return Slip(
        number, f"S-{number:04}", name, name, "ana", "Spring", label_lines(address), contents, note, link
    )


def slips(*addresses: PostalAddress, note: str = "Hi", link: str = "https://luma.example/a") -> Slips:
    made = (slip(address, number, note, link) for number, address in enumerate(addresses, 1))
    return Slips("Luma", ("Luma", "Torstr. 12", "10119 Berlin"), tuple(made))


def told(paper: Paper, printed: Slips) -> tuple[str, ...]:
    return tuple(one.sentence for one in problems(paper, printed))


def pages_of(pdf: bytes) -> list[tuple[float, float]]:
    """(width, height) in points of each page."""
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    return [(float(width), float(height)) for width, height in boxes]


def inked(image: QImage) -> tuple[int, int, int, int] | None:
    """(left, top, right, bottom) of everything that is not white."""
    dark = [
        (x, y) for y in range(image.height()) for x in range(image.width()) if qGray(image.pixel(x, y)) < 200
    ]
    if not dark:
        return None
    across, down = [x for x, _ in dark], [y for _, y in dark]
    return min(across), min(down), max(across), max(down)


# Pages -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_each_paper_is_a_pdf_of_its_pages_in_the_usual_size_of_the_country(kind: str) -> None:
    many = slips(*[ANA] * 30)
    for country, (width, height) in (("DE", A4), ("US", LETTER)):
        size = "avery-5160" if country == "US" else "avery-l7160"
        paper = paper_of(many, Choices(kind, size), country)
        pages = pages_of(pdf_of(paper))
        assert len(pages) == {
            "packing-slips": 30,
            "labels": 1 if country == "US" else 2,
            "gift-notes": 8,
        }.get(kind, 1)
        assert pages[0] == pytest.approx((width / 25.4 * 72, height / 25.4 * 72), abs=0.6)


@pytest.mark.parametrize("one", SHEETS, ids=lambda one: one.key)
def test_every_label_stays_inside_its_own(one: Sheet) -> None:
    scale = 2  # dots to a millimetre
    paper = Labels(slips(ANA), one, start=one.on_page)
    _, left, top = one.place(one.on_page - 1)
    found = inked(picture_of(paper, 0, round(one.page[0] * scale)))
    assert found is not None
    edge = 2.0
    assert found[0] >= (left + edge) * scale
    assert found[1] >= (top + edge) * scale
    assert found[2] <= (left + one.label[0] - edge) * scale
    assert found[3] <= (top + one.label[1] - edge) * scale


def test_a_begun_sheet_leaves_the_first_labels_empty() -> None:
    paper = Labels(slips(*[ANA] * 2), sheet("avery-l7160"), start=21)
    assert paper.pages == 2
    first = inked(picture_of(paper, 0, 420))
    assert first is not None
    assert first[0] > 2 * 139
    assert first[1] > 2 * 243


def test_what_is_stopped_leaves_no_file_half_written() -> None:
    def stop(done: int, total: int) -> None:
        assert total == 30
        if done == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        pdf_of(paper_of(slips(*[ANA] * 30), Choices("packing-slips")), stop)


# Letters -----------------------------------------------------------------------------------------------


def test_text_shrinks_step_by_step_and_never_loses_a_line() -> None:
    width, height = 575.0, 321.0
    short = fitted(ANA_LINES, width, height, 11, SMALLEST)
    long = fitted(label_lines(LONG), width, height, 11, SMALLEST)
    assert short.size == 11
    assert SMALLEST <= long.size < 9
    assert long.fits
    assert long.lines == label_lines(LONG)
    assert long.height <= height


def test_what_cannot_fit_is_drawn_smaller_still_and_told_by_name() -> None:
    twice = dataclasses.replace(LONG, street=LONG.street * 3, street_2=LONG.street_2 * 3)
    paper = Labels(slips(twice, ANA), sheet("avery-5160"))
    assert [each.number for each, _ in paper.too_long] == ["S-0001"]
    (said,) = told(paper, slips(twice, ANA))
    assert said.startswith("The address is too long for this label: Maximiliane-Theodora")
    assert "(S-0001). Nothing is left out, but the letters are only" in said
    found = inked(picture_of(paper, 0, 432))
    assert found is not None
    assert found[1] >= 2 * 12.7
    assert told(Labels(slips(LONG), sheet("avery-l7160")), slips(LONG)) == ()


@pytest.mark.parametrize("one", SHEETS, ids=lambda one: one.key)
def test_addresses_of_the_whole_world_are_told_only_where_letters_get_too_small(
    one: Sheet, shared_data: Path
) -> None:
    path = shared_data / "C_shipping" / "addresses_opencage_open.json"
    cases = json.loads(path.read_text(encoding="utf-8"))
    many = [
        dataclasses.replace(slip(ANA, number), lines=("Ana Blum", *case["expected"].splitlines()))
        for number, case in enumerate(cases)
    ]
    paper = Labels(Slips("Luma", (), tuple(many)), one)
    assert all(points < SMALLEST for _, points in paper.too_long)
    assert len(paper.too_long) <= (10 if one.key == "avery-5160" else 0)


def test_arabic_stands_on_the_right_of_its_label() -> None:
    image = QImage(500, 300, QImage.Format.Format_RGB32)
    places = []
    for lines in (label_lines(DUBAI, "AE"), ANA_LINES):
        image.fill(0xFFFFFFFF)
        painter = QPainter(image)
        draw_lines(painter, fitted(lines, 500, 300, 8, 6), 0, 0)
        painter.end()
        found = inked(image)
        assert found is not None
        places.append((found[0] < 20, found[2] > 480))
    assert places == [(False, True), (True, False)]


def test_a_letter_that_no_font_has_is_told_before_it_is_printed() -> None:
    unknown = "\U00016a40"  # of a script that hardly any computer has
    if not without_glyph(unknown):
        pytest.skip("this computer has a font for everything")
    strange = PostalAddress(f"Ana {unknown}", "Am Markt 1", "", "Bonn", "", "53111", "DE")
    for kind in ("labels", "packing-slips"):
        said = told(paper_of(slips(ANA, strange), Choices(kind)), slips(ANA, strange))
        assert len(said) == 1
        assert said[0].startswith(
            f"No font on this computer has {unknown}, so empty boxes would be printed for Ana"
        )
        assert "(S-0002)" in said[0]
    assert told(paper_of(slips(ANA, strange), Choices("pick-list")), slips(ANA, strange)) == ()
    assert without_glyph("Zoë – Ł’Œ €\u200f\u00a0") == ""


@pytest.mark.parametrize(
    ("sign", "font"),
    [("東", "Noto Sans CJK"), ("김", "Noto Sans CJK"), ("〒", "Noto Sans CJK"), ("ส", "Noto Sans Thai"),
     ("ब", "Noto Sans Devanagari"), ("🎁", "Noto Color Emoji"), ("★", "Noto Sans Symbols")],
)  # fmt: skip
def test_a_font_that_would_help_is_named(sign: str, font: str) -> None:
    assert font_for(sign) == font


# What is to be known -----------------------------------------------------------------------------------


def test_gaps_missing_links_and_missing_addresses_are_told() -> None:
    bare = slips(PostalAddress("Ana Blum"), note="Hi ⟨link?⟩", link="")
    one = dataclasses.replace(bare, slips=(dataclasses.replace(bare.slips[0], missing=("link",)),))
    assert told(paper_of(one, Choices("labels")), one) == ("There is no address yet for Ana Blum (S-0001).",)
    assert told(paper_of(one, Choices("gift-notes")), one) == (
        "The note has gaps that nothing is known for (link): Ana Blum (S-0001).",
        "There is no link, and so no QR code, for Ana Blum (S-0001).",
    )


def test_a_gift_note_has_its_code_only_with_a_link() -> None:
    def dark(link: str) -> int:
        image = picture_of(paper_of(slips(ANA, note=" ", link=link), Choices("gift-notes")), 0, 420)
        return sum(qGray(image.pixel(x, y)) < 100 for y in range(150, 280) for x in range(20, 120))

    assert dark("") == 0
    assert dark("https://luma.example/a") > 500


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is not installed")
@pytest.mark.parametrize("kind", KINDS)
def test_the_words_can_be_read_out_of_the_file_again(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf_of(paper_of(slips(ANA, LONG, note="Hi Ana"), Choices(kind))))
    text = subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, check=True
    ).stdout.decode()
    text = unicodedata.normalize("NFC", text)
    wanted = {
        "packing-slips": ("Luma", "Ana Blum", "53111 Bonn", "Glow serum", "30 ml", "GLOW-30", "Hi Ana"),
        "labels": ("Ana Blum", "Am Markt 1", "53111 Bonn", "Michelsneukirchen"),
        "gift-notes": ("Hi Ana", "luma.example/a"),
        "pick-list": ("Glow serum", "GLOW-30", "4", "S-0001 × 2", "S-0002 × 2"),
    }
    assert [word for word in wanted[kind] if word not in text] == []


def test_five_hundred_parcels_take_seconds() -> None:
    many = slips(*[ANA, LONG, DUBAI] * 167)
    before = time.process_time()
    pdf_of(paper_of(many, Choices("labels")))
    assert time.process_time() - before < 10


ANA_LINES = label_lines(ANA, "DE")
