"""What an import of creators will write, and the verdict on every line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from creator_crm.domain.errors import Cancelled
from creator_crm.domain.fields import Catalogue, Field, Value
from creator_crm.domain.letting_go import let_go_of
from creator_crm.domain.values.texts import fold
from creator_crm.exchange.creator_list import UNKNOWN_PLATFORM, Groups, group_lines
from creator_crm.exchange.further_accounts import followers_on, handle_on
from creator_crm.exchange.mapping import Proposal
from creator_crm.exchange.rehearsal import Action, Parsed, Verdict, empty
from creator_crm.services.importing.matches import Matcher, Matches
from creator_crm.services.importing.options import Options
from creator_crm.services.importing.part import Difference, Part
from creator_crm.store.readers import matching

_PLACE = ("street", "city", "postcode")
_KNOWN_BEFORE = "The same file was imported before, so this stays as it is now."


@dataclass(slots=True)
class CreatorPlan:
    """Everything that will be written for a list of creators, and what becomes of each line (by position)."""

    catalogue: Catalogue
    parsed: Parsed
    groups: Groups
    matches: Matches
    creators: Part
    accounts: Part
    snapshots: Part
    addresses: Part
    actions: list[Action] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    account_of: dict[int, int] = field(default_factory=dict)  # position → account in the list
    snapshot_of: dict[int, int] = field(default_factory=dict)
    new_snapshots: frozenset[int] = frozenset()
    new_addresses: frozenset[int] = frozenset()

    @property
    def parts(self) -> tuple[Part, ...]:
        """In the order in which they are written."""
        return self.creators, self.accounts, self.snapshots, self.addresses

    @property
    def rows_to_write(self) -> int:
        return sum(len(part.new) + len(part.updates) for part in self.parts)

    def counted(self, count: int) -> str:
        """ "312 creators"."""
        return f"{count:,} creator{'' if count == 1 else 's'}"

    def verdict(self, position: int) -> Verdict:
        """One line as it will become."""
        parsed = self.parsed
        given = {t: column[position] for t, column in parsed.values.items() if not empty(column[position])}
        values = {**parsed.usual, **given}
        changes: dict[str, tuple[Value, Value]] = {}
        for part, member in self.members(position):
            for name, value in part.given(member).items():
                values[f"{part.description.name}.{name}"] = value
            row = part.existing.get(member)
            for name, difference in part.updates.get(row or 0, {}).items():
                path = f"{part.description.name}.{name}"
                values[path] = difference.after
                changes[path] = (difference.before, difference.after)
        for place in parsed.further.get(position, ()):
            platform, further = (parsed.values[t][place] for t in ("account.platform", "account.handle"))
            values[handle_on(str(platform))] = further
            if count := parsed.column("account_metrics.followers")[place]:
                values[followers_on(str(platform))] = count
        handle, known_as = values.get("account.handle"), values.get("creator.name")
        title = f"@{handle}" if handle else str(known_as or values.get("creator.email") or "")
        return Verdict(
            parsed.lines[position], self.actions[position], self.reasons[position], title, values, changes
        )

    def members(self, position: int) -> list[tuple[Part, int]]:
        creator = self.groups.creator_of.get(position)
        found = [] if creator is None else [(self.creators, creator), (self.addresses, creator)]
        if position in self.account_of:
            found.append((self.accounts, self.account_of[position]))
        if position in self.snapshot_of:
            found.append((self.snapshots, self.snapshot_of[position]))
        return found

    def let_go(self) -> None:
        """Free what was planned, when nobody needs it any more."""
        let_go_of(self, self.parsed, self.groups, self.matches, *self.parts)


def plan_creators(
    raw: matching.Raw,
    catalogue: Catalogue,
    parsed: Parsed,
    proposal: Proposal,
    options: Options,
    custom: Mapping[str, Field],
    seen_before: frozenset[int] | None,
    check: Callable[[], bool] | None = None,
) -> CreatorPlan:
    """Compare a list with the workspace. `seen_before`: the lines left over when the same file came in
    before.
    """
    _pause(check)
    groups = group_lines(parsed, proposal, options.keep)
    _pause(check)
    matcher = Matcher(raw, parsed, groups)
    matches = matcher.match()
    matcher.let_go()
    keep = options.keep
    plan = CreatorPlan(
        catalogue,
        parsed,
        groups,
        matches,
        Part.of(catalogue["creator"], parsed, groups.creators, keep, custom),
        Part.of(catalogue["account"], parsed, groups.accounts, keep),
        Part.of(catalogue["account_metrics"], parsed, groups.snapshots, keep),
        Part.of(catalogue["address"], parsed, groups.creators, keep),
    )
    plan.account_of = {i: a for a, lines in enumerate(groups.accounts) for i in lines}
    plan.snapshot_of = {i: s for s, lines in enumerate(groups.snapshots) for i in lines}
    _pause(check)
    stopped = _seen_before(plan, seen_before)
    _creators(plan, stopped)
    _accounts(plan)
    for part in (plan.creators, plan.accounts):
        only = ("link", "display_name") if part is plan.accounts else None
        part.compare(raw, only)
        home = matches.home if part is plan.creators else ()
        part.protect(raw, proposal.measured_on, options.overwrite_edited, dated=False, home=home)
    _name_platforms(plan)
    _pause(check)
    _snapshots(raw, plan, options)
    _addresses(raw, plan, proposal, options)
    _pause(check)
    _verdicts(plan, stopped)
    return plan


def _pause(check: Callable[[], bool] | None) -> None:
    if check and check():
        raise Cancelled


def _seen_before(plan: CreatorPlan, left_over: frozenset[int] | None) -> dict[int, tuple[Action, str]]:
    """Creators that an earlier import of the same file has dealt with: nothing older may come back."""
    if left_over is None:
        return {}
    found: dict[int, tuple[Action, str]] = {}
    for creator, lines in enumerate(plan.groups.creators):
        if any(plan.parsed.lines[i] in left_over for i in lines):
            continue
        if creator in plan.matches.creators or not _can_be_found(plan, lines):
            found[creator] = (Action.UNCHANGED, _KNOWN_BEFORE)
        elif creator not in plan.matches.conflicts and creator not in plan.matches.skipped:
            reason = "The same file was imported before, and this creator was removed or renamed since."
            found[creator] = (Action.SKIP, reason)
    return found


def _can_be_found(plan: CreatorPlan, lines: list[int]) -> bool:
    keys = [plan.parsed.column(t) for t in ("account.handle", "creator.email", "creator.external_id")]
    return any(column[i] for column in keys for i in lines)


def _creators(plan: CreatorPlan, stopped: Mapping[int, tuple[Action, str]]) -> None:
    away = plan.matches.conflicts.keys() | plan.matches.skipped.keys() | stopped.keys()
    for creator in range(len(plan.groups.creators)):
        if creator in away:
            continue
        row = plan.matches.creators.get(creator)
        if row is None:
            plan.creators.new.append(creator)
        else:
            plan.creators.existing[creator] = row


def _accounts(plan: CreatorPlan) -> None:
    new = set(plan.creators.new)
    for account, creator in enumerate(plan.groups.account_creator):
        if creator not in new and creator not in plan.creators.existing:
            continue
        found = plan.matches.accounts.get(account)
        if found is None:
            plan.accounts.new.append(account)
        else:
            plan.accounts.existing[account] = found.id


def _name_platforms(plan: CreatorPlan) -> None:
    """An account whose platform nobody knew before gets it from a list that says it."""
    for account, row in plan.accounts.existing.items():
        held = plan.matches.accounts[account].platform
        said, key = plan.groups.account_keys[account]
        if key and held == UNKNOWN_PLATFORM != said:
            change = Difference(row, "platform", "platform", held, said)
            plan.accounts.updates.setdefault(row, {})["platform"] = change


def _snapshots(raw: matching.Raw, plan: CreatorPlan, options: Options) -> None:
    """The figures of a day: a new snapshot, a change of that day's one, or nothing when the latest says the
    same.
    """
    part, groups = plan.snapshots, plan.groups
    part.fields = tuple(f for f in part.fields if f.name != "measured_on")
    names = [f.name for f in part.fields]
    rows = set(plan.accounts.existing.values())
    held = matching.rows_by_column(raw, "account_metrics", "account", rows, ["measured_on", *names])
    new = set(plan.accounts.new)
    for snapshot, account in enumerate(groups.snapshot_account):
        if account in new:
            part.new.append(snapshot)
            continue
        if account not in plan.accounts.existing:
            continue
        theirs = held.get(plan.accounts.existing[account], [])
        day = groups.snapshot_day[snapshot]
        same_day = next((row for row in theirs if row[1] == day), None)
        latest = max(theirs, key=lambda row: (row[1] or "", row[0]), default=None)
        if same_day is not None:
            part.existing[snapshot] = same_day[0]
            part.compare_with(snapshot, same_day[0], part.fields, same_day[2:])
        elif latest is None or _says_more(part, snapshot, latest[2:]):
            part.new.append(snapshot)
    part.protect(raw, "", options.overwrite_edited, dated=True)


def _says_more(part: Part, snapshot: int, latest: tuple[object, ...]) -> bool:
    for described, before in zip(part.fields, latest, strict=True):
        after = part.values[described.name][snapshot]
        if after is not None and after != before:
            return True
    return False


def _addresses(raw: matching.Raw, plan: CreatorPlan, proposal: Proposal, options: Options) -> None:
    """A new address unless it is known; one that only says more about the same place completes it."""
    part = plan.addresses
    if not part.fields:
        return
    names = [f.name for f in part.fields]
    held = matching.rows_by_column(raw, "address", "creator", set(plan.creators.existing.values()), names)
    for creator in (*plan.creators.new, *plan.creators.existing):
        given = part.given(creator)
        if not any(name in given for name in _PLACE):
            continue
        row = plan.creators.existing.get(creator)
        theirs = held.get(row, []) if row else []
        same = next((a for a in theirs if _same_place(dict(zip(names, a[1:], strict=True)), given)), None)
        if same is None:
            part.new.append(creator)
        else:
            part.existing[creator] = same[0]
            part.compare_with(creator, same[0], part.fields, same[1:])
    part.protect(raw, proposal.measured_on, options.overwrite_edited, dated=False)


def _same_place(held: Mapping[str, object], given: Mapping[str, Value]) -> bool:
    pairs = [(held.get(name), given.get(name)) for name in _PLACE]
    return all(not a or not b or fold(str(a)) == fold(str(b)) for a, b in pairs) and any(
        a and b for a, b in pairs
    )


# Verdicts --------------------------------------------------------------------------------------------------


def _verdicts(plan: CreatorPlan, stopped: Mapping[int, tuple[Action, str]]) -> None:
    parsed, groups = plan.parsed, plan.groups
    plan.new_snapshots, plan.new_addresses = frozenset(plan.snapshots.new), frozenset(plan.addresses.new)
    of_creator = [_verdict_of(plan, creator, stopped) for creator in range(len(groups.creators))]
    for position in range(len(parsed)):
        if position in parsed.errors:
            action, reason = Action.ERROR, parsed.errors[position]
        elif position in groups.skipped:
            action, reason = Action.SKIP, groups.skipped[position]
        else:
            action, reason = of_creator[groups.creator_of[position]]
            first = groups.creators[groups.creator_of[position]][0]
            if position != first and action in (Action.CREATE, Action.UPDATE, Action.UNCHANGED):
                reason = f"It is joined with line {parsed.lines[first]:,}."
        plan.actions.append(action)
        plan.reasons.append(reason)
    counts = dict.fromkeys(("created", "updated", "unchanged", "skipped", "conflicts", "rejected"), 0)
    for action, _ in of_creator:
        counts[_COUNTED[action]] += 1
    counts["rejected"] += len(parsed.errors)
    counts["skipped"] += len(groups.skipped)
    plan.counts = counts


_COUNTED = {
    Action.CREATE: "created",
    Action.UPDATE: "updated",
    Action.UNCHANGED: "unchanged",
    Action.SKIP: "skipped",
    Action.CONFLICT: "conflicts",
    Action.ERROR: "rejected",
}


def _verdict_of(
    plan: CreatorPlan, creator: int, stopped: Mapping[int, tuple[Action, str]]
) -> tuple[Action, str]:
    if creator in plan.matches.conflicts:
        return Action.CONFLICT, plan.matches.conflicts[creator]
    if creator in plan.matches.skipped:
        return Action.SKIP, plan.matches.skipped[creator]
    if creator in stopped:
        return stopped[creator]
    if creator not in plan.creators.existing:
        return Action.CREATE, "New creator."
    return _verdict_of_existing(plan, creator)


def _verdict_of_existing(plan: CreatorPlan, creator: int) -> tuple[Action, str]:
    labels: list[str] = []
    kept: set[str] = set()
    lines = plan.groups.creators[creator]
    further = (place for position in lines for place in plan.parsed.further.get(position, ()))
    for position in (*lines, *further):
        for part, member in plan.members(position):
            row = part.existing.get(member)
            if row is not None:
                labels += [part.label(name) for name in part.updates.get(row, {})]
                kept |= part.kept.get(row, set())
            elif part is plan.accounts:
                labels.append("a new account")
            elif part is plan.snapshots and member in plan.new_snapshots:
                labels.append("new figures")
            elif part is plan.addresses and member in plan.new_addresses:
                labels.append("a new address")
    stays = f" Kept as you typed it: {', '.join(sorted(kept))}." if kept else ""
    if not labels:
        return Action.UNCHANGED, f"It says nothing new.{stays}"
    return Action.UPDATE, f"Changes: {', '.join(dict.fromkeys(labels)).lower()}.{stays}"
