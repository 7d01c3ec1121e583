"""What units must prepare: asked, changed, let off, given to colleagues; what they see, when they are reminded."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ledger.verdict import Refused, Unseen
from meetings.actions import agenda, duties, submissions
from meetings.duty_inbox import reminders, to_decide, to_prepare
from meetings.models import AgendaItem, Duty, Paper
from meetings.queries.duties import DUTY_STATES, audiences, get_visible_duty, visible_duties, with_states
from notices.models import Notice
from tests.meetings.factories import now, received, world
from tests.meetings.test_pages import page, pdf, signed_in
from tests.people.factories import AgencyFactory, fresh, person

pytestmark = pytest.mark.django_db


def unit_of():
    """A unit somewhere else in the tree."""
    return AgencyFactory(name="Sở Tài chính tỉnh Mẫu")


def due(days: int = 5):
    return now() + timedelta(days=days)


def ask(made, unit, *, item=None, what="Tờ trình, dự thảo nghị quyết", due_at=None) -> Duty:
    item = item or made.items[0]
    (duty,) = duties.assign(item, units=[unit], what=what, due_at=due_at or due(), by=made.clerk, at=now())
    return duty


def test_several_units_are_asked_at_once_and_each_learns_of_its_own():
    made = world("draft")
    first, second = unit_of(), unit_of()
    clerk, official = person(first, "clerk"), person(second, "official")
    made_duties = duties.assign_all(
        made.meeting, items=made.items, units=[first, second], what="Báo cáo", due_at=due(), by=made.clerk, at=now()
    )
    assert len(made_duties) == 4
    told = Notice.objects.filter(user=clerk, kind="meetings.duty_assigned")
    assert told.count() == 2
    assert {notice.values["unit"] for notice in told} == {first.name}
    assert not Notice.objects.filter(user=official).exists()
    assert {line.kind for line in to_prepare(fresh(clerk))} == {"duty"}
    with pytest.raises(Refused, match="duty_exists"):
        duties.assign(made.items[0], units=[first], due_at=due(), by=made.clerk, at=now())


def test_a_deadline_that_has_passed_and_a_missing_unit_are_refused():
    made = world("draft")
    with pytest.raises(Refused, match="due_is_past"):
        ask(made, unit_of(), due_at=now() - timedelta(minutes=1))
    with pytest.raises(Refused, match="unit_missing"):
        duties.assign(made.items[0], units=[], due_at=due(), by=made.clerk, at=now())


@pytest.mark.parametrize("role", ["clerk", "secretary", "leader", "chair", "member", "guest", "stranger"])
def test_who_may_ask_change_and_let_off(role):
    made = world("draft")
    duty, user = ask(made, unit_of()), made.user(role)
    acts = [
        lambda: duties.assign(made.items[1], units=[unit_of()], due_at=due(), by=user, at=now()),
        lambda: duties.change(duty, what="Khác", due_at=due(7), revision=1, by=user, at=now()),
        lambda: duties.waive(duty, by=user, at=now()),
    ]
    for act in acts:
        if role in ("clerk", "secretary"):
            act()
        else:
            with pytest.raises(Refused):
                act()


def test_the_second_of_two_who_change_is_told_and_sees_both():
    made = world("draft")
    duty = ask(made, unit_of())
    duties.change(duty, what="Của người thứ nhất", due_at=due(7), revision=1, by=made.clerk, at=now())
    with pytest.raises(Refused, match="changed_meanwhile"):
        duties.change(duty, what="Của người thứ hai", due_at=due(8), revision=1, by=made.secretary, at=now())
    day = timezone.localtime(due(8))
    form = {"what": "Của người thứ hai", "revision": "1", "due_at_day": f"{day:%d/%m/%Y}", "due_at_hour": "17:00"}
    answer = signed_in(made.clerk).post(page(made, "change_duty", duty.public_id), form)
    assert answer.status_code == 422
    assert "Của người thứ nhất" in answer.content.decode()
    assert "Của người thứ hai" in answer.content.decode()


def test_a_waived_duty_takes_nothing_more_and_can_be_asked_again():
    made = world("draft")
    unit = unit_of()
    clerk, duty = person(unit, "clerk"), ask(made, unit)
    paper = submissions.bring(duty, received(), by=clerk, at=now())
    duties.waive(duty, by=made.clerk, at=now())
    for act in (
        lambda: submissions.bring(duty, received(), by=clerk, at=now()),
        lambda: submissions.submit(paper, by=clerk, at=now()),
    ):
        with pytest.raises(Refused, match="duty_waived"):
            act()
    assert not to_prepare(fresh(clerk))
    assert ask(made, unit).pk == duty.pk
    submissions.submit(paper, by=clerk, at=now())


def test_a_colleague_in_charge_sees_this_duty_and_nothing_else_until_taken_off():
    made = world("draft")
    unit = unit_of()
    leader, colleague, elsewhere = person(unit, "leader"), person(unit), person(AgencyFactory())
    duty, other = ask(made, unit), ask(made, unit, item=made.items[1])
    duties.appoint(duty, people=[colleague], by=leader, at=now())
    assert list(visible_duties(fresh(colleague))) == [duty]
    assert f"duty:{duty.pk}" in audiences(fresh(colleague))
    with pytest.raises(Unseen):
        get_visible_duty(fresh(colleague), other.public_id)
    for by, whom, code in ((colleague, [colleague], "not_yours"), (leader, [elsewhere], "not_in_unit")):
        with pytest.raises(Refused, match=code):
            duties.appoint(other, people=whom, by=fresh(by), at=now())
    duties.appoint(duty, people=[], by=leader, at=now())
    assert not visible_duties(fresh(colleague)).exists()


def test_of_an_unpublished_meeting_the_unit_sees_its_own_part_only():
    made = world("draft")
    unit, rival = unit_of(), unit_of()
    clerk, rivals = person(unit, "clerk"), person(rival, "clerk")
    duty = ask(made, unit)
    theirs = submissions.bring(ask(made, rival), received(), title="Tài liệu đơn vị khác", by=rivals, at=now())
    client = signed_in(clerk)
    shown = client.get(reverse("meetings:duty", args=[duty.public_id])).content.decode()
    assert made.items[0].title in shown
    assert made.meeting.title in shown
    assert made.items[1].title not in shown
    assert "Tài liệu đơn vị khác" not in shown
    for name in ("detail", "materials", "room", "groups"):
        assert client.get(page(made, name)).status_code == 404
    for address in (
        reverse("meetings:duty", args=[theirs.duty.public_id]),
        f"/documents/{theirs.document.public_id}/",
    ):
        assert client.get(address).status_code == 404
    foreign = reverse("meetings:unit_step", args=[duty.public_id, theirs.public_id, "submit"])
    assert client.post(foreign).status_code == 404


def test_the_unit_uploads_hands_in_and_takes_back_over_the_pages():
    made = world("draft")
    unit = unit_of()
    duty, client = ask(made, unit), signed_in(person(unit, "clerk"))
    address = reverse("meetings:bring_paper", args=[duty.public_id])
    accept = {"Accept": "application/json"}
    file = SimpleUploadedFile("Tờ trình.pdf", pdf(), "application/pdf")
    assert client.post(address, {"file": file}, headers=accept).status_code == 201
    for bad in (SimpleUploadedFile("x.pdf", b"no pdf"), SimpleUploadedFile("x.pdf", b"")):
        assert client.post(address, {"file": bad}, headers=accept).status_code == 403
    paper = Paper.objects.get(duty=duty)
    version = reverse("meetings:bring_version", args=[duty.public_id, paper.public_id])
    again = SimpleUploadedFile("mới.pdf", pdf(), "application/pdf")
    assert client.post(version, {"file": again}).status_code == 302
    assert paper.document.versions.count() == 2
    for verb, state in (("submit", "submitted"), ("take_back", "prepared"), ("submit", "submitted")):
        step = reverse("meetings:unit_step", args=[duty.public_id, paper.public_id, verb])
        assert client.post(step).status_code == 302
        assert Paper.objects.get(pk=paper.pk).state == state
    assert [line.kind for line in to_decide(fresh(made.clerk))] == ["papers"]
    clerk = signed_in(made.clerk)
    clerk.post(page(made, "return_paper", paper.public_id), {"reason": "Thiếu chữ ký của giám đốc"})
    shown = client.get(reverse("meetings:duty", args=[duty.public_id])).content.decode()
    assert "Thiếu chữ ký của giám đốc" in shown
    client.post(reverse("meetings:unit_step", args=[duty.public_id, paper.public_id, "submit"]))
    assert clerk.post(page(made, "approve_paper", paper.public_id)).status_code == 302
    assert Paper.objects.get(pk=paper.pk).state == "laid"
    compare = clerk.get(page(made, "compare_paper", paper.public_id))
    assert compare.status_code == 403
    newer = SimpleUploadedFile("sửa.pdf", pdf(), "application/pdf")
    assert client.post(version, {"file": newer}).status_code == 302
    proposal = Paper.objects.get(replaces=paper)
    client.post(reverse("meetings:unit_step", args=[duty.public_id, proposal.public_id, "submit"]))
    assert clerk.get(page(made, "compare_paper", proposal.public_id)).status_code == 200
    clerk.post(page(made, "approve_paper", proposal.public_id))
    assert Paper.objects.get(pk=paper.pk).document.versions.count() == 2
    assert clerk.get(page(made, "compare_paper", paper.public_id)).status_code == 200


def test_reminders_two_days_one_day_before_and_when_overdue():
    made = world("draft")
    unit = unit_of()
    clerk = person(unit, "clerk")
    duty = ask(made, unit, due_at=due(10))
    end = duty.due_at

    def marks(before: timedelta) -> list[tuple[str, str]]:
        return [(one.kind, one.key.rpartition(":")[2]) for one in reminders(end - before) if one.user == clerk]

    assert marks(timedelta(days=3)) == []
    assert marks(timedelta(days=2)) == [("meetings.duty_soon", "2d")]
    assert marks(timedelta(hours=20)) == [("meetings.duty_soon", "1d")]
    assert marks(-timedelta(minutes=1)) == [("meetings.duty_late", "late")]
    assert marks(-timedelta(days=20)) == []
    paper = submissions.bring(duty, received(), by=clerk, at=now())
    assert marks(timedelta(hours=20))
    submissions.submit(paper, by=clerk, at=now())
    assert marks(timedelta(hours=20)) == []


def test_where_a_duty_stands_follows_its_papers():
    made = world("draft")
    unit = unit_of()
    clerk, duty = person(unit, "clerk"), ask(made, unit)

    def stands() -> str:
        return with_states(Duty.objects.filter(pk=duty.pk)).get().stands  # type: ignore[attr-defined]

    seen = [stands()]
    paper = submissions.bring(duty, received(), by=clerk, at=now())
    seen.append(stands())
    submissions.submit(paper, by=clerk, at=now())
    seen.append(stands())
    submissions.give_back(paper, reason="Thiếu phụ lục số 2", by=made.clerk, at=now())
    seen.append(stands())
    submissions.submit(paper, by=clerk, at=now())
    submissions.approve(paper, by=made.clerk, at=now())
    seen.append(stands())
    duties.waive(duty, by=made.clerk, at=now())
    seen.append(stands())
    assert seen == ["waiting", "prepared", "submitted", "returned", "done", "waived"]
    assert set(seen) == set(DUTY_STATES)


def many(unit, count: int) -> None:
    """So many duties of the unit, of as many meetings as there are."""
    made = world("draft", items=1, with_papers=False)
    items = agenda_items(made, count)
    Duty.objects.bulk_create(
        Duty(item=item, agency=unit, due_at=due(number % 30 + 1), created_by=made.clerk, created_at=now())
        for number, item in enumerate(items)
    )


def agenda_items(made, count: int):
    places = range(10, 10 + count)
    rows = [AgendaItem(meeting=made.meeting, position=place, title=f"Nội dung {place}") for place in places]
    return AgendaItem.objects.bulk_create(rows)


@pytest.mark.parametrize("query", ["", "?state=open", "?q=nội", "?since=01/01/2026&until=31/12/2027"])
def test_the_list_costs_the_same_for_one_three_and_ten_thousand(query):
    costs = []
    for count in (1, 3, 10_000):
        unit = unit_of()
        many(unit, count)
        client = signed_in(person(unit, "clerk"))
        client.get(reverse("meetings:duties"))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("meetings:duties") + query).status_code == 200
        costs.append(len(captured))
    assert len(set(costs)) == 1, costs


def test_filters_take_anything():
    unit = unit_of()
    many(unit, 2)
    client = signed_in(person(unit, "clerk"))
    for query in (
        "?state=x",
        "?q=" + "x" * 500,
        "?since=32/13/2026",
        "?meeting=x",
        "?page=x",
        "?state=done",
    ):
        assert client.get(reverse("meetings:duties") + query).status_code == 200


def test_an_item_asked_of_a_unit_stays_until_it_is_let_off():
    made = world("draft", with_papers=False)
    duty = ask(made, unit_of(), item=made.items[1])
    with pytest.raises(Refused, match="item_in_use"):
        agenda.remove_item(made.items[1], by=made.clerk, at=now())
    duties.waive(duty, by=made.clerk, at=now())
    agenda.remove_item(made.items[1], by=made.clerk, at=now())
