"""Products, their variants, and their stock: a ledger of movements that is added to and never rewritten."""

from __future__ import annotations

from creator_crm.domain import fields as f
from creator_crm.domain.aliases import also
from creator_crm.domain.campaigns import CURRENCIES
from creator_crm.domain.fields import Choice, Derived, Row, record

MOVEMENTS = (
    Choice("received", "Received", "green"),
    Choice("reserved", "Reserved", "amber"),
    Choice("released", "Released", "grey"),
    Choice("shipped", "Shipped", "blue"),
    Choice("returned", "Returned", "teal"),
    Choice("lost", "Lost", "red"),
    Choice("corrected", "Corrected", "violet"),
)
TAKES_AWAY = frozenset({"reserved", "shipped", "lost"})


def signed(kind: str, amount: int) -> int:
    """The quantity that a movement is written with: what is taken away counts below zero."""
    if kind == "corrected":
        return amount
    return -abs(amount) if kind in TAKES_AWAY else abs(amount)


_STOCK = also(
    """variant inventory qty; inventory quantity; inventory; stock; in stock; on hand; quantity available;
    available; lagerbestand; bestand; existencias; estoque; สต็อก; 库存"""
)


@record(
    label="Product", plural="Products", key=("sku",), title="name", icon="package", unique=(("sku_key",),)
)
class Product(Row):
    """A thing that is sold and sent to creators; its stock is the sum of its movements."""

    name: str | None = f.text(
        "Name",
        required=True,
        searchable=True,
        shown=True,
        ordered=True,
        width=28,
        aliases=also(
            """title; product; product name; product title; item name; lineitem name; item title; artikel;
            produkt; producto; nombre del producto; produit; nome produk; ชื่อสินค้า; 商品名称; 商品名"""
        ),
    )
    sku: str | None = f.identifier(
        "SKU",
        searchable=True,
        shown=True,
        width=14,
        aliases=also(
            """seller sku; variant sku; lineitem sku; item sku; product sku; article number; artikelnummer;
            item number; referencia; référence"""
        ),
    )
    sku_key: str | None = f.text("SKU, folded", folds="sku", hidden=True, editable=False)
    category: str | None = f.text(
        "Category",
        searchable=True,
        shown=True,
        width=16,
        aliases=also("product category; product type; type; kategorie; categoría; catégorie"),
    )
    stock: int | None = f.count(
        "Available",
        derived=Derived("stock_movement", "product", "quantity", pick="sum"),
        shown=True,
        editable=False,
        width=9,
        help="What can still be sold or given away: what is on hand, less what is reserved for parcels.",
        aliases=_STOCK,
    )
    reorder_level: int | None = f.count(
        "Reorder at", shown=True, width=11, aliases=also("reorder level; minimum stock; mindestbestand")
    )
    lead_time_days: int | None = f.count(
        "Lead time (days)", width=15, help="Days from your order until new stock has arrived."
    )
    currency: str | None = f.choice("Currency", choices=CURRENCIES, default="EUR", width=10)
    price: int | None = f.money(
        "Price",
        currency="currency",
        shown=True,
        width=12,
        aliases=also("variant price; retail price; selling price; preis; precio; prix"),
    )
    cost: int | None = f.money(
        "Cost",
        currency="currency",
        shown=True,
        width=12,
        help="What one piece costs you.",
        aliases=also("cost per item; unit cost; cogs; purchase price; einkaufspreis; coste"),
    )
    weight: int | None = f.count(
        "Weight (g)", width=11, help="Of one piece, packed, in grams.", aliases=also("variant grams; grams")
    )
    barcode: str | None = f.identifier("Barcode", width=15, aliases=also("variant barcode; ean; gtin; upc"))
    platform_id: str | None = f.identifier(
        "Product ID in the shop",
        indexed=True,
        width=20,
        aliases=also("product id; platform product id; tiktok product id; รหัสสินค้า; id produk"),
    )
    customs_code: str | None = f.identifier("Customs code", width=13, aliases=also("hs code; tariff number"))
    customs_description: str | None = f.text(
        "Customs description",
        width=24,
        help="What it is, in plain words for the customs form.",
        aliases=also("customs text; description of goods; contents description"),
    )
    made_in: str | None = f.country("Made in", width=12, aliases=also("country of origin; origin"))
    link: str | None = f.url("Product page", width=28, aliases=also("product url; product link"))
    picture: str | None = f.url("Picture", width=24, aliases=also("image src; image; variant image; bild"))
    archived: bool = f.flag("Archived", width=10)
    notes: str | None = f.long_text("Notes", searchable=True, width=30)


