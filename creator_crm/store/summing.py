"""Indexes that sums are read from: each holds all columns that the facts of results ask of a long table."""

from __future__ import annotations

from collections.abc import Iterator

from creator_crm.domain.fields import Catalogue
from creator_crm.store.triggers import quoted

_COLUMNS = {
    # By buyer first: who bought how often is then counted without sorting.
    "order": """customer_key currency campaign creator code status is_sample ordered_on ordered_at created_at
        subtotal total shipping tax discount refunded lines customer deleted_at""",
    "order_line": """order product quantity returned commission_status commission_estimated commission_actual
        ads_commission_estimated ads_commission_actual bonus_estimated bonus_actual deleted_at""",
}


def sum_indexes(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """(name, CREATE INDEX statement) for each long table of the catalogue that is added up."""
    for record, columns in _COLUMNS.items():
        if record in catalogue:
            name = f"sums_{record}"
            held = ", ".join(map(quoted, columns.split()))
            yield name, f'CREATE INDEX "{name}" ON {quoted(record)} ({held})'
