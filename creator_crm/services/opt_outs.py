"""Who must be left alone, and why: who asked not to be written to, and who is marked so."""

from __future__ import annotations

from collections.abc import Iterable

from creator_crm.domain.errors import UserError
from creator_crm.store.readers import conversations
from creator_crm.store.readers.conversations import Standing
from creator_crm.store.store import Store

_NAMED = 5


def why_not(found: Standing) -> str:
    """Why a creator must not be written to; "" when nothing is against it."""
    if found.opted_out:
        return f"{found.name} asked not to be written to."
    if found.stage == "do_not_contact":
        return f"{found.name} is marked “Do not contact”."
    return ""


def refuse_opted_out(store: Store, creators: Iterable[int], nothing: str) -> None:
    """Raise UserError, with the reasons, when one of them must be left alone; `nothing` says what is safe."""
    found = conversations.standings(store, dict.fromkeys(creators), store.who)
    refuse([why_not(standing) for standing in found.values()], nothing)


def refuse(reasons: Iterable[str], nothing: str) -> None:
    """Raise UserError with these reasons; empty ones are none. One of many is left out, the rest go on."""
    asked = list(reasons)
    given = [reason for reason in asked if reason]
    if given:
        more = f" And {len(given) - _NAMED} more." if len(given) > _NAMED else ""
        left = "" if len(asked) == 1 else " Leave them out and try again."
        raise UserError(f"{' '.join(given[:_NAMED])}{more} {nothing}{left}")
