"""The rows of one sheet as the merge wants them; those that are as they are here are passed over unread."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from creator_crm.compat import override
from creator_crm.domain.ancestry import PRESENCE, Place
from creator_crm.domain.fields import Description, Field, Kind, Value
from creator_crm.domain.letting_go import drop
from creator_crm.domain.merging import UNKNOWN, Ancestor, State, TheirRow
from creator_crm.domain.statuses import MACHINES
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.exchange.sheets import Cell
from creator_crm.exchange.workbook.cells import from_cell, mark, misspelled, to_cell
from creator_crm.exchange.workbook.layout import MARK_LENGTH
from creator_crm.exchange.workbook.returned import Sheet
from creator_crm.services.bringing_back.alike import keys, one_to_one, told
from creator_crm.services.bringing_back.references import References
from creator_crm.store.columns import uid_of
from creator_crm.store.readers.whole import Whole

_EMPTY: tuple[Value, ...] = (None, (), False, "")
_AS_IT_IS = frozenset(
    {Kind.TEXT, Kind.LONG_TEXT, Kind.URL, Kind.EMAIL, Kind.PHONE, Kind.IDENTIFIER, Kind.DATA}
    | {Kind.COUNTRY, Kind.LANGUAGE}
)
_REMEMBERED = 20_000  # different values of a column


class Here(Mapping[str, Mapping[str, Value]]):
    """Rows here as the merge reads them, each made into a mapping only when it is looked at."""

    def __init__(self, whole: Whole, among: Collection[str] | None = None) -> None:
        """`among`: only these of them."""
        self._whole, self._uids = whole, whole.rows.keys() if among is None else whole.rows.keys() & among

    @override
    def __getitem__(self, uid: str) -> Mapping[str, Value]:
        if uid not in self._uids:
            raise KeyError(uid)
        return self._whole.values(uid)

    @override
    def __iter__(self) -> Iterator[str]:
        return (uid for uid in self._whole.rows if uid in self._uids)

    @override
    def __len__(self) -> int:
        return len(self._uids)

    @override
    def __contains__(self, uid: object) -> bool:
        return uid in self._uids


class Reading:
    """One sheet on its way into a merge."""

    def __init__(
        self,
        sheet: Sheet,
        description: Description[Any],
        here: Whole,
        trash: Whole,
        references: References,
        export: str,
    ) -> None:
        self.sheet, self.description, self.references = sheet, description, references
        self._here, self._trash, self._export = here, trash, export
        self._fields = [(at, description.field(name)) for at, name in sheet.columns]
        # A currency first: an amount beside it is read by it.
        self._fields.sort(key=lambda pair: bool(pair[1].currency))
        self._places = {field.name: at for at, field in self._fields}
        self._expected: dict[str, dict[Any, Cell]] = {}
        self._twice: Counter[str] = Counter()
        self.present: set[str] = set()  # ids with a row in the workbook, whether read or passed over
        self.guessed: set[str] = set()  # rows without an id that are known here by their natural key
        self.typed: set[Place] = set()
        self.over: set[Place] = set()  # typed cells under which the workbook had something else than is here
        self.problems: list[tuple[int, str, str]] = []
        self._rows = self._identified()
        self._folded = {field.folds for field in description.stored if field.folds}
        self._by_key: dict[tuple[Value, ...], dict[tuple[Value, ...], str]] = {}

    # Which row is which ------------------------------------------------------------------------------

    def _identified(self) -> list[tuple[int, list[Cell], str, bool]]:
        """(place, row, uid, pasted) of each row with anything in it; an empty uid is yet to be found."""
        by_uid: dict[str, list[int]] = {}
        rows: dict[int, tuple[list[Cell], str]] = {}
        for at, row in enumerate(self.sheet.rows):
            if any(self._cell(row, place) is not None for place, _ in self._fields):
                uid = self.sheet.uid(row)
                rows[at] = row, uid
                by_uid.setdefault(uid, []).append(at)
        owners = {uid: self._owner(uid, places) for uid, places in by_uid.items() if uid}
        self.present = set(owners)
        found = []
        for at, (row, uid) in rows.items():
            own = bool(uid) and owners[uid] == at and self._is_known(uid, row)
            found.append((at, row, uid if own else "", bool(uid) and not own))
        self.present -= {uid for uid in owners if not self._is_known(uid, rows[owners[uid]][0])}
        drop(rows, by_uid)
        return found

    def _is_known(self, uid: str, row: Sequence[Cell]) -> bool:
        return uid in self._here.rows or uid in self._trash.rows or self._marks(row) is not None

    def _owner(self, uid: str, places: Sequence[int]) -> int:
        """Of several rows with one id, the one that is most as it was written; the first of equals."""
        if len(places) == 1:
            return places[0]
        return max(places, key=lambda at: (self._fitting(self.sheet.rows[at]), -at))

    def _fitting(self, row: Sequence[Cell]) -> int:
        marks = self._marks(row) or {}
        values, _ = self._parsed(row, 0, {}, lambda _: UNKNOWN)
        return sum(marks.get(name) == mark(value) for name, value in values.items())

    def _marks(self, row: Sequence[Cell]) -> Mapping[str, str] | None:
        text, order = self.sheet.marks(row), self.sheet.order
        if len(text) != MARK_LENGTH * len(order):
            return None
        return {name: text[n * MARK_LENGTH : (n + 1) * MARK_LENGTH] for n, name in enumerate(order)}

    def twins(self, ways: Sequence[tuple[str, ...]], base: Ancestor) -> Iterator[tuple[str, str]]:
        """(theirs, ours) of rows that each copy made, not knowing of the other's; they are one from here.

        `ways` are the fields by which two are known for the same; what might be one of several stays apart.
        """
        names = {name for way in ways for name in way}
        fields = [(at, field) for at, field in self._fields if field.name in names]
        theirs: dict[int, Mapping[str, Value]] = {}
        for n, (at, row, uid, _) in enumerate(self._rows if ways else ()):
            if uid and uid not in self._here.rows and not self._stays(at, row, uid, base):
                theirs[n], _ = self._parsed(row, self.sheet.line(at), {}, lambda _: UNKNOWN, fields)
        places = [(n, name) for n, name in enumerate(self._here.fields) if name in names]
        here = self._here.rows.items() if theirs else ()
        ours = {uid: {name: row[n] for n, name in places} for uid, row in here}
        for folded, way in product((False, True), ways):  # “vip” is “vip” before it is “VIP”
            for n, mine in sorted(one_to_one(theirs, ours, way, folded)):
                at, row, uid, pasted = self._rows[n]
                if mine not in self.present:
                    self.present.discard(uid)
                    self.present.add(mine)
                    self._rows[n] = at, row, mine, pasted
                    del theirs[n], ours[mine]
                    yield uid, mine

    def _stays(self, at: int, row: list[Cell], uid: str, base: Ancestor) -> bool:
        """Whether a row stays in the trash here, because they have it only as it was known."""
        if uid not in self._trash.rows:
            return False
        values, _ = self._parsed(row, self.sheet.line(at), self._trash.values(uid), lambda _: UNKNOWN)
        known = (base.is_base(uid, name, value) for name, value in values.items())
        return base.state(uid) is State.LIVING and all(known)

    # What they hold ----------------------------------------------------------------------------------

    def theirs(self, base: Ancestor, touched: Collection[str]) -> list[TheirRow]:
        """The rows that may differ from what is here, or were `touched` here since they were written."""
        same = self._same()
        found = []
        for at, row, uid, pasted in self._rows:
            if at in same and uid not in touched and not self._silent(at):
                continue
            found.append(self._their_row(at, row, uid, pasted, base))
        return [row for row in found if row is not None]

    def _their_row(self, at: int, row: list[Cell], uid: str, pasted: bool, base: Ancestor) -> TheirRow | None:
        line = self.sheet.line(at)
        whole = self._here if uid in self._here.rows else self._trash
        mine = whole.values(uid) if uid in whole.rows else {}
        values, refused = self._parsed(
            row, line, mine, lambda name: base.value(uid, name) if uid else UNKNOWN
        )
        if not uid:
            values = {name: value for name, value in values.items() if value not in _EMPTY}
            match = None if pasted else self.rival(values)
            if match in self.present:
                self.problems.append((line, "", f"{self.description.label} like it is on the sheet already."))
                return None
            if match:
                self.guessed.add(match)
            uid = match or self._made(values)
            self.typed.add((uid, PRESENCE))
            self.present.add(uid)
        else:  # without marks, anything may have been typed
            marks = self._marks(row) or {}
            typed = {name for name, value in values.items() if not self._is_marked(name, value, marks)}
            self.typed |= {(uid, name) for name in typed}
            self.over |= {(uid, n) for n in typed if n in mine and marks.get(n) != mark(mine[n])}
        self.references.add(self.description.name, uid, {**mine, **values})
        return TheirRow(line, uid, values, refused, pasted)

    def _is_marked(self, name: str, value: Value, marks: Mapping[str, str]) -> bool:
        """Whether a cell holds what was written there; a row may go by another id here."""
        told = marks.get(name)
        if told == mark(value):
            return True
        refers = bool(self.description.field(name).references)
        return refers and any(told == mark(uid) for uid in self.references.ids(value))

    def _parsed(
        self,
        row: Sequence[Cell],
        line: int,
        mine: Mapping[str, Value],
        base: Callable[[str], Any],
        fields: Sequence[tuple[int, Field]] | None = None,
    ) -> tuple[dict[str, Value], dict[str, str]]:
        values: dict[str, Value] = {}
        refused: dict[str, str] = {}
        for at, field in self._fields if fields is None else fields:
            raw = self._cell(row, at)
            silent = self.sheet.silent.get((line, at + 1))
            currency = self._currency(field, values, mine)
            known = [mine[field.name]] if field.name in mine else []
            was = base(field.name)
            if was is not UNKNOWN:
                known.append(was)
            try:
                if silent:
                    raise ValueRefused(_said_of(silent))
                values[field.name] = self._value(field, raw, currency, known, self._of(field, mine))
            except ValueRefused as error:
                refused[field.name] = str(error)
        return values, refused

    def _value(
        self, field: Field, raw: Cell, currency: str | None, known: Sequence[Value], before: str | None
    ) -> Value:
        """What a cell holds; a value that only looks otherwise because a spreadsheet had it is as it was."""
        if currency == before:
            for value in known:
                if _is(raw, self._cell_of(field, value, currency)):
                    return value
        found = self._read(field, raw, currency)
        for value in known if found not in known else ():
            try:
                if self._read(field, self._cell_of(field, value, currency), currency) == found:
                    return value
            except ValueRefused:
                continue
        if field.required and found in (None, (), ""):
            raise ValueRefused(f"{field.label} cannot be empty.")
        machine = MACHINES.get(self.description.name)
        if machine and field.name == "status" and found not in known:
            status = machine.by_value.get(str(found))
            if status and status.computed:
                raise ValueRefused(f"{machine.noun} cannot be {status.done} by hand: {machine.why_computed}.")
        return found

    def _read(self, field: Field, raw: Cell, currency: str | None) -> Value:
        if field.references:
            text = str(raw or "").strip()
            return self.references.uid(field.references, text) if text else None
        return from_cell(field, raw, currency)

    def _cell_of(self, field: Field, value: Value, currency: str | None) -> Cell:
        if field.references:
            return self.references.text(field.references, str(value)) if value else None
        return to_cell(field, value, currency)[0]

    def _currency(self, field: Field, values: Mapping[str, Value], mine: Mapping[str, Value]) -> str | None:
        if not field.currency:
            return None
        found = values.get(field.currency, mine.get(field.currency))
        return str(found) if found else None

    def _of(self, field: Field, mine: Mapping[str, Value]) -> str | None:
        found = mine.get(field.currency) if field.currency else None
        return str(found) if found else None

    # What is as it was -------------------------------------------------------------------------------

    def _same(self) -> set[int]:
        """The places of rows whose every cell is what this file would write there now."""
        rows = [(at, row, uid) for at, row, uid, _ in self._rows if uid in self._here.rows]
        differing: set[int] = set()
        here = self._here.rows
        order = {name: n for n, name in enumerate(self._here.fields)}
        for place, field in self._fields:
            n = order[field.name]
            if field.kind in _AS_IT_IS and not field.references:
                differing |= {
                    at for at, row, uid in rows if (row[place] if place < len(row) else None) != here[uid][n]
                }
                continue
            money = order.get(field.currency) if field.currency else None
            expected = self._expected.setdefault(field.name, {})
            for at, row, uid in rows:
                values = here[uid]
                key = values[n] if money is None else (values[n], values[money])
                if key not in expected:
                    if len(expected) > _REMEMBERED:
                        expected.clear()
                    currency = None if money is None else values[money]
                    expected[key] = self._cell_of(field, values[n], currency)  # type: ignore[arg-type]
                if (row[place] if place < len(row) else None) != expected[key]:
                    differing.add(at)
        return {at for at, _, _ in rows} - differing

    def _silent(self, at: int) -> bool:
        line = self.sheet.line(at)
        return any((line, place + 1) in self.sheet.silent for place, _ in self._fields)

    @staticmethod
    def _cell(row: Sequence[Cell], at: int) -> Cell:
        return row[at] if at < len(row) else None

    # Rows without an id ------------------------------------------------------------------------------

    def _made(self, values: Mapping[str, Value]) -> str:
        """An id that the same row of the same workbook gets again, whoever brings it back."""
        told = json.dumps([self._export, self.description.name, sorted(values.items())], ensure_ascii=False)
        self._twice[told] += 1
        return uid_of(f"{told}{self._twice[told]}")

    def rival(self, values: Mapping[str, Value], *, exact: bool = False) -> str | None:
        """The living row that has the same key, where the values tell a key in full.

        `exact`: only one that the database would not let stand beside it.
        """
        if not self._by_key:
            for uid in self._here.rows:
                self.claim(uid, self._here.values(uid))
        for key in keys(self.description):
            alike = self._by_key.get(told(key, values) or (), {})
            if rival := alike.get(self._exactly(key, values)) if exact else next(iter(alike.values()), None):
                return rival
        return None

    def claim(self, uid: str, values: Mapping[str, Value]) -> None:
        """Let no second row like this one in."""
        for key in keys(self.description):
            if sign := told(key, values):
                self._by_key.setdefault(sign, {}).setdefault(self._exactly(key, values), uid)

    def release(self, values: Mapping[str, Value]) -> None:
        """Another row may have the key of this one now."""
        for key in keys(self.description):
            self._by_key.pop(told(key, values) or (), None)

    def _exactly(self, key: tuple[str, ...], values: Mapping[str, Value]) -> tuple[Value, ...]:
        """The values of a key as the database compares them."""
        return tuple(str(values.get(n)).casefold() if n in self._folded else values.get(n) for n in key)


def _is(raw: Cell, expected: Cell) -> bool:
    """Whether a cell holds what was written; some programs save `_x0041_` as the sign that it spells."""
    if raw == expected or (raw in (None, "") and expected in (None, "")):
        return True
    return isinstance(expected, str) and raw in misspelled(expected)


def _said_of(silent: str) -> str:
    if silent == "=":
        return "This formula was never calculated; open the workbook, let it calculate, and save it again."
    return f"The cell shows the error {silent}; what was here stays until it is put right."
