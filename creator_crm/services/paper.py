"""What is printed about parcels, what is odd about their addresses, and where parcels come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from creator_crm.services.templates import Templates

if TYPE_CHECKING:
    from creator_crm.domain.addresses import PostalAddress
    from creator_crm.domain.changes import Changes
    from creator_crm.services.slips import Slips

SENDER = {name: f"sender_{'name' if name == 'recipient' else name}" for name in
          ("recipient", "street", "street_2", "city", "region", "postcode", "country", "phone")}  # fmt: skip
"""Under what name each part of the brand's own address is remembered."""


class Paper(Templates):
    """What packing slips, labels, gift notes and the pick list are made of."""

    # The brand's own address -----------------------------------------------------------------------

    def sender_values(self) -> dict[str, str]:
        """The parts of the brand's own address by their names in `SENDER`, empty ones too."""
        held = self.settings([*SENDER.values(), "brand"])
        found = {name: str(held.get(setting) or "") for name, setting in SENDER.items()}
        return {**found, "recipient": found["recipient"] or str(held.get("brand") or "")}

    def sender(self) -> PostalAddress:
        """The brand's own address, as far as it is known."""
        from creator_crm.domain.addresses import PostalAddress

        return PostalAddress.of(self.sender_values())

    def set_sender(self, values: Mapping[str, str]) -> Changes:
        """Remember the brand's own address, by the names in `SENDER`."""
        named = {SENDER[name]: value.strip() for name, value in values.items()}
        return self.set_settings(named, "Change the sender's address")

    # What is odd about a parcel --------------------------------------------------------------------

    def parcel_remarks(self, parcel: int) -> tuple[str, ...]:
        """What a parcel abroad still lacks; nothing, unless it leaves the country of the sender."""
        from creator_crm.domain import customs
        from creator_crm.domain.addresses import PostalAddress, is_abroad, remarks
        from creator_crm.store.readers.paper import printed

        home = str(self.setting("sender_country") or "")
        known = printed(self.store, [parcel]) if home else None
        if known is None or not known.parcels:
            return ()
        row = known.parcels[0]
        address = PostalAddress.of(row)
        if not is_abroad(address, home):
            return ()
        lacking = customs.told(customs.lacking(row, known.products.values()))
        script = [one.sentence for one in remarks(address, home) if one.field == "street" and address.street]
        return (*((lacking,) if lacking else ()), *script)

    # What is printed -------------------------------------------------------------------------------

    def gift_note(self) -> str:
        """The text of gift notes, with its gaps: the brand's own, or the one that comes with the program."""
        from creator_crm.services.slips import GIFT_NOTE

        return str(self.setting("gift_note") or GIFT_NOTE)

    def set_gift_note(self, text: str) -> Changes:
        """Remember the text of gift notes; raises UserError, with nothing changed, when it cannot be read."""
        from creator_crm.services.slips import GIFT_NOTE, refuse_unreadable

        refuse_unreadable(text)
        return self.set_settings({"gift_note": "" if text == GIFT_NOTE else text}, "Change the gift note")

    def slips(self, parcels: Sequence[int] | None = None, note: str | None = None) -> Slips:
        """What paper says of these parcels, in this order; None for all that are approved or packed.

        `note` is the text of the gift note, the remembered one by default. Raises UserError when it cannot
        be read.
        """
        from creator_crm.services.slips import refuse_unreadable, slips_of
        from creator_crm.store.readers.paper import printed

        text = self.gift_note() if note is None else note
        refuse_unreadable(text)
        brand = str(self.setting("brand") or "")
        return slips_of(printed(self.store, parcels), brand, self.sender(), text, self.store.who)
