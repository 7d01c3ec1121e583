"""What a screen reaches: its meeting's public view and the led page, and nothing else in the house."""

import hashlib
import re
from pathlib import Path
from tempfile import NamedTemporaryFile
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import get_resolver

from documents.blobs.store import blob_store
from documents.models import Blob, Preview
from meetings.actions import agenda, leading, papers, room
from meetings.models import Group
from screens.actions import pairing
from screens.device import COOKIE
from screens.models import Screen
from tests.meetings.factories import now, world
from tests.screens.walls import paired_screen

pytestmark = pytest.mark.django_db

OWN = {"/screen/", "/screen/door/"}
WEBP = b"RIFF....WEBPVP8 not really"


@pytest.fixture
def made():
    return world("open")


@pytest.fixture
def wall(made):
    client = Client()
    paired_screen(made.meeting, token="the token")
    client.cookies[COOKIE] = "the token"
    return client


def picture(version, page=1, width=1400):
    """A picture of a page, as preparing the version leaves it."""
    content = WEBP + str(page).encode()
    digest = hashlib.sha256(content).hexdigest()
    with NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        blob_store().put(Path(file.name), digest, len(content))
    blob, _ = Blob.objects.get_or_create(
        sha256=digest, defaults={"size": len(content), "media_type": "image/webp", "created_at": now()}
    )
    return Preview.objects.create(version=version, page=page, width=width, height=10, blob=blob)


def version_of(paper):
    return paper.document.versions.get(number=1)


def address(paper, page=1, number=1):
    return f"/screen/pages/{paper.document.public_id}/{number}/{page}.webp"


def lead(made, paper, by=None):
    by = by or made.chair
    leading.lead(made.place(by), by=by, at=now())
    leading.lead_paper(made.meeting, version_of(paper), by=by, at=now())


def test_the_led_page_and_no_other(made, wall):
    first, second = made.papers
    for paper in made.papers:
        picture(version_of(paper), 1)
        picture(version_of(paper), 2)
    assert wall.get(address(first)).status_code == 404, "nobody leads"
    lead(made, first)
    served = wall.get(address(first, 2))
    assert served.status_code == 200
    assert served["Content-Length"] == str(len(WEBP) + 1)
    assert wall.get(address(second)).status_code == 404
    assert wall.get(address(first, 3)).status_code == 404
    assert wall.get(address(first, 1, 2)).status_code == 404
    assert Client().get(address(first)).status_code == 404
    leading.lead_paper(made.meeting, version_of(second), by=made.chair, at=now())
    assert wall.get(address(first)).status_code == 404
    assert wall.get(address(second)).status_code == 200
    leading.stop_leading(made.meeting, by=made.chair, at=now())
    assert wall.get(address(second)).status_code == 404


@pytest.mark.parametrize("closed", ["guests", "group", "withdrawn", "hidden", "over", "unpaired", "elsewhere"])
def test_the_led_page_ends_when_it_is_not_open_to_all(made, wall, closed):
    paper = made.papers[1]
    picture(version_of(paper))
    lead(made, paper)
    assert wall.get(address(paper)).status_code == 200
    by, at = made.secretary, now()
    if closed == "guests":
        papers.open_to(paper, guests_may_read=False, by=by, at=at)
    elif closed == "group":
        Group.objects.create(meeting=made.meeting, name="Tổ").papers.add(paper)
    elif closed == "withdrawn":
        papers.withdraw(paper, reason="Đơn vị xin rút", by=by, at=at)
    elif closed == "hidden":
        agenda.hide_item(made.items[1], hidden=True, by=by, at=at)
    elif closed == "over":
        room.close_room(made.meeting, by=by, at=at)
    elif closed == "unpaired":
        pairing.unpair(Screen.objects.get(), by=by, at=at)
    else:
        Screen.objects.update(meeting=world("open").meeting)
    assert wall.get(address(paper)).status_code == 404


def test_one_question_decides(made, wall, django_assert_num_queries):
    paper = made.papers[0]
    picture(version_of(paper))
    lead(made, paper)
    with django_assert_num_queries(1):
        assert wall.get(address(paper)).status_code == 200


def addresses(patterns, prefix=""):
    """Every address of the house, with ids filled in."""
    for pattern in patterns:
        route = prefix + str(getattr(pattern.pattern, "_route", pattern.pattern))
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern.url_patterns, route)
        else:
            yield route


def filled(route, ids):
    """An address with the meeting's own ids in it."""
    text = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: ids.get(found[1], ids["other"].get(found[0][1:4], "1")), route)
    return "/" + text.replace("^", "").replace("$", "")


def test_a_screen_reaches_nothing_else_in_the_house(made, wall):
    """Whoever is not signed in gets the same from every address, with the screen's cookie or without it."""
    ids = {
        "public_id": str(made.meeting.public_id),
        "item_id": str(made.items[0].public_id),
        "paper_id": str(made.papers[0].public_id),
        "vote_id": str(made.vote().public_id),
        "other": {"uui": str(uuid4()), "int": "1", "slu": "x", "str": "x"},
    }
    tried = 0
    for route in sorted(set(addresses(get_resolver().url_patterns))):
        path = filled(route, ids)
        if "(?P" in path or path in OWN or path.startswith(("/healthz", "/readyz")):
            continue
        for method in ("get", "post"):
            with_cookie, without = getattr(wall, method)(path), getattr(Client(), method)(path)
            assert with_cookie.status_code == without.status_code, path
            assert made.meeting.title not in body(with_cookie), path
            tried += 1
    assert tried > 300


def body(answer):
    return "" if answer.streaming else answer.content.decode(errors="replace")


def test_documents_stay_closed_to_the_cookie(made, wall):
    document = made.papers[0].document.public_id
    lead(made, made.papers[0])
    for path in (
        f"/documents/{document}/versions/1/file",
        f"/documents/{document}/versions/1/original",
        f"/documents/{document}/versions/1/viewer.json",
        f"/documents/{document}/versions/1/pages/1/1400.webp",
    ):
        assert wall.get(path).status_code == 401
    assert wall.get(f"/api/v1/meetings/{made.meeting.public_id}/room").status_code == 401


def test_the_door_is_for_paired_screens(made, wall):
    assert wall.get("/screen/door/").json()["address"].startswith("http://testserver/meetings/")
    assert Client().get("/screen/door/").status_code == 404


@pytest.mark.parametrize("cookie", ["", "x", "\x00", "ü", "a" * 5000])
def test_broken_cookies_are_nobody(cookie):
    client = Client()
    client.cookies[COOKIE] = cookie
    assert client.get("/screen/").status_code == 200
    assert client.get("/screen/door/").status_code == 404
