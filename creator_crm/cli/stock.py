"""The verbs on stock: what there is of everything at a date, and what a spike would do to it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from creator_crm.cli.output import DONE, Output, WrongUsage
from creator_crm.cli.records import the_one
from creator_crm.domain.metrics.metric import Metric, explain, rounded, shown
from creator_crm.domain.planner import Asked, Range, parse_range, sentence, to_come
from creator_crm.domain.stock import Kept, Standing
from creator_crm.domain.stock_explained import FIGURES, ORDERS_APART
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.services.planning import Planned
from creator_crm.services.workspace import Workspace


def stock(workspace: Workspace, args: argparse.Namespace, out: Output) -> int:
    found = [workspace.article(args.sku, args.on)] if args.sku else workspace.stock_on(args.on)
    rows = [one for whole in found for one in (whole, *whole.parts)]
    uids = workspace.uids("product", [one.kept.product for one in rows])
    uids_of_variants = workspace.uids("variant", [one.kept.variant for one in rows if one.kept.variant])
    names = {one.kept.product: one.kept for one in found}
    articles = []
    for one in rows:
        kept = one.kept
        uid = uids_of_variants[kept.variant] if kept.variant else uids[kept.product]
        is_part = not any(one is whole for whole in found)
        of = names[kept.product].sku or names[kept.product].name
        articles.append({"id": uid, **_json(one), **({"part_of": of} if is_part else {})})
    out.result({"articles": articles, "on": found[0].on if found else args.on})
    if args.sku:
        for figure in FIGURES.values():
            for line in explain(figure(found[0])):
                out.say(line)
        out.say(found[0].needs.told())
        return DONE
    out.table(
        ["SKU", "Article", "On hand", "Reserved", "Available", "On order", "Average cost", "Value", ""],
        [_row(one, part=one not in found) for one in rows],
    )
    out.say(ORDERS_APART)
    return DONE


def plan(workspace: Workspace, args: argparse.Namespace, out: Output) -> int:
    kept = workspace.article(args.sku).kept
    campaign = the_one(workspace, workspace.catalogue["campaign"], args.campaign) if args.campaign else None
    done = workspace.plan(kept.product, kept.variant, campaign, _asked(workspace, args, kept, campaign))
    found, plan = done.outlook, done.plan
    out.result(_planned_json(done))
    out.say(f"{kept.name}: {sentence(found)}")
    for name, value in (
        ("posts", f"{len(plan.posts)}"),
        ("views", _told(plan.views)),
        ("conversion", _told(plan.conversion, share=True)),
        ("daily", f"{plan.daily:g}"),
        ("lead_time_days", "not known" if plan.lead_time_days is None else f"{plan.lead_time_days}"),
    ):
        out.say(f"  {name}: {value} ({done.sources[name]})")
    if plan.live:
        out.say(f"  live already: {_posts(len(plan.live))}, {to_come(plan):,.0f} views still to come")
    out.say(f"  in stock: {plan.stock}, on its way: {found.supply - plan.stock}; views x {plan.times:g}")
    out.say(f"  half of a post's views come in {plan.half_life:g} days (assumed); seed {plan.seed}")
    return DONE


def _posts(count: int) -> str:
    return "1 post" if count == 1 else f"{count:,} posts"


def _asked(workspace: Workspace, args: argparse.Namespace, kept: Kept, campaign: int | None) -> Asked:
    given: dict[str, Any] = {
        name: getattr(args, name)
        for name in ("posts", "first_on", "times", "seed")
        if getattr(args, name) is not None
    }
    for name, share in (("views", False), ("conversion", True)):
        if text := getattr(args, name):
            given[name] = _range(name, text, share)
    return replace(workspace.plan_kept(kept.product, kept.variant, campaign), **given)


def _range(name: str, text: str, share: bool) -> Range:
    try:
        return parse_range(text, share=share)
    except ValueRefused as refused:
        raise WrongUsage(f"--{name}: {refused}") from refused


def _planned_json(done: Planned) -> dict[str, Any]:
    found, plan = done.outlook, done.plan
    days = {"median": found.median_on, "worst_tenth": found.cautious_on, "order_by": found.order_by}
    return {
        "article": {"sku": done.standing.kept.sku or "", "name": done.standing.kept.name},
        "runs_out": {name: day for name, day in days.items() if day},
        "chance": f"{found.chance:.4f}",
        "needed": {"p50": f"{found.needed:.2f}", "p90": f"{found.needed_high:.2f}"},
        "supply": found.supply,
        "order_more": found.short,
        "inputs": {
            "start": plan.start,
            "until": found.day(plan.days - 1),
            "posts": list(plan.posts),
            "live": [{"live_on": day, "views": views} for day, views in plan.live],
            "views": {"p10": f"{plan.views.low:g}", "p90": f"{plan.views.high:g}"},
            "conversion": {"p10": f"{plan.conversion.low:g}", "p90": f"{plan.conversion.high:g}"},
            "units": f"{plan.units:g}",
            "daily": f"{plan.daily:g}",
            "stock": plan.stock,
            "incoming": [{"expected_on": day, "pieces": pieces} for day, pieces in plan.incoming],
            **({} if plan.lead_time_days is None else {"lead_time_days": plan.lead_time_days}),
            "half_life": f"{plan.half_life:g}",
            "times": f"{plan.times:g}",
            "runs": plan.runs,
            "seed": plan.seed,
        },
        "sources": dict(done.sources),
        "days": [
            {"on": found.day(n), "gone": f"{gone:.4f}", "left_p50": f"{found.left[n]:.2f}",
             "left_worst_tenth": f"{found.left_high[n]:.2f}"}
            for n, gone in enumerate(found.gone_by)
        ],
    }  # fmt: skip


def _json(one: Standing) -> dict[str, Any]:
    kept = one.kept
    known: dict[str, Any] = {
        "sku": kept.sku or "",
        "name": kept.name,
        "on_hand": one.on_hand,
        "reserved": one.reserved,
        "available": one.available,
        "incoming": one.on_order,
        "average_cost": _money(FIGURES["average_cost"](one)),
        "value": _money(FIGURES["value"](one)),
        "currency": one.currency,
        "cost_assumed_for": one.average.assumed,
        "out_a_day": format(rounded(one.per_day), "f"),
        "days_left": one.days_left,
        "reorder_at": kept.reorder_level,
        "lead_time_days": kept.lead_time_days,
        "reorder": one.needs.state,
    }
    return {name: value for name, value in known.items() if value is not None}


def _row(one: Standing, *, part: bool) -> Sequence[str]:
    return [
        one.kept.sku or "",
        f"  {one.kept.name}" if part else one.kept.name,
        *(f"{n:,}" for n in (one.on_hand, one.reserved, one.available, one.on_order)),
        *(shown(FIGURES[name](one).value, one.currency) for name in ("average_cost", "value")),
        one.needs.told(),
    ]


def _money(figure: Metric) -> str | None:
    """The amount alone: "4.825"."""
    return None if figure.value is None else shown(figure.value, figure.unit).split()[0]


def _told(range: Range, *, share: bool = False) -> str:
    ends = [f"{100 * end:g} %" if share else f"{end:,.0f}" for end in (range.low, range.high)]
    return ends[0] if range.is_exact else f"{ends[0]} to {ends[1]}"
