"""Sequences: a first message and what follows it, put on the list for many creators in one step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from creator_crm.domain.changes import Changes
from creator_crm.domain.errors import UserError
from creator_crm.services.outreach import Outreach, refuse_blocked
from creator_crm.store.readers import conversations


class Sequences(Outreach):
    """The verbs of sequences; what happens to a running one is in `sequence_moves`."""

    def sequences(self) -> dict[str, list[Any]]:
        """The steps of every sequence by its name, each in order."""
        found: dict[str, list[Any]] = {}
        for step in conversations.steps(self.store):
            found.setdefault(step.sequence, []).append(step)
        return found

    def start_sequence(
        self,
        sequence: str,
        creators: Sequence[int],
        start_on: str | None = None,
        *,
        campaign: int | None = None,
    ) -> Changes:
        """Put every message of a sequence to each creator on the list of its day, the first on `start_on`.

        An answer takes those off again that were not sent yet; see `log_messages`. Raises UserError, with
        nothing planned, for who must not be written to and for who is in this sequence already.
        """
        steps = self.sequences().get(sequence, [])
        if not steps:
            raise UserError(f"The sequence “{sequence}” has no steps. Nothing was planned.")
        numbers = list(dict.fromkeys(creators))
        refuse_blocked(self.advice(numbers, steps[0].channel or "tiktok_dm"))
        self._refuse_started(sequence, {step.id for step in steps}, numbers)
        first = date.fromisoformat(start_on or date.today().isoformat())
        with self.store.change(f"Start “{sequence}” with {self._creators_named(numbers)}") as unit:
            for creator in numbers:
                for step, day in zip(steps, _days(steps, first), strict=True):
                    values = {
                        "creator": creator,
                        "campaign": campaign,
                        "channel": step.channel or "tiktok_dm",
                        "template": step.template,
                        "sequence_step": step.id,
                        "send_on": day,
                        "author": self.store.who,
                    }
                    unit.add("message", values)
        return self.store.last_changes

    def _refuse_started(self, sequence: str, steps: set[int], creators: Sequence[int]) -> None:
        ahead = conversations.planned(self.store, creators)
        started = {message.creator for message in ahead if message.sequence_step in steps}
        if started:
            names = self._creators_named(started)
            raise UserError(
                f"“{sequence}” is planned for {names} already. Nothing was planned; "
                "leave them out and try again."
            )


def _days(steps: Sequence[Any], first: date) -> list[str]:
    """The day of each step: the first on `first`, the others so long after the one before."""
    days, day = [], first
    for place, step in enumerate(steps):
        day += timedelta(days=(step.wait_days or 0) if place else 0)
        days.append(day.isoformat())
    return days
