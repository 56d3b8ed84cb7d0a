"""A list of creators in normal form: names put together, handles taken apart, doubles found, rows
rejected.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import repeat

from creator_crm.domain.errors import Cancelled
from creator_crm.domain.fields import Kind, Value
from creator_crm.domain.letting_go import let_go
from creator_crm.domain.values.blanks import is_blank
from creator_crm.domain.values.handles import fold_handle, split_name_and_handle
from creator_crm.domain.values.links import looks_like_link, read_link
from creator_crm.domain.values.texts import fold, looks_damaged
from creator_crm.exchange.column_values import parse_column
from creator_crm.exchange.currencies import read_amounts, remark_on_currency
from creator_crm.exchange.further_accounts import promote, unfold
from creator_crm.exchange.headers import header_key
from creator_crm.exchange.mapping import NEW_FIELD, Column, Proposal, field_of
from creator_crm.exchange.persons import NAME_AND_HANDLE, name_part
from creator_crm.exchange.reading.frames import Cell
from creator_crm.exchange.rehearsal import Keep, Parsed, Problem, differing, empty, union
from creator_crm.exchange.settling import settle, share_currency
from creator_crm.exchange.shapes import CREATORS
from creator_crm.exchange.vocabulary import Vocabulary

UNKNOWN_PLATFORM = "other"
NAMES_SOMEBODY = ("account.handle", NAME_AND_HANDLE, "creator.name", "creator.email", "account.link")
_FREE_NAMES = frozenset({"youtube", "facebook", "linkedin", "blog"})


def parse_list(
    proposal: Proposal,
    cells: Sequence[Sequence[Cell]],
    lines: Sequence[int],
    table_rows: Sequence[int],
    vocabulary: Vocabulary,
    *,
    cancel: Callable[[], bool] | None = None,
    progress: Callable[[int, int | None], None] | None = None,
) -> Parsed:
    """The mapped columns of a table (no blank lines in it) in normal form, with every cell that can't be
    read.
    """
    parsed = Parsed(list(lines), list(table_rows), {})
    taken = [column for column in proposal.columns if column.target]
    # An amount is read by its currency, and the lines of an order share that of their first line.
    first = (".currency", ".number")
    taken.sort(key=lambda column: not column.target.endswith(first))
    shared = False
    for done, column in enumerate(taken):
        if not shared and not column.target.endswith(first):
            share_currency(parsed, proposal)
            shared = True
        if cancel and cancel():
            raise Cancelled
        if progress:
            progress(done, len(taken))
        _parse_one(parsed, proposal, column, cells[column.index], vocabulary)
    for target, columns in _shared(taken).items():
        _put_together(parsed, target, columns)
    settle(parsed, proposal, cells)
    remark_on_currency(parsed, proposal)
    if proposal.shape == CREATORS:
        _complete_accounts(parsed, proposal)
        promote(parsed)
        _reject(parsed, proposal)
        _name_the_damaged(parsed)
        unfold(parsed)
    return parsed


def _parse_one(
    parsed: Parsed, proposal: Proposal, column: Column, cells: Sequence[Cell], vocabulary: Vocabulary
) -> None:
    field = field_of(vocabulary, column.target)
    if field is None:
        return
    target = column.target
    if target == NAME_AND_HANDLE:
        pairs = [split_name_and_handle(str(cell)) if not is_blank(cell) else None for cell in cells]
        names = [pair[0] if pair else cell for pair, cell in zip(pairs, cells, strict=True)]
        handles = [pair[1] if pair else None for pair in pairs]
        _keep(parsed, proposal, column, "creator.name", names, vocabulary)
        _keep(parsed, proposal, column, "account.handle", handles, vocabulary)
        return
    if target == "account.handle" and proposal.platform in _FREE_NAMES:
        # A channel's old name may have blanks; its handle is the same without them.
        cells = ["".join(c.split()) if isinstance(c, str) and "/" not in c else c for c in cells]
    several = f".{NEW_FIELD}" in target or sum(other.target == target for other in proposal.columns) > 1
    _keep(parsed, proposal, column, f"{target}#{column.index}" if several else target, cells, vocabulary)


def _keep(
    parsed: Parsed,
    proposal: Proposal,
    column: Column,
    key: str,
    cells: Sequence[Cell],
    vocabulary: Vocabulary,
) -> None:
    field = field_of(vocabulary, key.partition("#")[0])
    assert field is not None
    if field.kind is Kind.REFERENCE:
        field = replace(field, kind=Kind.TEXT)  # a name here; the workspace knows whose
    if field.currency:
        found = read_amounts(
            parsed, field, key.partition(".")[0], cells, column.reading, proposal, vocabulary
        )
    else:
        found = parse_column(field, cells, column.reading)
    parsed.values[key] = found.values
    parsed.placeholders += found.placeholders
    for position, reason in found.problems.items():
        parsed.problems.append(
            Problem(parsed.lines[position], column.header, str(cells[position])[:200], reason)
        )


def _shared(columns: Sequence[Column]) -> dict[str, list[Column]]:
    found: dict[str, list[Column]] = {}
    for column in columns:
        if f".{NEW_FIELD}" not in column.target:
            found.setdefault(column.target, []).append(column)
    return {target: shared for target, shared in found.items() if len(shared) > 1}


def _put_together(parsed: Parsed, target: str, columns: list[Column]) -> None:
    """Several columns of one target: tags come together, parts of a name in their order, notes line by
    line.
    """
    if target.endswith(".name"):
        columns = sorted(columns, key=lambda c: (name_part(header_key(c.header)) or 0, c.index))
    pieces = [parsed.values.pop(f"{target}#{column.index}") for column in columns]
    joint = "\n" if "notes" in target else " "
    together: list[Value] = []
    for row in zip(*pieces, strict=True):
        given = [value for value in row if not empty(value)]
        if given and isinstance(given[0], tuple):
            together.append(union(value for value in given if isinstance(value, tuple)))
        else:
            together.append(joint.join(str(value) for value in given) or None)
    parsed.values[target] = together


def _complete_accounts(parsed: Parsed, proposal: Proposal) -> None:
    """Handles and platforms that stand in links; the platform of the whole list where a line says none."""
    values = parsed.values
    links = values.get("account.link")
    handles = values.get("account.handle")
    said = values.get("account.platform")
    general = proposal.platform or None
    if links is None and said is None:
        platforms: list[Value] = [general] * len(parsed)
    else:
        handles = list(handles) if handles else [None] * len(parsed)
        platforms = []
        for i, link in enumerate(links or repeat(None, len(parsed))):
            platform = said[i] if said else None
            if isinstance(link, str) and looks_like_link(link):
                found = read_link(link)
                platform = platform or found.platform or None
                if (
                    not handles[i]
                    and found.kind == "profile"
                    and found.platform == (platform or found.platform)
                ):
                    handles[i] = found.handle or None
            platforms.append(platform or general)
        if any(handles):
            values["account.handle"] = handles
    values["account.platform"] = platforms


def _reject(parsed: Parsed, proposal: Proposal) -> None:
    """Lines that name nobody, or whose handle or only identity can't be read."""
    header = next((c.header for t in ("account.handle", NAME_AND_HANDLE) for c in proposal.of(t)), None)
    mails = {c.header for c in proposal.of("creator.email")}
    handles, emails, names = (
        parsed.column(target) for target in ("account.handle", "creator.email", "creator.name")
    )
    uids = parsed.column("creator.uid")
    position = {line: i for i, line in enumerate(parsed.lines)}
    for n, problem in enumerate(parsed.problems):
        i = position[problem.line]
        bad_handle = problem.column == header and not handles[i]
        bad_identity = problem.column in mails and not handles[i] and not names[i]
        if bad_handle or bad_identity:
            parsed.errors[i] = problem.reason
            parsed.problems[n] = Problem(problem.line, problem.column, problem.value, problem.reason, True)
    for i, (handle, email, name) in enumerate(zip(handles, emails, names, strict=True)):
        if not (handle or email or name or uids[i]) and i not in parsed.errors:
            reason = "This line has no name, no handle and no e-mail, so it names nobody."
            parsed.errors[i] = reason
            parsed.problems.append(Problem(parsed.lines[i], "", "", reason, True))


