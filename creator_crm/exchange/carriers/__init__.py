"""The files in which shipping programs take parcels in: one module for each of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from creator_crm.exchange.carriers.layout import Layout
from creator_crm.exchange.carriers.pirateship import PIRATE_SHIP
from creator_crm.exchange.carriers.royalmail import ROYAL_MAIL
from creator_crm.exchange.carriers.shippo import SHIPPO
from creator_crm.exchange.carriers.shipstation import SHIPSTATION

__all__ = ["LAYOUTS", "Layout"]

LAYOUTS: Mapping[str, Layout] = MappingProxyType(
    {layout.name: layout for layout in (PIRATE_SHIP, SHIPSTATION, SHIPPO, ROYAL_MAIL)}
)
"""Every shipping program by its name on the command line."""
