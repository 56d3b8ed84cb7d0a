"""The verb `ship`: a parcel for each of some creators, told beforehand or made in one step."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import Any

from creator_crm.cli.output import DONE, PARTLY, Output, WrongUsage
from creator_crm.cli.records import query_from, the_one
from creator_crm.domain.batches import Preview, Receiver
from creator_crm.domain.conditions import Condition, Op
from creator_crm.domain.query import Query
from creator_crm.services.batches import Batch, Content
from creator_crm.services.views import view_query
from creator_crm.services.workspace import Workspace

_OUTCOMES = {"ready": "parcel", "draft": "draft", "left_out": "left out"}
_Articles = dict[tuple[int, int | None], Any]


def ship(workspace: Workspace, args: argparse.Namespace, out: Output) -> int:
    campaign = the_one(workspace, workspace.catalogue["campaign"], args.campaign) if args.campaign else None
    service = (
        the_one(workspace, workspace.catalogue["carrier_service"], args.service) if args.service else None
    )
    batch = Batch(
        _contents(args),
        tuple(_receivers(workspace, args, campaign)),
        campaign,
        ship_by=args.ship_by,
        service=service,
        message=args.message,
    )
    if args.dry_run:
        return _tell(workspace, workspace.preview_batch(batch), out)
    done = workspace.make_batch(batch, leave_out=args.leave_out)
    rows: list[Any] = workspace.rows("shipment", done.shipments)
    creators = {row.creator for row in rows} | {one.creator for one in done.left_out}
    uids = workspace.uids("creator", creators)
    out.result(
        {
            "shipments": [
                {"id": r.uid, "number": r.number, "creator": uids[r.creator], "status": r.status}
                for r in rows
            ],
            "change_set": done.changes.change_set,
            "notes": list(done.notes),
            "left_out": [{"creator": uids[one.creator], "why": one.why} for one in done.left_out],
        }
    )
    titles = workspace.titles("creator", creators)
    for row in rows:
        out.say(f"{row.number}  {row.status:<9}  {row.contents or ''}  to {titles[row.creator]}")
    for text in (*done.notes, *(f"Left out: {one.name}. {one.why}" for one in done.left_out)):
        out.say(text)
    return PARTLY if done.left_out else DONE


def _receivers(workspace: Workspace, args: argparse.Namespace, campaign: int | None) -> Iterable[int]:
    """The creators that are meant. Raises WrongUsage when nothing says who, UserError when it is nobody."""
    described = workspace.catalogue["creator"]
    if args.to:
        names = [name for name in args.to.split(",") if name.strip()]
        return dict.fromkeys(the_one(workspace, described, name) for name in names)
    if args.stage:
        wanted = args.stage.strip().casefold()
        stages = described.field("stage").choices
        value = next((c.value for c in stages if wanted in (c.value, c.label.casefold())), None)
        if value is None:
            known = ", ".join(c.value for c in stages)
            raise WrongUsage(f"There is no stage “{args.stage}”. There are: {known}. Nothing was made.")
        return workspace.ids(Query("creator", where=Condition("stage", Op.IS, value)))
    if args.view:
        return workspace.ids(view_query(workspace.view("creator", args.view), described))
    if args.where:
        asked = argparse.Namespace(where=args.where, sort=None)
        return workspace.ids(query_from(workspace, described, asked))
    if campaign is None:
        raise WrongUsage(
            "Say who gets a parcel: --to, --stage, --view, --where, or a --campaign with collaborations. "
            "Nothing was made."
        )
    return workspace.taking_part(campaign)


def _contents(args: argparse.Namespace) -> tuple[Content, ...]:
    """`GLOW-30=2` as two pieces of GLOW-30; raises WrongUsage."""
    items: dict[str, int] = {}
    for text in args.items:
        item, _, count = text.rpartition("=")
        if not item.strip() or not (count.isascii() and count.isdecimal()):
            raise WrongUsage(f"“{text}” is not of the form SKU=QUANTITY. Nothing was made.")
        items[item.strip()] = items.get(item.strip(), 0) + int(count)
    fallbacks = tuple(text.strip() for text in (args.fallback or "").split(",") if text.strip())
    if fallbacks and not args.variant_from:
        raise WrongUsage("--fallback is for --variant-from FIELD. Nothing was made.")
    return tuple(
        Content(item, count, args.variant_from or "", fallbacks if args.variant_from else ())
        for item, count in items.items()
    )


def _tell(workspace: Workspace, preview: Preview, out: Output) -> int:
    """What would be made, who would be left out, and what would be left of each article."""
    uids = workspace.uids("creator", {one.creator for one in preview.of()})
    articles = _articles(workspace, preview)
    counts = {outcome: len(preview.of(outcome)) for outcome in ("ready", "draft", "left_out")}
    out.result(
        {
            **counts,
            "receivers": [
                {
                    "creator": uids[one.creator],
                    "name": one.name,
                    "outcome": one.outcome,
                    "why": one.why,
                    "warnings": list(one.warnings),
                    "items": [
                        {"sku": _sku(articles, product, variant), "quantity": count}
                        for product, variant, count in one.articles
                    ],
                }
                for one in preview.of()
            ],
            "stock": [
                {
                    "sku": _sku(articles, level.product, level.variant),
                    "name": level.name,
                    "before": level.before,
                    "needed": level.needed,
                    "later": level.later,
                    "after": level.after,
                }
                for level in preview.levels
            ],
        }
    )
    out.table(
        ["Creator", "Gets", "Items", "Why"],
        ([one.name, _OUTCOMES[one.outcome], _packed(articles, one), _why(one)] for one in preview.of()),
    )
    out.say("")
    out.table(
        ["Article", "There", "Needed", "Left"],
        ([level.name, *(f"{n:,}" for n in (level.before, level.needed, level.after))]
         for level in preview.levels),
    )  # fmt: skip
    would_be = f"{_counted(counts['ready'], 'parcel')}, {_counted(counts['draft'], 'draft')}"
    out.say(f"{would_be}, {counts['left_out']:,} left out. Nothing was made.")
    return PARTLY if counts["left_out"] else DONE


def _articles(workspace: Workspace, preview: Preview) -> _Articles:
    """The product or variant of every article in a preview."""
    found = {(level.product, level.variant) for level in preview.levels}
    found |= {(product, variant) for one in preview.of() for product, variant, _ in one.articles}
    products: dict[int, Any] = {r.id: r for r in workspace.rows("product", sorted({p for p, _ in found}))}
    numbers = sorted({v for _, v in found if v is not None})
    variants: dict[int, Any] = {r.id: r for r in workspace.rows("variant", numbers)}
    return {(p, v): products.get(p) if v is None else variants.get(v) for p, v in found}


def _sku(articles: _Articles, product: int, variant: int | None) -> str:
    row = articles.get((product, variant))
    return str(row.sku or row.uid) if row is not None else ""


def _packed(articles: _Articles, one: Receiver) -> str:
    return " + ".join(
        f"{count} × {_sku(articles, product, variant)}" for product, variant, count in one.articles
    )


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _why(one: Receiver) -> str:
    return " ".join(text for text in (one.why, *one.warnings) if text)
