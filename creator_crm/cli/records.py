"""The verbs on records: list, export, show, add, set, delete."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from creator_crm.cli.output import DONE, Output, WrongUsage
from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Description, Field, Kind, Row, Value, value_of
from creator_crm.domain.normal import Reading, as_json, parse, show
from creator_crm.domain.query import Query
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.services.exports import chosen_fields, export_list
from creator_crm.services.workspace import Workspace


def described(workspace: Workspace, record: str) -> Description[Any]:
    """The description called `record`; raises UserError naming those there are."""
    name = _as_name(record.strip()).replace("-", "_")
    found = workspace.catalogue.get(name)
    if found is None:
        found = next(
            (d for d in workspace.catalogue.values() if name in (f"{d.name}s", _as_name(d.plural))), None
        )
    if found is None:
        known = ", ".join(d.name for d in workspace.catalogue.public)
        raise UserError(f"There is no kind of record called “{record}”. There are: {known}.")
    return found


def _as_name(words: str) -> str:
    return words.lower().replace(" ", "_")


def the_one(workspace: Workspace, description: Description[Any], key: str) -> int:
    """The one row that `key` names; raises UserError for none or several."""
    found = workspace.find(description.name, key)
    if not found:
        raise UserError(f"No {description.label.lower()} is called “{key}”. Nothing was changed.")
    if len(found) > 1:
        uids = ", ".join(workspace.uids(description.name, found[:8]).values())
        raise UserError(
            f"{len(found)} {description.plural.lower()} are called “{key}”. Name one by its short id: {uids}."
        )
    return found[0]


def query_from(workspace: Workspace, description: Description[Any], args: argparse.Namespace) -> Query:
    """The query that --where, --search, --sort and the like ask for."""
    from creator_crm.domain.filters import parse as parse_filter
    from creator_crm.domain.filters import read_value

    def read(field: Field, text: str) -> Value:
        if field.kind is Kind.REFERENCE:
            return the_one(workspace, workspace.catalogue[field.references], text)
        value = read_value(field, text)
        if value is None or value == ():
            raise ValueRefused(f"“{text}” is nothing; for empty fields write “is not set”.")
        return value

    where = parse_filter(args.where, description, read) if args.where else None
    return Query(
        description.name,
        where=where,
        search=getattr(args, "search", None) or "",
        sort=_sort(description, args.sort),
        trashed=getattr(args, "trash", False),
        archived=getattr(args, "archived", False),
    )


def column_names(text: str | None) -> list[str] | None:
    """The names in --columns A,B; None when it was not given."""
    return [name for name in text.split(",") if name.strip()] if text else None


def _sort(description: Description[Any], text: str | None) -> tuple[str, ...]:
    names = [name.strip() for name in (text or "").split(",") if name.strip()]
    for name in names:
        chosen_fields(description, [name.lstrip("-")])
    return tuple(
        ("-" if name.startswith("-") else "") + chosen_fields(description, [name.lstrip("-")])[0].name
        for name in names
    )


def list_records(workspace: Workspace, args: argparse.Namespace, out: Output) -> int:
    description = described(workspace, args.record)
    columns = column_names(args.columns)
    fields = chosen_fields(description, columns)
    ids = workspace.ids(query_from(workspace, description, args))
    wanted = ids if args.limit is None else ids[: max(args.limit, 0)]
    rows = workspace.rows(description.name, wanted)
    if out.as_json:
        uids = _referred(workspace, rows, fields)
        out.result({"total": len(ids), "rows": [_json_row(row, fields, uids) for row in rows]})
        return DONE
    if columns is None:
        fields = tuple(f for f in fields if f.shown)
    names = {
        f.name: workspace.titles(f.references, _numbers(rows, f)) for f in fields if f.kind is Kind.REFERENCE
    }
    out.table(
        ["ID", *(f.label for f in fields)],
        ([row.uid, *(_text(row, f, names.get(f.name, {})) for f in fields)] for row in rows),
    )
    out.say(f"{len(rows):,} of {len(ids):,} {description.plural.lower()}")
    return DONE


def export(workspace: Workspace, args: argparse.Namespace, out: Output) -> int:
    if args.record == "workbook":
        from creator_crm.cli import workbook

        return workbook.export(workspace, args, out)
    if args.redacted or args.records or args.campaign:
        raise WrongUsage(
            "--redacted, --records and --campaign are for the workbook: export workbook OUT.xlsx"
        )
    description = described(workspace, args.record)
    path = Path(args.path)
    query = query_from(workspace, description, args)
    written = export_list(workspace, query, path, column_names(args.columns))
    out.result({"file": str(path), "record": description.name, "rows": written})
    out.say(f"{written:,} {description.plural.lower()} are in {path}.")
    return DONE


def show_record(workspace: Workspace, args: argparse.Namespace, out: Output) -> int:
    description = described(workspace, args.record)
    row = workspace.row(description.name, the_one(workspace, description, args.key))
    out.result(_json_row(row, description.visible, _referred(workspace, [row], description.visible)))
    names = {
        f.name: workspace.titles(f.references, _numbers([row], f))
        for f in description.visible
        if f.kind is Kind.REFERENCE
    }
    texts = [("ID", row.uid), *((f.label, _text(row, f, names.get(f.name, {}))) for f in description.visible)]
    width = max(len(label) for label, _ in texts)
    for label, text in texts:
        if text:
            out.say(f"{label.ljust(width)}  {text}")
    return DONE


def add_record(workspace: Workspace, args: argparse.Namespace, out: Output) -> int:
    description = described(workspace, args.record)
    values = read_values(workspace, description, args.values, {})
    number = workspace.add(description.name, values)
    row = workspace.row(description.name, number)
    out.result(_json_row(row, description.visible, _referred(workspace, [row], description.visible)))
    out.say(f"Added {description.label.lower()} {row.uid}.")
    return DONE


def set_record(workspace: Workspace, args: argparse.Namespace, out: Output) -> int:
    description = described(workspace, args.record)
    number = the_one(workspace, description, args.key)
    before = workspace.row(description.name, number)
    known = {f.name: value_of(before, f) for f in description.fields}
    workspace.edit(description.name, {number: read_values(workspace, description, args.values, known)})
    row = workspace.row(description.name, number)
    out.result(_json_row(row, description.visible, _referred(workspace, [row], description.visible)))
    out.say(f"Changed {description.label.lower()} {row.uid}.")
    return DONE


def delete_record(workspace: Workspace, args: argparse.Namespace, out: Output) -> int:
    description = described(workspace, args.record)
    number = the_one(workspace, description, args.key)
    uid = workspace.uids(description.name, [number])[number]
    changes = workspace.trash(description.name, [number])
    out.result({"record": description.name, "id": uid, "change_set": changes.change_set})
    out.say(f"{description.label} {uid} is in the trash; “undo” brings it back.")
    return DONE


def read_values(
    workspace: Workspace, description: Description[Any], texts: Sequence[str], known: Mapping[str, Value]
) -> dict[str, Value]:
    """FIELD=VALUE arguments as normal-form values; `known` holds the row as it was. Raises UserError."""
    pairs = []
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise WrongUsage(f"“{text}” is not of the form FIELD=VALUE. Nothing was changed.")
        pairs.append((chosen_fields(description, [name.strip()])[0], value))
    values: dict[str, Value] = {}
    # Money last: it is read in the currency of the row, which may be set in the same call.
    for field, value in sorted(pairs, key=lambda pair: pair[0].kind is Kind.MONEY):
        try:
            values[field.name] = _read(workspace, description, field, value, {**known, **values})
        except ValueRefused as refused:
            raise UserError(f"{field.label}: {refused} Nothing was changed.") from refused
    return values


def _read(
    workspace: Workspace, description: Description[Any], field: Field, text: str, known: Mapping[str, Value]
) -> Value:
    if field.kind is Kind.REFERENCE and text.strip():
        return the_one(workspace, workspace.catalogue[field.references], text.strip())
    currency = None
    if field.currency:
        currency = str(known.get(field.currency) or description.field(field.currency).default or "") or None
    return parse(field, text, Reading(currency=currency))


def _json_row(row: Row, fields: Sequence[Field], uids: Mapping[str, Mapping[int, str]]) -> dict[str, Any]:
    found: dict[str, Any] = {"id": row.uid}
    for field in fields:
        value = value_of(row, field)
        if field.name in uids and isinstance(value, int):
            found[field.name] = uids[field.name].get(value)
        else:
            found[field.name] = as_json(field, value, _currency(row, field))
    return found


def _text(row: Row, field: Field, names: Mapping[int, str]) -> str:
    value = value_of(row, field)
    if field.kind is Kind.REFERENCE and isinstance(value, int):
        return names.get(value, "")
    return show(field, value, _currency(row, field))


def _currency(row: Row, field: Field) -> str | None:
    return getattr(row, field.currency, None) if field.currency else None


def _numbers(rows: Sequence[Row], field: Field) -> set[int]:
    return {value for row in rows if isinstance(value := value_of(row, field), int)}


def _referred(
    workspace: Workspace, rows: Sequence[Row], fields: Sequence[Field]
) -> dict[str, dict[int, str]]:
    return {
        f.name: workspace.uids(f.references, _numbers(rows, f)) for f in fields if f.kind is Kind.REFERENCE
    }
