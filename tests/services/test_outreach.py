"""Writing to creators: stages follow what was said, and nobody is written to who must not be."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from creator_crm.domain.errors import UserError
from creator_crm.domain.query import Query
from creator_crm.services.outreach import Said
from creator_crm.services.workspace import Workspace

TODAY = date.today()


def day(days: int) -> str:
    return (TODAY + timedelta(days=days)).isoformat()


@pytest.fixture
def ana(workspace: Workspace) -> int:
    return workspace.add("creator", {"name": "Ana Blum", "handle": "ana.b", "email": "ana@example.com"})


def stage(workspace: Workspace, creator: int) -> str:
    return str(workspace.row("creator", creator).stage)


def test_the_first_message_makes_a_prospect_contacted_in_one_step_with_a_follow_up(
    workspace: Workspace, ana: int
) -> None:
    logged = workspace.log_message(ana, body="Hello", channel="instagram_dm")
    (message,) = workspace.conversation(ana)
    assert (message.id, message.status, message.author) == (logged.messages[0], "sent", "Mara")
    assert message.follow_up_on == day(4)
    assert stage(workspace, ana) == "contacted"
    assert workspace.change_sets()[0].label == "Log a message to Ana Blum"
    workspace.undo()
    assert (stage(workspace, ana), workspace.conversation(ana)) == ("prospect", [])


def test_an_answer_puts_the_creator_in_conversation_and_answers_our_newest_message_only(
    workspace: Workspace, ana: int
) -> None:
    workspace.log_message(ana, at="2026-01-01T09:00:00Z")
    workspace.log_message(ana, at="2026-01-05T09:00:00Z")
    workspace.log_message(ana, direction="in", body="Tell me more", at="2026-01-06T09:00:00Z")
    assert [m.status for m in workspace.conversation(ana)] == ["sent", "answered", "received"]
    assert stage(workspace, ana) == "in_conversation"
    workspace.log_message(ana, at="2026-01-07T09:00:00Z", follow_up_on=None)
    last = workspace.conversation(ana)
    assert [m.status for m in last] == ["sent", "answered", "answered", "sent"]
    assert last[-1].follow_up_on is None


@pytest.mark.parametrize("outcome", ["agreed", "declined"])
def test_an_outcome_moves_the_creator_and_their_part_in_the_campaign(
    workspace: Workspace, ana: int, outcome: str
) -> None:
    campaign = workspace.add("campaign", {"name": "Spring"})
    workspace.join_campaign(campaign, [ana])
    (part,) = workspace.rows("collaboration", workspace.ids(Query("collaboration")))
    workspace.log_message(ana, campaign=campaign)
    assert workspace.row("collaboration", part.id).status == "invited"
    workspace.log_message(ana, campaign=campaign, direction="in", outcome=outcome)
    after = workspace.row("collaboration", part.id)
    assert (stage(workspace, ana), after.status) == (outcome, outcome)
    assert (after.agreed_on is not None) == (outcome == "agreed")


def test_a_message_never_moves_an_active_creator_back(workspace: Workspace, ana: int) -> None:
    workspace.edit("creator", {ana: {"stage": "active"}})
    workspace.log_message(ana)
    workspace.log_message(ana, direction="in", outcome="declined")
    assert stage(workspace, ana) == "active"


def test_who_opted_out_is_not_written_to_and_the_reason_is_said(workspace: Workspace, ana: int) -> None:
    bea = workspace.add("creator", {"name": "Bea", "stage": "do_not_contact"})
    workspace.plan_messages([ana], day(1))
    workspace.opt_out([ana])
    assert [m.status for m in workspace.conversation(ana)] == ["skipped"]
    with pytest.raises(UserError, match=r"Ana Blum asked not to be written to. Nothing was written down"):
        workspace.log_message(ana)
    with pytest.raises(UserError, match=r"Bea is marked “Do not contact”.*Leave them out"):
        workspace.log_messages([Said(creator=ana), Said(creator=bea)])
    with pytest.raises(UserError, match="asked not"):
        workspace.plan_messages([ana], day(1))
    workspace.log_message(ana, direction="in", body="Please stop")
    assert workspace.count(Query("message")) == 2


def test_tiktoks_limit_is_warned_of_until_there_is_an_answer(workspace: Workspace, ana: int) -> None:
    for n in range(5):
        assert workspace.log_message(ana, at=f"2026-01-0{n + 1}T09:00:00Z").warnings == ()
    (warning,) = workspace.advice([ana], "tiktok_dm")[ana].warnings
    assert warning.startswith("Ana Blum has not answered 5 TikTok messages; TikTok lets only 5 through")
    assert workspace.advice([ana], "email")[ana].warnings == ()
    workspace.log_message(ana, direction="in", at="2026-01-06T09:00:00Z")
    assert workspace.advice([ana], "tiktok_dm")[ana].warnings == ()


def test_two_people_writing_to_one_creator_is_warned_of(workspace: Workspace, ana: int) -> None:
    workspace.log_message(ana)
    workspace.store.who = "Jonas"
    (warning,) = workspace.log_message(ana).warnings
    assert warning == f"Mara wrote to Ana Blum on {day(0)}."
    workspace.set_setting("others_within_days", 0)
    workspace.store.who = "Mara"
    assert "Jonas" in workspace.advice([ana], "email")[ana].warnings[0]


def test_a_planned_message_becomes_the_one_that_was_sent(workspace: Workspace, ana: int) -> None:
    workspace.plan_messages([ana], day(0), channel="email")
    (planned,) = workspace.conversation(ana)
    assert (planned.status, planned.send_on, stage(workspace, ana)) == ("planned", day(0), "prospect")
    workspace.log_message(ana, planned=planned.id, channel="email", body="Hello")
    (sent,) = workspace.conversation(ana)
    assert (sent.id, sent.status, sent.send_on, sent.body) == (planned.id, "sent", day(0), "Hello")
    assert stage(workspace, ana) == "contacted"


def test_a_follow_up_is_set_and_cleared(workspace: Workspace, ana: int) -> None:
    (message,) = workspace.log_message(ana).messages
    workspace.set_follow_up([message], day(10))
    assert workspace.row("message", message).follow_up_on == day(10)
    workspace.set_follow_up([message], None)
    assert workspace.row("message", message).follow_up_on is None


# Templates -----------------------------------------------------------------------------------------


def template(workspace: Workspace, body: str, **values: Any) -> int:
    return workspace.add("template", {"name": "Hello", "body": body, **values})


def test_a_template_is_filled_from_everything_that_is_known_of_a_creator(
    workspace: Workspace, ana: int
) -> None:
    campaign = workspace.add("campaign", {"name": "Spring", "ends_on": "2027-05-03"})
    workspace.add(
        "code", {"code": "ANA10", "creator": ana, "campaign": campaign, "link": "https://l.example/a"}
    )
    workspace.add("shipment", {"creator": ana, "campaign": campaign, "tracking_number": "1Z5R89390357567127"})
    workspace.set_setting("brand", "Lumi")
    number = template(
        workspace,
        "Hi {{ first_name }} ({{ creator.platform }}), {{ code }} {{ link }} until {{ campaign.ends_on }}. "
        "{{ parcel.carrier }}: {{ parcel.tracking_link }} {{ me }}, {{ brand }}",
        subject="{{ campaign }} with {{ brand }}",
    )
    done = workspace.render(number, ana, campaign)
    assert done.subject == "Spring with Lumi"
    assert done.text == (
        "Hi Ana (TikTok), ANA10 https://l.example/a until 3 May 2027. "
        "UPS: https://www.ups.com/track?tracknum=1Z5R89390357567127 Mara, Lumi"
    )
    assert done.missing == ()


def test_what_is_not_known_of_a_creator_keeps_the_letter_from_being_opened(
    workspace: Workspace, ana: int
) -> None:
    number = template(workspace, "Use {{ code }}")
    assert workspace.render(number, ana).missing == ("code",)
    with pytest.raises(UserError, match="The message to Ana Blum has gaps that nothing is known for: code"):
        workspace.mailto(number, ana)
    workspace.add("code", {"code": "ANA10", "creator": ana})
    assert workspace.mailto(number, ana) == "mailto:ana@example.com?body=Use%20ANA10"
    workspace.edit("creator", {ana: {"email": None}})
    with pytest.raises(UserError, match="no e-mail address of Ana Blum"):
        workspace.mailto(number, ana)


def test_a_creator_is_written_to_in_their_language_where_there_is_such_a_variant(
    workspace: Workspace, ana: int
) -> None:
    english = template(workspace, "Hello", language="en")
    template(workspace, "Hallo, bis {{ campaign.ends_on }}", language="de")
    campaign = workspace.add("campaign", {"name": "Spring", "ends_on": "2027-05-03"})
    bea = workspace.add("creator", {"name": "Bea", "language": "de"})
    texts = {n: r.text for n, r in workspace.render_many(english, [ana, bea], campaign).items()}
    assert texts == {ana: "Hello", bea: "Hallo, bis 3. Mai 2027"}


def test_what_is_being_typed_is_previewed_on_a_real_creator(workspace: Workspace, ana: int) -> None:
    assert workspace.preview("Hi", "Hi {{ creator.name }}", ana).text == "Hi Ana Blum"
    with pytest.raises(UserError, match=r"no field “creator.nam”"):
        workspace.preview("", "{{ creator.nam }}", ana)


def test_a_message_to_hundreds_is_one_step_and_few_questions(workspace: Workspace) -> None:
    creators = [workspace.add("creator", {"name": f"Creator {n}"}) for n in range(300)]
    seen: list[str] = []
    with workspace.store.read_raw() as raw:
        raw.set_trace_callback(seen.append)
    logged = workspace.log_messages([Said(creator=number, body="Hello") for number in creators])
    with workspace.store.read_raw() as raw:
        raw.set_trace_callback(None)
    assert (len(logged.messages), len(seen) <= 12) == (300, True), len(seen)
    assert {stage(workspace, number) for number in creators} == {"contacted"}
    assert workspace.change_sets()[0].label == "Log a message to 300 creators"
    workspace.undo()
    assert workspace.count(Query("message")) == 0


def test_nothing_is_logged_for_a_creator_in_the_trash(workspace: Workspace, ana: int) -> None:
    workspace.trash("creator", [ana])
    for direction in ("in", "out"):
        with pytest.raises(UserError, match="not there any more"):
            workspace.log_message(ana, direction=direction)
    assert workspace.conversation(ana) == []


# Written as rows -----------------------------------------------------------------------------------


def test_a_message_written_as_a_row_means_what_a_logged_one_means(workspace: Workspace) -> None:
    """`add` and `set` of the command line, the form and the cells of the list."""
    ana = workspace.add("creator", {"name": "Ana"})
    campaign = workspace.add("campaign", {"name": "Spring"})
    part = workspace.add("collaboration", {"creator": ana, "campaign": campaign})
    values = {"creator": ana, "campaign": campaign, "body": "Hi", "sent_at": "2026-11-02T09:00:00Z"}
    ours = workspace.add("message", values)
    held = workspace.row("message", ours)
    assert (held.status, held.follow_up_on) == ("sent", "2026-11-06")
    assert workspace.row("creator", ana).stage == "contacted"
    assert workspace.row("collaboration", part).status == "invited"
    workspace.undo()
    assert workspace.row("creator", ana).stage != "contacted"
    workspace.redo()
    hers = workspace.add(
        "message",
        {"creator": ana, "campaign": campaign, "direction": "in", "sent_at": "2026-11-03T09:00:00Z"},
    )
    assert workspace.row("message", ours).status == "answered"
    assert workspace.row("creator", ana).stage == "in_conversation"
    workspace.edit("message", {hers: {"outcome": "agreed"}})
    assert workspace.row("creator", ana).stage == "agreed"
    assert workspace.row("collaboration", part).status == "agreed"
    workspace.edit("message", {ours: {"follow_up_on": None}})
    assert workspace.row("message", ours).follow_up_on is None


def test_a_row_to_somebody_who_opted_out_is_refused_also_when_it_was_planned_before(
    workspace: Workspace,
) -> None:
    ana = workspace.add("creator", {"name": "Ana"})
    planned = workspace.add("message", {"creator": ana, "send_on": "2026-11-02"})
    workspace.edit("creator", {ana: {"opted_out": True}})
    with pytest.raises(UserError, match=r"Ana asked not to be written to\. Nothing was written down\."):
        workspace.add("message", {"creator": ana, "body": "Hi"})
    with pytest.raises(UserError, match="asked not to be written to"):
        workspace.edit("message", {planned: {"status": "sent"}})
    assert workspace.row("message", planned).status == "planned"
    workspace.edit("message", {planned: {"status": "skipped"}})
    workspace.add("message", {"creator": ana, "direction": "in", "body": "Stop, please."})


def test_a_reminder_of_a_post_is_one_step_with_its_message(workspace: Workspace) -> None:
    ana = workspace.add("creator", {"name": "Ana"})
    parcel = workspace.add(
        "shipment", {"creator": ana, "status": "delivered", "delivered_on": "2026-11-01", "nudges": 1}
    )
    before = workspace.change_sets()[0].id
    workspace.log_message(ana, body="How is it?", parcel=parcel, at="2026-11-10T09:00:00Z")
    held = workspace.row("shipment", parcel)
    assert (held.nudges, held.nudged_on) == (2, "2026-11-10")
    assert [step.id for step in workspace.change_sets() if step.id > before] == [before + 1]
    workspace.undo()
    assert (workspace.row("shipment", parcel).nudges, workspace.count(Query("message"))) == (1, 0)


def test_who_must_be_left_alone_gets_no_parcel_and_no_reminder(workspace: Workspace) -> None:
    ana = workspace.add("creator", {"name": "Ana", "opted_out": True})
    bea = workspace.add("creator", {"name": "Bea", "stage": "do_not_contact"})
    workspace.add("product", {"name": "Serum", "sku": "S1"})
    workspace.receive("S1", 5)
    with pytest.raises(
        UserError, match=r"Ana asked not .* Bea is marked “Do not contact”\. Nothing was made\. "
    ):
        workspace.ship({"S1": 1}, [ana, bea])
    parcel = workspace.add("shipment", {"creator": ana, "status": "delivered", "delivered_on": "2026-11-01"})
    with pytest.raises(UserError, match="No nudge was noted"):
        workspace.nudge([parcel])
    assert workspace.row("shipment", parcel).nudges == 0
