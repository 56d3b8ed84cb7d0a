"""Bringing a workbook back: read, compared three ways with what is here, looked through, written at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from pathlib import Path

from creator_crm.domain.ancestry import Brought, Place, chosen, held
from creator_crm.domain.changes import Changes
from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Catalogue
from creator_crm.domain.frozen import immutable
from creator_crm.domain.letting_go import drop
from creator_crm.domain.merging import Choices, RecordMerge, Side
from creator_crm.exchange.workbook.layout import Origin
from creator_crm.store import copies
from creator_crm.store.readers.past import brought_as_json
from creator_crm.store.readers.whole import Raw
from creator_crm.store.store import Store

Progress = Callable[[int, int | None], None]
Cancel = Callable[[], bool]


@immutable
class Memory:
    """What applying a review has to remember, for the merges that come after it."""

    seen: Mapping[str, int]
    in_part: Mapping[str, int]
    whole: bool
    typing: str
    typed: frozenset[Place]
    over: frozenset[Place]
    agreed: frozenset[Place]
    gone: Mapping[str, str]  # uid -> record
    twins: Mapping[str, Mapping[str, str]]  # by record: ids that go by another from now on
    folded: tuple[tuple[str, str, str], ...]  # (record, uid, the uid of the row it goes into)


@immutable
class Review:
    """What bringing a workbook back would change; nothing is written yet.

    `titles` names rows by (record, uid), also those that cells refer to; `left` tells of sheets and columns
    that take no part; `new_columns` are (record, header) of columns that no field is known for.
    `united` are (record, uid) of what both copies had made, each without knowing of the other's: one row once
    this is applied; `both_made` counts those that are no parts of others. `position` is the change set it was
    compared with; `memory` is for whoever applies it.
    `fields` are the (record, name) of fields that people made in their copy and that come here, by the uid of
    the row that describes them; `catalogue` describes these, too.
    """

    path: Path
    origin: Origin | None
    base_words: str
    records: tuple[RecordMerge, ...]
    titles: Mapping[tuple[str, str], str]
    left: tuple[str, ...] = ()
    new_columns: tuple[tuple[str, str], ...] = ()
    united: frozenset[tuple[str, str]] = frozenset()
    united_words: str = ""
    both_made: int = 0
    position: int = 0
    memory: Memory | None = None
    fields: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    catalogue: Catalogue | None = None

    @property
    def taken(self) -> int:
        """Cells that they changed and nobody here did."""
        return sum(len(merge.taken) for merge in self.records)

    @property
    def kept(self) -> int:
        """Cells that were changed here alone."""
        return sum(len(merge.kept) for merge in self.records)

    @property
    def conflicts(self) -> int:
        """Cells and rows that both sides changed differently."""
        return sum(len(merge.conflicts) + len(merge.gone) for merge in self.records)

    @property
    def new(self) -> int:
        """Rows that are not here yet, pasted ones included."""
        return sum(len(merge.new) + len(merge.pasted) for merge in self.records)

    @property
    def missing(self) -> int:
        """Rows of the base without a row in the workbook."""
        return sum(len(merge.missing) for merge in self.records)

    @property
    def problems(self) -> int:
        """Cells that could not be read."""
        return sum(len(merge.problems) for merge in self.records)

    @property
    def changes_nothing(self) -> bool:
        """Whether nothing would be written, however the questions are answered."""
        rows = sum(len(m.trashed) + len(m.restored) for m in self.records)
        one = self.united or (self.memory and self.memory.folded)
        return not (self.taken or self.conflicts or self.new or self.missing or rows or one)


@immutable
class Decisions:
    """The answers to what a review asks; what is not named here follows `prefer`.

    MINE in `cells` or `rows` keeps out what they alone changed, too.
    `rows` answers a row that one side edited and the other has no more; `delete` names missing rows that may
    go to the trash; `skip` names new and pasted rows that are not wanted.
    """

    prefer: Side = Side.MINE
    cells: Mapping[tuple[str, str, str], Side] = field(default_factory=dict)
    rows: Mapping[tuple[str, str], Side] = field(default_factory=dict)
    delete: frozenset[tuple[str, str]] = frozenset()
    skip: frozenset[tuple[str, str]] = frozenset()

    def of(self, record: str) -> Choices:
        """The answers to one record's questions."""
        return Choices(
            prefer=self.prefer,
            cells={(uid, name): side for (of, uid, name), side in self.cells.items() if of == record},
            rows={uid: side for (of, uid), side in self.rows.items() if of == record},
            delete=frozenset(uid for of, uid in self.delete if of == record),
            skip=frozenset(uid for of, uid in self.skip if of == record),
        )


_WORTH_A_BACKUP = 100  # rows


def review_workbook(
    store: Store, path: Path, progress: Progress | None = None, cancel: Cancel | None = None
) -> Review:
    """Read a workbook and compare it with what is here; writes nothing.

    Raises UserError when it is no workbook of this program or cannot be read, and Cancelled.
    """
    from creator_crm.exchange.workbook.read import read_workbook
    from creator_crm.services.bringing_back.comparing import Comparison

    returned = read_workbook(path, store.catalogue, cancel, progress)
    origin = returned.origin
    with store.read_raw() as raw:
        raw.execute("BEGIN")
        try:
            position = copies.newest_change_set(raw)
            found = Comparison(raw, store.catalogue, returned).all()
            if not found.known:
                _refuse_another_workspace(raw, path, origin)
        finally:
            raw.execute("ROLLBACK")
    drop(*(sheet.rows for sheet in returned.sheets))
    return Review(
        path=path,
        origin=origin,
        base_words=found.base_words,
        records=tuple(found.merges),
        titles=found.titles,
        left=(*returned.left, *found.left),
        fields=found.coming,
        catalogue=returned.catalogue,
        new_columns=tuple((s.plan.record, text) for s in returned.sheets for _, text in s.unknown),
        united=frozenset(found.united),
        united_words=found.united_words,
        both_made=found.both_made,
        position=position,
        memory=Memory(
            seen=origin.seen if origin else {},
            in_part=_in_part(origin) if origin else {},
            whole=bool(origin and origin.whole),
            typing=returned.typing,
            typed=frozenset(found.typed),
            over=frozenset(found.over),
            agreed=frozenset(found.agreed),
            gone=found.gone,
            twins=found.twins,
            folded=found.folded,
        ),
    )


