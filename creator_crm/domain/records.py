"""All records of the product, in the order people meet them."""

from __future__ import annotations

from creator_crm.domain.accounts import Account, AccountMetrics, Address
from creator_crm.domain.briefs import Brief, BriefVersion, CalendarEvent
from creator_crm.domain.campaigns import Campaign, CampaignProduct, CampaignTarget, Collaboration
from creator_crm.domain.creators import Creator, Tag
from creator_crm.domain.deliverables import Asset, Deliverable, DisclosureCheck, PostMetrics
from creator_crm.domain.fields import Catalogue, Choice, Field, Kind, describe
from creator_crm.domain.orders import Code, Order, OrderLine
from creator_crm.domain.outreach import Message, SequenceStep, Template, Terms
from creator_crm.domain.products import IncomingStock, Product, StockMovement, Variant
from creator_crm.domain.results import (
    AdSpend,
    Experiment,
    Payment,
    SiteDay,
    SurveyAnswer,
    WeeklyDecision,
)
from creator_crm.domain.seeding import CarrierService, Shipment, ShipmentItem
from creator_crm.domain.vetting import IdealProfile, Vetting
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
        Terms,
        Message,
        Template,
        SequenceStep,
        Product,
        Variant,
        StockMovement,
        IncomingStock,
        CampaignTarget,
        CampaignProduct,
        CarrierService,
        Shipment,
        ShipmentItem,
        Brief,
        BriefVersion,
        Deliverable,
        PostMetrics,
        Asset,
        DisclosureCheck,
        CalendarEvent,
        Code,
        Order,
        OrderLine,
        Payment,
        AdSpend,
        SiteDay,
        SurveyAnswer,
        Experiment,
        WeeklyDecision,
        Vetting,
        IdealProfile,
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
