"""Templates of messages: filled for a creator, in their language where there is such a variant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from creator_crm.domain.errors import UserError
from creator_crm.services.settings import Settings
from creator_crm.services.tracking import tracking_of
from creator_crm.store.readers import merge_fields

if TYPE_CHECKING:
    from creator_crm.exchange.filling import Fields, Rendered

GAPS = {
    "creator.name": "Name",
    "creator.first_name": "First name",
    "creator.handle": "Handle",
    "creator.platform": "Platform",
    "creator.followers": "Followers",
    "creator.niche": "Niche",
    "creator.country": "Country",
    "creator.language": "Language",
    "creator.email": "E-mail",
    "campaign.name": "Campaign",
    "campaign.starts_on": "Campaign starts on",
    "campaign.ends_on": "Campaign ends on",
    "code": "Creator's code",
    "link": "Creator's link",
    "parcel.contents": "What is in the parcel",
    "parcel.carrier": "Carrier",
    "parcel.tracking_number": "Tracking number",
    "parcel.tracking_link": "Link to follow the parcel",
    "brand": "Your brand",
    "owner": "Who looks after the creator",
    "me": "You",
}
"""Every gap that a template may have, and what it is called where one is chosen."""


class Templates(Settings):
    """Filling templates; `brand` is the setting of that name."""

    def render(self, template: int, creator: int, campaign: int | None = None) -> Rendered:
        """The template filled for one creator, in their language if it has such a variant.

        Raises UserError when the template is wrong or gone; empty gaps are in `missing`.
        """
        return self.render_many(template, [creator], campaign)[creator]

    def render_many(
        self, template: int, creators: Sequence[int], campaign: int | None = None
    ) -> dict[int, Rendered]:
        """The template filled for each of many creators, by their numbers."""
        from creator_crm.exchange.filling import render

        variants = merge_fields.variants(self.store, template)
        if not variants:
            raise UserError("This template is not there any more. Choose another one.")
        plain = next((row for row in variants if row.id == template), variants[0])
        by_language = {row.language: row for row in variants}
        filled = {}
        for number, (fields, language) in self._gaps_of(creators, campaign).items():
            chosen = by_language.get(language, plain) if language else plain
            filled[number] = render(chosen.subject or "", chosen.body or "", fields)
        return filled

    def preview(self, subject: str, body: str, creator: int, campaign: int | None = None) -> Rendered:
        """What is being typed, filled for one creator; raises UserError while it cannot be read."""
        from creator_crm.exchange.filling import render

        found = self._gaps_of([creator], campaign)
        if creator not in found:
            raise UserError("This creator is not there any more. Choose another one.")
        return render(subject, body, found[creator][0])

    def mailto(self, template: int, creator: int, campaign: int | None = None) -> str:
        """The link that opens the filled message in the mail program; raises UserError with the reason."""
        rendered = self.render(template, creator, campaign)
        return self._letter(rendered, creator)

    def letter(self, subject: str, text: str, creator: int) -> str:
        """The link that opens what was written for a creator in the mail program; raises UserError."""
        from creator_crm.exchange.filling import Rendered

        return self._letter(Rendered(subject, text), creator)

    def _letter(self, rendered: Rendered, creator: int) -> str:
        from creator_crm.exchange.mail import mailto_link

        row = merge_fields.people(self.store, [creator])[0]
        if not row.email:
            raise UserError(
                f"There is no e-mail address of {row.name or 'this creator'} yet. No letter was opened."
            )
        rendered.refuse_missing(row.name or "this creator")
        return mailto_link(rendered, row.email)

    def _gaps_of(self, creators: Iterable[int], campaign: int | None) -> dict[int, tuple[Fields, str | None]]:
        """(what the gaps are filled with, the language) for each creator; five statements for any number."""
        people = merge_fields.people(self.store, creators)
        numbers = [row.id for row in people]
        codes = merge_fields.codes(self.store, numbers, campaign)
        parcels = merge_fields.parcels(self.store, numbers, campaign)
        scope = merge_fields.campaign(self.store, campaign)
        brand = str(self.setting("brand") or "") or None
        return {
            row.id: (
                gaps_of(row, scope, codes.get(row.id), parcels.get(row.id), brand, self.store.who),
                row.language,
            )
            for row in people
        }


def gaps_of(row: Any, campaign: Any, code: Any, parcel: Any, brand: str | None, me: str) -> Fields:
    """What the gaps are filled with: for a creator in a campaign, with their code and a parcel, if any."""
    creator = {
        "name": row.name or row.handle,
        "first_name": row.name.split()[0] if row.name and row.name.split() else None,
        "handle": row.handle,
        "platform": _label(row, "platform"),
        "followers": row.followers,
        "niche": row.niche,
        "country": row.country,
        "language": row.language,
        "email": row.email,
    }
    tracking = tracking_of(parcel) if parcel else None
    return {
        "creator": creator,
        "campaign": {
            "name": campaign and campaign.name,
            "starts_on": _day(campaign and campaign.starts_on, row.language),
            "ends_on": _day(campaign and campaign.ends_on, row.language),
        },
        "code": code and code.code,
        "link": code and code.link,
        "parcel": {
            "contents": parcel and parcel.contents,
            "carrier": (parcel and parcel.carrier) or (tracking and tracking.carrier),
            "tracking_number": parcel and parcel.tracking_number,
            "tracking_link": tracking and tracking.url,
        },
        "brand": brand,
        "owner": row.owner,
        "me": me,
        # The short names that lists of templates from elsewhere use.
        **{name: value for name, value in creator.items() if name in ("name", "first_name", "handle")},
        "platform": creator["platform"],
        "followers": row.followers,
    }


def _label(row: Any, field: str) -> str | None:
    from creator_crm.domain.creators import Creator
    from creator_crm.domain.fields import describe

    choice = describe(Creator).field(field).choice(getattr(row, field))
    return choice.label if choice else None


def _day(day: str | None, language: str | None) -> str | None:
    """The day as it is written out in the creator's language: 3 May 2027, 3. Mai 2027."""
    if not day:
        return None
    from datetime import date

    from babel import UnknownLocaleError
    from babel.dates import format_date

    try:
        return format_date(date.fromisoformat(day), "long", locale=language or "en_GB")
    except UnknownLocaleError:
        return format_date(date.fromisoformat(day), "long", locale="en_GB")
