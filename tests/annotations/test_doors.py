"""Who sees whose notes through which door: private ones their owner alone, shared ones those named and no office."""

import json
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Annotation
from tests.annotations.factories import codes, delegation, do, meeting_circle, named, noted, op, put
from tests.annotations.test_live import opened, reads
from tests.meetings.factories import world
from tests.meetings.test_archive import kept, packed
from tests.meetings.test_pages import signed_in
from tests.people.factories import fresh, person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("nothing_left")]

LEVELS = {"private": "riêngtưmột", "named": "đíchdanhhai", "delegation": "đoànba", "meeting": "cuộchọpbốn"}
OWNER = set(LEVELS)
SEES = {
    "owner": OWNER,
    "named": {"named", "delegation", "meeting"},
    "member": {"delegation", "meeting"},
    "chair": {"delegation", "meeting"},
    "secretary": {"delegation", "meeting"},
    "guest": {"meeting"},
    "clerk": set(),
    "leader": set(),
    "admin": set(),
    "stranger": set(),
}


@pytest.fixture
def house():
    """A meeting that is going on, one note of each level on its first paper, and everybody who could want to know."""
    made: Any = world("open")
    document, owner = made.papers[0].document, made.members[0]
    to = {
        "private": None,
        "named": named(made.members[1]),
        "delegation": delegation(made),
        "meeting": meeting_circle(made),
    }
    made.notes = {level: noted(document, owner, body=word, to=to[level]) for level, word in LEVELS.items()}
    made.people = {
        "owner": owner,
        "named": made.members[1],
        "member": made.members[2],
        "admin": person(made.agency, "admin"),
        **{name: getattr(made, name) for name in ("chair", "secretary", "guest", "clerk", "leader", "stranger")},
    }
    return made


def found_in(text: str) -> set[str]:
    return {level for level, word in LEVELS.items() if word in text}


def said(response) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return (
        json.dumps(json.loads(body), ensure_ascii=False)
        if "json" in response.get("Content-Type", "")
        else body.decode()
    )


def test_over_http(house):
    for who in SEES:
        over_http(house, who)


def over_http(house, who):
    document, client = house.papers[0].document, signed_in(fresh(house.people[who]))
    for address in (
        f"/documents/{document.public_id}/annotations/",
        f"/api/v1/documents/{document.public_id}/annotations",
    ):
        response = client.get(address, headers={"Accept": "application/json"})
        assert found_in(said(response)) == SEES[who], address
        assert response.status_code == (404 if who in ("stranger", "admin") else 200)
    for level, note in house.notes.items():
        reply = op("reply", str(note.public_id), reply=str(uuid4()), body="Đã rõ")
        response = client.post(
            f"/documents/{document.public_id}/annotations/", {"operations": [reply]}, content_type="application/json"
        )
        if who in ("stranger", "admin"):
            assert response.status_code == 404
        else:
            assert bool(response.json()["answers"][0].get("ok")) == (level in SEES[who])


def test_no_page_search_or_package_shows_more(house):
    for who in SEES:
        no_page_shows_more(house, who)


def no_page_shows_more(house, who):
    document, meeting = house.papers[0].document, house.meeting
    client = signed_in(fresh(house.people[who]))
    for word in LEVELS.values():
        response = client.get("/search/", {"q": word})
        assert f"/documents/{document.public_id}" not in response.content.decode()
        assert str(meeting.public_id) not in response.content.decode()
    pages = ["", "room/", "reading/", "history/", "opinions/", "notebook/"]
    addresses = [f"/meetings/{meeting.public_id}/{one}" for one in pages]
    addresses += [f"/documents/{document.public_id}/", "/notebook/", "/library/", "/"]
    for address in addresses:
        assert found_in(client.get(address).content.decode()) - SEES[who] == set(), address
    response = client.get(f"/meetings/{meeting.public_id}/pack.json")
    assert found_in(said(response)) - SEES[who] == set()


async def test_on_live_lines(house):
    for who in SEES:
        await on_a_line(house, who)


async def on_a_line(house, who):
    page = await opened(house, house.people[who])
    answer = await reads(page, house)
    assert ("nack" in answer) == (who in ("stranger", "admin"))
    assert found_in(json.dumps(page.frames, ensure_ascii=False)) == SEES[who]
    own = {key for key in page.states if key.startswith("notes:")}
    circles = {one["name"] for one in answer.get("data", {}).get("circles", ())}
    assert bool(circles) == bool(SEES[who])
    assert len(own) == (1 + len(circles) if "ack" in answer else 0)


async def test_in_the_room(house):
    for who in ("owner", "named", "guest", "chair"):
        await in_the_room(house, who)


async def in_the_room(house, who):
    page = await opened(house, house.people[who], room=True)
    await page.do("snapshot")
    assert found_in(json.dumps(page.frames, ensure_ascii=False)) == set()  # the room itself knows nothing of notes
    await reads(page, house)
    assert found_in(json.dumps(page.frames, ensure_ascii=False)) == SEES[who]


