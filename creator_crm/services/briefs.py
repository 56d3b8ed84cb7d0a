"""Briefs in versions, who has which, and their deliverables from plan to live post."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from creator_crm.domain.accounts import PLATFORMS
from creator_crm.domain.briefs import FORMATS, Brief, BriefVersion
from creator_crm.domain.changes import Changes
from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Value
from creator_crm.domain.frozen import immutable
from creator_crm.domain.values.links import Link, read_link, safe_link
from creator_crm.services.records import Records
from creator_crm.store.readers import lists, lookup, merge_fields
from creator_crm.store.readers.picked import picked
from creator_crm.store.unit_of_work import Unit

if TYPE_CHECKING:
    from creator_crm.exchange.documents.brief import ForOne
    from creator_crm.exchange.documents.text import Text

UNFINISHED = "t.live_on IS NULL AND coalesce(t.status, 'planned') NOT IN ('live', 'cancelled')"
WRITTEN = (".md", ".txt")


@immutable
class Difference:
    """How one section changed: its lines in order, each kept, added or taken away."""

    heading: str
    lines: tuple[tuple[Literal["kept", "added", "removed"], str], ...]


@immutable
class Holder:
    """Who has a brief: the deliverable, the number of the version they were given, None before."""

    deliverable: int
    creator: int
    version: int | None
    acknowledged_on: str | None


@immutable
class LoggedPost:
    """A live post that was logged: its deliverable, planned before or new, and the parcel it shows."""

    deliverable: int
    creator: int
    is_new: bool
    shipment: int | None
    live_on: str


class Briefs(Records):
    """The verbs of the Briefs page; each call is one step to undo."""

    # Versions ----------------------------------------------------------------------------------------

    def keep_version(self, brief: int, note: str = "") -> int:
        """Keep the brief as it is now as its next version; returns the version's number in this file.

        Raises UserError when nothing has changed since the latest one.
        """
        row = self._brief(brief)
        with self.store.change(f"Keep a version of the brief {row.name}") as unit:
            return self._keep(unit, row, note)

    def versions(self, brief: int) -> list[BriefVersion]:
        """The kept versions, newest first."""
        return sorted(lists.parts(self.store, "brief_version", brief), key=lambda v: -(v.number or 0))

    def has_changed(self, brief: int) -> bool:
        """Whether the brief says something else than its latest version, or has none."""
        kept = self.versions(brief)
        return not kept or _content(kept[0]) != _now(self._brief(brief))

    def difference(self, brief: int, older: int, newer: int | None = None) -> list[Difference]:
        """What changed from version `older` to version `newer`, or to the brief as it is now: by line.

        Only sections that changed; the versions are given by their place in the row, 1, 2, 3.
        """
        by_number = {version.number: version for version in self.versions(brief)}
        for number in (older, newer):
            if number is not None and number not in by_number:
                raise UserError(f"This brief has no version {number}.")
        before = _sections(json.loads(_content(by_number[older])))
        now = json.loads(_now(self._brief(brief)) if newer is None else _content(by_number[newer]))
        after = _sections(now)
        headings = [*after, *(heading for heading in before if heading not in after)]
        return [
            Difference(heading, _compared(before.get(heading, ()), after.get(heading, ())))
            for heading in headings
            if before.get(heading) != after.get(heading)
        ]

    def hand_out(self, brief: int, deliverables: Iterable[int]) -> Changes:
        """Note that the creators of these deliverables were given the brief as it is now.

        What was not kept yet becomes a version. A new version has not been acknowledged by anybody.
        """
        row = self._brief(brief)
        numbers = list(deliverables)
        with self.store.change(f"Hand out the brief {row.name} to {_pieces(numbers)}") as unit:
            latest = self.versions(brief)
            version = self._keep(unit, row, "") if self.has_changed(brief) else latest[0].id
            for one in lists.rows(self.store, "deliverable", numbers):
                if one.brief_version != version:
                    given = {"brief": brief, "brief_version": version, "acknowledged_on": None}
                    unit.set("deliverable", one.id, given)
            if row.status in ("draft", "ready"):
                unit.set("brief", brief, {"status": "sent"})
        return self.store.last_changes

    def acknowledge(self, deliverables: Iterable[int], on: str | None = None) -> Changes:
        """Note that the brief has been read, today when no day is named."""
        values = {"acknowledged_on": on or date.today().isoformat()}
        return self.edit("deliverable", dict.fromkeys(deliverables, values), "Note that the brief was read")

    def holders(self, brief: int) -> list[Holder]:
        """The deliverables made after this brief, with the version each creator has."""
        numbers = {version.id: version.number for version in self.versions(brief)}
        return [
            Holder(one.id, one.creator, numbers.get(one.brief_version), one.acknowledged_on)
            for one in picked(self.store, "deliverable", "t.brief = ?", [brief])
        ]

    # Deliverables ------------------------------------------------------------------------------------

    def plan_deliverables(
        self, creators: Sequence[int], values: Mapping[str, Value] | None = None, *, each: int = 1
    ) -> list[int]:
        """Plan `each` pieces of content for every creator, with what they share: campaign, format, due date.

        Dates and product of the brief named in `values` are taken over where `values` has none; everyone
        carries the creator's own code and link of the campaign. Returns the new rows.
        """
        shared = {
            **self._from_brief(values or {}),
            **{k: v for k, v in (values or {}).items() if v is not None},
        }
        campaign = shared.get("campaign")
        codes = merge_fields.codes(self.store, creators, campaign if isinstance(campaign, int) else None)
        form = next((c.label for c in FORMATS if c.value == shared.get("format")), "Short video")
        made = []
        with self.store.change(f"Plan {_pieces(range(each * len(creators)))}") as unit:
            for creator in creators:
                code = codes.get(creator)
                own = {"code": code.id, "link": code.link} if code else {}
                for number in range(1, each + 1):
                    name = form if each == 1 else f"{form} {number}"
                    made.append(unit.add("deliverable", {"name": name, **own, **shared, "creator": creator}))
        return made

    def late_deliverables(self, campaign: int | None = None, *, today: str | None = None) -> list[Any]:
        """What should be live by now and is not, the longest overdue first."""
        where = f"t.due_on < ? AND {UNFINISHED} AND (? IS NULL OR t.campaign = ?)"
        values = [today or date.today().isoformat(), campaign, campaign]
        return picked(self.store, "deliverable", where, values, order="t.due_on, t.id")

    def log_post(
        self,
        url: str,
        *,
        deliverable: int | None = None,
        creator: int | None = None,
        campaign: int | None = None,
        on: str | None = None,
    ) -> LoggedPost:
        """Note that a post is live, given its link: whose it is, what was planned, which parcel it shows.

        The creator is found by the handle in the link; without a deliverable planned there a new one
        is made. Raises UserError when the link is of no post, logged already, or of nobody known.
        """
        link = read_link(url)
        if link.kind not in ("video", "short") or not safe_link(link.url):
            raise UserError("This is not a link to a post. Open the post, copy its link and paste it here.")
        self._refuse_logged(link)
        row = lists.row(self.store, "deliverable", deliverable) if deliverable else None
        whose = row.creator if row else creator or self._whose(link)
        row = row or self._planned(whose, link.platform, campaign)
        live_on = on or _day_of(link) or date.today().isoformat()
        values: dict[str, Value] = {
            "status": "live",
            "live_on": live_on,
            "live_url": link.url,
            "post_id": link.post_id or None,
            **({"platform": link.platform} if any(p.value == link.platform for p in PLATFORMS) else {}),
        }
        if row is None or row.shipment is None:
            values["shipment"] = self._parcel_shown(whose, row.campaign if row else campaign, live_on)
        (name,) = lookup.titles(self.store, "creator", [whose]).values()
        with self.store.change(f"Log a live post of {name}") as unit:
            if row is not None:
                unit.set("deliverable", row.id, values)
            number = (
                row.id
                if row
                else unit.add(
                    "deliverable", {"name": "Post", "creator": whose, "campaign": campaign, **values}
                )
            )
        parcel = values.get("shipment", row.shipment if row else None)
        assert parcel is None or isinstance(parcel, int)
        return LoggedPost(number, whose, row is None, parcel, live_on)

    # Documents ---------------------------------------------------------------------------------------

    def brief_text(self, brief: int, creator: int | None = None, version: int | None = None) -> Text:
        """The brief as a document, now or in a kept version; for a creator with their code and link."""
        from creator_crm.exchange.documents.brief import brief_text

        row = self._brief(brief)
        kept = self.versions(brief)
        content = json.loads(_now(row))
        number = kept[0].number if kept and not self.has_changed(brief) else 0
        if version is not None:
            found = next((one for one in kept if one.number == version), None)
            if found is None:
                raise UserError(f"This brief has no version {version}.")
            content, number = json.loads(_content(found)), version
        product = content.get("product")
        names = lookup.titles(self.store, "product", [product]) if isinstance(product, int) else {}
        one = self._for_one(creator, row.campaign) if creator is not None else None
        return brief_text(content, next(iter(names.values()), ""), number or 0, one)

    def brief_as(
        self, form: Literal["markdown", "plain", "html"], brief: int, creator: int | None = None
    ) -> str:
        """The brief as text in one of three forms; plain is for the clipboard, HTML for printing."""
        from creator_crm.exchange.documents import written

        return str(getattr(written, form)(self.brief_text(brief, creator)))

    def write_brief(self, brief: int, path: Path, creator: int | None = None) -> None:
        """Write the brief to a .md or .txt file. Raises UserError; for a PDF see `ui.shared.printing`."""
        ending = path.suffix.lower()
        if ending == ".docx":
            raise UserError("Briefs cannot be written as .docx yet. Choose a name that ends in .pdf or .md.")
        if ending not in WRITTEN:
            raise UserError(
                f"A brief cannot be written as “{ending or path.name}”. "
                "Choose a name that ends in .pdf, .md or .txt."
            )
        text = self.brief_as("markdown" if ending == ".md" else "plain", brief, creator)
        self.write_document(text.encode(), path)

    def write_document(self, content: bytes, path: Path) -> None:
        """Put a finished document in its place, whole or not at all. Raises UserError."""
        from creator_crm.exchange.figures_out import write_picture

        write_picture(path, content)

    # Inside ------------------------------------------------------------------------------------------

    def _brief(self, number: int) -> Any:
        row = lists.row(self.store, "brief", number)
        if row is None:
            raise UserError("This brief is not there any more. Nothing was changed.")
        return row

    def _keep(self, unit: Unit, row: Any, note: str) -> int:
        content = _now(row)
        kept = self.versions(row.id)
        if kept and _content(kept[0]) == content:
            raise UserError(f"Nothing has changed since version {kept[0].number}. No new version was kept.")
        return unit.add(
            "brief_version",
            {
                "brief": row.id,
                "number": (kept[0].number or 0) + 1 if kept else 1,
                "name": row.name,
                "kept_at": unit.now,
                "author": self.store.who,
                "content": content,
                "note": note.strip() or None,
            },
        )

    def _from_brief(self, values: Mapping[str, Value]) -> dict[str, Value]:
        number = values.get("brief")
        row = self._brief(number) if isinstance(number, int) else None
        if row is None:
            return {}
        taken = {
            "campaign": row.campaign,
            "product": row.product,
            "funnel_stage": row.funnel_stage,
            "hook": row.hook,
            "due_from": row.posting_from,
            "due_on": row.posting_until,
        }
        return {name: value for name, value in taken.items() if value is not None}

    def _for_one(self, creator: int, campaign: int | None) -> ForOne:
        from creator_crm.exchange.documents.brief import ForOne

        (name,) = lookup.titles(self.store, "creator", [creator]).values()
        code = merge_fields.codes(self.store, [creator], campaign).get(creator)
        return ForOne(name, code.code or "", code.link or "") if code else ForOne(name)

    def _refuse_logged(self, link: Link) -> None:
        same, values = "t.live_url = ?", [link.url]
        if link.post_id:
            same, values = "t.platform = ? AND t.post_id = ?", [link.platform, link.post_id]
        if picked(self.store, "deliverable", same, values):
            raise UserError("This post is logged already. Nothing was changed.")

    def _whose(self, link: Link) -> int:
        found = lookup.find(self.store, "creator", f"{link.platform}:{link.handle}") if link.handle else []
        if len(found) == 1:
            return found[0]
        who = (
            f"@{link.handle} is among your creators"
            if link.handle
            else "this link does not say whose post it is"
        )
        if link.handle:
            who = f"{'nobody called' if not found else 'more than one'} {who}"
        raise UserError(f"{who[0].upper()}{who[1:]}. Choose the creator and log the post again.")

    def _planned(self, creator: int, platform: str, campaign: int | None) -> Any:
        """The creator's unfinished deliverable on this platform that is due first."""
        where = f"t.creator = ? AND t.platform = ? AND {UNFINISHED} AND (? IS NULL OR t.campaign = ?)"
        values = [creator, platform, campaign, campaign]
        order = "t.due_on IS NULL, t.due_on, t.id"
        return next(iter(picked(self.store, "deliverable", where, values, order=order)), None)

    def _parcel_shown(self, creator: int, campaign: int | None, live_on: str) -> int | None:
        """The parcel that came last before the post and has none yet."""
        where = (
            "t.creator = ? AND t.delivered_on <= ? AND (? IS NULL OR t.campaign IS NULL OR t.campaign = ?)"
        )
        parcels = picked(
            self.store,
            "shipment",
            where,
            [creator, live_on, campaign, campaign],
            order="t.delivered_on DESC, t.id DESC",
        )
        posts = picked(self.store, "deliverable", "t.creator = ?", [creator])
        shown = {post.shipment for post in posts if post.live_on}
        return next((p.id for p in parcels if p.id not in shown and not p.posts), None)


