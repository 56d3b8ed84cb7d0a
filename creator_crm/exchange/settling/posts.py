"""Posts: their number, platform and maker out of their links, and the day their figures are of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from creator_crm.domain.fields import Value
from creator_crm.domain.values.links import read_link
from creator_crm.exchange.rehearsal import Parsed

if TYPE_CHECKING:
    from creator_crm.exchange.mapping import Proposal


def settle_posts(parsed: Parsed, proposal: Proposal) -> None:
    """A post in a list of figures is live; a link tells which post it is and whose."""
    links = parsed.column("deliverable.live_url")
    columns = {
        name: list(parsed.column(f"deliverable.{name}"))
        for name in ("post_id", "platform", "creator", "status")
    }
    for i, link in enumerate(links):
        if link:
            found = read_link(str(link))
            _fill(columns["post_id"], i, found.post_id)
            _fill(columns["platform"], i, found.platform or proposal.platform)
            _fill(columns["creator"], i, f"@{found.handle}" if found.handle else "")
        if link or columns["post_id"][i]:
            _fill(columns["platform"], i, proposal.platform)
            _fill(columns["status"], i, "live")
    for name, column in columns.items():
        if any(column):
            parsed.values[f"deliverable.{name}"] = column
    if any(target.startswith("post_metrics.") for target in parsed.values):
        days = parsed.column("post_metrics.measured_on")
        parsed.values["post_metrics.measured_on"] = [day or proposal.measured_on for day in days]
        source = proposal.known.label if proposal.known else None
        if source:
            parsed.values.setdefault("post_metrics.source", [source] * len(parsed))


def _fill(column: list[Value], i: int, value: str) -> None:
    if not column[i] and value:
        column[i] = value
