"""Papers on their way: the table of states × roles, every door for what nobody approved, readers, what room shows."""

import json
from functools import partial
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.models import Document
from documents.queries import latest_version, visible_documents
from ledger.verdict import Refused, Unseen
from live.log import events, opened
from meetings.actions import agenda, duties, groups, package, papers, participants, submissions
from meetings.materials import get_table_paper, package_state
from meetings.models import Paper
from meetings.patches import personal_stream
from meetings.queries.visible import audiences, visible_papers
from meetings.snapshot.own import personal_snapshot
from meetings.snapshot.room import room_snapshot
from meetings.snapshot.views import VIEWS
from meetings.workflow import PAPER, TAKING_PAPERS, WHO
from notices.models import Notice
from search.models import Entry
from tests.live.sync_proof import assert_synced
from tests.meetings.factories import bring, now, received, world
from tests.meetings.test_duties import ask, unit_of
from tests.meetings.test_pages import page, signed_in
from tests.people.factories import fresh, person
from tests.undone import named, undone

pytestmark = pytest.mark.django_db

WORDS = "Sửa số liệu ở phụ lục 2"
ROLES = (
    "clerk",
    "leader",
    "chair",
    "secretary",
    "member",
    "guest",
    "stranger",
    "unit_clerk",
    "unit_leader",
    "in_charge",
)
PART = {"unit_clerk": "unit", "unit_leader": "unit", "in_charge": "unit"}


class Case:
    """A meeting with a unit's paper in one of the states."""

    def __init__(self, state: str, meeting: str = "draft") -> None:
        self.made = made = world("draft", members=2)
        self.unit = unit_of()
        self.people = {"unit_clerk": person(self.unit, "clerk"), "unit_leader": person(self.unit, "leader")}
        self.people["in_charge"] = person(self.unit, "official")
        self.other = person(self.unit, "official")
        self.duty = ask(made, self.unit)
        duties.appoint(self.duty, people=[self.people["in_charge"]], by=self.user("unit_clerk"), at=now())
        bring(made, meeting)
        self.unit_user = self.user("unit_clerk")
        self.laid: Paper | None = None
        self.paper = self.to(state)

    def user(self, role: str):
        return fresh(self.people[role]) if role in self.people else self.made.user(role)

    def brought(self) -> Paper:
        return submissions.bring(self.duty, received(), title="Tờ trình", by=self.unit_user, at=now())

    def to(self, state: str) -> Paper:
        paper = self.brought()
        if state == "prepared":
            return paper
        if state == "discarded":
            submissions.discard(paper, by=self.unit_user, at=now())
            return self.again(paper)
        submissions.submit(paper, by=self.unit_user, at=now())
        if state == "returned":
            return submissions.give_back(paper, reason="Thiếu phụ lục kèm theo", by=self.made.clerk, at=now())
        if state in ("laid", "merged", "withdrawn", "proposed"):
            self.laid = submissions.approve(paper, by=self.made.clerk, at=now())
            paper = self.laid
        if state in ("merged", "proposed"):
            newer = submissions.propose(paper, received(), change_note=WORDS, by=self.unit_user, at=now())
            submissions.submit(newer, by=self.unit_user, at=now())
            if state == "merged":
                submissions.approve(newer, by=self.made.clerk, at=now())
            paper = newer
        if state == "withdrawn":
            papers.withdraw(paper, reason="Đơn vị xin rút", by=self.made.clerk, at=now())
        return self.again(paper)

    def again(self, paper: Paper) -> Paper:
        return Paper.objects.select_related("item__meeting__agency", "document", "duty__agency", "replaces").get(
            pk=paper.pk
        )


def do(case: Case, verb: str, user):
    paper, at = case.paper, now()
    return {
        "upload": lambda: submissions.upload(paper, received(), by=user, at=at),
        "submit": lambda: submissions.submit(paper, by=user, at=at),
        "discard": lambda: submissions.discard(paper, by=user, at=at),
        "take_back": lambda: submissions.take_back(paper, by=user, at=at),
        "approve": lambda: submissions.approve(paper, by=user, at=at),
        "merge": lambda: submissions.approve(paper, by=user, at=at),
        "give_back": lambda: submissions.give_back(paper, reason="Chưa có chữ ký", by=user, at=at),
        "propose": lambda: submissions.propose(paper, received(), change_note=WORDS, by=user, at=at),
        "replace": lambda: papers.replace(paper, received(), change_note=WORDS, by=user, at=at),
        "rename": lambda: papers.rename(paper, title="Tên khác", by=user, at=at),
        "place": lambda: papers.place(paper, item=case.made.items[1], position=1, by=user, at=at),
        "protect": lambda: papers.protect(paper, protection="watermark", by=user, at=at),
        "open_to": lambda: papers.open_to(paper, guests_may_read=False, by=user, at=at),
        "withdraw": lambda: papers.withdraw(paper, reason="Đơn vị xin rút", by=user, at=at),
    }[verb]


