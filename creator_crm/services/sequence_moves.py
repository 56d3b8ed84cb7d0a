"""What a message means for a sequence that is under way: an answer ends it, a late step moves the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from creator_crm.store.readers import conversations
from creator_crm.store.store import Store
from creator_crm.store.unit_of_work import Unit

if TYPE_CHECKING:
    from creator_crm.services.outreach import Said


def follow(store: Store, unit: Unit, planned: Iterable[Any], said: Mapping[int, Said]) -> None:
    """Bring the planned messages of sequences in line with what was just said, by its message's number."""
    ahead = [message for message in planned if message.sequence_step]
    if not ahead:
        return
    steps = {step.id: step for step in conversations.steps(store)}
    heard = {message.creator for message in said.values() if message.direction == "in"}
    left = [message for message in ahead if message.id not in said]
    for message in left:
        step = steps.get(message.sequence_step)
        if message.creator in heard and not (step and step.goes_on_after_reply):
            unit.set("message", message.id, {"status": "skipped"})
    for message in ahead:
        if message.id in said and message.creator not in heard:
            _sent(unit, message, said[message.id], [m for m in left if _follows(steps, m, message)])


def _sent(unit: Unit, message: Any, said: Said, later: Sequence[Any]) -> None:
    """The next step is the follow-up of the one that went out; it keeps its distance."""
    today = date.fromisoformat((said.at or unit.now)[:10])
    late = (today - date.fromisoformat(message.send_on)).days if message.send_on else 0
    for following in later if late > 0 else ():
        if following.send_on:
            on = date.fromisoformat(following.send_on) + timedelta(days=late)
            unit.set("message", following.id, {"send_on": on.isoformat()})
    if later and said.follow_up_on == "default":
        unit.set("message", message.id, {"follow_up_on": None})


def _follows(steps: Mapping[int, Any], later: Any, message: Any) -> bool:
    one, other = steps.get(message.sequence_step), steps.get(later.sequence_step)
    same = one is not None and other is not None and one.sequence == other.sequence
    return same and later.creator == message.creator
