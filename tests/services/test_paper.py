"""What is printed of parcels: addresses in their country's order, contents, notes, links; the sender's."""

from __future__ import annotations

from typing import Any

import pytest

from creator_crm.domain.errors import UserError
from creator_crm.services.slips import GIFT_NOTE, NOTE_GAPS, Slip, pick_list, qr_squares, refuse_nothing
from creator_crm.services.workspace import Workspace

HOME = {"recipient": "Luma", "street": "Torstr. 12", "city": "Berlin", "postcode": "10119", "country": "DE"}
BONN = {"street": "Am Markt 1", "city": "Bonn", "postcode": "53111", "country": "DE"}
AUSTIN = {"street": "12 Main St", "city": "Austin", "region": "TX", "postcode": "78701", "country": "US"}


@pytest.fixture
def people(workspace: Workspace) -> list[int]:
    """Two creators, one of them abroad, a serum in a bottle and a candle; Ana has a code with a link."""
    found = [
        workspace.add("creator", {"name": "Ana Blum"}, {"address": [BONN]}),
        workspace.add("creator", {"name": "Bo Kim"}, {"address": [AUSTIN]}),
    ]
    serum = workspace.add(
        "product", {"name": "Glow serum", "sku": "GLOW", "link": "https://luma.example/serum"}
    )
    workspace.add("variant", {"product": serum, "name": "30 ml", "sku": "GLOW-30"})
    workspace.add("product", {"name": "Candle", "sku": "CAND"})
    workspace.receive("GLOW-30", 50)
    workspace.receive("CAND", 50)
    return found


def made(workspace: Workspace, creators: list[int], campaign: int | None = None) -> list[int]:
    return list(workspace.ship({"GLOW-30": 2, "CAND": 1}, creators, campaign).shipments)


def slips(workspace: Workspace, *numbers: int, note: str | None = None) -> list[Slip]:
    return list(workspace.slips(numbers or None, note).slips)


def test_the_senders_address_is_one_step_to_undo(workspace: Workspace) -> None:
    assert workspace.sender().country == ""
    workspace.set_sender({**HOME, "phone": " 030 1234 "})
    assert workspace.sender().street == "Torstr. 12"
    assert workspace.sender_values()["phone"] == "030 1234"
    assert workspace.setting("sender_name") == "Luma"
    assert workspace.change_sets()[0].label == "Change the sender's address"
    workspace.undo()
    assert workspace.sender_values() == dict.fromkeys(workspace.sender_values(), "")


def test_the_brand_stands_in_for_a_sender_without_a_name(workspace: Workspace) -> None:
    workspace.set_setting("brand", "Luma")
    assert workspace.sender().recipient == "Luma"


def test_a_label_has_the_address_of_that_day_and_the_country_only_abroad(
    workspace: Workspace, people: list[int]
) -> None:
    workspace.set_sender(HOME)
    ana, bo = slips(workspace, *made(workspace, people))
    assert ana.lines == ("Ana Blum", "Am Markt 1", "53111 Bonn")
    assert bo.lines == ("Bo Kim", "12 Main St", "Austin, TX 78701", "UNITED STATES")
    assert [(one.name, one.variant, one.sku, one.quantity) for one in ana.contents] == [
        ("Glow serum", "30 ml", "GLOW-30", 2),
        ("Candle", "", "CAND", 1),
    ]


def test_without_a_choice_all_that_are_approved_or_packed_are_printed(
    workspace: Workspace, people: list[int]
) -> None:
    first, second = made(workspace, people)
    (third,) = made(workspace, people[:1])
    workspace.advance([second], "packed")
    workspace.advance([third], "shipped")
    assert [slip.parcel for slip in slips(workspace)] == [first, second]
    assert [slip.parcel for slip in slips(workspace, third, first)] == [third, first], "as they were named"
    workspace.advance([first, second], "shipped")
    with pytest.raises(UserError, match="nothing to print"):
        refuse_nothing(workspace.slips())


def test_the_link_is_the_one_of_the_campaign_else_the_product_page(
    workspace: Workspace, people: list[int]
) -> None:
    spring, summer = (workspace.add("campaign", {"name": name}) for name in ("Spring", "Summer"))
    code: dict[str, Any] = {"creator": people[0], "status": "active"}
    workspace.add("code", {**code, "code": "ANA1", "campaign": spring, "link": "https://luma.example/a1"})
    workspace.add("code", {**code, "code": "ANA2", "campaign": summer, "link": "https://luma.example/a2"})
    in_spring = made(workspace, people, spring)
    (in_none,) = made(workspace, people[:1])
    found = slips(workspace, *in_spring, in_none)
    assert [slip.link for slip in found] == [
        "https://luma.example/a1",
        "https://luma.example/serum",
        "https://luma.example/a2",
    ]
    assert "ANA1" in found[0].note
    assert "For those who follow you" not in found[1].note


