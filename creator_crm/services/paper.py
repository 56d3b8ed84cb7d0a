"""What is printed about parcels: addresses, contents, gift notes with links; and the brand's own address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from creator_crm.domain import customs
from creator_crm.domain.addresses import PostalAddress, Remark, is_abroad, label_lines, remarks
from creator_crm.domain.changes import Changes
from creator_crm.domain.errors import UserError
from creator_crm.domain.frozen import immutable
from creator_crm.services.templates import GAPS, Templates, gaps_of
from creator_crm.store.readers import paper, stock
from creator_crm.store.readers.paper import Printed

SENDER = {name: f"sender_{'name' if name == 'recipient' else name}" for name in
          ("recipient", "street", "street_2", "city", "region", "postcode", "country", "phone")}  # fmt: skip
"""Under what name each part of the brand's own address is remembered."""

GIFT_NOTE = """Hi {{ creator.first_name | default('there') }},

{% if message %}
{{ message }}
{% else %}
this one is yours: {{ products }}.

Try it, take your time, and say what you really think of it.
{% endif %}
{% if code %}

For those who follow you: {{ code }}
{% endif %}

{{ brand | default('Thank you!') }}"""
NO_BREAK = "\N{NO-BREAK SPACE}"
NOTE_GAPS = {**GAPS, "products": "What is in the parcel, in words", "message": "Gift message"}


@immutable
class Content:
    """One line of what is in a parcel; `key` is the (product, variant) it stands for."""

    name: str
    variant: str
    sku: str
    quantity: int
    key: tuple[int | None, int | None]


@immutable
class Slip:
    """What paper says of one parcel, to the creator `name`.

    `lines` are those of its label, `recipient` among them; `missing` names empty gaps of `note`. `message` is
    what the notes of the parcel bring into it.
    """

    parcel: int
    number: str
    name: str
    recipient: str
    handle: str
    campaign: str
    lines: tuple[str, ...]
    contents: tuple[Content, ...]
    note: str
    link: str
    missing: tuple[str, ...] = ()
    ship_by: str = ""
    message: str = ""

    @property
    def called(self) -> str:
        """ "Ana Blum (S-0012)": how a sentence names the parcel."""
        return f"{self.name} ({self.number})" if self.number else self.name


@immutable
class Slips:
    """The parcels to print for, and the brand they come from."""

    brand: str
    sender: tuple[str, ...]
    slips: tuple[Slip, ...]


@immutable
class Picked:
    """How many of an article lie in which parcels: (parcel, pieces) in the order they are printed."""

    content: Content
    parcels: tuple[tuple[Slip, int], ...]

    @property
    def total(self) -> int:
        return sum(count for _, count in self.parcels)


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
        return PostalAddress.of(self.sender_values())

    def set_sender(self, values: Mapping[str, str]) -> Changes:
        """Remember the brand's own address, by the names in `SENDER`."""
        named = {SENDER[name]: value.strip() for name, value in values.items()}
        return self.set_settings(named, "Change the sender's address")

    # What is odd about a parcel --------------------------------------------------------------------

    def address_remarks(self, addresses: Iterable[Any]) -> list[tuple[Remark, ...]]:
        """What a carrier may stumble over in each of these addresses or parcels."""
        home = self.sender().country
        return [remarks(PostalAddress.of(one), home) for one in addresses]

    def parcel_remarks(self, parcel: int) -> tuple[str, ...]:
        """What a parcel abroad still lacks; nothing, unless it leaves the country of the sender."""
        found = stock.shipments(self.store, [parcel])
        home = self.sender().country
        if not found or not is_abroad(PostalAddress.of(found[0]), home):
            return ()
        products = paper.printed(self.store, [parcel]).products.values()
        lacking = customs.told(customs.lacking(found[0], products))
        latin = [one.sentence for one in remarks(PostalAddress.of(found[0]), home) if one.field == "street"]
        return (*((lacking,) if lacking else ()), *latin)

    # What is printed -------------------------------------------------------------------------------

    def gift_note(self) -> str:
        """The text of gift notes, with its gaps: the brand's own, or the one that comes with the program."""
        return str(self.setting("gift_note") or GIFT_NOTE)

    def set_gift_note(self, text: str) -> Changes:
        """Remember the text of gift notes; raises UserError, with nothing changed, when it cannot be read."""
        self._refuse_unreadable(text)
        return self.set_settings({"gift_note": "" if text == GIFT_NOTE else text}, "Change the gift note")

    def slips(self, parcels: Sequence[int] | None = None, note: str | None = None) -> Slips:
        """What paper says of these parcels, in this order; None for all that are approved or packed.

        `note` is the text of the gift note, the remembered one by default. Raises UserError when it cannot
        be read.
        """
        known = paper.printed(self.store, parcels)
        brand = str(self.setting("brand") or "")
        sender = self.sender()
        text = self.gift_note() if note is None else note
        self._refuse_unreadable(text)
        made = (self._slip(row, known, sender, brand, text) for row in known.parcels)
        return Slips(brand or sender.recipient, label_lines(sender, sender.country), tuple(made))

    def _slip(self, row: Any, known: Printed, sender: PostalAddress, brand: str, text: str) -> Slip:
        from creator_crm.exchange.filling import render

        creator = known.creators[row.creator]
        campaign = known.campaigns.get(row.campaign)
        code = _code(known.codes.get(row.creator, ()), row.campaign)
        contents = tuple(_content(item, known) for item in known.items.get(row.id, ()))
        name = creator.name or creator.handle or ""
        address = PostalAddress.of(row, recipient=row.recipient or name)
        gaps = gaps_of(creator, campaign, code, row, brand or None, self.store.who)
        filled = render("", text, {**gaps, "products": _in_words(contents) or None, "message": row.notes})
        return Slip(
            parcel=row.id,
            number=row.number or "",
            name=name,
            recipient=address.recipient,
            handle=creator.handle or "",
            campaign=campaign.name if campaign else "",
            lines=label_lines(address, sender.country),
            contents=contents,
            note=filled.text.strip(),
            link=(code.link if code else "") or _product_page(known.items.get(row.id, ()), known),
            missing=filled.missing,
            ship_by=row.ship_by or "",
            message=(row.notes or "") if "message" in text else "",
        )

    def _refuse_unreadable(self, text: str) -> None:
        """Raise UserError for a text with a gap that there is not, or one that cannot be read."""
        from creator_crm.exchange.filling import render

        groups: dict[str, Any] = {}
        for gap in NOTE_GAPS:
            group, dot, name = gap.partition(".")
            if dot:
                groups.setdefault(group, {})[name] = None
            else:
                groups[gap] = None
        short = ("name", "first_name", "handle", "platform", "followers")
        render("", text, {**dict.fromkeys(short), **groups})


