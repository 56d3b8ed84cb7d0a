"""Charts as files: each opens as what it is, says what is drawn, and is the same for the same figures."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import date, datetime
from pathlib import Path

import pytest
from figures import LOOKS, NIGHT, a_year
from openpyxl import load_workbook

from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Kind
from creator_crm.exchange.errors import ExchangeError
from creator_crm.exchange.figures_out import write_figures
from creator_crm.reporting import ChartData, draw, name_of
from creator_crm.reporting.chart import Form
from creator_crm.reporting.data import MoneyOverTime, ProfitByCreator, SeedingFunnel
from creator_crm.reporting.style import Look
from creator_crm.services.charts import save_chart

EVERY = pytest.mark.parametrize("data", a_year(), ids=name_of)
PROFIT = ProfitByCreator("EUR", (("Ana & Ben <3", 1250), ("=1+1", -300)))


def png_size(content: bytes) -> tuple[int, int]:
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])


@EVERY
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_every_chart_is_a_png_of_two_pixels_for_each_and_an_svg_with_its_words(
    data: ChartData, look: Look, tmp_path: Path
) -> None:
    save_chart(data, tmp_path / "chart.png", look, 500, 300)
    assert png_size((tmp_path / "chart.png").read_bytes()) == (1000, 600)
    save_chart(data, tmp_path / "chart.SVG", look)
    root = ET.parse(tmp_path / "chart.SVG").getroot()
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    said = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    chart = draw(data, look, 900, 540)
    assert {chart.title, chart.finding()} <= set(said)
    assert look.ground in (tmp_path / "chart.SVG").read_text(encoding="utf-8")


def test_a_pdf_is_one_page_of_the_size_of_the_chart_with_its_fonts_inside(tmp_path: Path) -> None:
    save_chart(PROFIT, tmp_path / "chart.pdf", NIGHT, 900, 540)
    content = (tmp_path / "chart.pdf").read_bytes()
    assert content.startswith(b"%PDF-1.") and content.rstrip().endswith(b"%%EOF")
    assert re.search(rb"/MediaBox \[ ?0 0 648 388.8 ?\]", content)
    assert content.count(b"/Type /Page ") == 1
    assert re.search(rb"/FontName /[A-Z]{6}\+Inter", content) and b"/FontFile2" in content


@EVERY
def test_the_same_figures_give_the_same_bytes(data: ChartData) -> None:
    forms: tuple[Form, ...] = ("png", "svg", "pdf") if name_of(data) == "spend" else ("png", "svg")
    for form in forms:
        assert draw(data).file(form) == draw(data).file(form)


def test_saving_a_picture_does_not_change_what_the_chart_shows_next() -> None:
    chart = draw(PROFIT)
    before = chart.picture().pixels
    chart.file("png"), chart.file("svg")
    assert chart.picture().pixels == before


def test_names_stand_in_an_svg_letter_by_letter(tmp_path: Path) -> None:
    names = ("a$b_{c}$", "<b>&amp;</b>", "محمد الفاسي", "]]>")
    save_chart(ProfitByCreator("EUR", tuple((name, 5) for name in names)), tmp_path / "chart.svg")
    root = ET.parse(tmp_path / "chart.svg").getroot()
    assert set(names) <= {text.text for text in root.iter("{http://www.w3.org/2000/svg}text")}


def test_figures_are_numbers_with_their_currency_in_the_header(tmp_path: Path) -> None:
    data = MoneyOverTime("EUR", ((date(2026, 3, 2), 123_456, 700),), ((date(2026, 3, 2), "Ana"),))
    save_chart(data, tmp_path / "figures.xlsx")
    sheet = load_workbook(tmp_path / "figures.xlsx").active
    assert sheet is not None and sheet.title == "Revenue and cost"
    assert [cell.value for cell in sheet[1]] == ["Day", "Revenue (EUR)", "Cost (EUR)", "Posts", "Posted by"]
    assert [cell.value for cell in sheet[2]] == [datetime(2026, 3, 2), 1234.56, 7, 1, "Ana"]
    assert sheet["B2"].number_format == "#,##0.00"


def test_rates_are_written_as_percent_and_unknown_ones_as_nothing(tmp_path: Path) -> None:
    save_chart(SeedingFunnel(sent=8, delivered=0, posted=0, sold=0), tmp_path / "figures.xlsx")
    sheet = load_workbook(tmp_path / "figures.xlsx").active
    assert sheet is not None
    assert [cell.value for cell in sheet[3]] == ["Delivered", 0, 0, 0]
    assert [cell.value for cell in sheet[4]] == ["Posted", 0, None, 0]
    assert sheet["C3"].number_format.endswith("%")


def test_a_name_that_is_a_formula_runs_in_no_sheet(tmp_path: Path) -> None:
    save_chart(PROFIT, tmp_path / "figures.csv")
    assert (tmp_path / "figures.csv").read_text(encoding="utf-8-sig").splitlines() == [
        '"Creator","Profit (EUR)"',
        '"Ana & Ben <3","12.50"',
        '"\'=1+1","-3.00"',
    ]
    save_chart(PROFIT, tmp_path / "figures.xlsx")
    sheet = load_workbook(tmp_path / "figures.xlsx").active
    assert sheet is not None and sheet["A3"].data_type == "s"


def test_amounts_have_the_decimals_of_their_currency(tmp_path: Path) -> None:
    write_figures(tmp_path / "yen.csv", "Yen", ["Paid"], [Kind.MONEY], [[1250]], "JPY")
    assert (tmp_path / "yen.csv").read_text(encoding="utf-8-sig").split() == ['"Paid', '(JPY)"', '"1250"']


def test_an_unknown_ending_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"“\.gif”.*\.png.*\.xlsx"):
        save_chart(PROFIT, tmp_path / "chart.gif")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("ending", ["png", "xlsx"])
def test_a_file_that_cannot_be_written_leaves_the_old_one_and_says_so(tmp_path: Path, ending: str) -> None:
    with pytest.raises(ExchangeError, match="does not exist"):
        save_chart(PROFIT, tmp_path / "missing" / f"chart.{ending}")
    old = tmp_path / f"chart.{ending}"
    old.write_bytes(b"old")
    (tmp_path / f".~lock.chart.{ending}#").touch()
    with pytest.raises(ExchangeError, match="open in another program"):
        save_chart(PROFIT, old)
    assert old.read_bytes() == b"old"


def test_charts_cost_nothing_until_one_is_drawn() -> None:
    program = (
        "import sys; from creator_crm.reporting import draw, name_of; import creator_crm.services.charts;"
        "print([m for m in ('matplotlib', 'numpy', 'openpyxl') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_nothing_of_pyplot_or_of_a_window_is_ever_loaded() -> None:
    program = (
        "import sys; from creator_crm.reporting import draw;"
        "from creator_crm.reporting.data import SeedingFunnel;"
        "draw(SeedingFunnel(3, 2, 1, 1)).file('png');"
        "print([m for m in sys.modules if m in ('matplotlib.pyplot', 'PySide6') or 'backend_qt' in m])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
