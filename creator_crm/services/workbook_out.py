"""Writing the team's workbook: everything, some kinds of records, one campaign; personal data or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from creator_crm import __version__
from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Catalogue, Description, Field, Kind
from creator_crm.domain.frozen import immutable
from creator_crm.domain.query import Query
from creator_crm.exchange.safe_text import writable
from creator_crm.exchange.workbook.layout import Origin
from creator_crm.exchange.workbook.lists import Referred
from creator_crm.exchange.workbook.names import Names
from creator_crm.exchange.workbook.readme import About
from creator_crm.exchange.workbook.rows import Column
from creator_crm.exchange.workbook.write import Book, Pages, Sheet, write_workbook
from creator_crm.services.workspace import Workspace
from creator_crm.store.columns import new_uids
from creator_crm.store.readers.lists import narrows
from creator_crm.store.readers.sheets import Moment, one_moment
from creator_crm.store.schema import SCHEMA

_Among = Mapping[str, Collection[int] | None]
"""By record the numbers of the rows that go out; None for all of them."""


@immutable
class Written:
    """What a workbook holds: rows by record, and what was left out, in sentences."""

    rows: Mapping[str, int]
    left_out: tuple[str, ...]


def export_workbook(
    workspace: Workspace,
    path: Path,
    *,
    records: Sequence[str] | None = None,
    campaign: int | None = None,
    redacted: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Written:
    """Write an .xlsx for the team: all records, or those named, or what belongs to one campaign.

    `redacted` leaves out the fields that hold personal data. Raises UserError with nothing written.
    """
    catalogue = workspace.catalogue
    chosen = _chosen(catalogue, records, campaign)
    among = {d.name: _in_campaign(workspace, d, campaign) for d in chosen}
    columns = {d.name: tuple(_columns(d, redacted)) for d in chosen}
    left_out = _left_out(workspace, records, campaign, redacted)
    with one_moment(workspace.store) as moment:
        called = _Called(moment, catalogue, columns, among, redacted)
        sheets = tuple(
            Sheet(
                description=d,
                columns=columns[d.name],
                count=moment.count(d.name, among[d.name]),
                pages=called.pages(d.name, [c.field for c in columns[d.name]], among[d.name]),
            )
            for d in chosen
        )
        book = Book(
            origin=_origin(moment, sheets, whole=not left_out, redacted=redacted, who=workspace.store.who),
            about=About(
                title=writable(workspace.path.stem),
                written=_today(),
                scope=left_out,
                currency=moment.main_currency("order", "currency") or "EUR",
            ),
            sheets=sheets,
            referred=called.referred,
            gone=tuple(_gone(moment, chosen, among)),
        )
        write_workbook(path, book, progress)
    return Written({sheet.description.name: sheet.count for sheet in sheets}, left_out)


def calls_people(catalogue: Catalogue, description: Description[Any]) -> bool:
    """Whether what rows are called is personal: a creator's name, and what is called after a creator."""
    names = description.named or (description.title, *description.key[:1])
    fields = [description.field(name) for name in names]
    return any(
        f.personal or (f.references and calls_people(catalogue, catalogue[f.references])) for f in fields
    )


def _chosen(
    catalogue: Catalogue, records: Sequence[str] | None, campaign: int | None
) -> tuple[Description[Any], ...]:
    unknown = [name for name in records or () if name not in catalogue or catalogue[name].internal]
    if unknown:
        known = ", ".join(d.name for d in catalogue.public)
        raise UserError(f"There are no records called “{unknown[0]}”. Choose from: {known}.")
    return tuple(
        d
        for d in catalogue.public
        if (records is None or d.name in records)
        and (campaign is None or d.name == "campaign" or narrows(catalogue, d))
    )


def _in_campaign(
    workspace: Workspace, description: Description[Any], campaign: int | None
) -> Collection[int] | None:
    if campaign is None:
        return None
    if description.name == "campaign":
        return [campaign]
    return workspace.ids(Query(description.name, campaign=campaign, archived=True))


