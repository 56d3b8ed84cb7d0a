"""The words of the command line: every verb with its options."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import date

from creator_crm import __version__

VERBS = (
    "demo", "recognise", "import", "export", "merge", "list", "show", "add", "set", "delete", "history",
    "undo", "redo", "due", "ship", "stock", "plan", "carrier", "tracking", "funnel", "metrics", "charts",
    "report", "check", "backup", "restore", "self-test",
)  # fmt: skip

_Verb = Callable[[str, str], argparse.ArgumentParser]

_RECORD = "kind of record, such as creator, account or campaign"
_KEY = "its short id or its key: a creator's @handle, a campaign's name"
_WHERE = "for example: followers > 10000 and stage in (agreed, active) and e-mail is set"


_MAY_BEGIN_WITH_A_DASH = ("--sort", "--search", "--where", "--columns")


def with_values_attached(arguments: Sequence[str]) -> list[str]:
    """`--sort -followers` as `--sort=-followers`: argparse takes a value with a dash for another option."""
    attached: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        value = next(rest, None) if argument in _MAY_BEGIN_WITH_A_DASH else None
        attached.append(argument if value is None else f"{argument}={value}")
    return attached


def _not_negative(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError
    return number


def parser() -> argparse.ArgumentParser:
    """The parser of all verbs; `args.verb` names the one that was given."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "-w", "--workspace", metavar="FILE", default=argparse.SUPPRESS,
        help="the workspace file (or set CREATOR_CRM_WORKSPACE)",
    )  # fmt: skip
    common.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON object"
    )

    root = argparse.ArgumentParser(
        prog="creator-crm",
        parents=[common],
        description="The creator program of a small brand in one offline file. "
        "With no verb, or with only a workspace file, the window opens.",
    )
    root.add_argument("--version", action="version", version=f"Creator CRM {__version__}")
    verbs = root.add_subparsers(dest="verb", metavar="VERB")

    def verb(name: str, help: str) -> argparse.ArgumentParser:
        return verbs.add_parser(name, help=help, description=help, parents=[common])

    demo = verb("demo", "make a workspace with the sample brand; never overwrites")
    demo.add_argument("path", metavar="WORKSPACE")

    _add_files(verb)
    _add_records(verb)
    _add_work(verb)
    _add_stock(verb)
    _add_figures(verb)
    _add_upkeep(verb)
    return root


def _add_files(verb: _Verb) -> None:
    recognise = verb(
        "recognise", "say what each file is, why, and how its columns would be read; writes nothing"
    )
    recognise.add_argument("files", nargs="+", metavar="FILE")

    into = verb("import", "bring files in: everything or nothing, and one step to undo")
    into.add_argument("files", nargs="+", metavar="FILE")
    into.add_argument(
        "--as", dest="kind", metavar="KIND", help="take the file for this kind instead of recognising it"
    )
    into.add_argument("--mapping", metavar="FILE", help="a JSON file: column to record.field")
    into.add_argument("--dry-run", action="store_true", help="only say what would happen")
    into.add_argument("--errors", metavar="OUT.xlsx", help="write the rejected rows with their reasons here")
    into.add_argument(
        "--overwrite-edited", action="store_true", help="also replace values that people edited"
    )
    into.add_argument("--platform", help="the platform of the accounts where the file does not say it")
    into.add_argument("--currency", metavar="CODE", help="the currency of amounts that name none, like THB")
    into.add_argument("--sheet", help="the sheet of a workbook, by name or number")
    into.add_argument("--encoding", help="how the text is encoded, where the file leaves it open")
    into.add_argument(
        "--date-order",
        choices=("dmy", "mdy", "ymd"),
        help="how dates are written, where the file leaves it open",
    )
    into.add_argument(
        "--keep",
        choices=("last", "first", "skip"),
        default="last",
        help="which of several lines about one creator counts",
    )

    out = verb("export", "send a list out to .xlsx, .csv or .tsv; or the team's workbook")
    out.add_argument("record", metavar="RECORD", help=f"{_RECORD}; “workbook” for the team's workbook")
    out.add_argument("path", metavar="OUT")
    out.add_argument("--where", metavar="EXPRESSION", help=_WHERE)
    out.add_argument("--columns", metavar="A,B")
    out.add_argument("--sort", metavar="A,-B")
    out.add_argument("--redacted", action="store_true", help="a workbook without personal data")
    out.add_argument("--records", metavar="A,B", help="a workbook of these kinds of records alone")
    out.add_argument("--campaign", metavar="KEY", help="a workbook of what belongs to this campaign alone")

    back = verb("merge", "bring a team's workbook back: what they changed, beside what you changed")
    back.add_argument("file", metavar="FILE.xlsx")
    back.add_argument(
        "--prefer",
        choices=("ask", "mine", "theirs"),
        default="ask",
        help="whose value stands where both changed the same; ask: yours stays, and the status says so",
    )
    back.add_argument(
        "--delete-missing", action="store_true", help="rows that the workbook lost go to the trash"
    )
    back.add_argument("--dry-run", action="store_true", help="say what would change and change nothing")


