"""Everything the product names, described together: references resolve, keys exist, values read back."""

from __future__ import annotations

import csv
import inspect
from pathlib import Path

import pytest

from creator_crm.domain import briefs, deliverables, orders, outreach, products, results, seeding, vetting
from creator_crm.domain.fields import ROW_COLUMNS, Catalogue, Description, Field, Kind, Row, describe
from creator_crm.domain.normal import Reading, completed, parse, show
from creator_crm.domain.records import CATALOGUE
from creator_crm.exchange.headers import header_key
from creator_crm.exchange.vocabulary import Vocabulary

MODULES = (outreach, products, seeding, briefs, deliverables, orders, results, vetting)
NEW = {
    describe(row).name: describe(row)
    for module in MODULES
    for row in vars(module).values()
    if inspect.isclass(row) and issubclass(row, Row) and row is not Row and row.__module__ == module.__name__
}
ALL = Catalogue([*(d for d in CATALOGUE.values() if d.name not in NEW), *NEW.values()])
NAMED = (
    *("message", "template", "sequence_step", "terms", "product", "variant", "stock_movement", "shipment"),
    *("shipment_item", "brief", "brief_version", "deliverable", "post_metrics", "asset", "disclosure_check"),
    *("calendar_event", "code", "order", "order_line", "site_day", "survey_answer", "ad_spend", "payment"),
    *("experiment", "weekly_decision", "vetting", "ideal_profile", "carrier_service", "incoming_stock"),
)
FIELDS = [(d, f) for d in NEW.values() for f in d.fields]
DERIVED = [(d, f) for d, f in FIELDS if f.derived]

every_record = pytest.mark.parametrize("description", NEW.values(), ids=NEW.keys())


def test_every_record_that_the_product_names_is_described() -> None:
    assert sorted(NEW) == sorted(NAMED)


def test_names_and_labels_are_told_apart() -> None:
    for words in ([d.label for d in ALL.values()], [d.plural for d in ALL.values()]):
        assert len({w.casefold() for w in words}) == len(words)


def test_every_record_comes_after_those_it_refers_to_and_none_goes_round_in_circles() -> None:
    place = {d.name: at for at, d in enumerate(ALL.parents_first)}
    assert len(place) == len(ALL)
    for description in ALL.values():
        for field in description.fields:
            if field.references and field.references != description.name:
                assert place[field.references] < place[description.name], (description.name, field.name)


@every_record
def test_key_title_and_unique_fields_exist(description: Description[Row]) -> None:
    for name in (*description.key, description.title, *(n for names in description.unique for n in names)):
        assert name in description.by_name
    assert description.label and description.plural and description.row.__doc__
    assert len({f.label for f in description.visible}) == len(description.visible)


@every_record
def test_a_list_shows_something_but_not_everything(description: Description[Row]) -> None:
    shown = [f for f in description.fields if f.shown]
    assert 3 <= len(shown) <= 16
    assert not any(f.hidden for f in shown)


@every_record
def test_a_part_belongs_to_one_row_only(description: Description[Row]) -> None:
    assert sum(f.owned for f in description.fields) <= 1
    assert description.owner is None or description.owner.required


@every_record
def test_no_field_takes_the_name_of_what_every_row_has(description: Description[Row]) -> None:
    assert not set(description.by_name) & set(ROW_COLUMNS)


@every_record
def test_a_new_row_is_made_of_defaults_that_its_own_choices_allow(description: Description[Row]) -> None:
    row = description.row()
    values = completed(description, {}, defaults=True)
    for field in description.fields:
        value = getattr(row, field.name)
        assert value == (field.empty if field.default is None else field.default)
        if field.kind is Kind.CHOICE and value is not None:
            assert field.choice(value) is not None
        assert field.name not in values or values[field.name] == value


def test_references_exist_and_the_rows_of_a_parent_are_found_by_an_index() -> None:
    for description, field in FIELDS:
        if field.kind is Kind.REFERENCE:
            assert field.references in ALL
            assert field.indexed, f"{description.name}.{field.name}"


@pytest.mark.parametrize(("description", "field"), DERIVED, ids=[f"{d.name}.{f.name}" for d, f in DERIVED])
def test_what_is_derived_makes_sense(description: Description[Row], field: Field) -> None:
    derived = field.derived
    assert derived is not None
    assert not field.editable
    assert derived.pick in ("first", "join", "sum", "count", "min", "max")
    child = ALL[derived.record]
    assert child.field(derived.via).references == description.name
    source = child.field(derived.field)
    assert all(child.field(name.lstrip("-")) for name in derived.order if name.lstrip("-") != "id")
    if derived.pick in ("first", "min", "max"):
        assert source.kind is field.kind
    if derived.pick == "sum":
        assert source.kind is field.kind is Kind.COUNT, "money of several currencies is never added up"
    if derived.pick == "count":
        assert field.kind is Kind.COUNT


@every_record
def test_money_names_a_currency_beside_it(description: Description[Row]) -> None:
    for field in description.fields:
        if field.kind is Kind.MONEY:
            currency = description.field(field.currency)
            assert currency.kind is Kind.CHOICE and currency.choice("EUR") is not None


@every_record
def test_choices_are_told_apart_and_have_a_tone_the_screen_knows(description: Description[Row]) -> None:
    tones = {"grey", "blue", "teal", "violet", "green", "pink", "amber", "red"}
    for field in description.fields:
        values, labels = {c.value for c in field.choices}, {c.label for c in field.choices}
        assert bool(field.choices) == (field.kind is Kind.CHOICE)
        assert len(values) == len(labels) == len(field.choices)
        assert {c.tone for c in field.choices} <= tones