def _name_the_damaged(parsed: Parsed) -> None:
    """Names that lost their letters in an earlier program come in as they are, and are listed."""
    found = [i for i, name in enumerate(parsed.column("creator.name")) if name and looks_damaged(str(name))]
    for i in found:
        name = str(parsed.column("creator.name")[i])
        reason = "Letters of this name were lost before it came here; it is imported as it stands."
        parsed.problems.append(Problem(parsed.lines[i], "", name, reason))
    if found:
        parsed.notes.append(f"{len(found):,} names have lost letters in an earlier program; they are listed.")


# Who is who ------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Groups:
    """The lines of a list by creator, account and day; every member is a list of positions in the list."""

    creators: list[list[int]] = field(default_factory=list)
    accounts: list[list[int]] = field(default_factory=list)
    account_keys: list[tuple[str, str]] = field(default_factory=list)  # platform, folded handle ("" for none)
    account_creator: list[int] = field(default_factory=list)
    snapshots: list[list[int]] = field(default_factory=list)
    snapshot_account: list[int] = field(default_factory=list)
    snapshot_day: list[str] = field(default_factory=list)
    creator_of: dict[int, int] = field(default_factory=dict)  # position → creator
    platforms: list[set[str]] = field(default_factory=list)  # of each creator
    skipped: dict[int, str] = field(default_factory=dict)
    twice: int = 0
    twice_differing: int = 0
    contradicting: set[int] = field(default_factory=set)


