"""The parts of the records of a list: the lines of its orders, the figures of its posts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from creator_crm.domain.fields import Description, Field
from creator_crm.exchange.rehearsal import Parsed, empty
from creator_crm.services.importing.naming import key_of, keys_in
from creator_crm.services.importing.options import Options
from creator_crm.services.importing.part import Part
from creator_crm.store.readers import matching


@dataclass(slots=True)
class Branch:
    """One kind of part; every member belongs to one parent of the list."""

    part: Part
    owner: str
    parent_of: list[int]  # member → parent, both by their number in the list
    member_of: dict[int, int] = field(default_factory=dict)  # position → member

    def changed_parents(self) -> dict[int, set[str]]:
        """What the parts change about each parent, in words."""
        found: dict[int, set[str]] = {}
        plural = self.part.description.plural.lower()
        for member in self.part.new:
            found.setdefault(self.parent_of[member], set()).add(f"new {plural}")
        for member, row in self.part.existing.items():
            if row in self.part.updates:
                found.setdefault(self.parent_of[member], set()).add(plural)
        return found


def plan_branch(
    raw: matching.Raw,
    description: Description[Any],
    parsed: Parsed,
    parents: Part,
    group_of: Mapping[int, int],
    options: Options,
    custom: Mapping[str, Field],
    *,
    renew: bool,
    measured_on: str,
    yields: frozenset[str],
) -> Branch | None:
    """Compare the parts in a list with those that its parents have; None when the list holds none."""
    owner = description.owner
    assert owner is not None
    key = key_of(description, parsed, without=(owner.name,))
    if not key:
        return None
    keys = keys_in(parsed, description, key)
    wanted = set(parents.new) | parents.existing.keys()
    groups: dict[tuple[Any, ...], list[int]] = {}
    for i, own in enumerate(keys):
        parent = group_of.get(i)
        if parent in wanted and not any(empty(part) for part in own):
            groups.setdefault((parent, *own), []).append(i)
    members = list(groups.values())
    branch = Branch(
        Part.of(description, parsed, members, options.keep, custom), owner.name, [k[0] for k in groups]
    )
    for member, lines in enumerate(members):
        branch.member_of |= dict.fromkeys(lines, member)
    _match(raw, branch, parents, groups, key)
    if renew:
        branch.part.compare(raw)
        branch.part.give_way(yields | {f"{description.name}.{name}" for name in key})
        branch.part.protect(raw, measured_on, options.overwrite_edited, dated=False)
    else:
        new = set(parents.new)
        branch.part.new = [m for m in branch.part.new if branch.parent_of[m] in new]
    return branch


def _match(
    raw: matching.Raw,
    branch: Branch,
    parents: Part,
    groups: Mapping[tuple[Any, ...], list[int]],
    key: tuple[str, ...],
) -> None:
    also = ("sku_id", "content_id") if branch.part.description.name == "order_line" else ()
    rows = matching.rows_by_column(
        raw, branch.part.description.name, branch.owner, set(parents.existing.values()), [*key, *also]
    )
    taken: set[int] = set()
    exact: dict[int, int] = {}
    for member, (parent, *own) in enumerate(groups):
        for row in rows.get(parents.existing.get(parent, 0), ()):
            if list(row[1 : 1 + len(key)]) == own:
                exact[member] = row[0]
                taken.add(row[0])
                break
    for member, (parent, *_) in enumerate(groups):
        found = exact.get(member)
        if found is None and also:
            found = _same_article(branch.part, member, rows.get(parents.existing.get(parent, 0), ()), taken)
        if found is None:
            branch.part.new.append(member)
        else:
            branch.part.existing[member] = found


def _same_article(part: Part, member: int, rows: Any, taken: set[int]) -> int | None:
    """A line that another export of the same order calls otherwise: the same SKU, and no other post."""
    sku, post = part.value(member, "sku_id"), part.value(member, "content_id")
    for number, *_, its_sku, its_post in rows:
        if sku and sku == its_sku and number not in taken and (not post or not its_post or post == its_post):
            taken.add(number)
            return int(number)
    return None
