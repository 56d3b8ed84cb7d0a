"""What newer Pythons have and 3.11 lacks, at no cost to start-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import override
else:

    def override(method):  # typing.override is 3.12's; typing_extensions costs 20 ms to import
        return method


__all__ = ["override"]
