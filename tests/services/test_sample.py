"""The sample brand looks like a real one, holds no real person, and comes out the same each time."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from creator_crm.domain.errors import UserError
from creator_crm.domain.fields import Kind, value_of
from creator_crm.domain.normal import parse, show
from creator_crm.domain.query import Query
from creator_crm.services.sample import make_sample
from creator_crm.services.tracking import tracking_of
from creator_crm.services.views import view_query
from creator_crm.services.workspace import Workspace

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("sample") / "sample.creatorcrm"
    make_sample(made, TODAY)
    return made


@pytest.fixture
def sample(path: Path) -> Iterator[Workspace]:
    with Workspace.open(path) as workspace:
        yield workspace


def everything(workspace: Workspace, record: str) -> list[Any]:
    rows = workspace.rows(record, workspace.ids(Query(record, archived=True)))
    return sorted(rows, key=lambda row: row.id)


def test_it_holds_a_program_of_the_size_of_a_real_small_one(tmp_path: Path) -> None:
    before = time.process_time()
    counts = make_sample(tmp_path / "brand.creatorcrm")
    assert time.process_time() - before < 6, "it is made while somebody waits for the window"
    assert counts["creator"] == 120
    assert counts["campaign"] == 3
    assert counts["account"] > 180
    assert counts["account_metrics"] > 600
    assert counts["collaboration"] > 50
    assert (
        min(counts[record] for record in ("address", "tag", "saved_view", "custom_field", "attachment")) >= 2
    )


def test_it_never_overwrites_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "mine.creatorcrm").write_bytes(b"my work")
    with pytest.raises(UserError, match="already"):
        make_sample(tmp_path / "mine.creatorcrm")
    assert (tmp_path / "mine.creatorcrm").read_bytes() == b"my work"


def test_a_sample_that_fails_half_way_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("creator_crm.services.sample._do", stop)
    with pytest.raises(KeyboardInterrupt):
        make_sample(tmp_path / "brand.creatorcrm")
    assert list(tmp_path.iterdir()) == []


def test_the_same_seed_and_day_give_the_same_brand(sample: Workspace, tmp_path: Path) -> None:
    make_sample(tmp_path / "again.creatorcrm", TODAY)
    with Workspace.open(tmp_path / "again.creatorcrm") as again:
        for record in ("creator", "account", "account_metrics", "collaboration", "shipment"):
            fields = again.catalogue[record].fields
            assert [[value_of(row, f) for f in fields] for row in everything(again, record)] == [
                [value_of(row, f) for f in fields] for row in everything(sample, record)
            ]


def test_the_file_is_sound(sample: Workspace) -> None:
    assert sample.check() == []


def test_every_value_is_in_the_normal_form_that_typing_it_would_give(sample: Workspace) -> None:
    odd = []
    for description in sample.catalogue.public:
        for row in everything(sample, description.name):
            for field in description.visible:
                value = value_of(row, field)
                if value in (None, (), False) or field.kind in (Kind.REFERENCE, Kind.DATA, Kind.MONEY):
                    continue
                if field.kind is Kind.CHOICE:
                    if field.choice(value) is None:
                        odd.append((description.name, field.name, value))
                elif parse(field, show(field, value)) != value:
                    odd.append((description.name, field.name, value))
    assert odd == []


def test_no_mail_can_reach_anybody_and_no_phone_can_ring(sample: Workspace) -> None:
    mail = re.compile(r"@([\w-]+\.)*example\.(com|org)$")
    reserved = re.compile(r"\+(447700900|120255501|4917604069|3363998|4670174061|61491570156)\d*$")
    for creator in everything(sample, "creator"):
        for address in filter(None, (creator.email, creator.agent_email)):
            assert mail.search(address), address
        assert creator.phone is None or reserved.match(creator.phone), creator.phone


def test_the_stages_follow_the_shape_of_a_real_program(sample: Workspace) -> None:
    creators = everything(sample, "creator")
    stages = Counter(creator.stage for creator in creators)
    assert stages["prospect"] == max(stages.values())
    assert set(stages) == {choice.value for choice in sample.catalogue["creator"].field("stage").choices}
    assert sum(creator.archived for creator in creators) >= 2
    assert all(creator.opted_out for creator in creators if creator.stage == "do_not_contact")
    assert Counter(creator.platform for creator in creators).most_common(1)[0][0] == "tiktok"
    assert {creator.owner for creator in creators} == {"Mara", "Jonas", "Theo"}
    assert sum(bool(creator.agent_name) for creator in creators) >= 5
    assert sum(bool(creator.custom.get("skin_type")) for creator in creators) >= 30


def test_who_agreed_has_an_address_and_who_was_never_written_to_has_none(sample: Workspace) -> None:
    with_address = {row.creator for row in everything(sample, "address")}
    for creator in everything(sample, "creator"):
        if creator.stage in ("agreed", "active", "ambassador"):
            assert creator.id in with_address, creator.name
        elif creator.stage in ("prospect", "contacted"):
            assert creator.id not in with_address, creator.name


def test_every_account_has_figures_and_the_main_ones_three_to_eight(sample: Workspace) -> None:
    dated = Counter(row.account for row in everything(sample, "account_metrics"))
    for account in everything(sample, "account"):
        assert 1 <= dated[account.id] <= 8
        assert not account.is_primary or dated[account.id] >= 2
        assert 100 <= account.followers < 3_000_000
        assert 0 < account.engagement < 400_000
    assert max(row.measured_on for row in everything(sample, "account_metrics")) >= "2026-11-15"


def test_one_campaign_is_finished_one_runs_and_one_is_planned(sample: Workspace) -> None:
    finished, running, planned = everything(sample, "campaign")
    today = TODAY.isoformat()
    assert finished.ends_on < today and finished.phase == "finished"
    assert running.starts_on < today < running.ends_on
    assert planned.starts_on > today and planned.phase == "planning"
    fees = [row.fee for row in everything(sample, "collaboration") if row.fee]
    assert len(fees) > 15
    assert all(4_000 <= fee <= 300_000 and fee % 500 == 0 for fee in fees)


def test_every_saved_view_opens_and_shows_somebody(sample: Workspace) -> None:
    creators = sample.catalogue["creator"]
    shown = {view.name: sample.count(view_query(view, creators)) for view in sample.views("creator")}
    assert "Ready to contact" in shown
    assert min(shown.values()) > 0, shown


def test_the_history_was_made_by_several_people_over_a_year_and_holds_one_undo(sample: Workspace) -> None:
    steps = sample.change_sets(1000)[::-1]
    assert {step.who for step in steps} == {"Mara", "Jonas", "Theo"}
    assert steps[0].at < "2025-12-01"
    assert [step.undone for step in steps].count(True) == 1
    imports = [step.label for step in steps if step.origin == "import"]
    assert len([label for label in imports if "creators" in label]) == 3
    assert 60 < len(steps) < 700
    told = [step.at for step in steps if step.origin != "undo"]
    assert told == sorted(told)
    assert max(told) <= f"{TODAY}T17:00:00Z"


def test_no_kind_of_record_is_left_empty(sample: Workspace) -> None:
    empty = {d.name for d in sample.catalogue.public if not sample.count(Query(d.name, archived=True))}
    assert empty <= {"variant", "setting"}


def test_the_shops_days_tell_the_same_as_its_orders(sample: Workspace) -> None:
    orders, revenue = Counter[str](), Counter[str]()
    for order in everything(sample, "order"):
        orders[order.ordered_on] += 1
        revenue[order.ordered_on] += order.total
    days = [day for day in everything(sample, "site_day") if day.source == "shop"]
    assert len(days) == 330
    assert {day.day_on: day.orders for day in days if day.orders} == dict(orders)
    assert {day.day_on: day.revenue for day in days if day.revenue} == dict(revenue)
    assert all(day.sessions > day.orders for day in days)


def test_a_few_creators_carry_the_sales_one_code_leaked_and_some_parcels_led_to_nothing(
    sample: Workspace,
) -> None:
    by_creator = Counter(o.creator for o in everything(sample, "order") if o.creator)
    top = sum(count for _, count in by_creator.most_common(len(by_creator) // 4 or 1))
    assert top > sum(by_creator.values()) / 2
    assert [code.status for code in everything(sample, "code")].count("leaked") == 1
    assert sum(parcel.ghosted_on is not None for parcel in everything(sample, "shipment")) >= 3
    decided = {row.creator: row.decision for row in everything(sample, "weekly_decision")}
    best = by_creator.most_common(1)[0][0]
    assert decided.get(best, "scale") == "scale"


def test_who_agreed_has_terms_and_who_was_refused_for_good_was_vetted_so(sample: Workspace) -> None:
    with_terms = {row.collaboration: row.status for row in everything(sample, "terms")}
    for part in everything(sample, "collaboration"):
        if part.agreed_on:
            assert with_terms[part.id] in ("signed", "ended")
        elif part.status in ("planned", "invited", "declined"):
            assert part.id not in with_terms
    vetted = {row.creator: row.verdict for row in everything(sample, "vetting")}
    refused = [c for c in everything(sample, "creator") if c.stage == "do_not_contact"]
    assert {vetted[creator.id] for creator in refused} <= {"reject", "watch"}


def test_a_handful_who_were_written_to_lately_are_followed_up_a_week_later_and_nobody_else(
    sample: Workspace,
) -> None:
    open_ones = [m for m in everything(sample, "message") if m.follow_up_on]
    assert 4 <= len(open_ones) <= 8
    for message in open_ones:
        sent_on = date.fromisoformat(message.sent_at[:10])
        assert (TODAY - sent_on).days <= 28
        assert (date.fromisoformat(message.follow_up_on) - sent_on).days == 7
    assert 2 <= sum(item.kind == "follow_up" for item in sample.due(TODAY.isoformat())) <= 6


def test_every_parcel_that_left_has_a_number_of_its_carrier_that_can_be_followed(sample: Workspace) -> None:
    parcels = everything(sample, "shipment")
    left = [parcel for parcel in parcels if parcel.shipped_on]
    assert 0 < len(left) < len(parcels)
    assert not any(parcel.tracking_number for parcel in parcels if not parcel.shipped_on)
    for parcel in left:
        found = tracking_of(parcel)
        assert found is not None
        assert (found.valid, found.carrier, bool(found.url)) == (True, parcel.carrier, True), parcel
    numbers = [parcel.tracking_number for parcel in left]
    assert len(set(numbers)) == len(numbers)
    assert {parcel.carrier for parcel in left} >= {"An Post", "Royal Mail", "DHL"}


def test_a_brief_has_two_versions_that_differ_and_the_second_is_what_it_says_now(sample: Workspace) -> None:
    for brief in everything(sample, "brief"):
        versions = sample.versions(brief.id)
        if brief.status != "sent":
            assert versions == []
            continue
        assert [version.number for version in versions] == [2, 1]
        assert not sample.has_changed(brief.id)
        assert sample.difference(brief.id, 1, 2)
        assert {holder.version for holder in sample.holders(brief.id)} == {1, 2}


def test_nothing_that_was_looked_back_on_lies_in_the_future(sample: Workspace) -> None:
    today = TODAY.isoformat()
    told = ("reviewed_on", "answered_on", "day_on", "scored_on", "checked_at", "kept_at", "signed_on")
    for description in sample.catalogue.public:
        for name in set(told) & set(description.by_name):
            late = [
                row.id
                for row in everything(sample, description.name)
                if (getattr(row, name) or "") > f"{today}T"
            ]
            assert late == [], (description.name, name)


def test_attached_files_can_be_read(sample: Workspace) -> None:
    files = everything(sample, "attachment")
    assert {row.media_type for row in files} == {"text/plain", "image/png"}
    for row in files:
        assert len(sample.attachment_bytes(row.id)) == row.size
        assert sample.find("creator", row.about_uid)
