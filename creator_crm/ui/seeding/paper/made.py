"""The papers by their names, made from what is known of the parcels; and what is to be known beforehand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from creator_crm.domain.frozen import immutable
from creator_crm.domain.label_sheets import A4, LETTER, USUAL, sheet
from creator_crm.services.slips import Slip, Slips
from creator_crm.ui.seeding.paper.gift_notes import GiftNotes
from creator_crm.ui.seeding.paper.labels import Labels
from creator_crm.ui.seeding.paper.lettering import font_for, without_glyph
from creator_crm.ui.seeding.paper.packing_slips import PackingSlips
from creator_crm.ui.seeding.paper.page import LETTER_COUNTRIES, Paper
from creator_crm.ui.seeding.paper.pick_list import PickList

KINDS = {
    "packing-slips": "Packing slips",
    "labels": "Address labels",
    "gift-notes": "Gift notes",
    "pick-list": "Pick list",
}
FEW = 3  # parcels named in a sentence


@immutable
class Choices:
    """What is printed and how: a kind of `KINDS`, a label sheet by its key, the first place on it."""

    kind: str = "packing-slips"
    size: str = USUAL
    start: int = 1


@immutable
class Problem:
    """A sentence to be read before printing; `grave` when somebody would get something wrong."""

    sentence: str
    grave: bool = True


def paper_of(slips: Slips, choices: Choices, country: str = "") -> Paper:
    """The paper for these parcels; `country` is the sender's, whose usual paper is taken."""
    page = LETTER if country in LETTER_COUNTRIES else A4
    if choices.kind == "labels":
        return Labels(slips, sheet(choices.size), choices.start)
    if choices.kind == "gift-notes":
        return GiftNotes(slips, page)
    if choices.kind == "pick-list":
        return PickList(slips, page)
    return PackingSlips(slips, page)


def problems(paper: Paper, slips: Slips) -> tuple[Problem, ...]:
    """What is to be known before this is printed, each in a sentence that names the parcels."""
    return (
        *_without_address(paper, slips),
        *_too_long(paper),
        *_without_font(paper, slips),
        *_with_gaps(paper, slips),
    )


def _without_address(paper: Paper, slips: Slips) -> Iterator[Problem]:
    if isinstance(paper, Labels | PackingSlips):
        bare = [slip for slip in slips.slips if len(slip.lines) < 2]
        if bare:
            yield Problem(f"There is no address yet for {_named(bare)}.")


def _too_long(paper: Paper) -> Iterator[Problem]:
    if isinstance(paper, Labels | GiftNotes) and (found := paper.too_long):
        small = min(points for _, points in found)
        what = "address is too long for this label" if isinstance(paper, Labels) else "note is too long"
        yield Problem(
            f"The {what}: {_named([slip for slip, _ in found])}. Nothing is left out, but the letters are "
            f"only {small:.1f} points high.",
            grave=False,
        )


def _without_font(paper: Paper, slips: Slips) -> Iterator[Problem]:
    lacking = [(slip, without_glyph(_text(paper, slip))) for slip in slips.slips]
    lacking = [(slip, signs) for slip, signs in lacking if signs]
    if not lacking:
        return
    signs = "".join(dict.fromkeys("".join(signs for _, signs in lacking)))
    shown = " ".join(signs[:8]) + (" …" if len(signs) > 8 else "")
    fonts = " and ".join(dict.fromkeys(font_for(sign) for sign in signs))
    yield Problem(
        f"No font on this computer has {shown}, so empty boxes would be printed for "
        f"{_named([slip for slip, _ in lacking])}. Install {fonts} and start again."
    )


def _with_gaps(paper: Paper, slips: Slips) -> Iterator[Problem]:
    if isinstance(paper, GiftNotes | PackingSlips):
        open_ = [slip for slip in slips.slips if slip.missing]
        if open_:
            gaps = ", ".join(dict.fromkeys(gap for slip in open_ for gap in slip.missing))
            yield Problem(f"The note has gaps that nothing is known for ({gaps}): {_named(open_)}.")
    if isinstance(paper, GiftNotes):
        bare = [slip for slip in slips.slips if not slip.link]
        if bare:
            yield Problem(f"There is no link, and so no QR code, for {_named(bare)}.", grave=False)


def _text(paper: Paper, slip: Slip) -> str:
    """Everything that is printed of a parcel on this paper."""
    contents = (f"{one.name}{one.variant}{one.sku}" for one in slip.contents)
    if isinstance(paper, Labels):
        return "".join(slip.lines)
    if isinstance(paper, GiftNotes):
        return slip.note
    if isinstance(paper, PickList):
        return "".join(contents)
    return "".join((*slip.lines, slip.name, slip.campaign, slip.note, *contents))


def _named(slips: Sequence[Slip]) -> str:
    names = ", ".join(slip.called for slip in slips[:FEW])
    return f"{names} and {len(slips) - FEW} more" if len(slips) > FEW else names