def test_a_gift_note_is_filled_for_each_and_tells_of_its_gaps(
    workspace: Workspace, people: list[int]
) -> None:
    workspace.set_setting("brand", "Luma")
    (number,) = made(workspace, people[:1])
    (usual,) = slips(workspace, number)
    assert usual.note.startswith("Hi Ana,\n\nthis one is yours: 2 × Glow serum (30\u00a0ml) and Candle.")
    assert usual.note.endswith("Luma")
    assert usual.missing == ()
    (own,) = slips(workspace, number, note="Dear {{ creator.name }}, see {{ link }}")
    assert own.missing == ("link",)


def test_the_gift_message_of_a_parcel_takes_the_place_of_the_usual_words(
    workspace: Workspace, people: list[int]
) -> None:
    (number,) = made(workspace, people[:1])
    workspace.edit("shipment", {number: {"gift_message": "Happy birthday, Ana!\nEnjoy it."}})
    (slip,) = slips(workspace, number)
    assert slip.note.startswith("Hi Ana,\n\nHappy birthday, Ana!\nEnjoy it.\n")
    assert "this one is yours" not in slip.note


def test_notes_of_a_parcel_are_never_printed(workspace: Workspace, people: list[int]) -> None:
    (number,) = made(workspace, people[:1])
    workspace.edit("shipment", {number: {"notes": "Difficult; asked twice."}})
    (slip,) = slips(workspace, number, note="Dear {{ creator.name }}, {{ message }}")
    assert "Difficult" not in repr(slip)


def test_the_text_of_notes_is_remembered_once_it_can_be_read(workspace: Workspace) -> None:
    assert workspace.gift_note() == GIFT_NOTE
    workspace.set_gift_note("For {{ creator.first_name }}")
    assert workspace.gift_note() == "For {{ creator.first_name }}"
    for wrong in ("{{ creator.shoe_size }}", "{{ creator.name", "{% for x in y %}"):
        with pytest.raises(UserError):
            workspace.set_gift_note(wrong)
    assert workspace.gift_note() == "For {{ creator.first_name }}"
    workspace.set_gift_note(GIFT_NOTE)
    assert workspace.setting("gift_note") == "", "the usual text may become a better one"
    workspace.set_gift_note(" ".join(f"{{{{ {gap} }}}}" for gap in NOTE_GAPS))


def test_the_pick_list_adds_up_by_variant_and_names_the_parcels(
    workspace: Workspace, people: list[int]
) -> None:
    numbers = made(workspace, people)
    candle, serum = pick_list(slips(workspace, *numbers))
    assert (candle.content.sku, candle.total) == ("CAND", 2)
    assert (serum.content.sku, serum.total) == ("GLOW-30", 4)
    assert [(slip.parcel, count) for slip, count in serum.parcels] == [(number, 2) for number in numbers]


def test_five_hundred_parcels_are_asked_for_as_often_as_one(workspace: Workspace, people: list[int]) -> None:
    numbers = made(workspace, people)

    def asked(which: list[int]) -> int:
        seen: list[str] = []
        with workspace.store.read_raw() as raw:
            raw.set_trace_callback(seen.append)
        workspace.slips(which)
        with workspace.store.read_raw() as raw:
            raw.set_trace_callback(None)
        return len(seen)

    assert asked(numbers) == asked(numbers[:1]) > 5


def test_only_a_parcel_abroad_is_told_what_customs_will_ask(workspace: Workspace, people: list[int]) -> None:
    home, abroad = made(workspace, people)
    assert workspace.parcel_remarks(abroad) == (), "nobody knows yet where it is sent from"
    workspace.set_sender(HOME)
    assert workspace.parcel_remarks(home) == ()
    (said,) = workspace.parcel_remarks(abroad)
    assert said.startswith("For customs this parcel still lacks its value; the code, description and ")
    known = {"customs_code": "3304.99", "customs_description": "Face serum", "made_in": "DE"}
    for product in workspace.slips([abroad]).slips[0].contents:
        assert product.key[0] is not None
        workspace.edit("product", {product.key[0]: known})
    workspace.edit("shipment", {abroad: {"customs_value": 4500}})
    assert workspace.parcel_remarks(abroad) == ()


def test_a_qr_code_has_its_three_corners() -> None:
    rows = qr_squares("https://luma.example/a1")
    side = len(rows)
    assert side >= 21
    assert all(len(row) == side for row in rows)
    assert all(rows[y][x] for y, x in ((0, 0), (0, side - 1), (side - 1, 0), (3, 3)))
