"""What was decided in a review so far, and what Apply would do with it, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from creator_crm.domain.merging import Gone, Side
from creator_crm.ui.shared.text import counted, number, tr
from creator_crm.ui.workbook.lines import Line, Lines, Section, What

if TYPE_CHECKING:
    from creator_crm.services.workbook_back import Decisions, Review
    from creator_crm.ui.workbook.values import Values

Place = tuple[str, str, str]


class Choices:
    """One side for each conflict, or none yet; a tick for each change by them, each new and missing row."""

    def __init__(self) -> None:
        self._sides: dict[Place, Side] = {}
        self._ticked: set[Place] = set()  # missing rows that may go
        self._unticked: set[Place] = set()  # new rows that are not wanted
        self._refused: set[Place] = set()  # what they alone changed and should not have

    def side(self, line: Line) -> Side | None:
        """Whose value stands; None while nobody decided, which keeps what is here."""
        return self._sides.get(line.place)

    def choose(self, lines: Iterable[Line], side: Side | None) -> None:
        """Decide lines of conflicts; None takes the decision back."""
        for line in lines:
            if side is None:
                self._sides.pop(line.place, None)
            else:
                self._sides[line.place] = side

    def ticked(self, line: Line) -> bool:
        if line.what is What.MISSING:
            return line.place in self._ticked
        return line.place not in self._not_wanted(line)

    def ticked_of(self, section: Section, lines: Sequence[Line]) -> int:
        """How many of all lines of a section are ticked."""
        if section is Section.MISSING:
            return len(self._ticked)
        return len(lines) - len(self._unticked if section is Section.NEW else self._refused)

    def tick(self, lines: Iterable[Line], on: bool) -> None:
        """Take or leave new rows and changes by them, let missing ones go or stay."""
        for line in lines:
            kept = self._ticked if line.what is What.MISSING else self._not_wanted(line)
            if on is (line.what is What.MISSING):
                kept.add(line.place)
            else:
                kept.discard(line.place)

    @property
    def count(self) -> int:
        """How many decisions would be lost with this window."""
        return len(self._sides) + len(self._ticked) + len(self._unticked) + len(self._refused)

    def open(self, lines: Lines) -> int:
        """How many conflicts nobody decided."""
        return sum(1 for line in lines[Section.BOTH] if line.place not in self._sides)

    def keep_only(self, lines: Lines) -> None:
        """After another comparison: forget what is not asked any more."""
        asked = {line.place for line in lines[Section.BOTH]}
        self._sides = {place: side for place, side in self._sides.items() if place in asked}
        self._ticked &= {line.place for line in lines[Section.MISSING]}
        self._unticked &= {line.place for line in lines[Section.NEW]}
        self._refused &= {line.place for line in lines[Section.THEIRS]}

    def _not_wanted(self, line: Line) -> set[Place]:
        return self._unticked if line.row is not None else self._refused

    def decisions(self) -> Decisions:
        """As the services want them."""
        from creator_crm.services.workbook_back import Decisions

        sides = self._sides | dict.fromkeys(self._refused, Side.MINE)
        return Decisions(
            cells={place: side for place, side in sides.items() if place[2]},
            rows={place[:2]: side for place, side in sides.items() if not place[2]},
            delete=frozenset(place[:2] for place in self._ticked),
            skip=frozenset(place[:2] for place in self._unticked),
        )


def what_came(review: Review) -> str:
    """The sentence over the review: what the workbook brings, in numbers."""
    rows = sum(len(m.trashed) + len(m.restored) for m in review.records)
    parts = [
        (review.conflicts, "conflict", "conflicts"),
        (review.taken + rows, "change by them", "changes by them"),
        (review.new, "new row", "new rows"),
        (review.missing, "missing row", "missing rows"),
        (review.both_made, "record that you both made", "records that you both made"),
    ]
    said = _listed([counted(*part) for part in parts if part[0]])
    return said or tr("Nothing to write")


def what_apply_does(lines: Lines, choices: Choices, values: Values) -> str:
    """ "Takes 12 changes, adds 3 creators and keeps yours in 5 conflicts (2 undecided)."."""
    sides = Counter(_deed(line, choices.side(line)) for line in lines[Section.BOTH])
    theirs = values.theirs
    if choices.ticked_of(Section.THEIRS, lines[Section.THEIRS]) < theirs.total():
        theirs = Counter(line.what if choices.ticked(line) else None for line in lines[Section.THEIRS])
    added = Counter(line.record for line in lines[Section.NEW] if choices.ticked(line))
    gone = sum(1 for line in lines[Section.MISSING] if choices.ticked(line))
    changes = theirs[What.CELL] + sides["take"]
    trashed = theirs[What.TRASHED] + sides["trash"] + gone
    back = theirs[What.RESTORED] + sides["restore"]
    said = []
    if changes:
        said.append(tr("takes {what}").format(what=counted(changes, "change", "changes")))
    if added:
        said.append(tr("adds {what}").format(what=_rows(added, values)))
    if back:
        said.append(tr("brings {what} back from the trash").format(what=counted(back, "row", "rows")))
    if trashed:
        said.append(tr("moves {what} to the trash").format(what=counted(trashed, "row", "rows")))
    if refused := theirs[None]:
        said.append(
            tr("leaves {what} out").format(what=counted(refused, "change by them", "changes by them"))
        )
    if kept := sides["keep"]:
        said.append(tr("keeps yours in {what}").format(what=_kept(kept, choices.open(lines))))
    if values.united:
        said.append(tr("makes one of each that you both made"))
    return tr("Apply {what}.").format(what=_listed(said) or tr("writes nothing"))


def _kept(kept: int, undecided: int) -> str:
    if kept == undecided:
        return counted(kept, "undecided conflict", "undecided conflicts")
    conflicts = counted(kept, "conflict", "conflicts")
    return (
        f"{conflicts} ({tr('{count} undecided').format(count=number(undecided))})" if undecided else conflicts
    )


def _deed(line: Line, side: Side | None) -> str:
    if side is not Side.THEIRS:
        return "keep"
    if line.gone is None:
        return "take"
    return "trash" if line.gone.gone is Gone.THERE else "restore"


def _rows(added: Counter[str], values: Values) -> str:
    """ "3 creators and 2 parcels"; more kinds than that are rows."""
    if len(added) > 2:
        return counted(added.total(), "new row", "new rows")
    return _listed([f"{number(count)} {values.counted(record, count)}" for record, count in added.items()])


def _listed(parts: list[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return tr("{these} and {that}").format(these=", ".join(parts[:-1]), that=parts[-1])
