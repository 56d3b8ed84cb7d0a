"""Documents as the window sets them on pages."""

from __future__ import annotations

from creator_crm.exchange.documents.text import Text
from creator_crm.exchange.documents.written import html

__all__ = ["Text", "html"]
