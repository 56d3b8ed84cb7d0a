"""What a person may ask of an import beside the mapping."""

from __future__ import annotations

from dataclasses import dataclass

from creator_crm.exchange.rehearsal import Keep


@dataclass(frozen=True, slots=True)
class Options:
    """`keep`: which line counts when a creator stands twice; `overwrite_edited`: also what people typed."""

    keep: Keep = Keep.LAST
    overwrite_edited: bool = False
    remember_mapping: bool = True