def apply_review(
    store: Store, review: Review, decisions: Decisions, label: str = "", progress: Progress | None = None
) -> Changes:
    """Write what `review` found, as decided: one transaction and one step to undo.

    Raises UserError, with nothing written, when the workspace changed since in what was compared.
    """
    from creator_crm.services.bringing_back.own_fields import with_their_values
    from creator_crm.services.bringing_back.twins import fold
    from creator_crm.services.bringing_back.writing import BULK, Writing, work_of

    decisions = with_their_values(review.records, review.fields, decisions)
    works = [work_of(merge, decisions.of(merge.record)) for merge in review.records]
    total = sum(work.rows for work in works)
    memory = review.memory
    assert memory is not None, "only what was reviewed can be applied"
    label = label or f"Bring back {review.path.name}"
    with store.read_raw() as raw:
        _refuse_stale(raw, review)
        news = copies.news(raw, memory.seen)
        older = copies.is_older(raw, memory.seen)
    brought = _brought(review, memory, decisions, news, older=older)
    seen = dict(memory.seen) if memory.whole else {}
    if brought.typing:
        seen[brought.typing] = 1
    learned = memory.twins or memory.folded or (news and (brought.agreed or brought.held or brought.gone))
    if not total and not learned and not (memory.typed and brought.agreed):
        with store.read_raw() as raw:
            heard = copies.news(raw, seen)
        if heard:
            with store.outside_history() as raw:
                copies.note_seen(raw, seen, None)
        return Changes(0, label)
    if total + sum(map(len, memory.twins.values())) > _WORTH_A_BACKUP:
        store.back_up(reason="before bringing back a workbook")
    with store.change(label, origin="merge", bulk=total > BULK) as unit:
        _refuse_stale(unit.raw, review)
        writing = Writing(unit, memory.typed)
        writing.all(works, (lambda n: progress(n, total)) if progress else None)
        asked = {c.uid for m in review.records if m.record == "stock_movement" for c in m.conflicts}
        brought = replace(brought, booked=frozenset(writing.book(asked)))
        fold(unit, memory.folded)
        for record, names in memory.twins.items():
            copies.rename(unit.raw, record, names, unit.now)
        gone = {uid: memory.gone[uid] for uid in sorted(brought.gone)}
        twins = [(record, *pair) for record, names in memory.twins.items() for pair in names.items()]
        told = {"from": review.origin.who, "files": review.origin.files} if review.origin else {}
        unit.tell({**told, "brought": {**brought_as_json(brought), "gone_from": gone, "twins": twins}})
        copies.note_seen(unit.raw, seen, unit.change_set)
        drop(*(work.cells for work in works))
    return store.last_changes


def _refuse_stale(raw: Raw, review: Review) -> None:
    records = [merge.record for merge in review.records]
    marks = ", ".join("?" * len(records))
    later = raw.execute(
        f"SELECT EXISTS (SELECT 1 FROM history WHERE change_set > ? AND record IN ({marks}))",
        (review.position, *records),
    )
    if later.fetchone()[0]:
        raise UserError(
            f"The workspace was changed after {review.path.name} was compared with it. "
            "Nothing was written; bring the workbook back again."
        )


def _refuse_another_workspace(raw: Raw, path: Path, origin: Origin | None) -> None:
    if origin is None or origin.workspace == copies.workspace_uid(raw):
        return
    known = {stretch.uid for stretch in copies.lineage(raw)} | copies.seen(raw).keys()
    if known.isdisjoint(origin.seen):
        raise UserError(
            f"{path.name} comes from another workspace, not from a copy of this one. Nothing was changed; "
            "open the workspace it belongs to, or import its sheets as lists."
        )


def _brought(
    review: Review,
    memory: Memory,
    decisions: Decisions,
    news: Mapping[str, tuple[int, int]],
    *,
    older: bool,
) -> Brought:
    kept, filled = set[Place](), set[Place]()
    typed = memory.typed
    for merge in review.records:
        choices = decisions.of(merge.record)
        typed -= chosen(merge, choices)
        kept |= held(merge, choices, typed, frozenset())
        for cell in merge.kept if review.united else ():
            if (merge.record, cell.uid) in review.united:
                (filled if cell.theirs == cell.base else kept).add((cell.uid, cell.field))
    return Brought(
        news=news,
        typed=typed,
        typing=memory.typing if memory.typed else "",
        held=frozenset(kept | memory.over),
        agreed=frozenset() if older else memory.agreed,
        gone=frozenset(memory.gone if memory.whole and news else ()),
        united=frozenset(first for names in memory.twins.values() for first in names.values()),
        filled=frozenset(filled),
        in_part=memory.in_part,
    )


def _in_part(origin: Origin) -> Mapping[str, int]:
    """What is known of other copies, but not of all their rows and fields, once this workbook is merged."""
    if origin.whole:
        return origin.in_part
    both = (origin.seen, origin.in_part)
    return {copy: max(of.get(copy, 0) for of in both) for copy in {*origin.seen, *origin.in_part}}
