"""The first sheet of the workbook: figures that follow the other sheets, and charts of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from creator_crm.domain.fields import Description
from creator_crm.exchange.sheet_styles import ACCENT, HEADER, MOST_ROWS, font, to_print
from creator_crm.exchange.workbook.readme import About

if TYPE_CHECKING:
    from creator_crm.exchange.workbook.write import Sheet

_BY = (
    ("creator", "stage", "Creators by stage"),
    ("collaboration", "status", "Collaborations by status"),
    ("shipment", "status", "Parcels by status"),
    ("deliverable", "status", "Content by status"),
    ("order", "status", "Orders by status"),
)
# Samples, unpaid and cancelled orders are no sales, here as on the page of results.
# "<>" alone: a row that holds something, since an empty one is no unpaid order either.
_SALE = (("number", '"<>"'), ("status", '"<>Unpaid"'), ("status", '"<>Cancelled"'), ("is_sample", '"<>yes"'))
_MONTHS = 12
_CAMPAIGNS = 20
_CHART_LINES = 12  # rows of the sheet that a chart takes
_CURRENCY_CELL = "$B$4"
_FIRST = 6


def fill_summary(page: Any, sheets: Mapping[str, Sheet], about: About) -> None:
    """Fill an openpyxl sheet with what the sheets at hand allow."""
    _Summary(page, sheets).fill(about)


class _Summary:
    def __init__(self, page: Any, sheets: Mapping[str, Sheet]) -> None:
        self._page, self._sheets = page, sheets
        self._styles = import_module("openpyxl.styles")
        self._charts = import_module("openpyxl.chart")
        self._letter = import_module("openpyxl.utils").get_column_letter
        self._line = _FIRST

    def fill(self, about: About) -> None:
        page = self._page
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
        figures = [
            ("Creators", self._how_many("creator")),
            ("Parcels", self._how_many("shipment")),
            ("Parcels delivered", self._count("shipment", ("delivered_on", '">0"'))),
            ("Pieces of content", self._how_many("deliverable")),
            ("Pieces that are live", self._count("deliverable", ("live_on", '">0"'))),
            ("Views", self._sum("deliverable", "views")),
            ("Sales", self._count("order", *_SALE)),
            ("Sold", self._sum("order", "total", *_SALE, ("currency", _CURRENCY_CELL))),
            ("Paid back", self._sum("order", "refunded", *_SALE, ("currency", _CURRENCY_CELL))),
        ]
        self._heading("At a glance", ("", "Figure"))
        for label, formula in figures:
            if formula:
                money = label in ("Sold", "Paid back")
                self._row([label, formula], "#,##0.00" if money else "#,##0")
        self._line += 1

    def _by_choice(self, record: str, name: str, heading: str) -> None:
        place = self._column(record, name)
        if place is None:
            return
        field = self._described(record).field(name)
        top = self._heading(heading, (field.label, "Number"))
        for choice in field.choices:
            self._row([choice.label, f"=COUNTIFS({place},$A{self._line})"])
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
            of = f"$A{self._line}"
            within = (("ordered_on", f'">="&{of}'), ("ordered_on", f'"<"&EDATE({of},1)'), *_SALE)
            sold = self._sum("order", "total", *within, ("currency", _CURRENCY_CELL))
            self._row([begins, self._count("order", *within), sold])
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
        for at in range(min(campaigns.count, _CAMPAIGNS)):
            name = f"'{campaigns.title}'!${letter}${at + 2}"
            row = [f'=IF({name}="","",{name})']
            for _, record, summed in columns:
                of = (("campaign", f'"="&$A{self._line}'), *(_SALE if record == "order" else ()))
                figure = (
                    self._sum(record, summed, *of, ("currency", _CURRENCY_CELL))
                    if summed
                    else self._count(record, *of)
                )
                row.append(f'=IF($A{self._line}="","",{figure.removeprefix("=")})')
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

    def _how_many(self, record: str) -> str:
        """Rows of a sheet: those with something in the column that hardly any lacks."""
        always = {"creator": "stage", "shipment": "status", "deliverable": "status", "order": "number"}
        place = self._column(record, always[record])
        return f"=COUNTA({place})" if place else ""

    def _count(self, record: str, *conditions: tuple[str, str]) -> str:
        where = self._where(record, conditions)
        return f"=COUNTIFS({where})" if where else ""

    def _sum(self, record: str, name: str, *conditions: tuple[str, str]) -> str:
        summed, where = self._column(record, name), self._where(record, conditions)
        if summed is None or where is None:
            return ""
        return f"=SUMIFS({summed},{where})" if where else f"=SUM({summed})"

    def _where(self, record: str, conditions: Sequence[tuple[str, str]]) -> str | None:
        """(field, criterion) pairs as a spreadsheet writes them; None where a column is missing."""
        places = [(self._column(record, field), wanted) for field, wanted in conditions]
        if not all(place for place, _ in places):
            return None
        return ",".join(f"{place},{wanted}" for place, wanted in places)

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

    def _row(self, cells: Sequence[str], form: str = "#,##0") -> None:
        for number, value in enumerate(cells, 1):
            cell = self._page.cell(self._line, number, value)
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
