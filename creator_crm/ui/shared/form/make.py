"""Chooses the editor for a field."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from creator_crm.domain.fields import Field, Kind
from creator_crm.ui.shared.form.dates import DateEditor
from creator_crm.ui.shared.form.editors import (
    ChoiceEditor,
    FlagEditor,
    LineEditor,
    LongTextEditor,
    PlaceEditor,
)
from creator_crm.ui.shared.form.references import ReferenceEditor
from creator_crm.ui.shared.table.source import Source

AnyEditor = LineEditor | LongTextEditor | ChoiceEditor | PlaceEditor | FlagEditor
COMPLETED = frozenset({Kind.TEXT, Kind.TAGS})


def editor_for(source: Source, record: str, field: Field, parent: QWidget | None = None) -> AnyEditor:
    """A new editor for `field`, empty; `show_value` fills it."""
    match field.kind:
        case Kind.LONG_TEXT:
            return LongTextEditor(field, parent)
        case Kind.CHOICE:
            return ChoiceEditor(field, parent)
        case Kind.COUNTRY | Kind.LANGUAGE:
            return PlaceEditor(field, parent)
        case Kind.FLAG:
            return FlagEditor(field, parent)
        case Kind.DATE:
            return DateEditor(field, parent)
        case Kind.REFERENCE:
            return ReferenceEditor(field, source, parent)
        case kind if kind in COMPLETED:
            return LineEditor(field, parent, lambda typed: list(source.choices(record, field, typed)))
        case _:
            return LineEditor(field, parent)
