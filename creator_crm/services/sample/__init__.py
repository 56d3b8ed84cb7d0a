"""The sample brand: a made-up skincare label with a year of history, for looking around in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from creator_crm.domain.query import Query
from creator_crm.services.sample.agreements import agreements
from creator_crm.services.sample.content import content
from creator_crm.services.sample.evidence import evidence
from creator_crm.services.sample.furniture import furnish
from creator_crm.services.sample.goals import goals
from creator_crm.services.sample.invented import Die
from creator_crm.services.sample.past import Step, year_of_work
from creator_crm.services.sample.people import invent_people
from creator_crm.services.sample.sales import Sold, sales
from creator_crm.services.sample.trade import Rows, parts_of, trade
from creator_crm.services.workspace import Workspace

SEED = 2024


def make_sample(path: Path, today: date | None = None, seed: int = SEED) -> dict[str, int]:
    """Make a workspace with the sample brand at `path`; returns how many rows of each record it holds.

    The same seed and day give the same brand. Raises UserError when something is at `path` already.
    """
    workspace = Workspace.create(path, who="Mara")
    try:
        with workspace:
            return _fill(workspace, today or date.today(), seed)
    except BaseException:
        for leftover in path.parent.glob(f"{path.name}*"):
            leftover.unlink()
        raise


def _fill(workspace: Workspace, today: date, seed: int) -> dict[str, int]:
    die = Die(seed)
    people = invent_people(die, today)
    me = workspace.store.who
    past = [*furnish(people, today), *year_of_work(die, people, today)]
    # A die of its own: what is thrown for parcels and orders leaves the people as they are.
    other = Die(seed + 1)
    rows, parts = Rows(), parts_of(other, people, today)
    sold = Sold()
    past += [*trade(other, people, parts, rows, today), *sales(other, parts, rows, sold, today)]
    third = Die(seed + 2)
    past += [*agreements(third, people, rows, today), *content(third, people, parts, rows, today)]
    past += [*evidence(third, parts, sold, today), *goals(parts, rows)]
    with workspace.store.together():
        for at, step in _dated(past, today):
            _do(workspace, step, at)
    workspace.store.who = me
    return {d.name: workspace.count(Query(d.name, archived=True)) for d in workspace.catalogue.public}


def _do(workspace: Workspace, step: Step, at: str) -> None:
    workspace.store.who = step.who
    with workspace.store.change(step.label, origin=step.origin) as unit:
        unit.happened(at)
        step.write(unit)
    if step.regretted:
        workspace.undo()


def _dated(steps: Iterable[Step], today: date) -> Iterator[tuple[str, Step]]:
    """The steps in the order they happened, each with its minute of a working day, none in the future."""
    now = datetime.now(UTC)
    latest = min(now, datetime(today.year, today.month, today.day, 17, tzinfo=UTC))
    # What was regretted comes last, so that its undo is the newest thing there is.
    ordered = sorted(steps, key=lambda step: (step.regretted, step.day))
    before: date | None = None
    number = 0
    for step in ordered:
        number = number + 1 if step.day == before else 0
        before = step.day
        moment = datetime(step.day.year, step.day.month, step.day.day, 7, 40, tzinfo=UTC)
        moment = min(moment + timedelta(minutes=19 * number), latest)
        yield moment.strftime("%Y-%m-%dT%H:%M:%SZ"), step
