"""Groups of participants: made, changed, taken away, by whom; over the pages."""

import pytest

from ledger.verdict import Refused
from meetings.actions import groups, papers
from meetings.models import Group, Paper
from tests.meetings.factories import now, received, world
from tests.meetings.test_pages import page, signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", ["draft", "submitted", "published", "open", "closed"])
@pytest.mark.parametrize("role", ["clerk", "secretary", "chair", "leader", "member", "guest", "stranger"])
def test_who_may_name_groups(state, role):
    made = world(state)
    user = made.user(role)
    keepers = {
        "draft": {"clerk", "secretary"},
        "published": {"clerk", "secretary"},
        "open": {"clerk", "secretary", "chair"},
    }
    if role in keepers.get(state, set()):
        group = groups.make_group(made.meeting, name="Tổ thư ký", by=user, at=now())
        groups.change_group(group, name="Tổ", people=[made.place(made.chair)], by=user, at=now())
        groups.remove_group(group, by=user, at=now())
    else:
        with pytest.raises(Refused):
            groups.make_group(made.meeting, name="Tổ thư ký", by=user, at=now())


def test_names_and_people_that_cannot_be():
    made, other = world("draft"), world("draft")
    groups.make_group(made.meeting, name="Tổ 1", by=made.clerk, at=now())
    for name, people, code in (
        ("Tổ 1", [], "group_name_taken"),
        ("  ", [], "title_missing"),
        ("Tổ 2", [other.place(other.chair)], "person_unknown"),
    ):
        with pytest.raises(Refused, match=code):
            groups.make_group(made.meeting, name=name, people=people, by=made.clerk, at=now())
    strange = groups.make_group(other.meeting, name="Lạ", by=other.clerk, at=now())
    with pytest.raises(Refused, match="group_unknown"):
        papers.lay(made.items[0], received(), groups=[strange], by=made.clerk, at=now())


def test_groups_over_the_pages():
    made = world("draft")
    client = signed_in(made.clerk)
    member = made.place(made.members[0])
    client.post(page(made, "groups"), {"name": "Tổ thẩm tra", "people": [str(member.public_id)]})
    group = Group.objects.get()
    assert list(group.people.all()) == [member]
    assert "Tổ thẩm tra" in client.get(page(made, "groups")).content.decode()
    paper = made.papers[0]
    chosen = {"readers": "groups", "groups": [str(group.public_id)]}
    assert client.post(page(made, "open_paper", paper.public_id), chosen).status_code == 302
    assert list(Paper.objects.get(pk=paper.pk).groups.all()) == [group]
    assert client.post(page(made, "open_paper", paper.public_id), {"readers": "groups"}).status_code == 403
    assert client.post(page(made, "change_group", group.public_id), {"name": ""}).status_code == 403
    assert client.post(page(made, "change_group", group.public_id), {"name": "Tổ mới"}).status_code == 302
    assert not group.people.exists()
    assert client.get(page(made, "materials")).status_code == 200
    assert signed_in(made.members[0]).get(page(made, "groups")).status_code in (403, 404)
    shown = client.get(page(made, "paper", paper.public_id)).content.decode()
    assert "Tổ mới" in shown


def test_a_long_name_is_cut_before_it_is_compared():
    made = world("draft")
    groups.make_group(made.meeting, name="a" * 120, by=made.clerk, at=now())
    with pytest.raises(Refused):
        groups.make_group(made.meeting, name="a" * 121, by=made.clerk, at=now())