def group_lines(parsed: Parsed, proposal: Proposal, keep: Keep) -> Groups:
    """Which lines are about the same creator, the same account, the same account on the same day."""
    groups = _group(parsed, proposal, {})
    _count_doubles(groups, parsed)
    if keep is Keep.SKIP and groups.contradicting:
        reason = "It stands several times in the file with different values, and such lines are left out."
        twice, differing_ = groups.twice, groups.twice_differing
        groups = _group(parsed, proposal, dict.fromkeys(groups.contradicting, reason))
        groups.twice, groups.twice_differing = twice, differing_
    return groups


def _group(parsed: Parsed, proposal: Proposal, skipped: dict[int, str]) -> Groups:
    groups = Groups(skipped=skipped)
    keys = [fold_handle(str(h)) if h else "" for h in parsed.column("account.handle")]
    platforms = [str(p) if p else UNKNOWN_PLATFORM for p in parsed.column("account.platform")]
    days = parsed.column("account_metrics.measured_on")
    figures = [
        t for t in parsed.values if t.startswith("account_metrics.") and not t.endswith(".measured_on")
    ]
    known = ("account.handle", "account.platform")
    extra = [t for t in parsed.values if t.startswith("account.") and t not in known]
    known_platform = bool(proposal.of("account.platform"))
    by_account: dict[tuple[int | None, str, str], int] = {}
    by_person: dict[object, int] = {}
    emails = [str(e).casefold() if e else "" for e in parsed.column("creator.email")]
    by_day: dict[tuple[int, str], int] = {}
    names = parsed.column("creator.name")
    ids, uids = parsed.column("creator.external_id"), parsed.column("creator.uid")
    for i in range(len(parsed)):
        if i in parsed.errors or i in skipped:
            continue
        key, platform = keys[i], platforms[i]
        account = by_account.get((None, platform, key)) if key else None
        more = parsed.further.get(i, ())
        seen = account
        if seen is None and more:
            theirs = (by_account.get((None, platforms[j], keys[j])) for j in more)
            seen = next((other for other in theirs if other is not None), None)
        if seen is not None:
            person = groups.account_creator[seen]
        elif uids[i]:
            person = _person_called(groups, by_person, str(uids[i]))
        else:
            person = _person(groups, by_person, i, key, platform, emails[i], names[i], ids[i])
        groups.creators[person].append(i)
        groups.creator_of[i] = person
        measures = any(parsed.values[t][i] is not None for t in figures)
        has_more = known_platform or any(not empty(parsed.values[t][i]) for t in extra)
        if account is None and (key or measures or has_more):
            account = _account(groups, by_account, person, platform, key)
        if account is None:
            continue
        groups.accounts[account].append(i)
        if measures:
            _measure(groups, by_day, account, str(days[i] or proposal.measured_on), i)
        for j in more:
            account = _account(groups, by_account, person, platforms[j], keys[j])
            groups.accounts[account].append(j)
            if any(parsed.values[t][j] is not None for t in figures):
                _measure(groups, by_day, account, str(days[j] or proposal.measured_on), j)
    let_go(keys, platforms, emails, by_account, by_person, by_day)
    return groups


