"""What a device takes along: what the person may read and nothing else; pages that hold nothing of anybody."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pydantic import ValidationError

from documents.models import Document, Version
from meetings.actions import agenda, notebook, papers, participants
from meetings.models import Group, Paper
from meetings.queries.pack import kept_until, pack_of
from meetings.taken import PackData
from people.confinement import SESSION_KEY
from tests.meetings.factories import now, received, world
from tests.meetings.test_pages import signed_in
from tests.meetings.transports import TRANSPORTS, page_of

pytestmark = pytest.mark.django_db

KEEPERS = {"clerk": 200, "leader": 200, "chair": 200, "secretary": 200}
SEEN_BY_ALL = KEEPERS | {"member": 200, "guest": 200, "stranger": 404}
MATRIX = {
    "draft": KEEPERS | {"member": 404, "guest": 404, "stranger": 404},
    "published": SEEN_BY_ALL,
    "open": SEEN_BY_ALL,
    "closed": SEEN_BY_ALL,
}


def address(made) -> str:
    return f"/meetings/{made.meeting.public_id}/pack.json"


def asked(made, user) -> dict:
    answer = signed_in(user).get(address(made))
    assert answer.status_code == 200
    return answer.json()


def documents(pack: dict) -> set[str]:
    return {paper["document"] for paper in pack["papers"]}


@pytest.mark.parametrize("state", MATRIX)
def test_who_may_take_a_pack(state):
    made = world(state)
    answers = {part: signed_in(made.user(part)).get(address(made)).status_code for part in MATRIX[state]}
    assert answers == MATRIX[state]
    assert Client().get(address(made)).status_code == 401


def test_the_pack_holds_what_the_person_may_read_and_nothing_else():
    made = world("published", items=3)
    for_all, hidden, for_guests = made.papers
    agenda.hide_item(made.items[1], hidden=True, by=made.clerk, at=now())
    Paper.objects.filter(pk=for_all.pk).update(guests_may_read=False)
    papers_of = {name: documents(asked(made, made.user(name))) for name in ("chair", "member", "guest")}
    ids = [str(paper.document.public_id) for paper in (for_all, hidden, for_guests)]
    assert papers_of["chair"] == set(ids)
    assert papers_of["member"] == {ids[0], ids[2]}
    assert papers_of["guest"] == {ids[2]}
    assert len(asked(made, made.user("member"))["agenda"]) == 2


def test_papers_for_a_group_are_for_that_group():
    made = world("published")
    one, other = made.members[:2]
    group = Group.objects.create(meeting=made.meeting, name="Tổ 1")
    group.people.add(made.place(one))
    made.papers[0].groups.add(group)
    taken = str(made.papers[0].document.public_id)
    assert taken in documents(asked(made, made.user("member")))
    assert taken not in documents(pack_of(other, made.meeting))


def test_each_paper_says_its_bytes():
    made = world("published")
    paper = asked(made, made.user("member"))["papers"][0]
    version = Version.objects.get(public_id=paper["version"])
    assert (paper["sha256"], paper["size"]) == (version.rendition.sha256, version.rendition.size)
    assert paper["url"] == paper["description"]["file"]
    assert paper["description"]["self"].endswith("/viewer.json")


def test_protected_papers_are_named_and_never_taken():
    made = world("published")
    Document.objects.filter(pk=made.papers[0].document_id).update(protection="pictures")
    protected, free = asked(made, made.user("member"))["papers"]
    assert protected["title"]
    assert not {"url", "sha256", "description"} & set(protected)
    assert free["url"]


def test_a_watermark_goes_along_and_changes_nothing_else():
    made = world("published")
    Document.objects.filter(pk=made.papers[0].document_id).update(protection="watermark")
    client = signed_in(made.user("member"))
    first = client.get(address(made))
    assert made.members[0].full_name in first.json()["papers"][0]["description"]["watermark"]
    assert first.json()["papers"][0]["url"]
    assert client.get(address(made)).headers["ETag"] == first.headers["ETag"]


def test_a_withdrawn_paper_and_a_lost_place_are_gone_at_the_next_contact():
    made = world("published")
    member = made.members[0]
    papers.withdraw(made.papers[0], reason="Tài liệu đưa nhầm", by=made.clerk, at=now())
    assert documents(asked(made, made.user("member"))) == {str(made.papers[1].document.public_id)}
    participants.remove(made.place(member), by=made.clerk, at=now())
    assert signed_in(made.user("member")).get(address(made)).status_code == 404


def test_a_new_version_takes_the_place_of_the_old_one():
    made = world("published")
    before = asked(made, made.user("member"))
    papers.replace(made.papers[0], received("Bản mới.pdf"), change_note="Sửa số liệu", by=made.clerk, at=now())
    after = asked(made, made.user("member"))
    assert after["papers"][0]["number"] == 2
    assert after["papers"][0]["url"] != before["papers"][0]["url"]
    assert after["rev"] != before["rev"]


def test_notes_are_ones_own_alone():
    made = world("published")
    member, other = made.members[:2]
    text = "Hỏi về nguồn vốn đối ứng"
    notebook.save(made.meeting, entry_id=uuid4(), text=text, revision=0, by=member, at=now())
    assert [note["text"] for note in asked(made, made.user("member"))["notebook"]] == [text]
    for user in (other, made.chair, made.secretary, made.clerk):
        assert text not in json.dumps(pack_of(user, made.meeting), ensure_ascii=False)


def test_the_same_pack_again_costs_no_bytes():
    made = world("published")
    client = signed_in(made.user("member"))
    first = client.get(address(made))
    same = client.get(address(made), headers={"If-None-Match": first.headers["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    assert first.headers["Cache-Control"] == "private, no-cache"
    notebook.save(made.meeting, entry_id=uuid4(), text="Mới", revision=0, by=made.members[0], at=now())
    assert client.get(address(made), headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_any_number_of_papers_costs_the_same_number_of_queries():
    def cost(items: int) -> int:
        made = world("published", items=items)
        user = made.user("member")
        with CaptureQueriesContext(connection) as queries:
            assert len(pack_of(user, made.meeting)["papers"]) == items
        return len(queries)

    assert cost(1) == cost(4)


def test_packs_go_by_themselves_some_days_after_the_meeting(settings):
    settings.OFFLINE_KEPT_DAYS = 3
    made = world("published")
    assert kept_until(made.meeting) == made.meeting.ends_at + timedelta(days=3)
    made.meeting.closed_at = now()
    assert kept_until(made.meeting) == made.meeting.closed_at + timedelta(days=3)


def test_pages_kept_on_devices_hold_nothing_of_anybody():
    made = world("published")
    user = made.user("member")
    client = signed_in(user)
    for path in ("/offline/", "/offline/meeting/", f"/meetings/{made.meeting.public_id}/offline/"):
        page = client.get(path).content.decode()
        for secret in (str(user.public_id), user.full_name, user.username, made.meeting.title, "csrfmiddlewaretoken"):
            assert secret not in page
        assert '"X-CSRFToken": ""' in page
        assert Client().get(path).status_code == 200


def test_an_office_tablet_reaches_its_own_pack_only():
    made, other = world("published"), world("published")
    client = signed_in(made.user("member"))
    session = client.session
    session[SESSION_KEY] = f"meeting:{made.meeting.public_id}"
    session.save()
    assert client.get(address(made)).status_code == 200
    assert client.get("/offline/").status_code == 200
    assert client.get(address(other)).status_code != 200


# --- the seats ------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [{"have": 3, "of": 2}, {"have": -1, "of": 2}, {"have": "2", "of": 2}, {"have": 1}, {}])
def test_figures_that_cannot_be_are_dropped(data):
    with pytest.raises(ValidationError):
        PackData.model_validate(data)


def says(place, have: int, of: int):
    return lambda frame: frame.get("kind") == "pack" and frame["data"] == {str(place): {"have": have, "of": of}}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("over", TRANSPORTS)
async def test_chair_and_secretary_alone_see_what_lies_on_whose_device(over, nothing_left):
    made = await sync_to_async(world)("open")
    member = made.members[0]
    place = (await sync_to_async(made.place)(member)).public_id
    chair = await (await page_of("websocket", made.meeting, made.chair)).settle()
    other = await (await page_of("websocket", made.meeting, made.members[1])).settle()
    page = await (await page_of(over, made.meeting, member)).settle()
    await page.pass_on("pack", have=4, of=6)
    await chair.hear(says(place, 4, 6))
    late = await page_of("websocket", made.meeting, made.secretary)
    await late.hear(says(place, 4, 6))
    with pytest.raises(TimeoutError):
        await other.hear(lambda frame: frame.get("kind") == "pack", patience=0.6)
