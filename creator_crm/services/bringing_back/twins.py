"""Which rows of a workbook are rows here under another id, because both copies made them of one thing.

What the database lets stand but once (a tag of a name, a product of an SKU) is one row once two copies meet,
and so is a creator of whom both have the same account.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from creator_crm.domain.fields import Catalogue, Description
from creator_crm.domain.twins import Twins
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.exchange.workbook.cells import from_cell
from creator_crm.exchange.workbook.returned import Returned, Sheet
from creator_crm.services.bringing_back.alike import keys
from creator_crm.services.bringing_back.references import References
from creator_crm.store import copies
from creator_crm.store.copies import refer
from creator_crm.store.readers.matching import rows_by_uid
from creator_crm.store.readers.whole import Raw, Uids, whole
from creator_crm.store.unit_of_work import Unit

# A parcel's number and a version's are given out by the program: like ones are not the same thing.
_NEVER = frozenset({"shipment", "brief_version"})
_ADDRESS = ("creator", "label", "street", "postcode")
_BY, _WHOM = "account", "creator"
_NAMED = 4  # more of them are counted


def ways(description: Description[Any]) -> Sequence[tuple[str, ...]]:
    """The fields by which two rows are known for the same, in each way there is."""
    if description.name == "address":
        return [_ADDRESS]
    return keys(description) if description.unique and description.name not in _NEVER else ()


class Known:
    """The twins that are known here, those the workbook tells of, and those found while it is compared.

    `names` maps every id to the one that its row has here, where that is another. `found` are the rows here
    that turn out to be one with a row of the workbook, by (record, uid). `folded` are those that are one with
    another row here, which lives too: (record, uid, the uid of that).
    """

    def __init__(self, raw: Raw, catalogue: Catalogue, returned: Returned) -> None:
        self._raw = raw
        self._all = copies.twins(raw)
        self._before = {record: dict(twins.pairs()) for record, twins in self._all.items()}
        self.folded: list[tuple[str, str, str]] = []
        self.names: dict[str, str] = {}
        self._ids: dict[str, list[str]] = {}  # those that mean a row beside the one it has here
        self.found: set[tuple[str, str]] = set()
        for record, uid, first in returned.origin.twins if returned.origin else ():
            if record in catalogue:
                self._all.setdefault(record, Twins()).join(uid, first)
        for record, twins in self._all.items():
            for family in twins.families().values():
                here, *others = _here(raw, record, family)
                self.folded += [(record, other, here) for other in others]
                self._ids[here] = [uid for uid in family if uid != here]
                self.names |= dict.fromkeys(self._ids[here], here)

    def unite(self, record: str, theirs: str, ours: str, *, made_twice: bool) -> None:
        """Their row is one with one of ours; `made_twice`: neither copy knew of the other's."""
        self._all.setdefault(record, Twins()).join(theirs, ours)
        self.names |= dict.fromkeys([theirs, *self._ids.pop(theirs, ())], ours)
        if made_twice:
            self.found.add((record, ours))

    def here(self, uids: Collection[str]) -> frozenset[str]:
        return frozenset(self.names.get(uid, uid) for uid in uids)

    def news(self) -> dict[str, dict[str, str]]:
        """By record, which ids are new to go by another one, and by which."""
        found: dict[str, dict[str, str]] = {}
        for record, twins in self._all.items():
            before = self._before.get(record, {})
            if new := {uid: first for uid, first in twins.pairs() if before.get(uid) != first}:
                found[record] = new
        return found


def worth_telling(found: Collection[tuple[str, str]], catalogue: Catalogue) -> list[tuple[str, str]]:
    """What people think of as made by both: parts of things only where there is nothing else."""
    whole_ = [(record, uid) for record, uid in found if catalogue[record].owner is None]
    return sorted(whole_ or found)


