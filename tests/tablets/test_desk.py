"""Who hands tablets out and takes them back; two at once; the pages."""

from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from ledger.verdict import Refused
from meetings.models import Participant
from tablets import jobs
from tablets.actions import cards, handovers
from tablets.actions import tablets as acts
from tablets.models import Handover, SeatCard, Tablet
from tablets.queries import card_by_token
from tablets.rules import LATE
from tests.meetings.factories import world
from tests.people.factories import fresh
from tests.tablets.hands import browser_of, cards_of, now, take

pytestmark = pytest.mark.django_db


def test_two_tablets_of_an_agency_have_two_names(made):
    acts.add(made.agency, label="Máy 01", by=made.clerk, at=now())
    with pytest.raises(Refused, match="tablet_label_taken"):
        acts.add(made.agency, label="Máy 01", by=made.clerk, at=now())


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


@pytest.mark.parametrize("step", ["revoke", "again"])
def test_a_lost_card_takes_its_tablet_back(made, step):
    _tablet, client = browser_of(made)
    take(client, cards_of(made)[made.members[0].pk])
    place = made.place(made.members[0])
    if step == "revoke":
        cards.revoke(place, by=made.clerk, at=now())
    else:
        cards.make(made.meeting, only=[place], by=made.clerk, at=now())
    assert client.get(f"/meetings/{made.meeting.public_id}/").status_code == 302


def test_an_ended_hand_over_is_not_ended_again(made):
    _tablet, client = browser_of(made)
    take(client, cards_of(made)[made.members[0].pk])
    handovers.call_in(made.meeting, by=made.clerk, at=now())
    handover = Handover.objects.get()
    handovers.hand_back(handover, by=made.members[0], at=now())
    handover.refresh_from_db()
    assert handover.ended_how == "called_in"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
def test_two_who_swap_their_tablets_wait_for_each_other():
    made = world("published")
    (one, first), (two, second) = browser_of(made), browser_of(made, "Máy 02")
    printed = cards_of(made)
    a, b = printed[made.members[0].pk], printed[made.members[1].pk]
    take(first, a)
    take(second, b)
    gate, told = Barrier(2), []

    def swap(tablet, card):
        gate.wait()
        found = card_by_token(card.token)
        try:
            handovers.take(found, tablet, by_pin=False, session_key="x", by=found.participant.user, at=now())
            told.append("taken")
        finally:
            connection.close()

    threads = [Thread(target=swap, args=(one, b)), Thread(target=swap, args=(two, a))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == ["taken", "taken"]
    assert Handover.objects.filter(ended_at__isnull=True).count() <= 2
