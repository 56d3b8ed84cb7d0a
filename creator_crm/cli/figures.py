"""The verbs on what came of it all: metrics, charts, and documents such as a brief."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from creator_crm.cli.output import DONE, Output, WrongUsage
from creator_crm.cli.paper import PAPERS, paper
from creator_crm.cli.records import the_one
from creator_crm.domain.errors import UserError
from creator_crm.domain.metrics import Facts, Metric, explain, shown
from creator_crm.domain.metrics.metric import amount
from creator_crm.services.results import Scope
from creator_crm.services.workspace import Workspace

if TYPE_CHECKING:
    from creator_crm.domain.funnel import Group

STEPS = ("sent", "delivered", "posted", "sold")


def metrics(workspace: Workspace, args: argparse.Namespace, out: Output) -> int:
    scope = _scope(workspace, args)
    found: Mapping[str, tuple[Metric, ...]]
    if args.explain:
        found = {currency: (one,) for currency, one in workspace.explain(args.explain, scope).items()}
    else:
        found = workspace.metrics(scope)
    out.result({"metrics": [_json(one, currency) for currency, every in found.items() for one in every]})
    for currency, every in found.items():
        if len(found) > 1:
            out.say(currency)
        if args.explain:
            for line in explain(every[0]):
                out.say(line)
        else:
            out.table(
                ["Metric", "Value", "Formula"],
                ([one.label, _value(one), one.formula] for one in every),
            )
    return DONE


def funnel(workspace: Workspace, args: argparse.Namespace, out: Output) -> int:
    from creator_crm.domain.funnel import figures

    scope = _scope(workspace, args)
    whole, groups = workspace.funnel_by(args.by, scope)
    by_creator = args.by == "creator"
    out.result(
        {
            **_funnel_json(whole),
            "figures": [_json(one, whole.main.currency) for one in figures(whole)],
            **(
                {"by": args.by, "groups": [_funnel_json(one, by_creator) for one in groups]}
                if args.by
                else {}
            ),
        }
    )
    headers = [args.by.capitalize() if args.by else "", "Sent", "Delivered", "Posted", "Sold", "Post rate"]
    headers += ["No post", "Live posts", "Cost per post from parcels", "Sold after posts"]
    rows = [_funnel_row(group, by_creator) for group in groups]
    out.table(headers, [*rows, _funnel_row(replace(whole, name="All"))])
    counted = "parcels" if by_creator else "creators; a creator with parcels in several groups is in each"
    out.say(f"Sent to sold counts {counted}. Presents without strings are in the cost, not in the steps.")
    return DONE


def charts(workspace: Workspace, args: argparse.Namespace, out: Output) -> int:
    written = workspace.export_charts(Path(args.folder), _scope(workspace, args))
    out.result({"files": [str(path) for path in written]})
    out.say(
        f"{len(written)} files are in {args.folder}: every chart as picture, all figures in one workbook."
    )
    return DONE


def report(workspace: Workspace, args: argparse.Namespace, out: Output) -> int:
    if args.kind in PAPERS:
        return paper(workspace, args, out)
    if args.kind != "brief":
        raise UserError(f"There is no report “{args.kind}” yet. There are: brief, {', '.join(PAPERS)}.")
    if len(args.keys) != 1:
        raise WrongUsage("Name one brief: report brief KEY --out FILE.")
    brief = the_one(workspace, workspace.catalogue["brief"], args.keys[0])
    creator = the_one(workspace, workspace.catalogue["creator"], args.creator) if args.creator else None
    path = Path(args.out)
    if path.suffix.lower() == ".pdf":
        from creator_crm.ui.shared.printing import pdf_of

        text = workspace.brief_text(brief, creator)
        workspace.write_document(pdf_of(text), path)
    else:
        workspace.write_brief(brief, path, creator)
    out.result({"file": str(path), "report": "brief"})
    out.say(f"The brief is in {path}.")
    return DONE


def _scope(workspace: Workspace, args: argparse.Namespace) -> Scope:
    campaign = creator = None
    if args.campaign:
        campaign = the_one(workspace, workspace.catalogue["campaign"], args.campaign)
    if args.creator:
        creator = the_one(workspace, workspace.catalogue["creator"], args.creator)
    return Scope(campaign, creator, args.since, args.until)


def _value(metric: Metric) -> str:
    return shown(metric.value, metric.unit) or f"– ({metric.why_undefined})"


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def _json(metric: Metric, currency: str) -> dict[str, Any]:
    return {
        "name": metric.name,
        "value": _plain(metric.value),
        "unit": metric.unit,
        "formula": metric.formula,
        "inputs": [{"name": one.name, "value": _plain(one.value), "unit": one.unit} for one in metric.inputs],
        "label": metric.label,
        "currency": currency,
        "source": metric.source,
        "why": metric.why_undefined,
        **{end: _plain(at) for end, at in (("low", metric.low), ("high", metric.high)) if at is not None},
    }


def _funnel_json(group: Group, of_parcels: bool = False) -> dict[str, Any]:
    from creator_crm.domain.funnel import rates

    days = zip(("sent_to_delivered", "delivered_to_posted", "posted_to_sold"), group.days, strict=True)
    return {
        "name": group.name,
        "creators": {name: getattr(group.creators, name) for name in STEPS},
        "parcels": {name: getattr(group.parcels, name) for name in STEPS},
        **{
            name: getattr(group, name) for name in ("left", "lost", "returned", "no_post", "ghosted", "posts")
        },
        "rates": [_json(rate, group.main.currency) for rate in rates(group, of_parcels=of_parcels)],
        "median_days": {name: _plain(middle) for name, middle in days if middle is not None},
        "money": [_money_json(group, facts) for facts in group.facts.values()],
        "units": group.units,
    }


def _money_json(group: Group, facts: Facts) -> dict[str, Any]:
    from creator_crm.domain.funnel import cost_per_parcel_post

    spent = amount(facts.product_cost + facts.postage, facts.currency)
    found = {
        "currency": facts.currency,
        "cost": _plain(spent),
        "orders": facts.orders,
        "revenue": _plain(amount(facts.net_revenue, facts.currency)),
    }
    per_post = cost_per_parcel_post(facts)
    return found if per_post.value is None else {**found, "cost_per_parcel_post": _plain(per_post.value)}


def _funnel_row(group: Group, of_parcels: bool = False) -> list[str]:
    from creator_crm.domain.funnel import cost_per_parcel_post, rates, revenue_after_posts

    steps, facts = group.parcels if of_parcels else group.creators, group.main
    return [
        group.name,
        *(f"{getattr(steps, name):,}" for name in STEPS),
        _rate(rates(group, of_parcels=of_parcels)[1]),
        f"{group.no_post:,}",
        f"{group.posts:,}",
        _value(cost_per_parcel_post(facts)),
        _value(revenue_after_posts(group)),
    ]


def _rate(rate: Metric) -> str:
    """The rate with the interval in which it lies; that of few cases says only that they are few."""
    if rate.value is None or rate.low is None or rate.high is None:
        return "–"
    if not rate.is_sure:
        return "not enough data yet"
    return f"{rate.value:.0%} ({rate.low:.0%}–{rate.high:.0%})"
