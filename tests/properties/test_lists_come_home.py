"""A list that went out comes home without a change, whatever its cells hold, as CSV and as a workbook."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from creator_crm.domain.fields import Field, Kind, Value
from creator_crm.domain.normal import parse
from creator_crm.domain.query import Query
from creator_crm.domain.records import CATALOGUE
from creator_crm.domain.values.refused import ValueRefused
from creator_crm.services import imports
from creator_crm.services.exports import export_list
from creator_crm.services.workspace import Workspace

FEW = settings(
    max_examples=5,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
ODD = [
    "=1+1",
    "@ana",
    "'quoted",
    "-5",
    "+49 170 123",
    "1,5",
    "007",
    "a;b\tc",
    '"',
    "TRUE",
    "1e5",
    "李 Жа",
    "N/A",
]
WORDS = st.sampled_from(ODD) | st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12
)
DAYS = st.dates().filter(lambda day: 1950 < day.year < 2150).map(lambda day: day.isoformat())


def cells(field: Field) -> st.SearchStrategy[Value]:
    """Values in normal form that a person could have typed into this field."""
    kinds: dict[Kind, st.SearchStrategy[Any]] = {
        Kind.COUNT: st.integers(-(10**6), 10**12),
        Kind.MONEY: st.integers(-(10**6), 10**9),
        Kind.PERCENT: st.integers(0, 3_000_000),
        Kind.FLAG: st.booleans(),
        Kind.DATE: DAYS,
        Kind.MOMENT: DAYS.map(lambda day: f"{day}T10:20:30Z"),
        Kind.CHOICE: st.sampled_from([c.value for c in field.choices] or [None]),
        Kind.TAGS: st.lists(st.sampled_from(["vip", "Local", "a b"])).map(
            lambda tags: tuple(sorted(set(tags), key=str.casefold))
        ),
        Kind.EMAIL: st.sampled_from(["ana@mail.com", "bo.kim@studio.de"]),
        Kind.COUNTRY: st.sampled_from(["DE", "US", "NA", "NO"]),
        Kind.LANGUAGE: st.sampled_from(["de", "en", "tr"]),
        Kind.PHONE: st.sampled_from(["+4915123456789", "0812 345"]),
        Kind.URL: st.sampled_from(["https://x.com/a?b=c&d=1", "https://example.org/ü"]),
    }
    return st.none() | kinds.get(field.kind, WORDS).map(lambda value: _normal(field, value))


def _normal(field: Field, value: Value) -> Value:
    if not isinstance(value, str) or field.kind in (Kind.CHOICE, Kind.DATE, Kind.MOMENT):
        return value
    try:
        return parse(field, value)
    except ValueRefused:
        return None


def rows_of(record: str, **always: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Value]]]:
    fields = [
        f for f in CATALOGUE[record].stored if f.kind is not Kind.REFERENCE and not f.folds and not f.hidden
    ]
    one = st.fixed_dictionaries({f.name: always.get(f.name, cells(f)) for f in fields})
    return st.lists(one, min_size=1, max_size=4)


@contextmanager
def workspace() -> Iterator[tuple[Workspace, Path]]:
    with (
        tempfile.TemporaryDirectory() as folder,
        Workspace.create(Path(folder) / "brand.creatorcrm", who="Mara") as made,
    ):
        made.store._raw.execute("PRAGMA synchronous=OFF")
        yield made, Path(folder)


def come_home(made: Workspace, record: str, path: Path) -> imports.Rehearsal:
    export_list(made, Query(record), path)
    return rehearsed(made, path)


def rehearsed(made: Workspace, path: Path) -> imports.Rehearsal:
    found = imports.recognise(path, made.catalogue)
    return imports.rehearse(made.store, found, imports.propose(made.store, found))


def add(made: Workspace, record: str, rows: list[dict[str, Value]]) -> None:
    with made.store.change("Add rows") as unit:
        for row in rows:
            kept = {name: value for name, value in row.items() if value not in (None, (), "")}
            unit.add(record, kept)


def assert_unchanged(made: Workspace, record: str, path: Path) -> None:
    rehearsal = come_home(made, record, path)
    count = len(made.ids(Query(record)))
    assert rehearsal.counts == {
        "created": 0, "updated": 0, "unchanged": count, "skipped": 0, "conflicts": 0, "rejected": 0,
    }, (rehearsal.sentence, rehearsal.problems, [v.changes for v in rehearsal.verdicts()])  # fmt: skip
    assert imports.write(rehearsal).change_set is None


def test_a_sample_in_our_own_list_of_orders_is_no_second_parcel() -> None:
    with workspace() as (made, folder):
        sample: dict[str, Value] = {"number": "7", "is_sample": True, "customer_key": "ana", "total": 0}
        add(made, "order", [sample])
        assert_unchanged(made, "order", folder / "orders.xlsx")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@given(rows=rows_of("product", sku=st.none(), name=st.sampled_from(["Serum", "=Balm", "007"])))
@FEW
def test_products_come_home(ending: str, rows: list[dict[str, Value]]) -> None:
    with workspace() as (made, folder):
        add(made, "product", rows)
        assert_unchanged(made, "product", folder / f"products.{ending}")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@given(rows=rows_of("order", status=st.just("paid"), shop=st.just("etsy")), named=st.booleans())
@FEW
def test_orders_come_home_with_the_creators_they_belong_to(
    ending: str, rows: list[dict[str, Value]], named: bool
) -> None:
    with workspace() as (made, folder):
        # Two creators of one name: only the short id of the order tells which of them it belongs to.
        people = [made.add("creator", {"name": "Ana" if named else None}) for _ in range(2)]
        with made.store.change("Add orders") as unit:
            for n, row in enumerate(rows):
                kept = {name: value for name, value in row.items() if value not in (None, (), "")}
                unit.add("order", {**kept, "number": f"0{n}", "creator": people[n % 2]})
        assert_unchanged(made, "order", folder / f"orders.{ending}")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@given(rows=rows_of("creator"), handles=st.booleans())
@FEW
def test_creators_come_home_with_accounts_and_figures(
    ending: str, rows: list[dict[str, Value]], handles: bool
) -> None:
    with workspace() as (made, folder):
        made.add_custom_field("creator", "Shoe size", "number")
        add(made, "creator", [{**row, "shoe_size": 38.5} for row in rows])
        for n, creator in enumerate(made.ids(Query("creator")) if handles else ()):
            made.edit("creator", {creator: {"handle": f"h{n}", "followers": 1000 + n}})
        assert_unchanged(made, "creator", folder / f"creators.{ending}")


def test_an_empty_list_of_any_record_is_known_as_what_it_is() -> None:
    with workspace() as (made, folder):
        for record in (d.name for d in CATALOGUE.public):
            path = folder / f"{record}.csv"
            export_list(made, Query(record), path)
            found = imports.recognise(path, made.catalogue)
            assert found.recognised.shape == ("creators" if record == "creator" else record)


def test_edited_cells_change_just_those_and_older_states_nothing() -> None:
    with workspace() as (made, folder):
        add(made, "product", [{"name": "Serum", "price": 1200, "currency": "EUR"}, {"name": "Balm"}])
        path = folder / "products.csv"
        export_list(made, Query("product"), path)
        made.edit("product", {1: {"price": 1500}})
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file))
        lines[1][lines[0].index("Category")] = "Face"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(lines)
        rehearsal = rehearsed(made, path)
        assert (rehearsal.counts["updated"], rehearsal.counts["unchanged"]) == (1, 1)
        imports.write(rehearsal)
        found = made.rows("product", [1, 2])
        assert [(row.name, row.category, row.price) for row in found] == [
            ("Serum", "Face", 1500),
            ("Balm", None, None),
        ]
