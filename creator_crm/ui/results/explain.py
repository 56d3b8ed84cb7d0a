"""A figure of the results explained: how many rows it was worked out from, and the way to them."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from creator_crm.domain.metrics import Facts, Metric
from creator_crm.ui.results.figures import behind, rows_behind
from creator_crm.ui.shared.dialogs import plain_label
from creator_crm.ui.shared.explain import Explained
from creator_crm.ui.shared.text import tr

SEE = {"order": "See the orders", "shipment": "See the parcels", "deliverable": "See the posts"}


class ExplainDialog(Explained):
    """How a figure of a period came about."""

    def __init__(self, metric: Metric, facts: Facts, period: str, parent: QWidget | None = None) -> None:
        self.told = plain_label(behind(metric.name, facts), wrap=True)
        see = {record: tr(SEE[record]) for record in rows_behind(metric.name, facts) if record in SEE}
        super().__init__(metric, period or tr("All time"), (tr("Counted"), self.told), see, parent)
