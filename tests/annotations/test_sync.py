"""Old snapshot and events lead to the new one: on one's own stream, on that of a named person, on each circle's."""

from contextlib import suppress
from functools import partial
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.circles import circles_of
from annotations.models import Annotation
from annotations.queries import circle_snapshot, personal_snapshot, seen_snapshot, visible_annotations
from annotations.streams import personal_stream, stream_of
from annotations.wire import for_others
from ledger.models import AuditEntry, Command
from ledger.verdict import Unseen
from live.models import Event
from meetings.actions import papers, participants
from tests.annotations.factories import STYLE, delegation, do, meeting_circle, named, noted, op, put
from tests.live.sync_proof import assert_synced
from tests.meetings.factories import now, world
from tests.people.factories import fresh

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def there():
    return world("published")


def streams_of(there, document):
    """Every stream of a document's notes: of each person, of the meeting, of the delegations."""
    people = [*there.members, there.guest, there.chair]
    found = {
        personal_stream(document.pk, user.pk): {"": partial(personal_snapshot, fresh(user), document, now())}
        for user in people
    }
    keys = {circle.key for user in people for circle in circles_of(fresh(user), document)}
    return found | {stream_of(document.pk, key): {"": partial(circle_snapshot, document, key)} for key in keys}


def test_every_operation(there):
    document = there.papers[0].document
    owner, other, third = there.members
    reply, gone = str(uuid4()), str(uuid4())
    row = noted(document, owner, to=named(other))
    note = str(row.public_id)
    steps = [
        (owner, [put(document), put(document, to=meeting_circle(there)), put(document, to=delegation(there))]),
        (owner, [op("say", note, body="Đoạn này cần sửa"), op("restyle", note, style={**STYLE, "width": 4})]),
        (other, [op("reply", note, reply=reply, body="Đồng ý"), op("reply", note, reply=gone, body="Không")]),
        (other, [op("erase_reply", note, reply=gone)]),
        (owner, [op("share", note, to=meeting_circle(there))]),
        (third, [op("reply", note, reply=str(uuid4()), body="Tôi cũng vậy")]),
        (owner, [op("share", note, to=named(third))]),
        (owner, [op("erase", note)]),
        (owner, [op("restore", note), op("share", note, to=None)]),
        (owner, [op("erase", note), op("share", note, to=meeting_circle(there))]),
        (owner, [op("restore", note), op("say", note, body="")]),
    ]
    for who, operations in steps:
        answers = assert_synced(streams_of(there, document), lambda w=who, o=operations: do(document, w, *o))
        assert all(answer.verdict for answer in answers)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_interleaving_duplication_and_reordering_of_three_clients_converges(there, data):
    """What was refused because it came too early is sent again, as clients do."""
    document = there.papers[0].document
    clients = there.members
    Annotation.objects.all().delete()
    queues = [asked_by(data, document, there) for _ in clients]
    reorder = data.draw(st.permutations([(who, one) for who, queue in enumerate(queues) for one in queue]))
    copies = data.draw(st.lists(st.sampled_from(reorder), max_size=4)) if reorder else []
    waiting = [*reorder, *copies]
    while waiting:
        size = data.draw(st.integers(1, 4))
        batch, waiting = waiting[:size], waiting[size:]
        for who in {who for who, _ in batch}:
            mine = [one for by, one in batch if by == who]
            answers = do(document, clients[who], *mine)
            early = {answer.id for answer in answers if answer.verdict.code == "note_unknown"}
            waiting += [(who, one) for one in mine if one["id"] in early]
    shown = state(document)
    Annotation.objects.all().delete()
    for who, queue in enumerate(queues):
        renamed, _ = again(queue)
        do(document, clients[who], *renamed)
    assert shown == state(document)


def asked_by(data, document, there):
    made = put(document)
    texts = data.draw(st.lists(st.sampled_from("abc"), max_size=3))
    more = [op("say", made["note"], body=text) for text in texts]
    more += [op("erase", made["note"])] if data.draw(st.booleans()) else []
    more += [op("restore", made["note"])] if data.draw(st.booleans()) else []
    more += [op("share", made["note"], to=meeting_circle(there))] if data.draw(st.booleans()) else []
    return [made, *more]


def again(queue):
    """The same operations under new ids, in order: what everybody should come to."""
    ids = {one["id"]: str(uuid4()) for one in queue}
    return [{**one, "id": ids[one["id"]]} for one in queue], ids


def state(document):
    rows = Annotation.objects.filter(document=document).order_by("public_id").prefetch_related("audiences")
    return [
        (
            str(row.public_id),
            row.body,
            row.style,
            row.to,
            row.erased_at is None,
            [one.key for one in row.audiences.all()],
        )
        for row in rows
    ]


def test_nothing_of_private_notes_stands_in_ledger_or_others_events(there):
    document, word = there.papers[0].document, "bímật-tuyệtđối"
    entries = AuditEntry.objects.count()
    noted(document, there.members[0], body=word)
    assert AuditEntry.objects.count() == entries
    assert not [one for one in Command.objects.all() if word in str(one.outcome)]
    holding = [event.stream.key for event in Event.objects.select_related("stream") if word in str(event.bodies)]
    assert holding == [personal_stream(document.pk, there.members[0].pk)]


def test_who_loses_the_document_loses_its_notes(there):
    paper = there.papers[0]
    document, member = paper.document, there.members[0]
    noted(document, member, body="của tôi")
    noted(document, there.chair, to=meeting_circle(there))
    assert visible_annotations(fresh(member), document).count() == 2
    participants.remove(there.place(member), by=there.clerk, at=now())
    assert visible_annotations(fresh(member), document).count() == 0
    papers.withdraw(paper, reason="Rút để chỉnh lý", by=there.clerk, at=now())
    assert seen_snapshot(fresh(there.members[1]), document) == {"notes": {}}
    with suppress(Unseen):
        do(document, there.members[1], put(document))
    assert Annotation.objects.count() == 2
    assert for_others({"erased": True}) is None
