"""The verbs on what came of it all: metrics, charts, and documents such as a brief."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from creator_crm.cli.output import DONE, Output, WrongUsage
from creator_crm.cli.records import the_one
from creator_crm.domain.errors import UserError
from creator_crm.domain.metrics import Metric, explain, shown
from creator_crm.services.results import Scope
from creator_crm.services.workspace import Workspace


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


def charts(workspace: Workspace, args: argparse.Namespace, out: Output) -> int:
    written = workspace.export_charts(Path(args.folder), _scope(workspace, args))
    out.result({"files": [str(path) for path in written]})
    out.say(
        f"{len(written)} files are in {args.folder}: every chart as picture, all figures in one workbook."
    )
    return DONE


def report(workspace: Workspace, args: argparse.Namespace, out: Output) -> int:
    if args.kind != "brief":
        raise UserError(f"There is no report “{args.kind}” yet. There is: brief.")
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
    }
