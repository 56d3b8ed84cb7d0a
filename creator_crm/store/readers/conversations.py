"""What was written to and by creators: whole conversations, and what to know before writing again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from creator_crm.domain.frozen import immutable
from creator_crm.store.readers.picked import THESE, picked
from creator_crm.store.store import Store


@immutable
class Standing:
    """Where things stand with a creator before the next message.

    unanswered: TikTok messages since they last wrote; other, other_at: who else last wrote to them, and when.
    """

    creator: int
    name: str
    stage: str
    opted_out: bool
    unanswered: int
    other: str
    other_at: str


def conversation(store: Store, creator: int) -> list[Any]:
    """All messages with a creator in order of time, planned ones last."""
    return picked(store, "message", "t.creator = ?", [creator], order="t.sent_at IS NULL, t.sent_at, t.id")


def standings(store: Store, creators: Iterable[int], me: str) -> dict[int, Standing]:
    """How things stand with these creators; one statement for any number."""
    sql = f"""
        WITH them AS (SELECT c.* FROM creator c WHERE c.id IN {THESE} AND c.deleted_at IS NULL),
        said AS (
            SELECT m.creator, m.direction, m.channel, m.sent_at, coalesce(m.author, '') AS author,
                max(CASE WHEN m.direction = 'in' THEN m.sent_at END) OVER (PARTITION BY m.creator) AS heard_at
            FROM message m WHERE m.creator IN (SELECT id FROM them)
                AND m.sent_at IS NOT NULL AND m.deleted_at IS NULL
        )
        SELECT t.id, coalesce(t.name, '@' || t.handle, 'Unnamed creator'), coalesce(t.stage, ''), t.opted_out,
            count(CASE WHEN s.direction = 'out' AND s.channel = 'tiktok_dm'
                AND s.sent_at > coalesce(s.heard_at, '') THEN 1 END),
            max(CASE WHEN s.direction = 'out' AND s.author NOT IN ('', ?)
                THEN s.sent_at || '|' || s.author END)
        FROM them t LEFT JOIN said s ON s.creator = t.id GROUP BY t.id
    """
    with store.read_raw() as raw:
        found = raw.execute(sql, (json.dumps(list(creators)), me)).fetchall()
    return {
        number: Standing(number, name, stage, bool(opted_out), unanswered, *_other(newest))
        for number, name, stage, opted_out, unanswered, newest in found
    }


def _other(newest: str | None) -> tuple[str, str]:
    at, _, author = (newest or "").partition("|")
    return author, at


def open_ends(store: Store, creators: Iterable[int]) -> list[Any]:
    """Messages of these creators that a next one may answer: sent or received, and nobody answered yet."""
    return picked(
        store,
        "message",
        f"t.creator IN {THESE} AND t.status IN ('sent', 'received')",
        [json.dumps(list(creators))],
        order="t.sent_at, t.id",
    )


def in_campaign(store: Store, creators: Iterable[int], campaign: int) -> list[Any]:
    """The collaborations of these creators in one campaign."""
    return picked(
        store,
        "collaboration",
        f"t.creator IN {THESE} AND t.campaign = ?",
        [json.dumps(list(creators)), campaign],
    )


def planned(store: Store, creators: Iterable[int]) -> list[Any]:
    """Messages to these creators that have not gone out yet."""
    return picked(
        store,
        "message",
        f"t.creator IN {THESE} AND t.status IN ('planned', 'drafted')",
        [json.dumps(list(creators))],
    )


def steps(store: Store) -> list[Any]:
    """The steps of all sequences, each sequence in order."""
    return picked(store, "sequence_step", "true", order="t.sequence, t.position, t.id")
