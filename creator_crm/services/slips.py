"""What paper says of parcels: the lines of a label, what is in it, the gift note filled, its link."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from creator_crm.domain.addresses import PostalAddress, label_lines
from creator_crm.domain.errors import UserError
from creator_crm.domain.frozen import immutable
from creator_crm.services.templates import GAPS, gaps_of
from creator_crm.store.readers.paper import Printed

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

    `lines` are those of its label, `recipient` among them; `missing` names empty gaps of `note`.
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


def slips_of(known: Printed, brand: str, sender: PostalAddress, text: str, me: str) -> Slips:
    """The slips of these parcels; `text` is that of the gift notes, `me` who prints them."""
    made = (_slip(row, known, sender, brand, text, me) for row in known.parcels)
    return Slips(brand or sender.recipient, label_lines(sender, sender.country), tuple(made))


def refuse_unreadable(text: str) -> None:
    """Raise UserError for the text of a note with a gap that there is not, or one that cannot be read."""
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


def _slip(row: Any, known: Printed, sender: PostalAddress, brand: str, text: str, me: str) -> Slip:
    from creator_crm.exchange.filling import render

    creator = known.creators[row.creator]
    campaign = known.campaigns.get(row.campaign)
    code = _code(known.codes.get(row.creator, ()), row.campaign)
    contents = tuple(_content(item, known) for item in known.items.get(row.id, ()))
    name = creator.name or creator.handle or ""
    address = PostalAddress.of(row, recipient=row.recipient or name)
    gaps = gaps_of(creator, campaign, code, row, brand or None, me)
    filled = render("", text, {**gaps, "products": _in_words(contents) or None, "message": row.gift_message})
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