def _left_out(
    workspace: Workspace, records: Sequence[str] | None, campaign: int | None, redacted: bool
) -> tuple[str, ...]:
    said = []
    if campaign is not None:
        title = workspace.titles("campaign", [campaign]).get(campaign, "")
        said.append(f"It holds only what belongs to the campaign “{title}”.")
    if records is not None:
        said.append("It holds only some kinds of records.")
    if redacted:
        said.append("Personal data is left out: names, handles, addresses, messages and the like.")
    return tuple(said)


def _gone(moment: Moment, chosen: Sequence[Description[Any]], among: _Among) -> Iterator[tuple[str, str]]:
    """(record, uid) of what is in the trash; of everything also what only other copies had."""
    for description in chosen:
        name = description.name
        known = moment.gone_elsewhere(name) if among[name] is None else []
        yield from ((name, uid) for uid in (*moment.trashed(name, among[name]), *known))


def _origin(moment: Moment, sheets: Sequence[Sheet], *, whole: bool, redacted: bool, who: str) -> Origin:
    own = {(s.description.name, c.field.name) for s in sheets for c in s.columns if c.field.custom}
    return Origin(
        export=new_uids(1)[0],
        workspace=moment.workspace,
        copy=moment.copy,
        seen=moment.seen,
        in_part=moment.in_part,
        schema=SCHEMA,
        program=__version__,
        whole=whole,
        redacted=redacted,
        sheets=tuple(sheet.plan for sheet in sheets),
        twins=tuple(moment.twins([sheet.description.name for sheet in sheets])),
        own=tuple(row for row in moment.own_fields() if (row.about, row.name) in own),
        who=writable(who),
        files={uid: writable(keeper) for uid, keeper in moment.keepers().items()},
    )


def _columns(description: Description[Any], redacted: bool) -> Iterator[Column]:
    """What people see, and what the program keeps for itself where it cannot be worked out again."""
    fields = [
        f
        for f in description.fields
        if not (redacted and f.personal) and (not f.hidden or (f.stored and not f.folds))
    ]
    headers = Counter(f.label.casefold() for f in fields)
    for field in fields:
        header = field.label if field.kind is not Kind.MOMENT else f"{field.label} (UTC)"
        if headers[field.label.casefold()] > 1 and field.custom:
            header = f"{header} ({field.name})"
        yield Column(field, header, field.stored)


class _Called:
    """What the rows that others refer to are called, and pages of rows with references told by uid."""

    def __init__(
        self,
        moment: Moment,
        catalogue: Catalogue,
        columns: Mapping[str, Sequence[Column]],
        among: _Among,
        redacted: bool,
    ) -> None:
        self._moment, self._among = moment, among
        self.referred: dict[str, Referred] = {}
        self._uids: dict[str, dict[int, str]] = {}
        uses: dict[str, list[tuple[str, Field]]] = {}
        for record, of in columns.items():
            for field in (c.field for c in of if c.field.kind is Kind.REFERENCE):
                uses.setdefault(field.references, []).append((record, field))
        for record, by in uses.items():
            description = catalogue[record]
            self._add(description, by, silent=redacted and calls_people(catalogue, description))

    def _add(self, description: Description[Any], by: Sequence[tuple[str, Field]], *, silent: bool) -> None:
        rows = self._moment.names(description.name, by, self._only(description.name, by))
        self._uids[description.name] = {row.number: row.uid for row in rows}
        self.referred[description.name] = Referred(
            Names.of(description, ((row.uid, "" if silent else row.title) for row in rows)),
            sum(row.lives for row in rows),
        )

    def _only(self, record: str, by: Sequence[tuple[str, Field]]) -> set[int] | None:
        """The rows that a part of the workspace refers to or holds: no more is told of those outside."""
        numbers: set[int] = set(self._among.get(record) or ())
        for referring, field in by:
            among = self._among[referring]
            if among is None:
                return None
            numbers |= self._moment.referred(referring, field, among)
        return numbers

    def pages(self, record: str, fields: Sequence[Field], among: Collection[int] | None) -> Pages:
        uids = [self._uids.get(f.references) if f.kind is Kind.REFERENCE else None for f in fields]
        for first, *columns in self._moment.pages(record, fields, among):
            yield [
                first,
                *(
                    column if known is None else [known.get(number) for number in column]
                    for column, known in zip(columns, uids, strict=True)
                ),
            ]


def _today() -> str:
    today = date.today()
    return f"{today.day} {today:%B %Y}"
