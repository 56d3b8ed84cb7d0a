"""What follows from the columns of a list taken together, once each of them is in normal form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from creator_crm.exchange.reading.frames import Cell
from creator_crm.exchange.rehearsal import Parsed
from creator_crm.exchange.settling.orders import settle_orders, share_currency
from creator_crm.exchange.settling.posts import settle_posts
from creator_crm.exchange.settling.products import settle_products
from creator_crm.exchange.shapes import ORDERS, POSTS

if TYPE_CHECKING:
    from creator_crm.exchange.mapping import Proposal

__all__ = ["settle", "share_currency"]


def settle(parsed: Parsed, proposal: Proposal, cells: Sequence[Sequence[Cell]]) -> None:
    """Complete a list in place: constants of its export, and what its kind of list lets one conclude."""
    if proposal.known:
        for target, value in proposal.known.constants.items():
            parsed.values.setdefault(target, [value] * len(parsed))
    if proposal.shape == ORDERS:
        settle_orders(parsed, proposal, cells)
    elif proposal.shape == POSTS:
        settle_posts(parsed, proposal)
    elif "product.parent_handle" in parsed.values:
        settle_products(parsed)