def in_words(
    told: Collection[tuple[str, str]],
    titles: Mapping[tuple[str, str], str],
    catalogue: Catalogue,
    *,
    asked: bool,
) -> str:
    """The sentence for people about what both copies made."""
    if not told:
        return ""
    if len(told) > _NAMED:
        counts = Counter(record for record, _ in told)
        said = [f"{count:,} {_noun(catalogue[record], count)}" for record, count in counts.items()]
    else:
        said = [f"the {_noun(catalogue[record], 1)} “{titles[record, uid]}”" for record, uid in told]
    these = " and ".join(filter(None, (", ".join(said[:-1]), said[-1])))
    each = "it becomes" if len(told) == 1 else "each becomes"
    where = " Where you filled in different things, you are asked." if asked else ""
    return f"You both made {these}: {each} one, with what either of you filled in.{where}"


def _noun(description: Description[Any], count: int) -> str:
    return (description.label if count == 1 else description.plural).lower()


def _here(raw: Raw, record: str, family: list[str]) -> list[str]:
    """What a row is called here, and others that live: one in the trash if none does, else as all call it."""
    rows = rows_by_uid(raw, record, family)
    living = [uid for uid in family if uid in rows and not rows[uid][1]]
    return living or [uid for uid in family if uid in rows][:1] or family[:1]


def same_creators(
    raw: Raw, catalogue: Catalogue, sheets: Mapping[str, Sheet], references: References, returned: Returned
) -> Iterator[tuple[str, str]]:
    """(theirs, ours) of creators that are new to each other's copy and have the same account, one to one."""
    if not sheets.keys() >= {_BY, _WHOM}:
        return
    uids = Uids(raw)
    there = {uid for row in sheets[_WHOM].rows if (uid := sheets[_WHOM].uid(row))}
    new = there - set(uids.of(_WHOM).values())
    if not new:
        return
    there |= {sheets[_WHOM].names.get(uid, uid) for uid in returned.gone.get(_WHOM, ())}
    description = catalogue[_BY]
    fields = [description.field(name) for name in ("platform", "handle", "creator")]
    ours = {
        (platform, str(handle).casefold()): str(creator)
        for platform, handle, creator in whole(raw, description, fields, uids).rows.values()
        if handle and creator not in there
    }
    pairs = set[tuple[str, str]]()
    known = set(uids.of(_BY).values())
    for platform, handle, creator in _accounts(sheets[_BY], catalogue, references, known):
        if creator in new and (whom := ours.get((platform, handle.casefold()))):
            pairs.add((creator, whom))
    times = Counter(uid for pair in pairs for uid in pair)
    yield from sorted(pair for pair in pairs if times[pair[0]] == times[pair[1]] == 1)


def _accounts(
    sheet: Sheet, catalogue: Catalogue, references: References, known: Collection[str]
) -> Iterator[tuple[str, str, str]]:
    """(platform, handle, creator) of the accounts that are not known here."""
    places = {name: at for at, name in sheet.columns}
    if not places.keys() >= {"platform", "handle", "creator"}:
        return
    fields = {name: catalogue[_BY].field(name) for name in ("platform", "handle")}
    for row in sheet.rows:
        uid = sheet.uid(row)
        if not uid or uid in known or len(row) <= max(places[name] for name in (*fields, "creator")):
            continue
        try:
            platform, handle = (from_cell(field, row[places[name]]) for name, field in fields.items())
            creator = references.uid(_WHOM, str(row[places["creator"]] or ""))
        except ValueRefused:
            continue
        if platform and handle:
            yield str(platform), str(handle), creator


def fold(unit: Unit, folded: Collection[tuple[str, str, str]]) -> None:
    """Let what refers to a row refer to the one that it is one with; what that has too, goes to the trash."""
    for record, other, into in folded:
        numbers = rows_by_uid(unit.raw, record, [other, into])
        (gone, _), (stays, _) = numbers[other], numbers[into]
        for description in unit.catalogue.values():
            for field in (f for f in description.stored if f.references == record):
                refer(unit.raw, description.name, field.name, gone, stays, unit.now)
        unit.trash(record, [gone])