def pick_list(slips: Iterable[Slip]) -> list[Picked]:
    """What to take from the shelf for these parcels, by name and variant."""
    known = {slip.parcel: slip for slip in slips}
    counts: dict[tuple[Any, ...], Counter[int]] = {}
    contents: dict[tuple[Any, ...], Content] = {}
    for slip in known.values():
        for content in slip.contents:
            key = (*content.key, content.sku)
            contents.setdefault(key, content)
            counts.setdefault(key, Counter())[slip.parcel] += content.quantity
    found = [
        Picked(contents[key], tuple((known[number], count) for number, count in held.items()))
        for key, held in counts.items()
    ]
    return sorted(found, key=lambda one: (one.content.name.casefold(), one.content.variant.casefold()))


def qr_squares(link: str) -> tuple[tuple[bool, ...], ...]:
    """The QR code of a link: its rows, True where it is dark."""
    from creator_crm.exchange.qr import squares

    return squares(link)


def refuse_nothing(slips: Slips) -> None:
    """Raise UserError when there is no parcel to print for."""
    if not slips.slips:
        raise UserError(
            "No parcel is approved or packed, so there is nothing to print. Approve parcels, or name them."
        )


def _code(codes: Sequence[Any], campaign: int | None) -> Any:
    """The creator's code of the campaign, else one of no campaign; of any campaign for a parcel without."""
    own = [code for code in codes if code.campaign == campaign or campaign is None]
    usable = own or [code for code in codes if code.campaign is None]
    linked = [code for code in usable if code.link]
    return next(iter((linked or usable)[-1:]), None)


def _content(item: Any, known: Printed) -> Content:
    product, variant = known.products.get(item.product), known.variants.get(item.variant)
    name = (product.name if product else "") or item.sku or ""
    return Content(
        name,
        variant.name if variant else "",
        item.sku or "",
        item.quantity or 0,
        (item.product, item.variant),
    )


def _in_words(contents: Iterable[Content]) -> str:
    """ "2 × Glow serum (30 ml) and Candle": what a person would call it."""
    told = [
        (f"{one.quantity} × " if one.quantity > 1 else "")
        + one.name
        + (f" ({one.variant.replace(' ', NO_BREAK)})" if one.variant else "")
        for one in contents
    ]
    return " and ".join(filter(None, (", ".join(told[:-1]), told[-1] if told else "")))


def _product_page(items: Iterable[Any], known: Printed) -> str:
    pages = (known.products[item.product].link for item in items if item.product in known.products)
    return next((page for page in pages if page), "")