async def test_nobody_but_the_owner_hears_of_what_is_private(house):
    document, note = house.papers[0].document, house.notes["private"]
    pages = [await opened(house, house.people[who]) for who in SEES if who not in ("owner", "stranger", "admin")]
    for page in pages:
        await reads(page, house)
    counts = [len(page.frames) for page in pages]
    await sync_to_async(do)(document, house.people["owner"], op("say", str(note.public_id), body="riêngtưmột đổi"))
    for page, count in zip(pages, counts, strict=True):
        await page.do("stop_reading", document=str(document.public_id))
        assert [frame for frame in page.frames[count:] if "ack" not in frame] == []


def test_nobody_else_edits(house):
    document = house.papers[0].document
    before = list(Annotation.objects.order_by("pk").values())
    everybody_else = ["named", "member", "chair", "secretary", "guest", "clerk", "leader"]
    for who, (level, note) in product(everybody_else, house.notes.items()):
        for verb, more in [("say", {"body": "x"}), ("erase", {}), ("restore", {}), ("share", {"to": None})]:
            wanted = "note_not_yours" if level in SEES[who] else "note_unknown"
            assert codes(do(document, house.people[who], op(verb, str(note.public_id), **more))) == [wanted]
    assert list(Annotation.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("who", ["clerk", "secretary"])
def test_the_record_of_a_meeting_holds_no_notes(who):
    made = kept()
    document = made.papers[0].document if made.papers else made.items[0].papers.first().document
    noted(document, made.members[0], body=LEVELS["private"])
    noted(document, made.members[0], body=LEVELS["meeting"], to=meeting_circle(made))
    _, archive = packed(made, fresh(getattr(made, who)))
    words = [word.encode() for word in LEVELS.values()]
    assert not [name for name in archive.namelist() if any(word in archive.read(name) for word in words)]


def test_reading_costs_the_same_for_many(house):
    for who in ("owner", "guest", "clerk"):
        costs_the_same(house, who)


def costs_the_same(house, who):
    document = house.papers[0].document
    client, address = signed_in(fresh(house.people[who])), f"/documents/{document.public_id}/annotations/"
    client.get(address)
    counts = []
    for size in (0, 2, 6):
        for _ in range(size):
            note = noted(document, house.people["owner"], to=meeting_circle(house))
            do(document, house.people["named"], op("reply", str(note.public_id), reply=str(uuid4()), body="x"))
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts


def test_a_page_of_somebody_else_writes_nothing_as_who_came_since(house):
    document, owner = house.papers[0].document, house.people["owner"]
    body = json.dumps({"operations": [put(document, body="của người khác")]})
    address = f"/documents/{document.public_id}/annotations/?as="
    for who, status in (("member", 403), ("owner", 200)):
        client = signed_in(fresh(house.people[who]))
        answer = client.post(address + str(owner.public_id), body, content_type="application/json")
        assert answer.status_code == status
        assert Annotation.objects.filter(body="của người khác").exists() == (status == 200)
    assert Annotation.objects.get(body="của người khác").user == owner


BAD_BODIES = [
    b"",
    b"[]",
    b'{"operations": {}}',
    b'{"operations": [NaN]}',
    b"[" * 100_000,
    b"\xff\xfe",
    b'{"operations": ["' + b"x" * (2 * 1024 * 1024 + 10) + b'"]}',
]


def test_bad_bodies_get_a_sentence(house):
    client = signed_in(fresh(house.people["owner"]))
    address = f"/documents/{house.papers[0].document.public_id}/annotations/"
    for body in BAD_BODIES:
        response = client.post(address, body, content_type="application/json", headers={"Accept": "application/json"})
        assert (response.status_code, bool(response.json()["detail"])) == (403, True), body[:30]
    odd = client.post(address, b'{"operations": [null, 1, "x", {"id": 5}]}', content_type="application/json")
    assert [one["code"] for one in odd.json()["answers"]] == ["bad_operation"] * 4


def test_whom_one_can_name(house):
    address = f"/documents/{house.papers[0].document.public_id}/annotations/people/"
    names = [one["name"] for one in signed_in(fresh(house.people["owner"])).get(address).json()["people"]]
    assert house.guest.full_name in names
    assert house.people["owner"].full_name not in names
    assert house.people["stranger"].full_name not in names
    guest = signed_in(fresh(house.people["guest"]))
    assert house.chair.full_name in [one["name"] for one in guest.get(address).json()["people"]]
    assert guest.get(address, {"q": house.chair.full_name[-3:]}).json()["people"]
    assert (
        signed_in(fresh(house.people["stranger"]))
        .get(f"/documents/{house.papers[1].document.public_id}/annotations/people/")
        .status_code
        == 404
    )
