"""Lists with columns for several platforms: a line is about one creator with an account on each of them."""

from __future__ import annotations

from collections.abc import Sequence

from creator_crm.domain.fields import Value
from creator_crm.domain.values.links import looks_like_link, read_link
from creator_crm.exchange.rehearsal import Parsed
from creator_crm.exchange.shapes import FURTHER_PLATFORMS
from creator_crm.exchange.vocabulary import Vocabulary, platform_in

MAIN = ("account.handle", "account.link")


def handle_on(platform: str) -> str:
    """The target of a column that holds handles on one more platform."""
    return f"creator.{platform}_handle"


def followers_on(platform: str) -> str:
    """The target of a column that holds the followers there."""
    return f"creator.{platform}_followers"


def is_further(target: str) -> bool:
    return any(target in (handle_on(p), followers_on(p)) for p in FURTHER_PLATFORMS)


def platform_of(key: str, sample: Sequence[object]) -> str:
    """The platform whose accounts a column names: by its header, else by where most of its links lead."""
    if found := platform_in(key):
        return found
    links = [read_link(str(cell)).platform for cell in sample if looks_like_link(str(cell))]
    most = max(set(links), key=links.count, default="")
    return most if links.count(most) > 0.8 * len(sample) else ""


def further_handles(
    keys: Sequence[str], samples: Sequence[Sequence[object]], targets: dict[int, str], others: Sequence[int]
) -> dict[int, str]:
    """Which of the columns about accounts name those on one more platform, once the main one is chosen."""
    chosen = {target: column for column, target in targets.items() if target in MAIN}
    if not chosen:
        return {}
    main = chosen.get("account.handle", chosen.get("account.link", 0))
    own = platform_of(keys[main], samples[main])
    link = [c for c in chosen.values() if c != main and own]
    return _elsewhere(keys, samples, (*link, *others), {own})


def _elsewhere(
    keys: Sequence[str], samples: Sequence[Sequence[object]], columns: Sequence[int], taken: set[str]
) -> dict[int, str]:
    """The columns that name accounts on platforms that are not `taken`, the first of each."""
    found: dict[int, str] = {}
    for column in columns:
        platform = platform_of(keys[column], samples[column])
        if platform in FURTHER_PLATFORMS and platform not in taken:
            taken.add(platform)
            found[column] = handle_on(platform)
    return found


def further_columns(
    keys: Sequence[str],
    samples: Sequence[Sequence[object]],
    targets: dict[int, str],
    columns: Sequence[int],
    vocabulary: Vocabulary,
) -> dict[int, str]:
    """Of the columns that are left, the links to further accounts, and the followers of those."""
    means = {c: next((held.path for held in vocabulary.candidates(keys[c])), "") for c in columns}
    links = [c for c in columns if means[c] == "account.link" and samples[c]]
    main = next((c for c, target in targets.items() if target in MAIN), None)
    own = platform_of(keys[main], samples[main]) if main is not None else ""
    if not own and links:
        own = platform_of(keys[links[0]], samples[links.pop(0)])
    taken = {p for p in FURTHER_PLATFORMS if handle_on(p) in targets.values()} | {own}
    found = _elsewhere(keys, samples, links, taken) if own else {}
    handles = {*targets.values(), *found.values()}
    for column in columns:
        platform = platform_in(keys[column])
        further = handle_on(platform) in handles and followers_on(platform) not in found.values()
        if further and means[column] == "account_metrics.followers":
            found[column] = followers_on(platform)
    return found


def promote(parsed: Parsed) -> None:
    """A line without the main account is about the first of its others."""
    if not any(handle_on(platform) in parsed.values for platform in FURTHER_PLATFORMS):
        return
    handles, platforms = list(parsed.column("account.handle")), list(parsed.column("account.platform"))
    for platform in FURTHER_PLATFORMS:
        here = parsed.values.get(handle_on(platform), ())
        for i, handle in enumerate(here):
            if handle and not handles[i]:
                handles[i], platforms[i] = handle, platform
                parsed.values[handle_on(platform)][i] = None
                count = parsed.column(followers_on(platform))[i]
                followers = parsed.values.setdefault("account_metrics.followers", [None] * len(handles))
                followers[i] = count if followers[i] is None else followers[i]
    parsed.values["account.handle"], parsed.values["account.platform"] = handles, platforms


def unfold(parsed: Parsed) -> None:
    """Give every further account a line of its own behind those of the file, with what it says of it."""
    found: list[tuple[int, str, Value, Value]] = []
    for platform in FURTHER_PLATFORMS:
        counts = parsed.values.pop(followers_on(platform), None) or [None] * len(parsed)
        for i, handle in enumerate(parsed.values.pop(handle_on(platform), ())):
            if handle:
                found.append((i, platform, handle, counts[i]))
    if not found:
        return
    if any(count is not None for *_, count in found):
        parsed.values.setdefault("account_metrics.followers", [None] * len(parsed))
    days = parsed.column("account_metrics.measured_on")
    own: dict[str, list[Value]] = {
        "account.handle": [handle for _, _, handle, _ in found],
        "account.platform": [platform for _, platform, _, _ in found],
        "account_metrics.followers": [count for *_, count in found],
        "account_metrics.measured_on": [days[i] for i, *_ in found],
    }
    for target, column in parsed.values.items():
        column += own.get(target, [None] * len(found))
    for place, (i, *_) in enumerate(found, len(parsed)):
        parsed.further.setdefault(i, []).append(place)
    for i, *_ in found:
        parsed.lines.append(parsed.lines[i])
        parsed.table_rows.append(parsed.table_rows[i])
