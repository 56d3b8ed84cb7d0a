"""What the campaigns of the sample brand are to reach, and the products they are about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from creator_crm.services.sample.invented import word_list
from creator_crm.services.sample.past import Step
from creator_crm.services.sample.trade import Part, Rows
from creator_crm.store.unit_of_work import Unit


def goals(parts: list[Part], rows: Rows) -> Iterator[Step]:
    """One step for each campaign that has parcels: its product and its numbers."""
    for campaign, words in word_list("goals").items():
        mine = [part for part in parts if part.campaign == campaign]
        if mine:
            day: date = min(part.shipped for part in mine) - timedelta(days=1)
            label = f"Set the targets of {campaign}"
            yield Step(day, "Mara", label, partial(_set, words, mine[0], rows))


def _set(words: dict[str, float], part: Part, rows: Rows, unit: Unit) -> None:
    product = {"campaign": part.campaign_row, "product": rows.products[part.sku]}
    unit.add("campaign_product", {**product, "notes": "The one every video is about."})
    for metric, value in words.items():
        unit.add("campaign_target", {"campaign": part.campaign_row, "metric": metric, "value": value})
