"""Charts as files: a picture of one, or its figures as a sheet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from creator_crm.domain.errors import UserError

if TYPE_CHECKING:
    from creator_crm.reporting import ChartData, Look

PICTURES = (".png", ".svg", ".pdf")
SHEETS = (".xlsx", ".csv", ".tsv")


def save_chart(
    data: ChartData, path: Path, look: Look | None = None, width: int = 900, height: int = 540
) -> None:
    """Write the chart of `data`, or the figures it shows, as the ending of `path` says.

    Raises UserError, with an old file untouched. Not for the main thread: the first chart takes a while.
    """
    from creator_crm.exchange.figures_out import write_figures, write_picture
    from creator_crm.reporting import PAPER, draw

    ending = path.suffix.lower()
    if ending not in PICTURES + SHEETS:
        raise UserError(
            f"A chart cannot be saved as “{ending or path.name}”. "
            f"Choose a name that ends in {', '.join(PICTURES + SHEETS[:-1])} or {SHEETS[-1]}."
        )
    chart = draw(data, look or PAPER, width, height)
    if ending in SHEETS:
        table = chart.table()
        write_figures(path, table.title, table.headers, table.kinds, table.rows, table.currency)
    elif ending == ".svg":
        write_picture(path, chart.file("svg"))
    else:
        write_picture(path, chart.file("png" if ending == ".png" else "pdf"))
