"""The language in which every kind of record is described once; all generic code reads these descriptions.

A record is a frozen dataclass whose fields carry a `Field` (made by `text()`, `money()`, `choice()`, ...).
Values are held in one *normal form* for each kind, the same in rows, history, filters, files and merge:

| kind | normal form |
|---|---|
| text, long text, handle, url, e-mail, phone, identifier | str, cleaned, never empty |
| country, language | ISO 3166-1 alpha-2 / ISO 639-1 code |
| date, moment | ISO 8601 text: `2026-11-22`, `2026-11-22T14:05:00Z` (UTC) |
| count | int |
| money | int, minor units of the currency in the sibling field named by `currency` |
| percent | int, millionths of the whole: 4.6 % is 46000 |
| number | float, at most 9 decimals |
| flag | bool |
| choice | the choice's value, a str |
| tags | tuple of str, sorted, without doubles |
| reference | int, the local number of the row referred to |
| data | str, canonical JSON |

Empty is None for every kind (an empty tuple for tags, False for flags).
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, dataclass_transform

from creator_crm.compat import override
from creator_crm.domain.frozen import frozen, immutable

Value = str | int | float | bool | tuple[str, ...] | None


class Kind(StrEnum):
    """What a field holds; decides parsing, editing, comparing, sorting and drawing."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    HANDLE = "handle"
    URL = "url"
    EMAIL = "email"
    PHONE = "phone"
    IDENTIFIER = "identifier"
    COUNTRY = "country"
    LANGUAGE = "language"
    DATE = "date"
    MOMENT = "moment"
    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    NUMBER = "number"
    FLAG = "flag"
    CHOICE = "choice"
    TAGS = "tags"
    REFERENCE = "reference"
    DATA = "data"


INTEGER_KINDS = frozenset({Kind.COUNT, Kind.MONEY, Kind.PERCENT, Kind.REFERENCE, Kind.FLAG})
NUMERIC_KINDS = frozenset({Kind.COUNT, Kind.MONEY, Kind.PERCENT, Kind.NUMBER})


@immutable
class Choice:
    """One allowed value of a choice field; `tone` names the chip colour, never the only sign."""

    value: str
    label: str
    tone: str = "grey"


@immutable
class Derived:
    """A value the database keeps by itself from the rows of `record` that refer to this row through `via`.

    pick "first": `field` of the first row in `order` (a leading "-" means descending).
    pick "join":  all values of `field`, joined by blanks (for searching only).
    pick "sum", "count", "min", "max": over all of them that are not empty; without any, sum and count are 0.
    """

    record: str
    via: str
    field: str
    order: tuple[str, ...] = ()
    pick: str = "first"


@immutable
class Lapse:
    """A choice that shows as `to` by itself once the day in `after` has passed, while it is one of `open`."""

    to: str
    after: str
    open: tuple[str, ...]


@frozen
class Field:
    """Everything there is to know about one field of a record."""

    name: str
    label: str
    kind: Kind
    help: str = ""
    aliases: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    references: str = ""
    owned: bool = False  # reference: this row is a part of the one referred to and goes to the trash with it
    fills: tuple[str, ...] = ()  # reference: empty siblings taken from the row referred to, "own=its" or both
    lapses: Lapse | None = None
    currency: str = ""  # money: the sibling field that holds the currency code
    folds: str = ""  # the sibling field of which this one is the folded match key, kept by the program
    required: bool = False
    searchable: bool = False
    editable: bool = True
    personal: bool = False
    indexed: bool = False  # rows are looked up by its exact value
    ordered: bool = False  # long lists are often sorted by it: the store keeps them in this order
    shown: bool = False  # a column of the table before anyone chose columns
    hidden: bool = False  # never offered to people: the program's own
    default: Value = None
    signed: bool = False  # count: may be below zero
    whole: bool = False  # identifier: long ones whose end a spreadsheet has turned into zeros are refused
    derived: Derived | None = None
    custom: bool = False
    width: int = 0  # characters; 0 lets the kind decide

    @property
    def empty(self) -> Value:
        """The value of this field in a row where nothing was entered."""
        return () if self.kind is Kind.TAGS else False if self.kind is Kind.FLAG else None

    @property
    def stored(self) -> bool:
        """Whether people's values live here (history, undo, merge and files see it)."""
        return self.derived is None

    def choice(self, value: Value) -> Choice | None:
        """The described choice for `value`, None for a value that is no longer offered."""
        return next((c for c in self.choices if c.value == value), None)


