"""All records of the product, in the order people meet them."""

from __future__ import annotations

from creator_crm.domain.accounts import Account, AccountMetrics, Address
from creator_crm.domain.campaigns import Campaign, Collaboration
from creator_crm.domain.creators import Creator, Tag
from creator_crm.domain.fields import Catalogue, Choice, Field, Kind, describe
from creator_crm.domain.workspace import Attachment, CustomField, SavedView, Setting

CATALOGUE = Catalogue(
    describe(row)
    for row in (
        Creator,
        Account,
        AccountMetrics,
        Address,
        Tag,
        Campaign,
        Collaboration,
        Attachment,
        SavedView,
        CustomField,
        Setting,
    )
)


def custom_field(row: CustomField) -> Field:
    """The description of a field that the user made."""
    return Field(
        name=row.name or "",
        label=row.label or row.name or "",
        kind=Kind(row.kind or "text"),
        help=row.help or "",
        choices=tuple(Choice(option, option) for option in row.options),
        personal=row.personal,
        custom=True,
    )
