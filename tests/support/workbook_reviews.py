"""Reviews made by hand, as bringing a workbook back would find them."""

from __future__ import annotations

from pathlib import Path

from creator_crm.domain.merging import UNKNOWN, Cell, Gone, RecordMerge, RowConflict, TheirRow
from creator_crm.services.workbook_back import Review

BASE = "Compared with the workspace as it was on 11/20/2026, when the workbook was written."
MINE = (
    "Replies fast on Instagram, prefers e-mail for contracts. Loved the serum; asked twice about the refill "
    "pouch. Do not send anything with nuts. Ships from Porto between June and September, else from Lisbon."
)
NAMES = (
    "Ana Lima",
    "Kofi Mensah",
    "Zoë Müller-Hohenstein van der Berg-Castellanos",
    "李小龍",
    "Bea Storyline",
)


def cell(uid: str, field: str, base: object, mine: object, theirs: object) -> Cell:
    return Cell(uid, field, base, mine, theirs)  # type: ignore[arg-type]


def review(*records: RecordMerge, titles: dict[tuple[str, str], str] | None = None, **more: object) -> Review:
    return Review(Path("/tmp/Luma team.xlsx"), None, BASE, records, titles or {}, **more)  # type: ignore[arg-type]


def small() -> Review:
    """Two creators in conflict, one change on each side, one new row, one missing row, one bad cell."""
    creators = RecordMerge(
        "creator",
        taken=(cell("u1", "niche", "tea", "tea", "coffee"),),
        kept=(cell("u2", "niche", None, "clay", None),),
        conflicts=(
            cell("u1", "notes", "old", "mine", "theirs"),
            cell("u2", "notes", None, "her own", "another"),
            cell("u2", "stage", "prospect", "agreed", "active"),
        ),
        new=(TheirRow(7, "n1", {"name": "Noa Vance", "niche": "silk"}, {}),),
        missing=("u3",),
        problems=((9, "followers", "“many” is no number. The value of before stays."),),
    )
    titles = {("creator", f"u{n}"): name for n, name in ((1, "Ana Lima"), (2, "Kofi Mensah"), (3, "Bea"))}
    return review(creators, titles=titles)


def long() -> Review:
    """Forty conflicts of several kinds, long names and long texts among them."""
    titles = {("creator", f"u{n}"): f"{NAMES[n % 5]}{f' {n}' if n > 4 else ''}" for n in range(16)}
    titles |= {("shipment", f"s{n}"): f"{NAMES[n % 5]} · 2026-11-{n + 1:02}" for n in range(8)}
    titles |= {("campaign", "c1"): "Spring launch", ("campaign", "c2"): "Summer refill 2026"}
    cells = []
    for n in range(14):
        uid = f"u{n}"
        theirs = MINE.replace("fast", "within a day").replace("Lisbon", "Lisbon or Madrid")
        cells.append(
            cell(uid, "notes", MINE if n % 3 else UNKNOWN, MINE.replace("twice", "three times"), theirs)
        )
        if n % 2:
            cells.append(cell(uid, "stage", "prospect", "agreed", "in_conversation"))
        else:
            cells.append(cell(uid, "tags", ("vip",), ("spring", "vip"), ("refill", "vip", "winter")))
    parcels = [cell(f"s{n}", "cost", 450, 520 + n, 12345) for n in range(5)]
    parcels += [cell(f"s{n}", "campaign", None, "c1", "c2") for n in range(4)]
    gone = (
        RowConflict("u14", Gone.HERE, (cell("u14", "notes", "old", "old", "She is back from leave"),)),
        RowConflict("u15", Gone.THERE, (cell("u15", "stage", "prospect", "agreed", "prospect"),)),
    )
    creators = RecordMerge(
        "creator",
        taken=tuple(cell(f"u{n}", "niche", "tea", "tea", "coffee and " * n + "cake") for n in range(12)),
        kept=tuple(cell(f"u{n}", "city", None, "Porto", None) for n in range(5)),
        conflicts=tuple(cells),
        gone=gone,
        new=tuple(
            TheirRow(90 + n, f"n{n}", {"name": NAMES[n % 5], "niche": "skin care", "notes": MINE}, {})
            for n in range(3)
        ),
        pasted=(TheirRow(95, "p1", {"name": "Copy of Ana Lima", "niche": "tea"}, {}, pasted=True),),
        trashed=("u9",),
        restored=("u10",),
        missing=("u11", "u12"),
        problems=((17, "followers", "“#REF!” is an error of the spreadsheet. The value of before stays."),),
    )
    shipments = RecordMerge("shipment", conflicts=tuple(parcels))
    return review(
        creators,
        shipments,
        titles=titles,
        left=("The sheet “Lists of last year” is not one of ours and was left.",),
        new_columns=(("creator", "Shoe size"),),
    )
