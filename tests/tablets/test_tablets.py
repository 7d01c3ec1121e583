"""Office tablets in hands: set up with a code, taken with a card, one meeting only, wiped with a receipt."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from ledger.verdict import Refused
from meetings.actions import participants
from tablets.actions import cards
from tablets.actions import tablets as acts
from tablets.models import Handover, SeatCard
from tablets.queries import card_by_pin
from tablets.secrets import pin_digest
from tests.meetings.factories import world
from tests.tablets.hands import browser_of, cards_of, now, take

pytestmark = pytest.mark.django_db


def test_a_code_sets_up_one_browser_once(made):
    tablet, code = acts.add(made.agency, label="Máy 01", by=made.clerk, at=now())
    assert Client().post("/tablet/set-up/", {"code": "SAI-SAI2"}).status_code == 422
    assert Client().post("/tablet/set-up/", {"code": code}).status_code == 302
    assert Client().post("/tablet/set-up/", {"code": code}).status_code == 422
    tablet.refresh_from_db()
    assert tablet.token_hash
    assert not tablet.code_hash


def test_an_old_code_is_refused(made):
    tablet, code = acts.add(made.agency, label="Máy 01", by=made.clerk, at=now() - timedelta(hours=1))
    with pytest.raises(Refused, match="tablet_code_wrong"):
        acts.set_up(tablet, code=code, by=made.clerk, at=now())


def test_a_card_opens_its_meeting_and_nothing_else(made):
    _tablet, client = browser_of(made)
    member = made.members[0]
    answer = take(client, cards_of(made)[member.pk])
    assert answer.status_code == 200
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    page = f"/meetings/{made.meeting.public_id}/"
    assert client.get(page).status_code == 200
    assert client.get(f"{page}room/").status_code == 200
    document = made.papers[0].document.public_id
    assert client.get(f"/documents/{document}/").status_code == 200
    for elsewhere in ("/", "/meetings/", "/inbox/", "/accounts/password/change/", "/api/v1/me", "/people/"):
        answer = client.get(elsewhere)
        assert (answer.status_code, answer.get("Location")) == (302, "/tablet/"), elsewhere
    assert client.post("/documents/outgoing/new/", {}).status_code == 403
    other = world("published", members=1)
    participants.invite(other.meeting, user=member, seat=seat_of(), by=other.clerk, at=now())
    assert client.get(f"/meetings/{other.meeting.public_id}/").status_code == 302
    assert client.get(f"/documents/{other.papers[0].document.public_id}/").status_code == 302


def seat_of():
    from meetings.details import Seat

    return Seat("member")


def test_a_pin_opens_as_the_code_does_and_five_wrong_ones_lock(made):
    tablet, client = browser_of(made)
    card = cards_of(made)[made.members[0].pk]
    assert client.post("/tablet/take/", {"pin": f"{card.pin[:4]} {card.pin[4:]}"}).status_code == 200
    assert Handover.objects.get().by_pin
    other, second = browser_of(made, "Máy 02")
    for _attempt in range(5):
        assert second.post("/tablet/take/", {"pin": "00000000"}).status_code == 422
    other.refresh_from_db()
    assert other.locked_until > now()
    assert second.post("/tablet/take/", {"pin": card.pin}).status_code == 422
    assert Handover.objects.filter(tablet=other).count() == 0
    tablet.refresh_from_db()
    assert tablet.wrong_cards == 0


def test_opening_the_card_changes_nothing_and_strange_browsers_are_refused(made):
    _tablet, client = browser_of(made)
    card = cards_of(made)[made.members[0].pk]
    assert made.members[0].full_name in client.get(f"/tablet/card/{card.token}/").content.decode()
    assert not Handover.objects.exists()
    assert Client().get(f"/tablet/card/{card.token}/").status_code == 403
    assert Client().post("/tablet/take/", {"token": card.token}).status_code == 403
    assert "/tablet/set-up/" in Client().get("/tablet/").content.decode()


def test_passed_on_the_first_is_signed_out_and_the_receipt_is_kept(made):
    _tablet, client = browser_of(made)
    printed = cards_of(made)
    take(client, printed[made.members[0].pk])
    first = Handover.objects.get()
    answer = take(client, printed[made.members[1].pk])
    first.refresh_from_db()
    assert (first.ended_how, Session.objects.filter(session_key=first.session_key).exists()) == ("passed_on", False)
    receipt = re.search(r'data-receipt="([^"]+)"', answer.content.decode())[1]
    assert str(first.public_id) in receipt
    sent = {"caches": 1, "databases": 2, "local": 3, "session": 0, "left": 0, "boong": "x"}
    assert client.post(receipt, sent, content_type="application/json").status_code == 200
    first.refresh_from_db()
    assert first.wiped == {"caches": 1, "databases": 2, "local": 3, "session": 0, "left": 0}
    assert Client().post(receipt, sent, content_type="application/json").status_code == 404
    assert client.post(receipt, b"{", content_type="application/json").status_code == 403


def test_handed_back_the_session_is_over(made):
    _tablet, client = browser_of(made)
    take(client, cards_of(made)[made.members[0].pk])
    answer = client.post("/tablet/return/")
    assert "Clear-Site-Data" in answer
    assert client.get(f"/meetings/{made.meeting.public_id}/").status_code == 302
    handover = Handover.objects.get()
    assert handover.ended_how == "returned"
    again = client.get("/tablet/")
    assert str(handover.public_id) in again.content.decode(), "without a receipt it is asked for again"


def test_somebody_who_takes_a_second_tablet_leaves_the_first(made):
    _one, first = browser_of(made)
    _two, second = browser_of(made, "Máy 02")
    card = cards_of(made)[made.members[0].pk]
    take(first, card)
    take(second, card)
    assert first.get(f"/meetings/{made.meeting.public_id}/").status_code == 302
    assert second.get(f"/meetings/{made.meeting.public_id}/").status_code == 200


def test_new_cards_make_the_old_ones_worthless(made):
    _tablet, client = browser_of(made)
    old = cards_of(made)[made.members[0].pk]
    cards_of(made)
    assert take(client, old).status_code == 422


def test_a_lost_card_opens_nothing(made):
    _tablet, client = browser_of(made)
    card = cards_of(made)[made.members[0].pk]
    cards.revoke(made.place(made.members[0]), by=made.clerk, at=now())
    assert take(client, card).status_code == 422


@pytest.mark.parametrize(
    ("state", "code"), [("draft", "card_wrong"), ("cancelled", "card_wrong"), ("open", ""), ("closed", "")]
)
def test_when_cards_open_a_meeting(state, code):
    made = world(state)
    tablet, client = browser_of(made)
    card = cards_of(made)[made.members[0].pk]
    answer = take(client, card)
    assert answer.status_code == (422 if code else 200)
    tablet.refresh_from_db()


def test_cards_do_not_open_days_before():
    made = world("published", starts_at=now() + timedelta(days=2), ends_at=now() + timedelta(days=2, hours=2))
    _tablet, client = browser_of(made)
    assert take(client, cards_of(made)[made.members[0].pk]).status_code == 422


def test_a_removed_participant_gets_no_tablet(made):
    _tablet, client = browser_of(made)
    card = cards_of(made)[made.members[0].pk]
    participants.remove(made.place(made.members[0]), by=made.clerk, at=now())
    assert take(client, card).status_code == 422


def test_a_card_works_on_tablets_of_its_agency_only(made):
    other = world("published")
    _tablet, client = browser_of(other)
    assert take(client, cards_of(made)[made.members[0].pk]).status_code == 422


def test_ones_own_card_buys_no_more_guesses(made):
    tablet, client = browser_of(made)
    card = cards_of(made)[made.members[0].pk]
    for attempt in range(4):
        assert client.post("/tablet/take/", {"pin": f"0000000{attempt}"}).status_code == 422
    assert take(client, card).status_code == 200
    assert client.post("/tablet/take/", {"pin": "00000009"}).status_code == 422
    tablet.refresh_from_db()
    assert tablet.locked_until is not None


@pytest.mark.parametrize(
    "part", ["edit/", "tablets/", "again/", "people/find/", "archive/", "paper_copy/", "agenda/print/"]
)
def test_a_secretarys_tablet_prepares_nothing(made, part):
    _tablet, client = browser_of(made)
    take(client, cards_of(made)[made.secretary.pk])
    assert client.get(f"/meetings/{made.meeting.public_id}/{part}").status_code == 302
    api = f"/api/v1/meetings/{made.meeting.public_id}/"
    assert client.get(f"{api}room", headers={"accept": "application/json"}).status_code == 200
    for hidden in (f"{api}items", f"{api}participants", f"/documents/{made.papers[0].document.public_id}/people/add/"):
        assert client.post(hidden, {}).status_code == 403, hidden
    for post in ("tablets/cards/", "people/", "cancel/", "series/cancel/", "items/", "people/add/", "discard/"):
        assert client.post(f"/meetings/{made.meeting.public_id}/{post}").status_code == 403


def test_a_pin_that_two_meetings_gave_opens_neither(made):
    tablet, client = browser_of(made)
    card = cards_of(made)[made.members[0].pk]
    other = acts_of_another_meeting(made)
    SeatCard.objects.filter(meeting=other, participant__role="chair").update(pin_hash=pin_digest(other.pk, card.pin))
    assert card_by_pin(tablet, card.pin, now()) is None
    assert take(client, card).status_code == 200


def acts_of_another_meeting(made):
    """A second published meeting of the same agency, with cards."""
    from meetings.actions import agenda, package
    from meetings.actions import meetings as meeting_acts
    from meetings.details import Matter, Seat
    from tests.meetings.factories import details

    other = meeting_acts.create(made.agency, details=details(title="Khác"), by=made.clerk, at=now())
    participants.invite(other, user=made.chair, seat=Seat("chair"), by=made.clerk, at=now())
    agenda.add_item(other, matter=Matter("Một"), by=made.clerk, at=now())
    package.submit(other, by=made.clerk, at=now())
    package.approve(other, by=made.leader, at=now())
    cards.make(other, by=made.clerk, at=now())
    return other


def test_a_deep_receipt_is_refused(made):
    _tablet, client = browser_of(made)
    take(client, cards_of(made)[made.members[0].pk])
    client.post("/tablet/return/")
    address = f"/tablet/receipt/{Handover.objects.get().public_id}/"
    assert client.post(address, "[" * 2000, content_type="application/json").status_code == 403