def _now(brief: Brief) -> str:
    """What a version of the brief as it is would keep."""
    from creator_crm.exchange.documents.brief import content_of

    return _canonical(content_of(brief))


def _canonical(content: Mapping[str, Value]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _content(version: BriefVersion) -> str:
    return _canonical(json.loads(version.content or "{}"))


def _sections(content: Mapping[str, Value]) -> dict[str, tuple[str, ...]]:
    from creator_crm.exchange.documents.brief import brief_text

    text = brief_text(content)
    return {"Name": (text.title,)} | {one.heading: one.paragraphs for one in text.sections}


def _compared(before: Sequence[str], after: Sequence[str]) -> Any:
    import difflib

    lines: list[tuple[str, str]] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            lines += [("kept", line) for line in before[a:b]]
        else:
            lines += [("removed", line) for line in before[a:b]]
            lines += [("added", line) for line in after[c:d]]
    return tuple(lines)


def _day_of(link: Link) -> str | None:
    """The day a TikTok post was made, UTC: the upper 32 bits of its number are the second of its making."""
    if link.platform != "tiktok" or not link.post_id.isdecimal():
        return None
    second = int(link.post_id) >> 32
    made = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=second)
    return made.date().isoformat() if date(2016, 9, 1) <= made.date() <= date.today() else None


def _pieces(rows: Sequence[object]) -> str:
    return "1 piece of content" if len(rows) == 1 else f"{len(rows):,} pieces of content"
