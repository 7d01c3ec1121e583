"""Office tablets: set up with a code, taken with a card, one person and one meeting at a time, wiped with a receipt."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from ledger.verdict import Refused
from meetings.actions import participants
from meetings.models import Participant
from tablets import jobs
from tablets.actions import cards, handovers
from tablets.actions import tablets as acts
from tablets.device import COOKIE
from tablets.models import Handover, SeatCard, Tablet
from tablets.rules import LATE
from tests.meetings.factories import world
from tests.people.factories import fresh

pytestmark = pytest.mark.django_db


def now():
    return timezone.now()


@pytest.fixture
def made():
    return world("published")


def browser_of(made, label="Máy 01"):
    """A tablet of the meeting's agency, and the browser that is it."""
    tablet, code = acts.add(made.agency, label=label, by=made.clerk, at=now())
    client = Client(headers={"accept": "text/html"})
    answer = client.post("/tablet/set-up/", {"code": code.lower()})
    assert answer.status_code == 302
    assert answer.cookies[COOKIE]["httponly"]
    return tablet, client


def cards_of(made):
    return {card.participant.user_id: card for card in cards.make(made.meeting, by=made.clerk, at=now())}


def take(client, card):
    return client.post("/tablet/take/", {"token": card.token})


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


def test_two_tablets_of_an_agency_have_two_names(made):
    acts.add(made.agency, label="Máy 01", by=made.clerk, at=now())
    with pytest.raises(Refused, match="tablet_label_taken"):
        acts.add(made.agency, label="Máy 01", by=made.clerk, at=now())


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


def test_a_retired_tablet_opens_nothing(made):
    tablet, client = browser_of(made)
    take(client, cards_of(made)[made.members[0].pk])
    acts.retire(tablet, by=made.clerk, at=now())
    assert client.get(f"/meetings/{made.meeting.public_id}/").status_code == 302
    assert "/tablet/set-up/" in client.get("/tablet/").content.decode()


def test_forgotten_tablets_are_called_in_after_the_meeting():
    made = world("open")
    _tablet, client = browser_of(made)
    take(client, cards_of(made)[made.members[0].pk])
    made.meeting.__class__.objects.filter(pk=made.meeting.pk).update(state="closed", closed_at=now() - LATE * 2)
    jobs.call_in_forgotten(at=now())
    assert Handover.objects.get().ended_how == "over"
    jobs.call_in_forgotten(at=now())


ALLOWED = {"clerk", "secretary"}
EVERYBODY = ("clerk", "leader", "chair", "secretary", "member", "guest", "stranger")


@pytest.mark.parametrize("name", EVERYBODY)
@pytest.mark.parametrize("verb", ["make", "revoke", "call_in"])
def test_who_hands_tablets_out(made, name, verb):
    by, place = made.user(name), made.place(made.members[1])
    if verb == "revoke":
        cards_of(made)
    work = {
        "make": lambda: cards.make(made.meeting, by=by, at=now()),
        "revoke": lambda: cards.revoke(place, by=by, at=now()),
        "call_in": lambda: handovers.call_in(made.meeting, by=by, at=now()),
    }[verb]
    if name in ALLOWED:
        work()
    else:
        with pytest.raises(Refused):
            work()


@pytest.mark.parametrize("name", EVERYBODY)
def test_who_keeps_tablets(made, name):
    by = made.user(name)
    if name == "clerk":
        acts.add(made.agency, label="Máy 09", by=by, at=now())
    else:
        with pytest.raises(Refused, match="not_tablet_keeper"):
            acts.add(made.agency, label="Máy 09", by=by, at=now())


def test_the_pages(made, client):
    tablet, device = browser_of(made)
    client.force_login(made.clerk)
    desk = f"/meetings/{made.meeting.public_id}/tablets/"
    assert client.get(desk).status_code == 200
    shown = client.post(f"{desk}cards/").content.decode()
    assert shown.count('class="seat-card"') == SeatCard.objects.filter(revoked_at__isnull=True).count()
    take(device, cards_of(made)[made.members[0].pk])
    assert "Máy 01" in client.get(desk).content.decode()
    assert client.get("/tablets/").status_code == 200
    assert client.get(f"/tablets/{tablet.public_id}/").status_code == 200
    assert client.post(f"/tablets/{tablet.public_id}/code/").status_code == 200
    assert client.post("/tablets/new/", {"agency": made.agency.public_id, "label": ""}).status_code == 422
    client.force_login(made.stranger)
    assert client.get(desk).status_code == 404
    assert client.get(f"/tablets/{tablet.public_id}/").status_code == 404
    client.force_login(fresh(made.members[0]))
    assert client.get(desk).status_code == 403
    assert client.get("/tablets/").status_code == 404


def test_the_desk_costs_the_same_for_few_and_for_more(client, django_assert_max_num_queries):
    counts = []
    for members in (1, 3):
        made = world("published", members=members)
        cards_of(made)
        client.force_login(made.clerk)
        client.get(f"/meetings/{made.meeting.public_id}/tablets/")
        with django_assert_max_num_queries(40) as queries:
            client.get(f"/meetings/{made.meeting.public_id}/tablets/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_database_itself_keeps_a_tablet_in_one_hand(made):
    tablet, _client = browser_of(made)
    one, two = Participant.objects.filter(meeting=made.meeting)[:2]
    fields = {"tablet": tablet, "by_pin": False, "session_key": "x", "taken_at": now()}
    Handover.objects.create(participant=one, **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.create(participant=two, **fields)
    assert Tablet.objects.count() == 1
