"""Vetting a creator: the figures of the day as the ground, and how they compare with an ideal profile."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Value
from creator_crm.domain.fit import Point, compare
from creator_crm.domain.normal import MILLIONTHS
from creator_crm.services.records import Records
from creator_crm.store.readers import lists
from creator_crm.store.readers.picked import picked

if TYPE_CHECKING:
    from creator_crm.domain.metrics import Metric

GOOD_FOR_DAYS = 180


class Vetting(Records):
    """The verbs of vetting; each call is one step to undo."""

    def vet(self, creator: int, on: str | None = None) -> int:
        """Begin to look at a creator, today by default; one begun on that day is gone on with.

        Engagement and views are put down as they are now; the verdict is open. Returns the vetting's number.
        """
        day = on or date.today().isoformat()
        row = self._creator(creator)
        for begun in picked(self.store, "vetting", "t.creator = ? AND t.reviewed_on = ?", [creator, day]):
            return int(begun.id)
        values: dict[str, Value] = {
            "creator": creator,
            "reviewed_on": day,
            "reviewer": self.store.who,
            "good_until": (date.fromisoformat(day) + timedelta(days=GOOD_FOR_DAYS)).isoformat(),
            "engagement": row.engagement,
        }
        if row.average_views is not None and row.followers:
            values["views_per_follower"] = round(round(row.average_views / row.followers, 3) * MILLIONTHS)
        return self.add("vetting", values, label=f"Vet {row.name or 'a creator'}")

    def fit(self, creator: int, profile: int) -> list[Point]:
        """What an ideal profile asks for, and what a creator has of it."""
        wanted = lists.row(self.store, "ideal_profile", profile)
        if wanted is None:
            raise UserError("This profile is not there any more. Choose another one.")
        return compare(wanted, self._creator(creator))

    def reliability(self, creator: int, on: str | None = None) -> Metric:
        """How many of the promises that came due a creator has kept; two statements."""
        from creator_crm.domain.reliability import reliability

        parcels = picked(self.store, "shipment", "t.creator = ?", [creator])
        posts = picked(self.store, "deliverable", "t.creator = ?", [creator])
        return reliability(parcels, posts, on or date.today().isoformat())

    def profiles_for(self, creator: int) -> list[Any]:
        """All ideal profiles, those of the campaigns they are in first."""
        joined = {part.campaign for part in lists.parts(self.store, "collaboration", creator)}
        profiles = picked(self.store, "ideal_profile", "true", order="t.name")
        return sorted(profiles, key=lambda profile: profile.campaign not in joined)

    def _creator(self, number: int) -> Any:
        row = lists.row(self.store, "creator", number)
        if row is None:
            raise UserError("This creator is not there any more. Nothing was changed.")
        return row
