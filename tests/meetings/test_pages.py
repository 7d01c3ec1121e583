"""The pages of meetings, as browsers ask for them: what is shown to whom, what each step answers."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from documents.typeset.typeset import render
from meetings.models import Meeting, Paper, Participant
from tests.meetings.factories import running_vote, world
from tests.meetings.test_outcome import held

pytestmark = pytest.mark.django_db


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def page(made, name="detail", *args):
    return reverse(f"meetings:{name}", args=[made.meeting.public_id, *args])


def htmx(client, address, **data):
    return client.post(address, data, headers={"HX-Request": "true"})


def pdf() -> bytes:
    data = {"type_name": "Tờ trình", "subject": "Về việc thử", "body": ["Kính trình xem xét."], "agency": "UBND"}
    return render("demo_paper", data, at=timezone.now()).pdf


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "published", "open", "closed", "cancelled"])
def test_every_page_opens_for_those_who_may_see_it(state):
    made = world(state)
    seen = {"clerk", "leader", "secretary", "chair"} | ({"member", "guest"} if made.meeting.published_at else set())
    for name in ("clerk", "leader", "secretary", "chair", "member", "guest", "stranger"):
        client = signed_in(made.user(name))
        assert client.get(page(made)).status_code == (200 if name in seen else 404), name
        assert client.get("/meetings/").status_code == 200
        assert client.get("/").status_code == 200
        assert client.get("/inbox/").status_code == 200


def test_anonymous_people_are_asked_to_sign_in():
    made = world("published")
    for address in (page(made), "/meetings/", page(made, "room")):
        assert Client().get(address).status_code == 302


def test_lists_show_each_tab():
    made = world("draft")
    client = signed_in(made.clerk)
    assert made.meeting.title in client.get("/meetings/?tab=preparing").content.decode()
    assert made.meeting.title in client.get("/meetings/").content.decode()
    assert made.meeting.title not in client.get("/meetings/?tab=past").content.decode()
    assert made.meeting.title not in client.get("/meetings/?q=khác").content.decode()
    assert client.get("/meetings/?tab=x&page=y").status_code == 200


def meeting_form(**changes):
    day = timezone.localdate() + timedelta(days=3)
    form = {
        "kind": "ubnd_session",
        "title": "Phiên họp thường kỳ",
        "starts_at_day": f"{day:%d/%m/%Y}",
        "starts_at_hour": "08:00",
        "ends_at_day": f"{day:%d/%m/%Y}",
        "ends_at_hour": "11:30",
        "place": "Phòng họp A",
    }
    return form | changes


def test_a_clerk_creates_and_changes_a_meeting():
    made = world("draft")
    client = signed_in(made.clerk)
    assert client.get("/meetings/new/").status_code == 200
    form = meeting_form(agency=str(made.agency.public_id))
    answer = client.post("/meetings/new/", form)
    created = Meeting.objects.latest("pk")
    assert answer.headers["Location"] == f"/meetings/{created.public_id}/"
    change = reverse("meetings:edit", args=[created.public_id])
    assert "Phiên họp thường kỳ" in client.get(change).content.decode()
    assert client.post(change, {**form, "title": "Bản A", "revision": "1"}).status_code == 302
    late = client.post(change, {**form, "title": "Bản B", "revision": "1"})
    assert late.status_code == 422
    assert Meeting.objects.get(pk=created.pk).title == "Bản A"


def test_wrong_times_come_back_to_the_form():
    made = world("draft")
    form = meeting_form(agency=str(made.agency.public_id), ends_at_hour="07:00")
    answer = signed_in(made.clerk).post("/meetings/new/", form)
    assert answer.status_code == 422
    assert Meeting.objects.count() == 1


def test_only_clerks_create():
    made = world("draft")
    assert signed_in(made.leader).get("/meetings/new/").status_code == 403
    form = meeting_form(agency=str(made.agency.public_id))
    assert signed_in(made.stranger).post("/meetings/new/", form).status_code == 422
    assert Meeting.objects.count() == 1


def test_agenda_steps_answer_with_the_agenda():
    made = world("draft", with_papers=False)
    client = signed_in(made.clerk)
    answer = htmx(client, page(made, "add_item"), title="Nội dung mới", minutes="20")
    assert "Nội dung mới" in answer.content.decode()
    first, second = made.items
    htmx(client, page(made, "place_item", second.public_id), after="", depth="0")
    assert made.meeting.items.first() == second
    htmx(client, page(made, "edit_item", second.public_id), title="Đã sửa", revision="1")
    late = htmx(client, page(made, "edit_item", second.public_id), title="Của tôi", revision="1")
    assert late.status_code == 422
    assert "Của tôi" in late.content.decode()
    assert "Đã sửa" in late.content.decode()
    htmx(client, page(made, "remove_item", second.public_id))
    assert made.meeting.items.count() == 2
    assert htmx(client, page(made, "add_item"), title="").status_code == 403
    assert htmx(client, page(made, "place_item", first.public_id), after="x").status_code == 403
    assert client.post(page(made, "add_item"), {"title": "Không htmx"}).status_code == 302


def test_papers_are_uploaded_replaced_and_withdrawn():
    made = world("draft", with_papers=False)
    client = signed_in(made.clerk)
    address = page(made, "lay_paper", made.items[0].public_id)
    file = SimpleUploadedFile("Tờ trình số 1.pdf", pdf(), "application/pdf")
    answer = client.post(address, {"file": file}, headers={"Accept": "application/json"})
    assert answer.status_code == 201
    assert json.loads(answer.content)["name"] == "Tờ trình số 1.pdf"
    paper = Paper.objects.get()
    assert paper.document.title == "Tờ trình số 1"
    assert "Tờ trình số 1" in client.get(page(made, "agenda"), headers={"HX-Request": "true"}).content.decode()
    again = SimpleUploadedFile("mới.pdf", pdf(), "application/pdf")
    client.post(page(made, "replace_paper", paper.public_id), {"file": again}, headers={"Accept": "application/json"})
    assert paper.document.versions.count() == 2
    htmx(client, page(made, "open_paper", paper.public_id), readers="members")
    assert not Paper.objects.get().guests_may_read
    htmx(client, page(made, "withdraw_paper", paper.public_id))
    assert Paper.objects.get().state == "withdrawn"


def test_a_bad_file_is_refused_with_a_sentence():
    made = world("draft", with_papers=False)
    client = signed_in(made.clerk)
    address = page(made, "lay_paper", made.items[0].public_id)
    accept = {"Accept": "application/json"}
    for file in (None, SimpleUploadedFile("x.pdf", b"no pdf"), SimpleUploadedFile("x.pdf", b"")):
        answer = client.post(address, {"file": file} if file else {}, headers=accept)
        assert answer.status_code == 403
        assert len(answer.json()["detail"]) > 20
    assert not Paper.objects.exists()


def test_people_are_found_added_changed_and_removed():
    made = world("draft")
    client = signed_in(made.clerk)
    found = client.get(page(made, "find_people"), {"q": made.stranger.full_name}).content.decode()
    assert str(made.stranger.public_id) in found
    answer = htmx(client, page(made, "invite"), user=str(made.stranger.public_id), role="guest", votes="on")
    assert made.stranger.full_name in answer.content.decode()
    place = Participant.objects.get(user=made.stranger)
    assert not place.votes
    htmx(client, page(made, "change_place", place.public_id), role="member", votes="on", seat="A7")
    assert Participant.objects.get(pk=place.pk).seat == "A7"
    htmx(client, page(made, "remove_place", place.public_id))
    assert Participant.objects.get(pk=place.pk).removed_at
    for user in ("", "x", str(uuid4())):
        assert htmx(client, page(made, "invite"), user=user, role="member").status_code == 404


def test_the_package_goes_its_way():
    made = world("draft")
    clerk, leader = signed_in(made.clerk), signed_in(made.leader)
    clerk.post(page(made, "step", "submit"))
    leader.post(page(made, "step", "give_back"), {"reason": "Bổ sung tài liệu mục hai"})
    assert "Bổ sung tài liệu mục hai" in clerk.get(page(made)).content.decode()
    clerk.post(page(made, "step", "submit"))
    assert clerk.post(page(made, "step", "approve")).status_code == 403
    leader.post(page(made, "step", "approve"))
    assert made.reread().state == "published"


def test_the_room_page_starts_with_its_state():
    made = world("open")
    answer = signed_in(made.user("member")).get(page(made, "room"))
    assert answer.status_code == 200
    state = answer.context["bootstrap"]
    assert state["shared"]["data"]["meeting"]["state"] == "open"
    assert state["me"]["data"]["me"]["role"] == "member"
    assert signed_in(made.clerk).get(page(made, "room")).status_code == 403
    assert signed_in(made.stranger).get(page(made, "room")).status_code == 404


def test_after_the_meeting_minutes_and_notice_are_drafted_from_its_page():
    made = held()
    secretary = signed_in(made.secretary)
    assert secretary.post(page(made, "minutes")).status_code == 302
    assert secretary.post(page(made, "conclusions"), {"text": "Thêm kết luận.", "item": ""}).status_code == 302
    answer = secretary.post(page(made, "notice"))
    assert answer.headers["Location"].startswith("/outgoing/")
    shown = signed_in(made.clerk).get(page(made)).content.decode()
    assert "Thêm kết luận." in shown
    assert "75,00" in shown or "100,00" in shown


def test_questions_are_prepared_and_dropped_from_the_agenda():
    made = world("draft")
    client = signed_in(made.clerk)
    answer = htmx(client, page(made, "prepare_vote", made.items[1].public_id), question="Đồng ý?", rule="ordinary")
    assert "Đồng ý?" in answer.content.decode()
    vote = made.meeting.votes.get(question="Đồng ý?")
    htmx(client, page(made, "drop_vote", vote.public_id))
    assert made.meeting.votes.get(pk=vote.pk).state == "dropped"
    assert htmx(client, page(made, "prepare_vote", made.items[1].public_id), question="x", rule="q").status_code == 403


def test_other_meetings_things_are_not_found_under_this_one():
    made, other = world("draft"), world("draft")
    client = signed_in(made.clerk)
    assert htmx(client, page(made, "edit_item", other.items[0].public_id), title="x", revision="1").status_code == 404
    assert htmx(client, page(made, "withdraw_paper", other.papers[0].public_id)).status_code == 404
    assert htmx(client, page(made, "drop_vote", other.votes[0].public_id)).status_code == 404
    place = Participant.objects.filter(meeting=other.meeting).first()
    assert htmx(client, page(made, "remove_place", place.public_id)).status_code == 404


@pytest.mark.parametrize("name", ["detail", "room"])
def test_queries_do_not_grow_with_the_agenda(name, django_assert_max_num_queries):
    def counted(size):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        made = world("open", members=size, items=size)
        running_vote(made)
        client = signed_in(made.user("chair"))
        client.get(page(made, name))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(page(made, name)).status_code == 200
        return len(queries)

    assert counted(1) == counted(3)


def test_lists_take_as_many_queries_for_three_meetings_as_for_one():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    made = world("published")
    client = signed_in(made.user("member"))
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get("/meetings/")
        counts.append(len(queries))
        for _ in range(2):
            other = world("published")
            Participant.objects.create(meeting=other.meeting, user=made.members[0], role="member")
    with CaptureQueriesContext(connection) as queries:
        client.get("/meetings/")
    assert len(queries) == counts[1]


@pytest.mark.parametrize(
    ("verb", "state", "who"), [("cancel", "published", "clerk"), ("give_back", "submitted", "leader")]
)
def test_a_reason_nobody_could_keep_is_refused(verb, state, who):
    made = world(state)
    client = signed_in(made.user(who))
    for reason in ("x" * 501, "x" * 20 + "\0"):
        assert client.post(page(made, "step", verb), {"reason": reason}).status_code == 403
    assert made.reread().state == state
    assert client.post(page(made, "step", verb), {"reason": "x" * 500}).status_code == 302


@pytest.mark.parametrize("day", ["31/12/9999", "01/01/0001"])
def test_a_year_that_cannot_be_right_is_said_on_the_form(day):
    made = world("draft")
    form = meeting_form(starts_at_day=day, ends_at_day=day, ends_at_hour="23:00")
    assert signed_in(made.clerk).post("/meetings/new/", form).status_code == 422


def test_the_first_person_found_is_offered_as_chair_until_there_is_one():
    made = world("draft")
    client, ask = signed_in(made.clerk), {"q": made.stranger.full_name}
    assert client.get(page(made, "find_people"), ask).context["first_role"] == "member"
    made.meeting.participants.filter(role="chair").delete()
    found = client.get(page(made, "find_people"), ask)
    assert found.context["first_role"] == "chair"
    assert '<option value="chair" selected>' in found.content.decode()


def test_the_time_to_answer_by_stands_on_the_page_of_the_clerk_and_the_invited():
    made = world("published")
    Meeting.objects.update(reply_by=made.meeting.starts_at - timedelta(hours=3))
    for user in (made.clerk, made.user("member"), made.user("guest")):
        assert "Hạn trả lời" in signed_in(user).get(page(made)).content.decode()
    Meeting.objects.update(state="closed")
    assert "Hạn trả lời" not in signed_in(made.clerk).get(page(made)).content.decode()