def plays(role: str, who: str, meeting: str) -> bool:
    parts = {role, PART.get(role, role)} | ({"reviewer"} if role in ("clerk", "leader") else set())
    if who == "keeper" and meeting != "open":
        parts -= {"chair"}  # the chair keeps papers while the meeting is open
    return bool(parts & WHO[who])


VERBS = tuple(dict.fromkeys(row.verb for row in PAPER.moves))
STATES = tuple(state for state in PAPER.states())


@pytest.mark.parametrize("state", STATES)
def test_every_role_at_every_verb_in_every_state(state):
    standing = Case(state)
    for verb in VERBS:
        with named(verb), undone(standing) as case:
            every_role(Case("proposed") if (verb, state) == ("merge", "submitted") else case, state, verb)


def every_role(case: Case, state: str, verb: str) -> None:
    """Whoever the table does not name is refused; of the others two do it."""
    row = PAPER.move(state, verb)
    allowed = [role for role in ROLES if row and plays(role, row.who, "draft")]
    for role in ROLES:
        if role not in allowed and not (verb in ("approve", "merge") and state == "submitted" and row is None):
            with named(role), pytest.raises((Refused, Unseen)):
                do(case, verb, case.user(role))()
    for role in allowed[:2]:
        with named(role), undone(case) as mine:
            do(mine, verb, mine.user(role))()


@pytest.mark.parametrize("meeting", ["closed", "cancelled"])
def test_nothing_is_handed_in_or_decided_when_the_meeting_is_over(meeting):
    assert meeting not in TAKING_PAPERS
    case = Case("submitted")
    bring(case.made, meeting)
    case.paper = case.again(case.paper)
    for verb, role in (("take_back", "unit_clerk"), ("approve", "clerk"), ("give_back", "clerk")):
        with pytest.raises(Refused, match="wrong_state"):
            do(case, verb, case.user(role))()


def doors(client, case: Case, document: Document, number: int) -> dict[str, int]:
    """What a person gets at every door a document has."""
    base = f"/documents/{document.public_id}/"
    at = f"{base}versions/{number}/"
    paths = {
        "page": base,
        "version": at,
        "viewer": f"{at}viewer.json",
        "file": f"{at}file",
        "original": f"{at}original",
    }
    paths["picture"] = f"{at}pages/1/600.webp"
    return {name: client.get(path).status_code for name, path in paths.items()}


@pytest.mark.parametrize("state", ["prepared", "submitted", "returned", "proposed", "withdrawn"])
def test_nobody_invited_reaches_what_is_not_laid(state):
    case = Case(state, "published")
    document = case.paper.document
    for role in ("member", "guest", "stranger"):
        user = case.user(role)
        assert set(doors(signed_in(user), case, document, 1).values()) == {404}, role
        assert document not in visible_documents(user)
        assert not Entry.objects.filter(object_id=document.public_id, audiences__key__in=audiences(user)).exists()
        assert case.paper not in visible_papers(user, case.made.meeting)
        with pytest.raises(Unseen):
            get_table_paper(user, case.made.meeting, case.paper.public_id)
        shown = json.dumps([personal_snapshot(case.made.meeting, user), room_snapshot(case.made.meeting, "")])
        assert str(document.public_id) not in shown
        if role != "stranger":
            api = signed_in(user).get(f"/api/v1/meetings/{case.made.meeting.public_id}/room").content.decode()
            assert str(document.public_id) not in api
    if state != "withdrawn":  # what was laid before is in the log, by its name only
        log = "".join(
            body or ""
            for stream in (case.made.meeting.stream, personal_stream(case.made.meeting, case.made.members[0].pk))
            for frame in events(opened(stream).stream_id, 0, limit=10_000)
            for body in frame.bodies.values()
        )
        assert str(document.public_id) not in log


def test_the_unit_and_those_who_check_read_it_and_nobody_else_of_the_unit():
    case = Case("prepared")
    for role in ("unit_clerk", "unit_leader", "in_charge"):
        assert case.paper.document in visible_documents(case.user(role)), role
    for user in (fresh(case.other), case.user("clerk"), case.user("secretary")):
        assert case.paper.document not in visible_documents(user)
    submissions.submit(case.paper, by=case.unit_user, at=now())
    for role in ("clerk", "leader", "secretary", "chair"):
        assert case.paper.document in visible_documents(case.user(role)), role
    submissions.take_back(case.paper, by=case.unit_user, at=now())
    assert case.paper.document not in visible_documents(case.user("clerk"))