@record(
    label="Variant",
    plural="Variants",
    key=("sku",),
    title="name",
    named=("product", "name"),
    icon="box",
    unique=(("sku_key",),),
)
class Variant(Row):
    """A size, colour or scent of a product with an SKU of its own; what is empty is as in the product."""

    product: int | None = f.reference(
        "Product", references="product", owned=True, required=True, indexed=True, shown=True, width=26
    )
    name: str | None = f.text(
        "Variant",
        required=True,
        searchable=True,
        shown=True,
        width=20,
        aliases=also("variation; option1 value; option; size; colour; color; variante; ตัวเลือก"),
    )
    sku: str | None = f.identifier("SKU", searchable=True, shown=True, width=14, aliases=also("variant sku"))
    sku_key: str | None = f.text("SKU, folded", folds="sku", hidden=True, editable=False)
    stock: int | None = f.count(
        "Available",
        derived=Derived("stock_movement", "variant", "quantity", pick="sum"),
        shown=True,
        editable=False,
        width=9,
        aliases=_STOCK,
    )
    reorder_level: int | None = f.count("Reorder at", shown=True, width=11)
    currency: str | None = f.choice("Currency", choices=CURRENCIES, default="EUR", width=10)
    price: int | None = f.money("Price", currency="currency", shown=True, width=12)
    cost: int | None = f.money("Cost", currency="currency", shown=True, width=12)
    weight: int | None = f.count("Weight (g)", width=11)
    barcode: str | None = f.identifier("Barcode", width=15)
    platform_id: str | None = f.identifier(
        "SKU ID in the shop", indexed=True, width=20, aliases=also("sku id; id ของ sku; id sku")
    )
    archived: bool = f.flag("Archived", width=10)


@record(
    label="Stock movement",
    plural="Stock movements",
    key=("product", "moved_on", "kind"),
    title="product",
    named=("product", "kind", "moved_on"),
    icon="arrow-up-down",
)
class StockMovement(Row):
    """One line of the stock ledger: what came or went, when and why; lines are added, never rewritten."""

    product: int | None = f.reference(
        "Product", references="product", owned=True, required=True, indexed=True, shown=True, width=26
    )
    variant: int | None = f.reference(
        "Variant", references="variant", indexed=True, shown=True, width=18, fills=("product",)
    )
    kind: str | None = f.choice(
        "Kind", choices=MOVEMENTS, required=True, default="received", shown=True, width=12
    )
    quantity: int | None = f.count(
        "Quantity",
        signed=True,
        required=True,
        shown=True,
        width=10,
        help="Pieces; what reserves or takes away is below zero, so the sum is the stock.",
        aliases=also("qty; units; menge; cantidad; quantité"),
    )
    moved_on: str | None = f.day(
        "On", required=True, shown=True, indexed=True, ordered=True, width=12, aliases=also("date; datum")
    )
    shipment: int | None = f.reference(
        "Parcel", aliases=("shipment",), references="shipment", indexed=True, shown=True, width=20
    )
    currency: str | None = f.choice("Currency", choices=CURRENCIES, default="EUR", width=10)
    unit_cost: int | None = f.money("Cost of one", currency="currency", width=12)
    reason: str | None = f.text("Reason", searchable=True, shown=True, width=28)


@record(
    label="Stock on order",
    plural="Stock on order",
    key=("product", "expected_on"),
    title="product",
    named=("product", "expected_on"),
    icon="package",
)
class IncomingStock(Row):
    """Pieces ordered from a supplier that are not in the ledger before they have arrived."""

    product: int | None = f.reference(
        "Product", references="product", owned=True, required=True, indexed=True, shown=True, width=26
    )
    variant: int | None = f.reference(
        "Variant", references="variant", indexed=True, shown=True, width=18, fills=("product",)
    )
    quantity: int | None = f.count(
        "Quantity", required=True, shown=True, width=10, aliases=also("qty; units")
    )
    ordered_on: str | None = f.day("Ordered on", shown=True, width=12, aliases=also("order date"))
    expected_on: str | None = f.day(
        "Expected on", shown=True, indexed=True, width=12, aliases=also("eta; due in; expected")
    )
    arrived_on: str | None = f.day("Arrived on", shown=True, indexed=True, width=12)
    supplier: str | None = f.text("Supplier", searchable=True, shown=True, width=20, aliases=also("vendor"))
    currency: str | None = f.choice("Currency", choices=CURRENCIES, default="EUR", width=10)
    unit_cost: int | None = f.money("Cost of one", currency="currency", shown=True, width=12)
    notes: str | None = f.long_text("Notes", searchable=True, width=30)
