"""A tablet, its browser, and cards, as tests hand them out."""

from django.test import Client
from django.utils import timezone

from tablets.actions import cards
from tablets.actions import tablets as acts
from tablets.device import COOKIE


def now():
    return timezone.now()


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
