"""A batch of parcels before it is made: who gets what, how the stock goes, who is left out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from creator_crm.domain.frozen import immutable
from creator_crm.domain.values.texts import fold

Article = tuple[int, int | None]
"""(product, variant); a product without a variant is all of its variants together."""

Outcome = Literal["ready", "draft", "left_out"]


@immutable
class Wanted:
    """One line of what goes into each parcel.

    `variants`: by the folded name or SKU, where the creator's field `label` names the variant; `variant` is
    then what those get for whom it names none, None when they are left out.
    """

    product: int
    variant: int | None
    quantity: int
    label: str = ""
    variants: Mapping[str, int] | None = None


@immutable
class Candidate:
    """A creator who may get a parcel; `says` is what their fields hold, by label."""

    creator: int
    name: str
    blocked: str = ""
    has_address: bool = True
    warnings: tuple[str, ...] = ()
    says: Mapping[str, str] | None = None


@immutable
class Receiver:
    """What becomes of one candidate: (product, variant, pieces) of their parcel; `why` if not ready."""

    creator: int
    name: str
    outcome: Outcome
    why: str = ""
    warnings: tuple[str, ...] = ()
    articles: tuple[tuple[int, int | None, int], ...] = ()
    unnamed: bool = False


@immutable
class Level:
    """How the stock of an article goes: `needed` at once, by those it does not suffice for too; `later` by
    the drafts.
    """

    product: int
    variant: int | None
    name: str
    before: int
    needed: int
    later: int

    @property
    def after(self) -> int:
        return self.before - self.needed


@immutable
class Preview:
    """A whole batch, in the order of its candidates."""

    receivers: tuple[Receiver, ...]
    levels: tuple[Level, ...]

    def of(self, *outcomes: Outcome) -> list[Receiver]:
        """Those of whom this becomes, all when none is named."""
        return [one for one in self.receivers if not outcomes or one.outcome in outcomes]


def planned(
    candidates: Iterable[Candidate],
    wanted: Sequence[Wanted],
    stock: Mapping[Article, int],
    names: Mapping[Article, str],
    *,
    approve: bool = True,
    limited: bool = True,
) -> Preview:
    """Who gets a parcel, first come first served.

    `stock` and `names` know each product and each of its variants that may be sent. Without `approve` all are
    drafts, which take nothing; without `limited` nobody is left out for the stock.
    """
    left = dict(stock)
    needed: Counter[Article] = Counter()
    later: Counter[Article] = Counter()
    receivers = []
    for one in candidates:
        found = _packed(one, wanted, names)
        if found.outcome == "ready" and not (one.has_address and approve):
            why = "" if one.has_address else "No address yet, so the parcel stays a draft."
            found = _as(found, "draft", why)
            later.update(_pieces(found))
        elif found.outcome == "ready":
            pieces = _pieces(found)
            short = [article for article, count in _counted(pieces) if left.get(article, 0) < count]
            if short and limited:
                found = _as(found, "left_out", f"Not enough of “{names.get(short[0], '')}” is left.")
                needed.update({article: count for article, count in pieces.items() if article in short})
            else:
                needed.update(pieces)
                for article, count in _counted(pieces):
                    left[article] = left.get(article, 0) - count
        receivers.append(found)
    articles = dict.fromkeys([*_asked(wanted), *needed, *later])
    levels = (
        Level(*article, names.get(article, ""), stock.get(article, 0), needed[article], later[article])
        for article in articles
    )
    return Preview(tuple(receivers), tuple(levels))


def _packed(one: Candidate, wanted: Sequence[Wanted], names: Mapping[Article, str]) -> Receiver:
    if one.blocked:
        return Receiver(one.creator, one.name, "left_out", one.blocked)
    articles, warnings = [], list(one.warnings)
    for line in wanted:
        variant = line.variant
        if line.variants is not None:
            said = (one.says or {}).get(line.label, "")
            chosen = line.variants.get(fold(said)) if said else None
            if chosen is None:
                product = names.get((line.product, None), "")
                lacks = f"{line.label} “{said}” is no variant of “{product}”" if said else f"No {line.label}"
                if variant is None:
                    return Receiver(one.creator, one.name, "left_out", f"{lacks}.", unnamed=True)
                warnings.append(f"{lacks}; gets “{names.get((line.product, variant), '')}”.")
            else:
                variant = chosen
        articles.append((line.product, variant, line.quantity))
    unnamed = len(warnings) > len(one.warnings)
    return Receiver(one.creator, one.name, "ready", "", tuple(warnings), tuple(articles), unnamed)


def _as(one: Receiver, outcome: Outcome, why: str) -> Receiver:
    return Receiver(one.creator, one.name, outcome, why, one.warnings, one.articles, one.unnamed)


def _pieces(one: Receiver) -> Counter[Article]:
    """How many of each article are in a parcel."""
    found: Counter[Article] = Counter()
    for product, variant, count in one.articles:
        found[product, variant] += count
    return found


def _counted(pieces: Mapping[Article, int]) -> Iterator[tuple[Article, int]]:
    """The same with what it takes from the product as a whole; a variant is counted in both."""
    products: Counter[Article] = Counter()
    for (product, variant), count in pieces.items():
        products[product, None] += count
        if variant is not None:
            yield (product, variant), count
    yield from products.items()


def _asked(wanted: Sequence[Wanted]) -> list[Article]:
    return [(w.product, w.variant) for w in wanted if w.variants is None]
