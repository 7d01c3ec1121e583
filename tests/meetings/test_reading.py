"""Who has read a paper: counted per version, of those who may read it; named to chair and secretary; one reminder."""

from datetime import timedelta

import pytest

from documents.models import Opening
from documents.openings import note_opening
from documents.queries import latest_version
from ledger.models import AuditEntry
from ledger.verdict import Refused
from live.models import Event
from meetings.actions import nudges, papers
from meetings.models import Group, Nudge, Paper
from meetings.pages import paper_line
from meetings.queries.duties import versions_opened
from meetings.queries.reading import reading_of
from meetings.queries.room import with_versions
from notices.models import Notice
from tests.meetings.factories import now, received, world
from tests.meetings.test_pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return world("published")


def newest(paper):
    return paper.document.versions.order_by("-number").first()


def read(paper, *users):
    for user in users:
        note_opening(newest(paper), user, now())


def reading(made, index=0):
    return reading_of(made.meeting)[made.papers[index].pk]


def names(places):
    return {place.user for place in places}


def test_opening_the_page_or_the_viewer_counts_once(made):
    member = made.user("member")
    client, paper = signed_in(member), made.papers[0]
    before = AuditEntry.objects.count(), Event.objects.count()
    document = f"/documents/{paper.document.public_id}/"
    assert client.get(document).status_code == 200
    client.get(document)
    client.get(f"{document}versions/1/viewer.json")
    assert Opening.objects.filter(user=member).count() == 1
    assert (AuditEntry.objects.count(), Event.objects.count()) == before
    assert names(reading(made).read) == {member}
    assert reading(made).total == 6  # chair, secretary, three members, one guest


def test_only_readings_of_participants_are_noted(made):
    for name in ("clerk", "leader"):
        signed_in(made.user(name)).get(f"/documents/{made.papers[0].document.public_id}/")
    assert not Opening.objects.exists()


def test_a_reading_is_written_seldom(made, django_assert_num_queries):
    member, version = made.members[0], newest(made.papers[0])
    at = now()
    note_opening(version, member, at)
    with django_assert_num_queries(1):
        note_opening(version, member, at + timedelta(minutes=9))
    note_opening(version, member, at + timedelta(minutes=11))
    opening = Opening.objects.get()
    assert opening.last_at - opening.first_at == timedelta(minutes=11)


def test_a_newer_version_is_not_read_yet(made):
    first, second = made.members[:2]
    read(made.papers[0], first, second)
    papers.replace(made.papers[0], received(), change_note="Sửa số liệu mục 2", by=made.clerk, at=now())
    read(made.papers[0], second)
    found = reading(made)
    assert (names(found.read), names(found.older)) == ({second}, {first})
    assert found.version == 2
    assert found.total == 6


def test_the_denominator_is_who_may_read(made):
    paper = made.papers[0]
    Paper.objects.filter(pk=paper.pk).update(guests_may_read=False)
    assert made.guest not in names(reading(made).unread)
    group = Group.objects.create(meeting=made.meeting, name="Ban Kinh tế")
    group.people.add(made.place(made.members[0]))
    group.papers.add(paper)
    assert names(reading(made).unread) == {made.members[0], made.chair, made.secretary}


def test_numbers_for_those_who_keep_it_names_for_chair_and_secretary(made):
    read(made.papers[0], made.members[0])
    address = f"/meetings/{made.meeting.public_id}/reading/"
    for name, status, named in (
        ("chair", 200, True), ("secretary", 200, True), ("clerk", 200, False), ("leader", 403, False),
        ("member", 403, False), ("guest", 403, False), ("stranger", 404, False),
    ):  # fmt: skip
        answer = signed_in(made.user(name)).get(address)
        assert answer.status_code == status, name
        if status == 200:
            assert "1/6" in answer.content.decode()
            assert (made.members[1].full_name in answer.content.decode().split("<main")[1]) is named, name


def test_one_quiet_nudge_to_those_who_have_not_read(made):
    read(made.papers[0], made.members[0], made.guest)
    nudge = nudges.nudge(made.papers[0], by=made.secretary, at=now())
    told = Notice.objects.filter(kind="meetings.read_papers")
    assert {notice.user for notice in told} == {made.chair, *made.members[1:]}
    assert nudge.told == 3
    assert made.papers[0].document.title not in str(list(told.values()))
    with pytest.raises(Refused, match="nudged_already"):
        nudges.nudge(made.papers[0], by=made.chair, at=now())
    assert Nudge.objects.count() == 1
    nudges.nudge(made.papers[1], by=made.chair, at=now())


def test_nobody_is_nudged_where_all_have_read_or_nobody_may(made):
    read(made.papers[0], made.chair, made.secretary, made.guest, *made.members)
    with pytest.raises(Refused, match="everybody_has_read"):
        nudges.nudge(made.papers[0], by=made.chair, at=now())
    for name in ("clerk", "leader", "member", "guest", "stranger"):
        with pytest.raises(Refused, match="not_yours"):
            nudges.nudge(made.papers[1], by=made.user(name), at=now())
    papers.withdraw(made.papers[1], reason="Rút để chỉnh sửa lại", by=made.clerk, at=now())
    with pytest.raises(Refused, match="wrong_state"):
        nudges.nudge(made.papers[1], by=made.chair, at=now())


def test_the_button_turns_grey(made):
    client = signed_in(made.user("chair"))
    address = f"/meetings/{made.meeting.public_id}/reading/"
    nudge = f"/meetings/{made.meeting.public_id}/papers/{made.papers[0].public_id}/nudge/"
    assert nudge in client.get(address).content.decode()
    assert client.post(nudge).status_code == 302
    assert nudge not in client.get(address).content.decode()


def test_ten_papers_cost_as_much_as_one(made, django_assert_max_num_queries):
    for _ in range(8):
        papers.lay(made.items[0], received(), by=made.clerk, at=now())
    with django_assert_max_num_queries(8):
        assert len(reading_of(made.meeting)) == 10


def test_the_figure_stands_beside_each_paper_and_leads_to_the_names(made):
    read(made.papers[0], made.members[0])
    one = made.papers[0].public_id
    for tab in ("", "materials/"):
        for name in ("chair", "secretary", "clerk"):
            page = signed_in(made.user(name)).get(f"/meetings/{made.meeting.public_id}/{tab}").content.decode()
            assert "1/6" in page, (tab, name)
            assert f"/meetings/{made.meeting.public_id}/reading/#paper-{one}" in page, (tab, name)
    member = signed_in(made.user("member")).get(f"/meetings/{made.meeting.public_id}/").content.decode()
    assert "reading/#paper" not in member


def test_a_marked_supplement_stays_marked_until_it_was_opened():
    made = world("published")
    paper = papers.lay(made.items[0], received("Bổ sung.pdf"), title="Phụ lục 3", by=made.clerk, at=now())
    client = signed_in(made.members[0])
    client.cookies["django_language"] = "en"
    assert ">New</span>" in client.get(f"/meetings/{made.meeting.public_id}/").content.decode()

    version = latest_version(paper.document)
    Opening.objects.create(version=version, user=made.members[0], first_at=now(), last_at=now())

    known = with_versions(Paper.objects.filter(pk=paper.pk)).get()
    assert paper_line(known, set()).unread == "new"
    assert paper_line(known, versions_opened(made.members[0], made.meeting)).unread == ""
