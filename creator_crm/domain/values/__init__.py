"""What people type and what files hold, read into exact values and written back out; no input or output here."""

from creator_crm.domain.values.refused import ValueRefused

__all__ = ["ValueRefused"]
