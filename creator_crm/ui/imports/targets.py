"""What a column can become: the fields of the records it may feed, by group, and a new field of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from creator_crm.domain.fields import Catalogue, Field, Kind
from creator_crm.services.imports import LABELS, NAME_AND_HANDLE, NEW_FIELD, records_of
from creator_crm.ui.shared.text import tr

LEAVE_OUT = ""
# The words a founder uses; a record that is not here is called as it is described.
GROUPS = {"account_metrics": "Figures"}
NEW_KINDS = {
    Kind.TEXT: "Text",
    Kind.LONG_TEXT: "Long text",
    Kind.COUNT: "Whole number",
    Kind.NUMBER: "Number",
    Kind.PERCENT: "Percent",
    Kind.DATE: "Date",
    Kind.FLAG: "Yes or no",
    Kind.TAGS: "Tags",
    Kind.URL: "Link",
    Kind.EMAIL: "E-mail",
    Kind.PHONE: "Phone",
}


@dataclass(frozen=True, slots=True)
class Target:
    """One choice: `path` is "record.field", "" to leave the column out; `words` is what it is found by."""

    path: str
    label: str
    group: str
    words: str = ""

    @property
    def spoken(self) -> str:
        return f"{self.group}: {self.label}" if self.group else self.label


def targets_of(fields: Mapping[str, Field], catalogue: Catalogue, shape: str) -> list[Target]:
    """Every field a list of this shape can fill, record by record, the new fields at the end."""
    found = [Target(LEAVE_OUT, tr("Leave out"), "", "leave out skip ignore nothing")]
    joined = Target(NAME_AND_HANDLE, tr("Name and handle in one"), tr("Creator"), "name handle both together")
    for path, field in fields.items():
        record = path.partition(".")[0]
        found.append(Target(path, tr(field.label), group_of(catalogue, record), _words(field)))
        if path == "creator.name":
            found.append(joined)
    record = records_of(shape)[0]
    found += [
        Target(f"{record}.{NEW_FIELD}{kind.value}", tr(label), tr("New field"), f"new field custom {label}")
        for kind, label in NEW_KINDS.items()
    ]
    return found


def shapes_of(catalogue: Catalogue) -> dict[str, str]:
    """What a row can be: a record with its parts, such as an order with its lines, or any one record."""
    others = {d.name: tr(d.label) for d in catalogue.public if d.name != "creator"}
    return {**{shape: tr(label) for shape, label in LABELS.items()}, **others}


def group_of(catalogue: Catalogue, record: str) -> str:
    return tr(GROUPS.get(record) or catalogue[record].label)


def matching(targets: Sequence[Target], typed: str) -> list[Target]:
    """The targets that hold every typed word in their label, group or other names; the plainest first."""
    words = typed.casefold().split()
    if not words:
        return list(targets)
    found = [t for t in targets if all(word in f"{t.spoken} {t.words}".casefold() for word in words)]
    start = typed.casefold().strip()
    return sorted(
        found, key=lambda t: (not t.label.casefold().startswith(start), start not in t.label.casefold())
    )


def _words(field: Field) -> str:
    return " ".join((field.name.replace("_", " "), *field.aliases))
