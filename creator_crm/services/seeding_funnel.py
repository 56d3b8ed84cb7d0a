"""The seeding funnel of a campaign and some days, as a whole and apart by what parcels have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from creator_crm.domain.changes import Changes
from creator_crm.domain.scope import EVERYTHING, Part, Scope
from creator_crm.services.settings import Settings
from creator_crm.store.readers import lookup

# What adds up is loaded when somebody asks: the window opens without it.
if TYPE_CHECKING:
    from creator_crm.domain.funnel import FunnelBy, Group
    from creator_crm.domain.tiers import Tier
    from creator_crm.store.readers.funnel import Sums

_NONE = {
    "campaign": "No campaign",
    "product": "No product",
    "tier": "Followers not known",
    "niche": "No niche",
    "creator": "Nobody",
}


class SeedingFunnel(Settings):
    """The questions of the Funnel tab; settings: `tiers`, a list of [name, from how many followers]."""

    def funnel(self, scope: Scope = EVERYTHING) -> Group:
        """The funnel of all parcels that left in `scope`; see `domain.funnel.Group`."""
        return self.funnel_by("", scope)[0]

    def funnel_by(self, by: FunnelBy, scope: Scope = EVERYTHING) -> tuple[Group, list[Group]]:
        """The funnel of all parcels, and of each group of them, that of which most were sent first.

        A parcel with several products is in the group of each of them, and a creator with parcels in several
        groups in each of those: the parts may add up to more than the whole. Three statements.
        """
        from creator_crm.domain.funnel import Group
        from creator_crm.store.readers.funnel import GROUPS, WHOLE, sums

        found = sums(self.store, scope, by, self.tiers())
        whole = _group(found[WHOLE], None, "") if found[WHOLE].counted else Group()
        if not by:
            return whole, []
        names = self._names(by, found[GROUPS].counted)
        groups = [_group(found[GROUPS], part, names.get(part) or _NONE[by]) for part in found[GROUPS].counted]
        return whole, sorted(groups, key=lambda group: (-group.left, group.name, str(group.part)))

    def parcels_without_post(
        self, scope: Scope = EVERYTHING, by: FunnelBy = "", part: Part = None
    ) -> list[int]:
        """The parcels that a group counts as “no post”, those given up on too; the longest wait first."""
        from creator_crm.store.readers import funnel

        return funnel.without_post(self.store, scope, by, part, self.tiers())

    def tiers(self) -> tuple[Tier, ...]:
        """The tiers of this brand, from the lowest up."""
        from creator_crm.domain.tiers import TIERS, Tier

        held = self.setting("tiers")
        if not isinstance(held, list) or not held:
            return TIERS
        return tuple(sorted((Tier(str(name), int(least)) for name, least in held), key=lambda t: t.least))

    def set_tiers(self, tiers: Sequence[Tier]) -> Changes:
        """Say from how many followers on which tier holds. Raises UserError, with nothing changed, when that
        leaves open who is in which.
        """
        from creator_crm.domain.tiers import TIERS, refuse_unclear

        refuse_unclear(tiers)
        ordered = tuple(sorted(tiers, key=lambda tier: tier.least))
        kept = None if ordered == TIERS else [[tier.name, tier.least] for tier in ordered]
        return self.set_settings({"tiers": kept}, "Change the tiers of followers")

    def _names(self, by: FunnelBy, parts: Iterable[Part]) -> Mapping[Part, str]:
        if by == "tier":
            return {part: str(part) for part in parts if part is not None}
        if by == "niche":
            from creator_crm.store.readers import funnel

            written = funnel.niches(self.store)
            return {part: written.get(str(part), str(part)) for part in parts if part is not None}
        numbers = [part for part in parts if isinstance(part, int)]
        named: dict[Part, str] = {}
        named.update(lookup.titles(self.store, by, numbers).items())
        return named


def _group(sums: Sums, part: Part, name: str) -> Group:
    from creator_crm.domain.funnel import Group, Steps
    from creator_crm.domain.intervals import median

    counted, (sold_creators, sold_parcels) = sums.counted[part], sums.sellers.get(part, (0, 0))
    sold: Mapping[str, Any] = sums.sold.get(part, {})
    arrival, post, sale = (median(sums.days.get((part, step), {})) for step in range(3))
    return Group(
        part=part,
        name=name,
        creators=Steps(
            counted.creators_sent, counted.creators_delivered, counted.creators_posted, sold_creators
        ),
        parcels=Steps(counted.parcels_sent, counted.parcels_delivered, counted.parcels_posted, sold_parcels),
        left=counted.left,
        lost=counted.lost,
        returned=counted.returned,
        no_post=counted.no_post,
        ghosted=counted.ghosted,
        posts=sums.posts.get(part, 0),
        units=sum(one.units for one in sold.values()),
        days=(arrival, post, sale),
        facts=_facts(sums, part),
    )


def _facts(sums: Sums, part: Part) -> Mapping[str, Any]:
    """By currency, the one first in which most was turned over; creators and posts count in that one."""
    from creator_crm.domain.metrics import Facts

    cost, sold, counted = sums.cost.get(part, {}), sums.sold.get(part, {}), sums.counted[part]

    def turnover(money: str) -> tuple[int, str]:
        return -sum(cost.get(money, ())) - (sold[money].revenue if money in sold else 0), money

    found = {}
    for money in {*cost, *sold} or {"EUR"}:
        goods, postage = cost.get(money, (0, 0))
        orders = sold.get(money)
        found[money] = Facts(
            currency=money,
            product_cost=goods,
            postage=postage,
            orders=orders.orders if orders else 0,
            revenue=orders.revenue if orders else 0,
            refunds=orders.refunds if orders else 0,
        )
    main, *others = sorted(found, key=turnover)
    people = replace(
        found[main],
        parcels=counted.left,
        creators_delivered=counted.creators_delivered,
        creators_posted=counted.creators_posted,
        posts_live=sums.posts.get(part, 0),
    )
    return {main: people, **{money: found[money] for money in others}}
