"""The verbs of the daily work: due, ship, tracking."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from creator_crm.cli.output import DONE, Output, WrongUsage
from creator_crm.cli.records import the_one
from creator_crm.domain.normal import parse
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.services.workspace import Workspace


def due(workspace: Workspace, args: argparse.Namespace, out: Output) -> int:
    items = workspace.due(_day(workspace, args.on), _campaign(workspace, args.campaign))
    names = ("kind", "record", "key", "due_on", "why")
    out.result({"items": [{name: getattr(item, name) for name in names} for item in items]})
    for item in items:
        out.say(f"{item.due_on}  {item.kind:<13}  {item.why}  ({item.record} {item.key})")
    out.say(f"{len(items):,} due" if items else "Nothing is due.")
    return DONE


def ship(workspace: Workspace, args: argparse.Namespace, out: Output) -> int:
    creators = workspace.catalogue["creator"]
    names = [name for name in args.to.split(",") if name.strip()]
    numbers = list(dict.fromkeys(the_one(workspace, creators, name) for name in names))
    done = workspace.ship(_items(args.items), numbers, _campaign(workspace, args.campaign))
    rows: list[Any] = workspace.rows("shipment", done.shipments)
    uids = workspace.uids("creator", numbers)
    out.result(
        {
            "shipments": [
                {"id": r.uid, "number": r.number, "creator": uids[r.creator], "status": r.status}
                for r in rows
            ],
            "change_set": done.changes.change_set,
            "notes": list(done.notes),
        }
    )
    titles = workspace.titles("creator", numbers)
    for row in rows:
        out.say(f"{row.number}  {row.status:<9}  {row.contents or ''}  to {titles[row.creator]}")
    for note in done.notes:
        out.say(note)
    return DONE


def tracking(args: argparse.Namespace, out: Output) -> int:
    from creator_crm.services.tracking import CUT, numbers_in, recognise

    found = [recognise(number) for text in args.numbers for number in numbers_in(text) or [text]]
    names = ("number", "carrier", "valid", "url")
    out.result({"numbers": [{name: getattr(one, name) for name in names} for one in found]})
    for one in found:
        if one.cut:
            out.say(f"{one.number}  {CUT}")
            continue
        carrier = one.carrier or "no carrier's number that is known here"
        wrong = "" if one.valid or not one.carrier else ", but the check digit does not hold"
        others = f" (or {', '.join(one.others)})" if one.others else ""
        out.say(f"{one.number}  {carrier}{others}{wrong}{'  ' + one.url if one.url else ''}")
    return DONE


def _items(texts: Sequence[str]) -> dict[str, int]:
    """`GLOW-30=2` as {"GLOW-30": 2}; raises WrongUsage."""
    items: dict[str, int] = {}
    for text in texts:
        item, _, count = text.rpartition("=")
        if not item.strip() or not (count.isascii() and count.isdecimal()):
            raise WrongUsage(f"“{text}” is not of the form SKU=QUANTITY. Nothing was made.")
        items[item.strip()] = items.get(item.strip(), 0) + int(count)
    return items


def _campaign(workspace: Workspace, key: str | None) -> int | None:
    return the_one(workspace, workspace.catalogue["campaign"], key) if key else None


def _day(workspace: Workspace, text: str | None) -> str | None:
    try:
        value = parse(workspace.catalogue["message"].field("follow_up_on"), text)
    except ValueRefused as refused:
        raise WrongUsage(f"--on: {refused}") from refused
    return str(value) if value else None
