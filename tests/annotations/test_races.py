"""Several devices at one moment: one order, nothing lost, nothing doubled, no error page."""

import threading
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from annotations.models import Annotation, AnnotationAudience, Reply
from annotations.queries import circle_snapshot
from annotations.taking import take
from live.models import Event, Stream
from tests.annotations.factories import STYLE, meeting_circle, noted, op, put
from tests.meetings.factories import now, world
from tests.people.factories import fresh

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works):
    """Run all at one moment; return what each gave, or its error."""
    found: list[Any] = [None] * len(works)
    gate = threading.Barrier(len(works))

    def run(place, work):
        gate.wait()
        try:
            found[place] = work()
        except Exception as error:  # the test looks at it
            found[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return found


def sent(user, document, operations):
    user = fresh(user)
    return lambda: take(user, document.public_id, operations, now())


def test_one_operation_from_two_connections_is_done_once():
    there = world("published")
    document = there.papers[0].document
    asked = [put(document, to=meeting_circle(there)) for _ in range(5)]
    for answers in at_once(*[sent(there.members[0], document, asked)] * 4):
        assert [one["ok"] for one in answers] == [True] * 5
    assert Annotation.objects.count() == AnnotationAudience.objects.count() == 5
    assert Event.objects.filter(kind="notes.changed").count() == 2


def test_many_write_at_once_in_one_order_without_a_gap():
    there = world("published")
    document = there.papers[0].document
    people = [*there.members, there.guest, there.chair]
    works = [
        sent(user, document, [put(document, to=meeting_circle(there)) for _ in range(4)])
        for user in people
        for _ in "ab"
    ]
    for answers in at_once(*works):
        assert all(one.get("ok") for one in answers)
    orders = sorted(Annotation.objects.values_list("order", flat=True))
    assert orders == list(range(1, 4 * len(works) + 1))
    key = f"meeting:{there.meeting.pk}:people"
    assert len(circle_snapshot(document, key)["notes"]) == len(orders)
    assert Stream.objects.get(key=f"notes:{document.pk}:{key}").last == len(works)


def test_two_devices_of_one_person_change_different_things():
    there = world("published")
    document = there.papers[0].document
    row = noted(document, there.members[0])
    note = str(row.public_id)
    changes = [
        [op("say", note, body="máy một")],
        [op("restyle", note, style={**STYLE, "width": 7})],
        [op("share", note, to=meeting_circle(there))],
    ]
    for answers in at_once(*[sent(there.members[0], document, one) for one in changes]):
        assert answers[0]["ok"]
    row.refresh_from_db()
    assert (row.body, row.style["width"], row.to) == ("máy một", 7, meeting_circle(there))


def test_one_id_taken_by_two_people_at_once():
    there = world("published")
    first, second = (paper.document for paper in there.papers)
    note = str(uuid4())
    works = [sent(there.members[0], first, [put(first, note)]), sent(there.members[1], second, [put(second, note)])]
    answers = sorted(one[0].get("code", "") for one in at_once(*works))
    assert answers == ["", "note_taken"]
    assert Annotation.objects.count() == 1


def test_erased_and_answered_at_one_moment():
    there = world("published")
    document = there.papers[0].document
    row = noted(document, there.members[0], to=meeting_circle(there))
    note = str(row.public_id)
    answer = op("reply", note, reply=str(uuid4()), body="Đồng ý")
    erased, replied = at_once(
        sent(there.members[0], document, [op("erase", note)]), sent(there.members[1], document, [answer])
    )
    assert erased[0]["ok"]
    assert replied[0].get("ok") or replied[0]["code"] == "note_unknown"
    assert Reply.objects.count() == (1 if replied[0].get("ok") else 0)