@frozen
class Row:
    """What every row has beside its own fields.

    id: number inside this file (references use it); uid: short id, the same in every copy and workbook;
    version: rises by one with each change; created_at, updated_at: UTC; deleted_at: UTC, while in the trash.
    """

    id: int = 0
    uid: str = ""
    version: int = 1
    created_at: str = ""
    updated_at: str = ""
    deleted_at: str | None = None
    custom: Mapping[str, Value] = dataclasses.field(default_factory=lambda: MappingProxyType({}))

    if TYPE_CHECKING:  # `frozen` makes a dataclass, which its type cannot say
        __dataclass_fields__: ClassVar[dict[str, dataclasses.Field[Any]]]


ROW_COLUMNS = tuple(f.name for f in dataclasses.fields(Row))

R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Description(Generic[R]):
    """One kind of record: its words, its fields and how its rows are told apart."""

    name: str
    label: str
    plural: str
    row: type[R]
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    title: str
    icon: str = "circle"
    unique: tuple[tuple[str, ...], ...] = ()
    internal: bool = False  # the program's own record, in no list of records
    named: tuple[str, ...] = ()  # what a row is called, where its title alone does not tell it from others

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        return MappingProxyType({f.name: f for f in self.fields})

    def field(self, name: str) -> Field:
        """The field called `name`; KeyError when there is none."""
        return self.by_name[name]

    @cached_property
    def stored(self) -> tuple[Field, ...]:
        """The built-in fields that people's values live in, in order."""
        return tuple(f for f in self.fields if f.stored and not f.custom)

    @cached_property
    def derived(self) -> tuple[Field, ...]:
        return tuple(f for f in self.fields if f.derived is not None)

    @cached_property
    def custom(self) -> tuple[Field, ...]:
        return tuple(f for f in self.fields if f.custom)

    @cached_property
    def visible(self) -> tuple[Field, ...]:
        """The fields people are shown, in order."""
        return tuple(f for f in self.fields if not f.hidden)

    @cached_property
    def owner(self) -> Field | None:
        """The reference to the row that this one is a part of."""
        return next((f for f in self.fields if f.owned), None)

    def with_custom(self, fields: Iterable[Field]) -> Description[R]:
        """The same description with the user's own fields after the built-in ones."""
        own = tuple(f for f in self.fields if not f.custom)
        return dataclasses.replace(self, fields=own + tuple(fields))


def value_of(row: Row, field: Field) -> Value:
    """The normal-form value that `row` holds in `field`, custom fields included."""
    if field.custom:
        return row.custom.get(field.name, field.empty)
    value: Value = getattr(row, field.name)
    return value


