"""Products of a shop: one line for each variant, the common cells only on the first of them."""

from __future__ import annotations

from creator_crm.domain.fields import Value
from creator_crm.exchange.rehearsal import Parsed

_COMMON = ("name", "category", "currency")
_OWN = ("sku", "price", "option", "barcode")


def settle_products(parsed: Parsed) -> None:
    """Give every variant the common cells and a name of its own; lines of further pictures join the first."""
    handles = parsed.column("product.parent_handle")
    columns = {name: list(parsed.column(f"product.{name}")) for name in (*_COMMON, *_OWN, "picture")}
    families: dict[Value, list[int]] = {}
    for i, handle in enumerate(handles):
        if handle:
            families.setdefault(handle, []).append(i)
    for lines in families.values():
        first = lines[0]
        variants = [i for i in lines if any(columns[name][i] for name in _OWN)]
        for i in lines[1:]:
            for name in _COMMON:
                columns[name][i] = columns[name][i] or columns[name][first]
            if i not in variants and columns["sku"][first]:
                columns["sku"][i], columns["picture"][i] = columns["sku"][first], None
        for i in variants if len(variants) > 1 else ():
            if columns["name"][i] and columns["option"][i]:
                columns["name"][i] = f"{columns['name'][i]}, {columns['option'][i]}"
        for i in lines:
            if i not in variants:
                columns["name"][i] = columns["name"][first]
    for name, column in columns.items():
        if any(column):
            parsed.values[f"product.{name}"] = column
