"""The verbs of a workspace for shipping programs; what they need is loaded when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from creator_crm.services.settings import Settings

if TYPE_CHECKING:
    from creator_crm.services.carrier_plan import CarrierFile


class CarrierFiles(Settings):
    """Part of a workspace: its parcels as shipping programs take them in."""

    def carrier_file(self, program: str, parcels: Iterable[int] | None = None) -> CarrierFile:
        """What of these parcels (None: of all still here) goes into the program's file; writes nothing.

        Raises UserError for a program that is not known.
        """
        from creator_crm.services.carrier_plan import carrier_file

        return carrier_file(self.store, program, parcels, str(self.setting("sender_country") or ""))

    def write_carrier_file(
        self, file: CarrierFile, path: Path, progress: Callable[[int, int], None] | None = None
    ) -> None:
        """Write it whole or not at all; raises UserError, with nothing written, also for no parcel."""
        from creator_crm.services.carrier_plan import write_carrier_file

        write_carrier_file(file, path, progress)