class Catalogue(Mapping[str, Description[Any]]):
    """All descriptions of a workspace by name, custom fields included; immutable."""

    def __init__(self, descriptions: Iterable[Description[Any]]) -> None:
        self._by_name = {d.name: d for d in descriptions}

    @override
    def __getitem__(self, name: str) -> Description[Any]:
        return self._by_name[name]

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    @override
    def __len__(self) -> int:
        return len(self._by_name)

    # A catalogue is itself and nothing else: what follows from one may be remembered by it.
    @override
    def __eq__(self, other: object) -> bool:
        return self is other

    @override
    def __hash__(self) -> int:
        return id(self)

    def of(self, row: type[R]) -> Description[R]:
        """The description of a row class."""
        return self._by_name[record_name(row)]

    @cached_property
    def public(self) -> tuple[Description[Any], ...]:
        """The records people know by name, in the order they are described."""
        return tuple(d for d in self._by_name.values() if not d.internal)

    @cached_property
    def parents_first(self) -> tuple[Description[Any], ...]:
        """Every record after the records it refers to."""
        done: dict[str, Description[Any]] = {}

        def visit(d: Description[Any]) -> None:
            for f in d.fields:
                if f.references and f.references != d.name and f.references not in done:
                    visit(self._by_name[f.references])
            done.setdefault(d.name, d)

        for description in self._by_name.values():
            visit(description)
        return tuple(done.values())

    def parts_of(self, name: str) -> tuple[tuple[Description[Any], Field], ...]:
        """The records whose rows are parts of rows of `name`, each with its owning reference."""
        return tuple((d, d.owner) for d in self._by_name.values() if d.owner and d.owner.references == name)

    def with_custom(self, fields: Mapping[str, Iterable[Field]]) -> Catalogue:
        return Catalogue(d.with_custom(fields.get(d.name, ())) for d in self._by_name.values())


# How a record is written down -----------------------------------------------------------------


def _maker(kind: Kind) -> Callable[..., Any]:
    def make(label: str, /, **options: Any) -> Any:
        empty: Any = () if kind is Kind.TAGS else False if kind is Kind.FLAG else None
        default = options.get("default", empty)
        return dataclasses.field(default=default, metadata={"kind": kind, "label": label, "options": options})

    make.__name__ = kind.value
    return make


text = _maker(Kind.TEXT)
long_text = _maker(Kind.LONG_TEXT)
handle = _maker(Kind.HANDLE)
url = _maker(Kind.URL)
email = _maker(Kind.EMAIL)
phone = _maker(Kind.PHONE)
identifier = _maker(Kind.IDENTIFIER)
country = _maker(Kind.COUNTRY)
language = _maker(Kind.LANGUAGE)
day = _maker(Kind.DATE)
moment = _maker(Kind.MOMENT)
count = _maker(Kind.COUNT)
money = _maker(Kind.MONEY)
percent = _maker(Kind.PERCENT)
number = _maker(Kind.NUMBER)
flag = _maker(Kind.FLAG)
choice = _maker(Kind.CHOICE)
tags = _maker(Kind.TAGS)
reference = _maker(Kind.REFERENCE)
data = _maker(Kind.DATA)


def record_name(row: type[Row]) -> str:
    """`AccountMetrics` is the record `account_metrics`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", row.__name__).lower()


@dataclass_transform(
    frozen_default=True,
    kw_only_default=True,
    field_specifiers=(
        text,
        long_text,
        handle,
        url,
        email,
        phone,
        identifier,
        country,
        language,
        day,
        moment,
        count,
        money,
        percent,
        number,
        flag,
        choice,
        tags,
        reference,
        data,
    ),
)
def record(
    *,
    label: str,
    plural: str,
    key: tuple[str, ...],
    title: str,
    icon: str = "circle",
    unique: tuple[tuple[str, ...], ...] = (),
    internal: bool = False,
    named: tuple[str, ...] = (),
) -> Callable[[type[R]], type[R]]:
    """Make a class of described fields a frozen dataclass; `describe` then gives its description."""

    def decorate(cls: type[R]) -> type[R]:
        row = frozen(cls)
        fields = tuple(
            Field(name=f.name, label=f.metadata["label"], kind=f.metadata["kind"], **f.metadata["options"])
            for f in dataclasses.fields(row)
            if "kind" in f.metadata
        )
        _DESCRIPTIONS[row] = Description(
            record_name(row), label, plural, row, fields, key, title, icon, unique, internal, named
        )
        return row

    return decorate


_DESCRIPTIONS: dict[type[Row], Description[Any]] = {}


def describe(row: type[R]) -> Description[R]:
    """The description written with `@record` above the class."""
    return _DESCRIPTIONS[row]
