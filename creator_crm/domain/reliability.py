"""Reliability from your own history: how many of the promises that came due a creator has kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from creator_crm.domain.deliverables import Deliverable
from creator_crm.domain.due import answers
from creator_crm.domain.metrics.metric import Figure, Metric, count
from creator_crm.domain.metrics.program_facts import LEFT, post_facts
from creator_crm.domain.seeding import Shipment

_RELIABILITY = Figure(
    "reliability",
    "Reliability",
    "promises kept ÷ promises that came due",
    "your own history: a post for each parcel, each post by its day (our definition)",
)


def reliability(parcels: Iterable[Shipment], posts: Iterable[Deliverable], today: str) -> Metric:
    """Parcels that led to a post and posts on time ÷ these, parcels given up on, and late or missing posts.

    A parcel that still waits is undecided, and a present without strings was no promise: neither counts.
    """
    posts = list(posts)
    reached = [
        parcel
        for parcel in parcels
        if parcel.status in LEFT and parcel.delivered_on is not None and not parcel.no_post_expected
    ]
    posted = [parcel for parcel in reached if any(answers(post, parcel) for post in posts)]
    ghosted = sum(parcel.ghosted_on is not None for parcel in reached if parcel not in posted)
    facts = post_facts(posts, today)
    late = facts.posts_due - facts.posts_on_time
    kept = len(posted) + facts.posts_on_time
    found = _RELIABILITY.rate(
        count("promises kept", kept),
        count("promises that came due", kept + ghosted + late),
        none="nothing was promised yet",
    )
    lines = (
        count("parcels that led to a post", len(posted)),
        count("parcels given up on", ghosted),
        count("posts live by their due date", facts.posts_on_time),
        count("posts late or missing", late),
    )
    return replace(found, inputs=(*found.inputs, *lines))