def test_only_the_approved_version_is_laid():
    case = Case("prepared", "published")
    submissions.upload(case.paper, received(pages=7), by=case.unit_user, at=now())
    submissions.submit(case.paper, by=case.unit_user, at=now())
    own = case.paper.document
    laid = submissions.approve(case.paper, by=case.user("secretary"), at=now())
    assert laid.source == own
    assert laid.supplement
    assert [version.pages for version in laid.document.versions.all()] == [7]
    member = case.user("member")
    assert laid.document in visible_documents(member)
    assert own not in visible_documents(member)


def test_an_approved_newer_version_keeps_the_documents_identity():
    case = Case("proposed", "published")
    laid = case.laid
    before = laid.document.public_id
    assert latest_version(laid.document).number == 1
    submissions.approve(case.paper, changed_pages=[2, 3], by=case.user("clerk"), at=now())
    laid = case.again(laid)
    assert (laid.state, laid.document.public_id, latest_version(laid.document).number) == ("laid", before, 2)
    assert (laid.change_note, laid.changed_pages) == (WORDS, [2, 3])
    assert case.again(case.paper).state == "merged"
    told = Notice.objects.get(kind="meetings.paper_replaced", user=case.made.members[0])
    assert told.values["change"] == WORDS
    submissions.propose(laid, received(), change_note=WORDS, by=case.unit_user, at=now())
    with pytest.raises(Refused, match="proposal_exists"):
        submissions.propose(laid, received(), change_note=WORDS, by=case.unit_user, at=now())


def test_a_proposal_for_a_withdrawn_paper_is_laid_as_a_paper_of_its_own():
    case = Case("proposed")
    papers.withdraw(case.laid, by=case.made.clerk, at=now())
    laid = submissions.approve(case.paper, by=case.made.clerk, at=now())
    assert (laid.pk, laid.state) == (case.paper.pk, "laid")


def test_a_replacement_after_publication_says_what_changed_and_a_withdrawal_why():
    paper = (made := world("published")).papers[0]
    with pytest.raises(Refused, match="change_note_missing"):
        papers.replace(paper, received(), by=made.clerk, at=now())
    with pytest.raises(Refused, match="reason_too_short"):
        papers.withdraw(paper, by=made.clerk, at=now())
    papers.replace(paper, received(), change_note=WORDS, by=made.clerk, at=now())
    assert Notice.objects.filter(kind="meetings.paper_replaced", user=made.guest).exists()
    papers.withdraw(paper, reason="Đơn vị xin rút", by=made.clerk, at=now())
    assert not Notice.objects.filter(kind="meetings.paper_replaced", taken_back_at__isnull=True).exists()
    gone = Paper.objects.get(pk=paper.pk)
    assert (gone.state, gone.decided_by, gone.reason) == ("withdrawn", made.clerk, "Đơn vị xin rút")
    shown = signed_in(made.user("secretary")).get(page(made, "paper", paper.public_id)).content.decode()
    assert "Đơn vị xin rút" in shown
    assert made.clerk.full_name in shown


def synced(made, act, *others):
    meeting = made.meeting
    streams = {meeting.stream: {view: partial(room_snapshot, meeting, view) for view in VIEWS}}
    for user in [*made.everyone(), made.guest, *others]:
        streams[personal_stream(meeting, user.pk)] = {"": partial(personal_snapshot, meeting, user)}
    return assert_synced(streams, act)


def test_papers_for_groups_reach_their_people_only_and_the_room_is_told_completely():
    made = world("published", members=3)
    inside, outside = made.members[0], made.members[1]
    group = groups.make_group(made.meeting, name="Tổ thẩm tra", people=[made.place(inside)], by=made.clerk, at=now())
    paper = synced(made, lambda: papers.lay(made.items[0], received(), groups=[group], by=made.clerk, at=now()))
    key = str(paper.public_id)
    assert [key in room_snapshot(made.meeting, view)["papers"] for view in VIEWS] == [True, False, False]
    assert key in personal_snapshot(made.meeting, inside)["papers"]
    assert key not in personal_snapshot(made.meeting, outside)["papers"]
    for user, reads in (
        (inside, True),
        (outside, False),
        (made.guest, False),
        (made.chair, True),
        (made.secretary, True),
    ):
        assert (paper in visible_papers(fresh(user), made.meeting)) is reads
        assert (paper.document in visible_documents(fresh(user))) is reads
    synced(made, lambda: papers.rename(paper, title="Đổi tên", by=made.clerk, at=now()))
    synced(made, lambda: papers.replace(paper, received(), change_note=WORDS, by=made.clerk, at=now()))
    synced(made, lambda: papers.place(paper, item=made.items[1], position=1, by=made.clerk, at=now()))
    other = [made.place(outside), made.place(made.guest)]
    synced(made, lambda: groups.change_group(group, name="Tổ khác", people=other, by=made.clerk, at=now()))
    assert paper.document not in visible_documents(fresh(inside))
    assert paper.document in visible_documents(fresh(made.guest))
    synced(made, lambda: papers.open_to(paper, by=made.clerk, at=now()))
    assert paper.document in visible_documents(fresh(inside))
    synced(made, lambda: papers.open_to(paper, groups=[group], by=made.clerk, at=now()))
    synced(made, lambda: participants.remove(made.place(outside), by=made.clerk, at=now()))
    assert paper.document not in visible_documents(fresh(outside))
    with pytest.raises(Refused, match="group_in_use"):
        groups.remove_group(group, by=made.clerk, at=now())
    synced(made, lambda: papers.withdraw(paper, reason="Đơn vị xin rút", by=made.clerk, at=now()))


