"""What people type and what files hold, read into exact values and written back out."""

from creator_crm.domain.values.refused import ValueRefused

__all__ = ["ValueRefused"]