def _add_records(verb: _Verb) -> None:
    listing = verb("list", "list records")
    listing.add_argument("record", metavar="RECORD", help=_RECORD)
    listing.add_argument("--where", metavar="EXPRESSION", help=_WHERE)
    listing.add_argument("--columns", metavar="A,B")
    listing.add_argument("--sort", metavar="A,-B", help="fields to sort by, a leading - for descending")
    listing.add_argument("--limit", type=_not_negative, metavar="N")
    listing.add_argument("--search", metavar="TEXT")
    listing.add_argument("--trash", action="store_true", help="what is in the trash instead")
    listing.add_argument("--archived", action="store_true", help="archived records too")

    showing = verb("show", "show one record with all its fields")
    adding = verb("add", "add a record")
    setting = verb("set", "change fields of a record")
    deleting = verb("delete", "move a record and its parts to the trash")
    for one in (showing, adding, setting, deleting):
        one.add_argument("record", metavar="RECORD", help=_RECORD)
    for one in (showing, setting, deleting):
        one.add_argument("key", metavar="KEY", help=_KEY)
    for one in (adding, setting):
        one.add_argument("values", nargs="+", metavar="FIELD=VALUE")

    past = verb("history", "who changed what when: everything, or one record")
    past.add_argument("record", nargs="?", metavar="RECORD", help=_RECORD)
    past.add_argument("key", nargs="?", metavar="KEY", help=_KEY)
    past.add_argument("--limit", type=_not_negative, default=50, metavar="N")
    back = verb("undo", "take back the newest step, or the one named")
    back.add_argument("change_set", nargs="?", type=int, metavar="CHANGE_SET")
    verb("redo", "bring back the step that was undone last")


def _add_work(verb: _Verb) -> None:
    todo = verb("due", "what is due from all records, the most urgent first")
    todo.add_argument("--on", metavar="DATE", help="as of this day instead of today")
    parcels = verb("ship", "make a parcel for each of some creators; their stock is reserved")
    _add_parcels(parcels)
    for one in (todo, parcels):
        one.add_argument("--campaign", metavar="KEY", help="the campaign it is about")
    sent = verb("carrier", "write a shipping program's file of the parcels that are ready")
    sent.add_argument("program", choices=("pirateship", "shipstation", "shippo", "royalmail"))
    sent.add_argument("--out", required=True, metavar="FILE", help="ends in .csv; for Pirate Ship also .xlsx")
    sent.add_argument("--where", metavar="EXPRESSION", help="only these parcels: number in (S-1, S-2)")
    sent.set_defaults(sort="number")
    follow = verb("tracking", "whose tracking numbers these are, and whether they can be right")
    follow.add_argument("numbers", nargs="+", metavar="NUMBER")


def _add_parcels(parcels: argparse.ArgumentParser) -> None:
    parcels.add_argument("items", nargs="+", metavar="SKU=QTY")
    who = parcels.add_mutually_exclusive_group()
    who.add_argument("--to", metavar="KEY,KEY", help="the creators, by @handle, e-mail or short id")
    who.add_argument("--stage", metavar="STAGE", help="all creators at this stage")
    who.add_argument("--view", metavar="NAME", help="all creators of this saved view")
    who.add_argument("--where", metavar="EXPRESSION", help=_WHERE)
    parcels.add_argument(
        "--variant-from",
        metavar="FIELD",
        help="the creators' field that names the variant each of them gets, such as Size",
    )
    parcels.add_argument(
        "--fallback", metavar="SKU,SKU", help="the variants for those whose field names none"
    )
    parcels.add_argument("--service", metavar="KEY", help="the carrier service, by carrier:name or short id")
    parcels.add_argument("--ship-by", type=_day, metavar="DATE", help="when the parcels should have left")
    parcels.add_argument("--message", metavar="TEXT", help="the gift message of each parcel")
    parcels.add_argument(
        "--leave-out",
        action="store_true",
        help="leave out who can get no parcel (asked to be left alone, no variant, no stock) "
        "instead of making none at all",
    )
    parcels.add_argument("--dry-run", action="store_true", help="only say what would happen")