def _account(
    groups: Groups,
    by_account: dict[tuple[int | None, str, str], int],
    person: int,
    platform: str,
    key: str,
) -> int:
    """The account of this platform and handle; a creator has one without a handle on each platform."""
    mine = (None, platform, key) if key else (person, platform, "")
    account = by_account.get(mine)
    if account is None:
        account = by_account[mine] = len(groups.accounts)
        groups.accounts.append([])
        groups.account_keys.append((platform, key))
        groups.account_creator.append(person)
        groups.platforms[person].add(platform)
    return account


def _measure(groups: Groups, by_day: dict[tuple[int, str], int], account: int, day: str, i: int) -> None:
    """Count the line to the figures of the account on that day."""
    at = by_day.setdefault((account, day), len(groups.snapshots))
    if at == len(groups.snapshots):
        groups.snapshots.append([])
        groups.snapshot_account.append(account)
        groups.snapshot_day.append(day)
    groups.snapshots[at].append(i)


def _person_called(groups: Groups, by_person: dict[object, int], uid: str) -> int:
    """The creator whose short id a line names, whatever else two lines share."""
    person = by_person.setdefault(("uid", uid), len(groups.creators))
    if person == len(groups.creators):
        groups.creators.append([])
        groups.platforms.append(set())
    return person


def _person(
    groups: Groups,
    by_person: dict[object, int],
    i: int,
    key: str,
    platform: str,
    email: str,
    name: Value,
    external: Value,
) -> int:
    """The creator a line is about when no line before had the same account; a new one unless e-mail or id say
    so.
    """
    folded = fold(str(name)) if name else ""
    found: list[object] = []
    if email:
        # Two handles on one platform behind one e-mail are two creators of an agency until told otherwise.
        found.append(("email", email, platform if key else "", folded))
        other = by_person.get(("email", email, folded))
        if other is not None and not (key and platform in groups.platforms[other]):
            return other
    elif not key and external and folded:
        found.append(("id", external, folded))
        if found[-1] in by_person:
            return by_person[found[-1]]
    person = len(groups.creators)
    groups.creators.append([])
    groups.platforms.append(set())
    if email:
        by_person.setdefault(("email", email, folded), person)
    for identity in found:
        by_person.setdefault(identity, person)
    return person


def _count_doubles(groups: Groups, parsed: Parsed) -> None:
    """How many creators stand twice for the same day, how many of them with different cells."""
    targets = list(parsed.values)
    days, platforms = parsed.column("account_metrics.measured_on"), parsed.column("account.platform")
    done: set[int] = set()
    for lines in (*groups.snapshots, *groups.accounts, *groups.creators):
        if len(lines) < 2 or lines[0] >= len(parsed) or done.intersection(lines):
            continue
        if len({days[i] for i in lines}) > 1 or len({platforms[i] for i in lines}) > 1:
            continue
        done.update(lines)
        groups.twice += 1
        if differing(parsed, lines, targets):
            groups.twice_differing += 1
            groups.contradicting.update(lines)