def test_what_lies_under_a_hidden_matter_is_the_keepers():
    made = world("published")
    paper = made.papers[1]
    synced(made, lambda: agenda.hide_item(made.items[1], hidden=True, by=made.clerk, at=now()))
    assert paper.document not in visible_documents(fresh(made.members[0]))
    assert paper.document in visible_documents(fresh(made.secretary))
    assert paper not in visible_papers(fresh(made.members[0]), made.meeting)
    synced(made, lambda: agenda.hide_item(made.items[1], hidden=False, by=made.clerk, at=now()))
    assert paper.document in visible_documents(fresh(made.members[0]))


def test_units_papers_and_the_room_stay_in_step():
    case = Case("prepared", "published")
    made = case.made
    synced(made, lambda: submissions.submit(case.paper, by=case.unit_user, at=now()))
    laid = synced(made, lambda: submissions.approve(case.paper, by=made.clerk, at=now()))
    newer = synced(made, lambda: submissions.propose(laid, received(), change_note=WORDS, by=case.unit_user, at=now()))
    submissions.submit(newer, by=case.unit_user, at=now())
    synced(made, lambda: submissions.approve(newer, by=made.clerk, at=now()))


def test_papers_move_within_a_matter_and_to_another():
    made = world("draft")
    first = made.papers[0]
    second = papers.lay(made.items[0], received(), by=made.clerk, at=now())
    synced(made, lambda: papers.place(second, item=made.items[0], position=1, by=made.clerk, at=now()))
    order = made.items[0].papers.order_by("position").values_list("pk", flat=True)
    assert list(order) == [second.pk, first.pk]
    synced(made, lambda: papers.place(second, item=made.items[1], position=9, by=made.clerk, at=now()))
    assert Paper.objects.get(pk=second.pk).item == made.items[1]
    strange = world("draft").items[0]
    with pytest.raises(Refused, match="item_unknown"):
        papers.place(second, item=strange, position=1, by=made.clerk, at=now())


def test_the_approver_is_warned_and_what_is_not_laid_is_not_published():
    case = Case("submitted")
    state = package_state(case.made.meeting)
    assert (state["laid"], state["undecided"], state["warns"]) == (2, 1, True)
    bring_on = case.made
    bring(bring_on, "submitted")
    shown = signed_in(bring_on.leader).get(page(bring_on)).content.decode()
    assert "package-state" in shown

    package.approve(bring_on.meeting, by=bring_on.leader, at=now())
    assert case.paper not in visible_papers(fresh(bring_on.members[0]), bring_on.reread())


def test_the_table_is_for_those_who_keep_it():
    case = Case("submitted", "published")
    for role in ROLES:
        code = signed_in(case.user(role)).get(page(case.made, "materials")).status_code
        keeps = role in ("clerk", "leader", "chair", "secretary")
        assert code == (200 if keeps else 403 if role in ("member", "guest") else 404), role
    client = signed_in(case.user("clerk"))
    for query in ("?state=submitted", "?state=x", f"?unit={case.unit.name}", "?item=x", "?state=waiting"):
        assert client.get(page(case.made, "materials") + query).status_code == 200


def test_the_table_costs_the_same_for_one_and_many():

    def cost(count: int) -> int:
        made = world("draft", items=count)
        for item in made.items:
            ask(made, unit_of(), item=item)
        client = signed_in(made.clerk)
        client.get(page(made, "materials"))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page(made, "materials")).status_code == 200
        return len(captured)

    assert cost(1) == cost(3)


def test_other_peoples_ids_open_nothing():
    case = Case("submitted")
    strange = world("draft")
    client = signed_in(strange.clerk)
    for name in ("approve_paper", "return_paper", "withdraw_paper", "replace_paper", "rename_paper", "open_paper"):
        assert client.post(page(strange, name, case.paper.public_id)).status_code == 404
        assert client.post(page(case.made, name, case.paper.public_id)).status_code == 404
    nobody = UUID(int=0)
    assert signed_in(case.made.clerk).get(page(case.made, "paper", nobody)).status_code == 404