def _add_stock(verb: _Verb) -> None:
    there = verb(
        "stock",
        "what is on hand, reserved, available and on order, and what it is worth; orders in your shop do not "
        "lower it",
    )
    there.add_argument("sku", nargs="?", metavar="SKU", help="one article alone, each figure explained")
    there.add_argument("--on", type=_day, metavar="DATE", help="at the end of this day instead of today")
    spike = verb("plan", "when stock would run out if the planned posts do well")
    spike.add_argument("sku", metavar="SKU")
    spike.add_argument("--campaign", metavar="KEY", help="with the posts planned in this campaign")
    spike.add_argument("--posts", type=_not_negative, metavar="N", help="so many within two weeks instead")
    spike.add_argument(
        "--from", dest="first_on", type=_day, metavar="DATE", help="the first of them, else today"
    )
    spike.add_argument("--views", metavar="P10-P90", help="of one post, in eight of ten cases: 10K-200K")
    spike.add_argument("--conversion", metavar="P10-P90", help="orders for each view: 0.1%%-0.5%%")
    spike.add_argument("--times", type=float, metavar="X", help="what if the views were so many times that")
    spike.add_argument("--seed", type=_not_negative, metavar="N", help="of the random numbers")


def _day(text: str) -> str:
    return date.fromisoformat(text).isoformat()


def _add_figures(verb: _Verb) -> None:
    figures = verb("metrics", "the figures of the program with their formulas and inputs")
    figures.add_argument("--explain", metavar="METRIC", help="only this one, with all that went into it")
    steps = verb("funnel", "of who was sent a parcel: who got it, posted and sold; and what a post cost")
    steps.add_argument(
        "--by", choices=("campaign", "product", "tier", "niche", "creator"), default="", help="apart by what"
    )
    pictures = verb("charts", "save every chart as PNG, SVG and PDF, and all figures in one workbook")
    pictures.add_argument("folder", metavar="DIR")
    for one in (figures, steps, pictures):
        one.add_argument("--campaign", metavar="KEY", help="only this campaign")
        one.add_argument("--creator", metavar="KEY", help="only this creator")
        one.add_argument("--since", type=_day, metavar="DATE", help="from this day on, such as 2026-11-22")
        one.add_argument("--until", type=_day, metavar="DATE", help="up to this day")

    report = verb("report", "write a document to a file")
    report.add_argument("kind", metavar="KIND", help="brief, packing-slips, labels, gift-notes or pick-list")
    report.add_argument(
        "keys",
        nargs="*",
        metavar="KEY",
        help="the brief; or parcels, all approved and packed ones by default",
    )
    report.add_argument(
        "--out", required=True, metavar="FILE", help="ends in .pdf; a brief's also in .md or .txt"
    )
    report.add_argument(
        "--size",
        default="avery-l7160",
        metavar="SHEET",
        help="of labels: avery-l7163, avery-5160, thermal-4x6 …",
    )
    report.add_argument(
        "--start", type=_not_negative, default=1, metavar="N", help="the first free label of a begun sheet"
    )
    report.add_argument("--creator", metavar="KEY", help="whose code and link go into the brief")


def _add_upkeep(verb: _Verb) -> None:
    verb("check", "look through the whole file for damage")
    keep = verb("backup", "write a verified copy")
    keep.add_argument(
        "path", nargs="?", metavar="FILE", help="where to; a dated file in the backup folder by default"
    )
    bring = verb("restore", "put a backup in the place of the workspace; the old file is set aside")
    bring.add_argument("path", metavar="FILE")
    test = verb("self-test", "open every page on a scratch workspace")
    test.add_argument("--screenshots", metavar="DIR", help="save a picture of every page here")
