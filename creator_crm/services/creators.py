"""What can be done with creators alone: take them into a campaign, find their profile."""

from __future__ import annotations

from collections.abc import Iterable

from creator_crm.domain.changes import Changes
from creator_crm.domain.query import Query
from creator_crm.domain.values.links import profile_url
from creator_crm.services.records import Records
from creator_crm.store.readers import lists


class Creators(Records):
    """The verbs of the Creators page."""

    def join_campaign(self, campaign: int, creators: Iterable[int]) -> Changes:
        """Take creators into a campaign; those who are in it already stay as they are."""
        collaborations = lists.rows(
            self.store, "collaboration", lists.ids(self.store, Query("collaboration", campaign=campaign))
        )
        inside = {row.creator for row in collaborations}
        newcomers = [number for number in creators if number not in inside]
        name = lists.row(self.store, "campaign", campaign).name
        counted = "1 creator" if len(newcomers) == 1 else f"{len(newcomers):,} creators"
        with self.store.change(f"Add {counted} to {name}") as unit:
            for number in newcomers:
                unit.add("collaboration", {"creator": number, "campaign": campaign})
        return self.store.last_changes

    def profile_link(self, creator: int) -> str:
        """The link to the main account's profile, "" when there is none to be known."""
        accounts = lists.parts(self.store, "account", creator)
        accounts.sort(key=lambda a: (not a.is_primary, -(a.followers or 0), a.id))
        for account in accounts:
            link = account.link or (profile_url(account.platform, account.handle) if account.handle else "")
            if link:
                return str(link)
        return ""
