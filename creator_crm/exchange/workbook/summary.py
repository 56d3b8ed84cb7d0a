"""The first sheet of the workbook: figures that follow the other sheets, and charts of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from creator_crm.domain.fields import Description, Value
from creator_crm.domain.values.money import exponent
from creator_crm.exchange.sheet_styles import ACCENT, HEADER, MOST_ROWS, font, to_print
from creator_crm.exchange.workbook.readme import About
from creator_crm.exchange.workbook.rows import text_xml
from creator_crm.exchange.workbook.tally import FIRST_CAMPAIGNS, Condition, Fits, Tally

if TYPE_CHECKING:
    from creator_crm.exchange.workbook.write import Sheet

_BY = (
    ("creator", "stage", "Creators by stage"),
    ("collaboration", "status", "Collaborations by status"),
    ("shipment", "status", "Parcels by status"),
    ("deliverable", "status", "Content by status"),
    ("order", "status", "Orders by status"),
)
_MONTHS = 12
_CHART_LINES = 12  # rows of the sheet that a chart takes
_CURRENCY_CELL = "$B$4"
_FIRST = 6
_DAY_0 = date(1899, 12, 30)
_NO_SALE = ("Unpaid", "Cancelled")
_FORMULA = re.compile(r'<c r="(\w+)"([^>]*)><f>(.*?)</f><v ?/?>(?:</v>)?</c>', re.DOTALL)

Shown = int | float | str
Works = Callable[[Tally], Shown]


class Figure(NamedTuple):
    """A formula, and what it comes to with the rows that the workbook is written with."""

    formula: str
    works: Works


def fill_summary(page: Any, sheets: Mapping[str, Sheet], about: About) -> Mapping[str, Works]:
    """Fill an openpyxl sheet with what the sheets allow; returns by address what its formulas give."""
    summary = _Summary(page, sheets, about)
    summary.fill()
    return summary.works


def with_results(xml: bytes, works: Mapping[str, Works], tally: Tally) -> bytes:
    """The sheet with the result beside each formula, for readers that work out nothing."""

    def result(found: re.Match[str]) -> str:
        place, style, formula = found.groups()
        shown = works[place](tally)
        if isinstance(shown, str):
            text = re.sub(r"</?t[^>]*>", "", text_xml(shown))
            return f'<c r="{place}"{style} t="str"><f>{formula}</f><v>{text}</v></c>'
        return f'<c r="{place}"{style}><f>{formula}</f><v>{shown!r}</v></c>'

    return _FORMULA.sub(result, xml.decode()).encode()


class _Summary:
    def __init__(self, page: Any, sheets: Mapping[str, Sheet], about: About) -> None:
        self._page, self._sheets, self._about = page, sheets, about
        self.works: dict[str, Works] = {}
        self._styles = import_module("openpyxl.styles")
        self._charts = import_module("openpyxl.chart")
        self._letter = import_module("openpyxl.utils").get_column_letter
        self._line = _FIRST

    def fill(self) -> None:
        page, about = self._page, self._about
        page.sheet_view.showGridLines = False
        to_print(page)
        for letter, width in zip("ABCDEFG", (34, 12, 14, 12, 12, 14, 3), strict=True):
            page.column_dimensions[letter].width = width
        self._text(1, 1, about.title, bold=True, size=20)
        self._text(
            2, 1, "All figures here follow the other sheets: change a cell there and they change with it."
        )
        if self._column("order", "total"):
            self._text(4, 1, "Money is in", bold=True)
            self._currency(about.currency)
        self._at_a_glance()
        for record, field, heading in _BY:
            self._by_choice(record, field, heading)
        self._by_month()
        self._by_campaign()

    # Parts -------------------------------------------------------------------------------------------

    def _at_a_glance(self) -> None:
        sale, money = self._sale(), self._in_currency()
        figures = [
            ("Creators", self._how_many("creator")),
            ("Parcels", self._how_many("shipment")),
            ("Parcels delivered", self._sum("shipment", "", _dated("delivered_on"))),
            ("Pieces of content", self._how_many("deliverable")),
            ("Pieces that are live", self._sum("deliverable", "", _dated("live_on"))),
            ("Views", self._sum("deliverable", "views")),
            ("Sales", self._sum("order", "", *sale)),
            ("Sold", self._sum("order", "total", *sale, money)),
            ("Paid back", self._sum("order", "refunded", *sale, money)),
        ]
        self._heading("At a glance", ("", "Figure"))
        for label, figure in figures:
            if figure:
                self._row([label, figure], "#,##0.00" if label in ("Sold", "Paid back") else "#,##0")
        self._line += 1

    def _by_choice(self, record: str, name: str, heading: str) -> None:
        if self._column(record, name) is None:
            return
        field = self._described(record).field(name)
        top = self._heading(heading, (field.label, "Number"))
        for choice in field.choices:
            this = Condition(name, f"$A{self._line}", _is(choice.value))
            self._row([choice.label, self._sum(record, "", this)])
        chart = self._charts.BarChart()
        chart.type = "bar"
        chart.y_axis.majorGridlines = None
        chart.x_axis.scaling.orientation = "maxMin"  # the first choice on top, as in the table
        self._draw(chart, heading, top, [2])

    def _by_month(self) -> None:
        day, total = self._column("order", "ordered_on"), self._column("order", "total")
        if not (day and total):
            return
        top = self._heading("Sales by month", ("Month", "Sales", "Sold"))
        first = self._line
        newest = f"IF(MAX({day})>0,MAX({day}),TODAY())"
        for month in range(_MONTHS):
            begins = f"=EDATE(DATE(YEAR({newest}),MONTH({newest}),1),{1 - _MONTHS})"
            begins = begins if month == 0 else f"=EDATE($A{first},{month})"
            of, back = f"$A{self._line}", _MONTHS - 1 - month
            within = (
                Condition("ordered_on", f'">="&{of}', _is_month(back)),
                Condition("ordered_on", f'"<"&EDATE({of},1)', lambda *_: True),
                *self._sale(),
            )
            sold = self._sum("order", "total", *within, self._in_currency())
            day_one = Figure(begins, _day_one(back))
            self._row([day_one, self._sum("order", "", *within), sold])
            self._page.cell(self._line - 1, 1).number_format = "mmm yyyy"
            self._page.cell(self._line - 1, 1).alignment = self._styles.Alignment(horizontal="left")
            self._page.cell(self._line - 1, 3).number_format = "#,##0.00"
        self._draw(self._charts.LineChart(), "Sales by month", top, [2])

    def _by_campaign(self) -> None:
        campaigns, names = self._sheets.get("campaign"), self._column("campaign", "name")
        if campaigns is None or names is None or not campaigns.count:
            return
        letter = names.split("$")[1]
        columns = [
            ("Creators", "collaboration", ""),
            ("Parcels", "shipment", ""),
            ("Content", "deliverable", ""),
        ]
        columns += [("Sales", "order", ""), ("Sold", "order", "total")]
        columns = [
            c for c in columns if self._column(c[1], "campaign") and (not c[2] or self._column(c[1], c[2]))
        ]
        if not columns:
            return
        top = self._heading("Campaigns", ("Campaign", *(label for label, _, _ in columns)))
        for at in range(min(campaigns.count, FIRST_CAMPAIGNS)):
            name = f"'{campaigns.title}'!${letter}${at + 2}"
            row = [Figure(f'=IF({name}="","",{name})', _called(at))]
            this = Condition("campaign", f'"="&$A{self._line}', _is_campaign(at))
            for _, record, summed in columns:
                of = (this, *(self._sale() if record == "order" else ()))
                figure = self._sum(record, summed, *of, *([self._in_currency()] if summed else ()))
                if figure:
                    row.append(_unless_empty(f"$A{self._line}", figure))
            self._row(row)
            if columns[-1][2]:
                self._page.cell(self._line - 1, len(row)).number_format = "#,##0.00"
        if columns[-1][2]:
            chart = self._charts.BarChart()
            chart.y_axis.majorGridlines = None
            self._draw(chart, "Sold by campaign", top, [len(columns) + 1])

    # Formulas ----------------------------------------------------------------------------------------

    def _described(self, record: str) -> Description[Any]:
        return self._sheets[record].description

    def _column(self, record: str, name: str) -> str | None:
        """The cells of a column, as far down as a sheet goes; None when the workbook lacks it."""
        sheet = self._sheets.get(record)
        places = {c.field.name: at for at, c in enumerate(sheet.columns, 2)} if sheet else {}
        if sheet is None or name not in places:
            return None
        letter = self._letter(places[name])
        return f"'{sheet.title}'!${letter}$2:${letter}${MOST_ROWS + 1}"

    def _sale(self) -> Sequence[Condition]:
        """Samples, unpaid and cancelled orders are no sales, here as on the page of results."""
        status = self._described("order").field("status") if "order" in self._sheets else None
        none = [choice for choice in status.choices if choice.label in _NO_SALE] if status else []
        return (
            # "<>" alone: a row that holds something, since an empty one is no unpaid order either.
            Condition("number", '"<>"', _is_there),
            *(Condition("status", f'"<>{c.label}"', _is_not(c.value)) for c in none),
            Condition("is_sample", '"<>yes"', lambda held, _: not held),
        )

    def _in_currency(self) -> Condition:
        return Condition("currency", _CURRENCY_CELL, _is(self._about.currency))

    def _how_many(self, record: str) -> Figure | None:
        """Rows of a sheet: those with something in the column that hardly any lacks."""
        always = {"creator": "stage", "shipment": "status", "deliverable": "status", "order": "number"}
        place, there = self._column(record, always[record]), Condition(always[record], "", _is_there)
        return Figure(f"=COUNTA({place})", lambda t: t.sum(record, "", [there])) if place else None

    def _sum(self, record: str, name: str, *conditions: Condition) -> Figure | None:
        """What a column adds up to, or how many rows there are without a name; None where one is missing."""
        places = [self._column(record, condition.field) for condition in conditions]
        summed = self._column(record, name) if name else ""
        if summed is None or None in places:
            return None
        where = ",".join(f"{place},{c.criterion}" for place, c in zip(places, conditions, strict=True))
        if not where:
            return Figure(f"=SUM({summed})", lambda t: t.sum(record, name, ()))
        formula = f"=SUMIFS({summed},{where})" if name else f"=COUNTIFS({where})"
        if name and self._described(record).field(name).currency:
            minor = 10 ** exponent(self._about.currency)
            return Figure(formula, lambda t: t.sum(record, name, conditions) / minor)
        return Figure(formula, lambda t: t.sum(record, name, conditions))

    # Cells -------------------------------------------------------------------------------------------

    def _text(self, line: int, column: int, text: str, *, bold: bool = False, size: int = 11) -> Any:
        cell = self._page.cell(line, column, text)
        cell.data_type = "s"
        cell.font = font(bold=bold, size=size, color=ACCENT if size > 11 else None)
        return cell

    def _currency(self, currency: str) -> None:
        cell = self._text(4, 2, currency, bold=True)
        cell.fill = self._styles.PatternFill("solid", fgColor=HEADER)
        self._text(4, 3, "Choose another here; amounts in other currencies are left out, never converted.")

    def _heading(self, heading: str, columns: Sequence[str]) -> int:
        """Write heading and column heads; returns the line of the heads."""
        self._text(self._line, 1, heading, bold=True, size=14)
        self._line += 1
        for number, label in enumerate(columns, 1):
            cell = self._text(self._line, number, label, bold=True)
            cell.fill = self._styles.PatternFill("solid", fgColor=HEADER)
            cell.alignment = self._styles.Alignment(horizontal="left" if number == 1 else "right")
        self._line += 1
        return self._line - 1

    def _row(self, cells: Sequence[str | Figure | None], form: str = "#,##0") -> None:
        for number, value in enumerate(cells, 1):
            shown = value.formula if isinstance(value, Figure) else value
            cell = self._page.cell(self._line, number, shown)
            if isinstance(value, Figure):
                self.works[cell.coordinate] = value.works
            if number > 1:
                cell.number_format = form
        self._line += 1

    def _draw(self, chart: Any, title: str, top: int, columns: Sequence[int]) -> None:
        """Put a chart of the rows since `top` beside them, and go on below both."""
        for column in columns:
            values = self._charts.Reference(self._page, min_col=column, min_row=top, max_row=self._line - 1)
            chart.add_data(values, titles_from_data=True)
        chart.set_categories(
            self._charts.Reference(self._page, min_col=1, min_row=top + 1, max_row=self._line - 1)
        )
        chart.title, chart.legend = title, None
        chart.width, chart.height = 17, 0.5 * max(self._line - top, _CHART_LINES)
        for axis in (chart.x_axis, chart.y_axis):
            axis.delete = False  # Excel shows no axis otherwise
        chart.y_axis.number_format = "#,##0"
        for series in chart.series:
            series.smooth = False
            series.graphicalProperties.solidFill = ACCENT
            series.graphicalProperties.line.solidFill = ACCENT
        self._page.add_chart(chart, f"H{top - 1}")
        self._line = max(self._line, top + _CHART_LINES) + 2


def _is_there(held: Any, _: Tally) -> bool:
    return bool(held)


def _dated(field: str) -> Condition:
    return Condition(field, '">0"', _is_there)


def _is(value: Value) -> Fits:
    return lambda held, _: held == value


def _is_not(value: Value) -> Fits:
    return lambda held, _: held != value


def _is_month(back: int) -> Fits:
    return lambda held, tally: held == str(_month(tally, back))[:7]


def _is_campaign(at: int) -> Fits:
    return lambda held, tally: held == tally.campaigns[at][0]


def _called(at: int) -> Works:
    return lambda tally: tally.campaigns[at][1] or ""


def _day_one(back: int) -> Works:
    return lambda tally: (_month(tally, back) - _DAY_0).days


def _month(tally: Tally, back: int) -> date:
    """The first day of the month so many before that of the newest order."""
    newest = date.fromisoformat(tally.newest_order) if tally.newest_order else date.today()
    months = newest.year * 12 + newest.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)


def _unless_empty(place: str, figure: Figure) -> Figure:
    return Figure(f'=IF({place}="","",{figure.formula.removeprefix("=")})', figure.works)
