"""Which creators and accounts of the workspace the lines of a list are about, and which can't be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from creator_crm.domain.letting_go import let_go
from creator_crm.domain.values.texts import fold
from creator_crm.exchange.creator_list import UNKNOWN_PLATFORM, Groups
from creator_crm.exchange.rehearsal import Parsed
from creator_crm.store.readers import matching
from creator_crm.store.readers.matching import AccountFound, CreatorFound


@dataclass(slots=True)
class Matches:
    """For each creator and account of the list (by its number there): the row it is, and what stands in the
    way.
    """

    creators: dict[int, int] = field(default_factory=dict)
    accounts: dict[int, AccountFound] = field(default_factory=dict)
    conflicts: dict[int, str] = field(default_factory=dict)
    skipped: dict[int, str] = field(default_factory=dict)
    home: set[int] = field(default_factory=set)  # rows that were named by their short id


class Matcher:
    """Looks everything up once, then decides creator by creator."""

    def __init__(self, raw: matching.Raw, parsed: Parsed, groups: Groups) -> None:
        self.parsed, self.groups = parsed, groups
        self.names = parsed.column("creator.name")
        self.emails = parsed.column("creator.email")
        self.ids = parsed.column("creator.external_id")
        self.uids = parsed.column("creator.uid")
        self.by_uid = matching.rows_by_uid(raw, "creator", {str(uid) for uid in self.uids if uid})
        self.by_handle = matching.accounts_by_handle(raw, {key for _, key in groups.account_keys if key})
        self.by_email = matching.creators_by_email(raw, {str(e).casefold() for e in self.emails if e})
        self.by_id = matching.creators_by_external_id(raw, {str(i) for i in self.ids if i})
        people = {f.creator for found in self.by_handle.values() for f in found}
        people |= {row for row, _ in self.by_uid.values()}
        people |= {f.id for found in self.by_email.values() for f in found}
        people |= {f.id for found in self.by_id.values() for f in found}
        self.accounts_of = matching.rows_by_column(
            raw, "account", "creator", people, ["platform", "handle_key"]
        )
        self.titles = matching.titles_of(raw, people)
        self.claimed: dict[int, int] = {}  # row of an account → the account of the list that it is
        self.mine: list[list[int]] = [[] for _ in groups.creators]
        for account, creator in enumerate(groups.account_creator):
            self.mine[creator].append(account)

    def let_go(self) -> None:
        """Free what was looked up; nothing can be matched afterwards."""
        let_go(self.by_uid, self.by_handle, self.by_email, self.by_id)
        let_go(self.accounts_of, self.titles, self.claimed, self.mine)

    def match(self) -> Matches:
        """Platform and handle first, then e-mail, then a foreign number with the same name; never a name
        alone.
        """
        found = Matches()
        for creator, lines in enumerate(self.groups.creators):
            called, trashed = self._called(lines)
            if trashed:
                found.skipped[creator] = "This creator is in the trash; take it out of there first."
                continue
            by_account = self._by_accounts(creator, found)
            if creator in found.conflicts or creator in found.skipped:
                continue
            if called:
                self._come_home(creator, called, by_account, found)
                continue
            row = self._with_email(creator, lines, by_account, found)
            if row is None and creator not in found.conflicts and creator not in found.skipped:
                row = self._by_foreign_number(lines)
            if row is not None:
                found.creators[creator] = row
                self._accounts_without_handle(creator, row, found)
        return found

    def _called(self, lines: Sequence[int]) -> tuple[int, bool]:
        """The row whose short id stands on the lines, 0 for none, and whether it is in the trash."""
        for i in lines:
            row, trashed = self.by_uid.get(str(self.uids[i]), (0, "")) if self.uids[i] else (0, "")
            if row:
                return row, bool(trashed)
        return 0, False

    def _come_home(self, creator: int, row: int, by_account: int | None, found: Matches) -> None:
        """A line of our own export is about its creator, unless its handle has become another one's."""
        if by_account is not None and by_account != row:
            found.conflicts[creator] = (
                f"The handle of this line belongs to “{self.titles.get(by_account, by_account)}” now; "
                "nothing was changed."
            )
            return
        found.creators[creator] = row
        found.home.add(row)
        self._accounts_without_handle(creator, row, found)

    def _by_accounts(self, creator: int, found: Matches) -> int | None:
        rows: set[int] = set()
        trashed: list[AccountFound] = []
        for account in self.mine[creator]:
            platform, key = self.groups.account_keys[account]
            candidates = self.by_handle.get(key, []) if key else []
            living = _living_accounts(candidates, platform)
            if len({f.creator for f in living}) > 1:
                found.conflicts[creator] = (
                    f"“{key}” is a handle of several creators, and the list does not say the platform; "
                    "choose it."
                )
                return None
            if living:
                other = self.claimed.setdefault(living[0].id, account)
                if other != account:
                    line = self.parsed.lines[self.groups.accounts[other][0]]
                    found.skipped[creator] = (
                        f"It is the account of line {line:,} under another name; that line counts."
                    )
                    return None
                found.accounts[account] = living[0]
                rows.add(living[0].creator)
            elif platform != UNKNOWN_PLATFORM:
                trashed += [f for f in candidates if f.trashed and f.platform == platform]
        if len(rows) > 1:
            names = " and ".join(f"“{self.titles.get(row, row)}”" for row in sorted(rows))
            found.conflicts[creator] = f"Its handles belong to {names}; combine these creators first."
            return None
        if not rows and trashed:
            found.skipped[creator] = (
                f"“{trashed[0].key}” is in the trash; take it out of there to import it again."
            )
        return rows.pop() if rows else None

    def _with_email(self, creator: int, lines: Sequence[int], row: int | None, found: Matches) -> int | None:
        emails = {str(self.emails[i]).casefold() for i in lines if self.emails[i]}
        people = [f for email in emails for f in self.by_email.get(email, [])]
        living = [f for f in people if not f.trashed]
        if row is not None:
            if living and row not in {f.id for f in living}:
                found.conflicts[creator] = (
                    f"The handle belongs to “{self.titles.get(row, row)}”, the e-mail to "
                    f"“{self.titles.get(living[0].id, living[0].id)}”; nothing was changed."
                )
            return row
        if not living:
            if people:
                found.skipped[creator] = (
                    "The creator with this e-mail is in the trash; take it out of there first."
                )
            return None
        return self._choose(creator, lines, living, found)

    def _choose(
        self, creator: int, lines: Sequence[int], people: list[CreatorFound], found: Matches
    ) -> int | None:
        """An e-mail may be an agency's: the name decides among several, and against another handle."""
        names = {fold(str(self.names[i])) for i in lines if self.names[i]}
        alike = [f for f in people if not names or not f.name or fold(f.name) in names]
        if len({f.id for f in alike}) == 1:
            return alike[0].id
        if len(people) > 1:
            return None
        platforms = {p for p, key in (self.groups.account_keys[a] for a in self.mine[creator]) if key}
        theirs = {platform for _, platform, key in self.accounts_of.get(people[0].id, []) if key}
        if platforms & theirs:
            title = self.titles.get(people[0].id, "")
            found.conflicts[creator] = (
                f"The e-mail belongs to “{title}”, but handle and name are others; nothing was changed."
            )
            return None
        return people[0].id

    def _by_foreign_number(self, lines: Sequence[int]) -> int | None:
        for i in lines:
            if self.ids[i] and self.names[i]:
                name = fold(str(self.names[i]))
                for f in self.by_id.get(str(self.ids[i]), []):
                    if not f.trashed and fold(f.name) == name:
                        return f.id
        return None

    def _accounts_without_handle(self, creator: int, row: int, found: Matches) -> None:
        """Figures without a handle belong to the account on that platform when there is just one."""
        for account in self.mine[creator]:
            platform, key = self.groups.account_keys[account]
            if key or account in found.accounts:
                continue
            theirs = [(number, p, k) for number, p, k in self.accounts_of.get(row, []) if p == platform]
            without = [entry for entry in theirs if not entry[2]] or theirs
            if len(without) == 1:
                number, _, handle = without[0]
                found.accounts[account] = AccountFound(number, row, platform, handle or "", "")


def _living_accounts(candidates: Sequence[AccountFound], platform: str) -> list[AccountFound]:
    """The accounts a handle means; a platform that nobody knew at one of the two times is no
    contradiction.
    """
    living = [f for f in candidates if not f.trashed]
    same = [f for f in living if f.platform == platform]
    if same:
        return same[:1]
    if platform == UNKNOWN_PLATFORM:
        return living
    return [f for f in living if f.platform == UNKNOWN_PLATFORM][:1]
