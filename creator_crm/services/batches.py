"""Parcels for many creators at once: seen before they are made, made in one step that can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from creator_crm.domain.batches import Candidate, Preview, Receiver, Wanted, planned
from creator_crm.domain.changes import Changes
from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Field, Kind, Value, value_of
from creator_crm.domain.frozen import immutable
from creator_crm.domain.normal import show
from creator_crm.domain.values.texts import fold
from creator_crm.services import opt_outs
from creator_crm.services.stock import Stock
from creator_crm.store.readers import batches, lookup, stock
from creator_crm.store.readers.conversations import Standing
from creator_crm.store.readers.stock import Article

Progress = Callable[[int, int | None], None]
SAME_PRODUCT_DAYS = 90
_AT_ONCE = 100  # parcels between two reports of progress
_NAMED = 5


@immutable
class Content:
    """So many of an article in each parcel; `item` names it by SKU, short id or name.

    `variant_from`: the creator's field that names the variant, where the item is a product with variants; who
    has none there, or one that there is not, gets the one of the variants `fallback` that is of the product,
    else no parcel.
    """

    item: str
    quantity: int = 1
    variant_from: str = ""
    fallback: tuple[str, ...] = ()


@immutable
class Batch:
    """Everything that is asked before parcels are made.

    `service`: a carrier service; `message`: for all of them; `follows`: the parcel that this one replaces.
    """

    contents: tuple[Content, ...]
    creators: tuple[int, ...]
    campaign: int | None = None
    kind: str = "gift"
    ship_by: str | None = None
    service: int | None = None
    message: str | None = None
    approve: bool = True
    follows: int | None = None


@immutable
class Shipped:
    """The parcels that were made; those `without_address` are drafts until there is one."""

    shipments: tuple[int, ...]
    without_address: tuple[int, ...]
    notes: tuple[str, ...]
    changes: Changes
    left_out: tuple[Receiver, ...] = ()


class Batches(Stock):
    """Sending to many."""

    def preview_batch(self, batch: Batch) -> Preview:
        """What would become of a batch, without making anything; a fixed number of statements.

        Raises UserError when an article is not known or a field names no variants.
        """
        wanted, articles = self._batch_lines(batch)
        return self._batch_preview(batch, wanted, articles, limited=True)

    def make_batch(
        self,
        batch: Batch,
        *,
        leave_out: bool = False,
        label: str = "",
        progress: Progress | None = None,
    ) -> Shipped:
        """Make the parcels of a batch, to the addresses of today, in one step.

        Approved parcels reserve their stock; without an address a parcel stays a draft. With `leave_out`
        those who can get none are left out, otherwise UserError is raised and nothing made. `progress` may
        raise Cancelled.
        """
        wanted, articles = self._batch_lines(batch)
        if not batch.creators:
            raise UserError("Say who gets the parcel. Nothing was made.")
        preview = self._batch_preview(batch, wanted, articles, limited=leave_out)
        if len(preview.of()) < len(set(batch.creators)):
            raise UserError("A creator is not there any more. Nothing was made; choose again.")
        left_out = preview.of("left_out")
        if left_out and not leave_out:
            opt_outs.refuse_opted_out(self.store, batch.creators, "Nothing was made.")
            opt_outs.refuse([f"{one.name}: {one.why}" for one in left_out], "Nothing was made.")
        getting = preview.of("ready", "draft")
        if not getting:
            raise UserError(f"Nobody is left who can get a parcel. {_why(left_out)} Nothing was made.")
        label = label or self._batch_label(batch, getting)
        made: list[int] = []
        with self.store.change(label) as unit:
            for start in range(0, len(getting), _AT_ONCE):
                portion = getting[start : start + _AT_ONCE]
                if progress:
                    progress(start, len(getting))
                new = unit.add_many("shipment", [_parcel(batch, one, articles) for one in portion])
                items = zip(new, portion, strict=True)
                unit.add_many(
                    "shipment_item",
                    [item for number, one in items for item in _items(number, one, articles)],
                )
                made += new
            if progress:
                progress(len(getting), len(getting))
        placed = list(zip(made, getting, strict=True))
        lacking = [number for number, one in placed if one.outcome == "draft" and one.why]
        names = [one.name for one in getting if one.outcome == "draft" and one.why]
        return Shipped(tuple(made), tuple(lacking), _notes(names), self.store.last_changes, tuple(left_out))

    def taking_part(self, campaign: int) -> list[int]:
        """The creators of a campaign: all it works with, but those who declined."""
        return batches.taking_part(self.store, campaign)

    # Inside ----------------------------------------------------------------------------------------

    def _batch_lines(self, batch: Batch) -> tuple[list[Wanted], dict[tuple[int, int | None], Article]]:
        """The lines of a batch with their articles found, and every article that may be sent."""
        if not batch.contents or any(line.quantity < 1 for line in batch.contents):
            raise UserError("A parcel needs at least one piece of something. Nothing was made.")
        items = {text for line in batch.contents for text in (line.item, *line.fallback)}
        by_item = self._articles(sorted(items))
        ruled = {
            by_item[line.item].product
            for line in batch.contents
            if line.variant_from and by_item[line.item].variant is None
        }
        sold: dict[int, dict[str, int]] = {}
        pairs: list[tuple[int, int | None]] = []
        for variant in batches.variants(self.store, ruled):
            pairs.append((variant.product, variant.id))
            named = sold.setdefault(variant.product, {})
            named |= {fold(text): variant.id for text in (variant.sku, variant.name) if text}
        pairs += [(article.product, article.variant) for article in by_item.values()]
        pairs += [(product, None) for product, _ in pairs]
        wanted = []
        for line in batch.contents:
            article = by_item[line.item]
            variants = sold.get(article.product) if line.variant_from and article.variant is None else None
            if variants is None:
                wanted.append(Wanted(article.product, article.variant, line.quantity))
                continue
            others = [by_item[text] for text in line.fallback]
            fallback = next((o.variant for o in others if o.product == article.product and o.variant), None)
            label = self._variant_rule(line.variant_from).label
            wanted.append(Wanted(article.product, fallback, line.quantity, label, variants))
        if any(line.variant_from for line in batch.contents) and not sold:
            raise UserError("None of these products has variants to choose from. Nothing was made.")
        found = stock.articles_by_number(self.store, dict.fromkeys(pairs))
        return wanted, {(a.product, a.variant): a for a in found}

    def _variant_rule(self, name: str) -> Field:
        """The field of creators that names a variant; by its name, or what it is called in the window."""
        described = self.store.catalogue["creator"]
        found = described.by_name.get(name) or next(
            (f for f in described.visible if f.label.casefold() == name.strip().casefold()), None
        )
        if found is None:
            raise UserError(f"Creators have no field “{name}”. Nothing was made; check how it is written.")
        return found

    def _batch_preview(
        self,
        batch: Batch,
        wanted: Sequence[Wanted],
        articles: Mapping[tuple[int, int | None], Article],
        *,
        limited: bool,
    ) -> Preview:
        return planned(
            self._batch_candidates(batch, {line.product for line in wanted}),
            wanted,
            {key: article.stock for key, article in articles.items()},
            {key: article.name for key, article in articles.items()},
            approve=batch.approve,
            limited=limited,
        )

    def same_product_days(self) -> int:
        """Within how many days it is told that a creator had the same product; 0: never."""
        return int(self.setting("same_product_days", SAME_PRODUCT_DAYS))

    def set_same_product_days(self, days: int) -> Changes:
        """Say within how many days it is told that a creator had the same product; 0: never."""
        return self.set_settings(
            {"same_product_days": max(0, days)}, "Change when the same product is too soon"
        )

    def _batch_candidates(self, batch: Batch, products: Iterable[int]) -> Iterator[Candidate]:
        from creator_crm.domain.addresses import PostalAddress, remarks  # only once parcels are made

        numbers = list(dict.fromkeys(batch.creators))
        people = stock.people(self.store, numbers)
        addresses = stock.addresses(self.store, numbers)
        home = str(self.setting("sender_country") or "")
        open_ones = batches.on_the_way(self.store, numbers)
        within = self.same_product_days()
        since = (date.today() - timedelta(days=within)).isoformat()
        sent = batches.sent_since(self.store, numbers, products, since) if within else {}
        goods = lookup.titles(self.store, "product", {product for product, _ in sent.values()})
        rules = [self._variant_rule(line.variant_from) for line in batch.contents if line.variant_from]
        for number in numbers:
            if (row := people.get(number)) is None:
                continue
            name = row.name or (f"@{row.handle}" if row.handle else "Unnamed creator")
            warnings = []
            if number in sent:
                product, day = sent[number]
                warnings.append(f"Got “{goods.get(product, '')}” {_ago(day)}.")
            if number in open_ones:
                parcel, status = open_ones[number]
                state = "on its way" if status in ("shipped", "in_transit") else "still to be sent"
                warnings.append(f"Parcel {parcel} is {state}.")
            if number in addresses:
                odd = remarks(PostalAddress.of(addresses[number], country=row.country or ""), home)
                warnings += [one.sentence for one in odd if one.field != "recipient"]
            yield Candidate(
                number,
                name,
                opt_outs.why_not(Standing(number, name, row.stage or "", row.opted_out, 0, "", "")),
                number in addresses,
                tuple(warnings),
                {rule.label: _said(row, rule) for rule in rules},
            )

    def _batch_label(self, batch: Batch, getting: Sequence[Receiver]) -> str:
        named = self._articles([line.item for line in batch.contents])
        contents = " + ".join(
            f"{line.quantity} × {named[line.item].sku or named[line.item].name}" for line in batch.contents
        )
        who = getting[0].name if len(getting) == 1 else f"{len(getting):,} creators"
        return f"Send {contents} to {who}"


def _parcel(
    batch: Batch, one: Receiver, articles: Mapping[tuple[int, int | None], Article]
) -> dict[str, Value]:
    held = [(articles[product, variant], count) for product, variant, count in one.articles]
    weights = [(article.weight, count) for article, count in held]
    return {
        "creator": one.creator,
        "campaign": batch.campaign,
        "status": "approved" if one.outcome == "ready" else "draft",
        "kind": batch.kind,
        "ship_by": batch.ship_by,
        "carrier_service": batch.service,
        "follows": batch.follows,
        "currency": held[0][0].currency,
        "weight": sum(w * n for w, n in weights if w) if all(w for w, _ in weights) else None,
        "gift_message": batch.message,
    }


def _items(
    number: int, one: Receiver, articles: Mapping[tuple[int, int | None], Article]
) -> Iterator[dict[str, Value]]:
    for product, variant, count in one.articles:
        article = articles[product, variant]
        yield {
            "shipment": number,
            "product": product,
            "variant": variant,
            "sku": article.sku,
            "quantity": count,
            "currency": article.currency,
            "unit_cost": article.cost,
        }


def _said(row: Any, rule: Field) -> str:
    value = value_of(row, rule)
    if rule.kind is Kind.TAGS and isinstance(value, tuple):
        return str(value[0]) if value else ""
    return show(rule, value).strip() if value is not None else ""


def _ago(day: str) -> str:
    days = (date.today() - date.fromisoformat(day[:10])).days
    return "today" if days <= 0 else "yesterday" if days == 1 else f"{days} days ago"


def _why(left_out: Sequence[Receiver]) -> str:
    return " ".join(dict.fromkeys(one.why for one in left_out[:_NAMED]))


def _notes(names: Sequence[str]) -> tuple[str, ...]:
    if not names:
        return ()
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    listed = ", ".join(names[:_NAMED])
    return (f"There is no address yet for {listed}{more}; ask for it and approve the parcel then.",)
