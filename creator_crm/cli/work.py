"""The verbs of the daily work: due, tracking."""

from __future__ import annotations

import argparse

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


def tracking(args: argparse.Namespace, out: Output) -> int:
    from creator_crm.domain.tracking import CUT
    from creator_crm.services.tracking import numbers_in, recognise

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


def _campaign(workspace: Workspace, key: str | None) -> int | None:
    return the_one(workspace, workspace.catalogue["campaign"], key) if key else None


def _day(workspace: Workspace, text: str | None) -> str | None:
    try:
        value = parse(workspace.catalogue["message"].field("follow_up_on"), text)
    except ValueRefused as refused:
        raise WrongUsage(f"--on: {refused}") from refused
    return str(value) if value else None