@every_record
def test_what_is_folded_follows_a_field_beside_it(description: Description[Row]) -> None:
    for field in description.fields:
        if field.folds:
            assert field.folds in description.by_name and field.hidden and not field.editable


SAMPLES: dict[Kind, tuple[str, ...]] = {
    Kind.TEXT: ("a word",),
    Kind.LONG_TEXT: ("two\nlines",),
    Kind.HANDLE: ("@Jade.Park",),
    Kind.URL: ("https://shop.example/serum",),
    Kind.PHONE: ("+49 30 901820",),
    Kind.IDENTIFIER: ("583870900000000001", "007"),
    Kind.COUNTRY: ("DE",),
    Kind.LANGUAGE: ("de",),
    Kind.DATE: ("2026-11-22",),
    Kind.MOMENT: ("2026-11-22T14:05:00Z",),
    Kind.COUNT: ("12",),
    Kind.MONEY: ("12.50",),
    Kind.PERCENT: ("4.6%",),
    Kind.NUMBER: ("0.05",),
    Kind.FLAG: ("yes",),
    Kind.TAGS: ("spring, vip",),
    Kind.DATA: ('{"a": 1}',),
}


@every_record
def test_what_is_typed_reads_back_as_it_was(description: Description[Row]) -> None:
    reading = Reading(currency="EUR")
    for field in description.fields:
        if field.kind is Kind.REFERENCE:
            continue
        for text in tuple(c.label for c in field.choices) or SAMPLES[field.kind]:
            value = parse(field, text, reading)
            assert value not in (None, (), False)
            assert parse(field, show(field, value, "EUR"), reading) == value


def test_whatever_names_a_person_is_marked_so_that_erasure_finds_it() -> None:
    expected = {
        "message": {"subject", "body"},
        "shipment": {"recipient", "street", "street_2", "city", "region", "postcode", "phone", "notes"},
        "order": {"customer_key", "notes"},
        "order_line": {"creator_handle"},
        "payment": {"payee", "reference", "notes"},
        "vetting": {"brand_safety", "notes"},
        "deliverable": {"live_url"},
        "survey_answer": {"answer"},
    }
    for record, names in expected.items():
        assert names <= {f.name for f in NEW[record].fields if f.personal}
    for description, field in FIELDS:
        if field.kind in (Kind.EMAIL, Kind.PHONE, Kind.HANDLE):
            assert field.personal, f"{description.name}.{field.name}"


def test_facts_are_scoped_by_creator_and_campaign_in_the_same_way() -> None:
    for record in ("message", "shipment", "deliverable", "code", "order", "payment", "ad_spend", "asset"):
        assert ALL[record].field("creator").references == "creator"
        assert ALL[record].field("campaign").references == "campaign"


SHARED = Path(__file__).parents[2].parent / "shared" / "data"
HEADERS = {
    "B_shop/shopify_orders_export_devstore.csv": {
        "Name": "order.number",
        "Email": "order.customer_key",
        "Financial Status": "order.shop_status",
        "Created at": "order.ordered_on",
        "Currency": "order.currency",
        "Subtotal": "order.subtotal",
        "Shipping": "order.shipping",
        "Taxes": "order.tax",
        "Total": "order.total",
        "Discount Code": "order.code_text",
        "Discount Amount": "order.discount",
        "Refunded Amount": "order.refunded",
        "Cancelled at": "order.cancelled_on",
        "Id": "order.external_id",
        "Lineitem quantity": "order_line.quantity",
        "Lineitem name": "order_line.name",
        "Lineitem price": "order_line.unit_price",
        "Lineitem sku": "order_line.sku",
    },
    "B_shop/tiktok_shop_orders_thai_bom_tabs.csv": {
        "Order ID": "order.number",
        "Order Status": "order.shop_status",
        "SKU ID": "order_line.sku_id",
        "Product Name": "order_line.name",
        "Quantity": "order_line.quantity",
        "Order Amount": "order.total",
        "Created Time": "order.ordered_on",
        "Buyer Username": "order.customer_key",
    },
    "B_shop/tiktok_studio_videos_en.csv": {
        "Video title": "deliverable.name",
        "Post time": "deliverable.live_on",
        "Video link": "deliverable.live_url",
        "Total views": "post_metrics.views",
        "Total likes": "post_metrics.likes",
        "Average watch time": "post_metrics.watch_seconds",
    },
    "C_shipping/shipments_trackr_sample.csv": {
        "Order Number": "shipment.number",
        "Tracking Number": "shipment.tracking_number",
        "Carrier": "shipment.carrier",
        "Ship Date": "shipment.shipped_on",
        "Service": "shipment.service",
        "Status": "shipment.status",
        "Note": "shipment.notes",
    },
}


@pytest.mark.parametrize("name", HEADERS)
def test_the_headers_of_real_exports_lead_to_their_fields(name: str) -> None:
    path = SHARED / name
    if not path.exists():
        pytest.skip("the shared collection of real files is not here")
    text = path.read_text(encoding="utf-8-sig")
    header = {cell.strip() for cell in next(csv.reader(text.splitlines()))}
    assert set(HEADERS[name]) <= header
    records = dict.fromkeys(target.partition(".")[0] for target in HEADERS[name].values())
    vocabulary = Vocabulary(ALL, records)
    for column, target in HEADERS[name].items():
        assert vocabulary.candidates(header_key(column))[0].path == target
