"""The records a workspace keeps about itself: attachments, saved views, settings, the user's own fields."""

from __future__ import annotations

from creator_crm.domain import fields as f
from creator_crm.domain.fields import Choice, Kind, Row, record

CUSTOM_KINDS = (
    Choice(Kind.TEXT, "Text"),
    Choice(Kind.LONG_TEXT, "Long text"),
    Choice(Kind.COUNT, "Whole number"),
    Choice(Kind.NUMBER, "Decimal number"),
    Choice(Kind.PERCENT, "Percent"),
    Choice(Kind.DATE, "Date"),
    Choice(Kind.CHOICE, "Choice from a list"),
    Choice(Kind.TAGS, "Tags"),
    Choice(Kind.FLAG, "Yes or no"),
    Choice(Kind.URL, "Link"),
    Choice(Kind.EMAIL, "E-mail"),
    Choice(Kind.PHONE, "Phone"),
    Choice(Kind.COUNTRY, "Country"),
    Choice(Kind.IDENTIFIER, "ID"),
)


@record(
    label="Attachment",
    plural="Attachments",
    key=("about", "about_uid", "file_name"),
    title="file_name",
    icon="paperclip",
)
class Attachment(Row):
    """A file kept inside the workspace, about one record."""

    about: str | None = f.text("About", required=True, editable=False, indexed=True, width=12)
    about_uid: str | None = f.identifier("Record", required=True, editable=False, indexed=True, width=14)
    file_name: str | None = f.text(
        "File", required=True, searchable=True, shown=True, personal=True, width=30
    )
    media_type: str | None = f.text("Type", editable=False, shown=True, width=18)
    size: int | None = f.count("Bytes", editable=False, shown=True, width=10)
    sha256: str | None = f.identifier("Content", editable=False, hidden=True, indexed=True)
    added_at: str | None = f.moment("Added", editable=False, shown=True, width=16)
    note: str | None = f.text("Note", shown=True, personal=True, width=30)


@record(label="Saved view", plural="Saved views", key=("about", "name"), title="name", icon="bookmark")
class SavedView(Row):
    """A named way of looking at a list: filter, columns, order."""

    about: str | None = f.text("List", required=True, editable=False, indexed=True, width=14)
    name: str | None = f.text("Name", required=True, shown=True, width=24)
    query: str | None = f.data("View", editable=False, hidden=True)
    position: int | None = f.count("Position", default=0, shown=True, width=8)


@record(label="Setting", plural="Settings", key=("name",), title="name", unique=(("name",),), internal=True)
class Setting(Row):
    """One value the program remembers inside the workspace."""

    name: str | None = f.text("Name", required=True, shown=True, width=30)
    value: str | None = f.data("Value", shown=True, width=40)


@record(
    label="Custom field",
    plural="Custom fields",
    key=("about", "name"),
    title="label",
    icon="sliders-horizontal",
    unique=(("about", "name"),),
)
class CustomField(Row):
    """A field the user added to a kind of record; behaves like a built-in one everywhere."""

    about: str | None = f.text("Record", required=True, editable=False, indexed=True, shown=True, width=14)
    name: str | None = f.identifier("Name in files", required=True, editable=False, shown=True, width=20)
    label: str | None = f.text("Label", required=True, shown=True, width=24)
    kind: str | None = f.choice(
        "Kind", choices=CUSTOM_KINDS, required=True, default="text", shown=True, width=16
    )
    options: tuple[str, ...] = f.tags("Choices", width=30)
    help: str | None = f.text("Help", width=40)
    personal: bool = f.flag("Personal data", width=12)
    position: int | None = f.count("Position", default=0, width=8)
