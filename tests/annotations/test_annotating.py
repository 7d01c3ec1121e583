"""Operations on notes: each judged for itself, done once, its stamp deciding; sentences for what cannot be."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Annotation, AnnotationAudience, Reply
from annotations.operations import MOST_AT_ONCE
from annotations.queries import personal_snapshot, seen_snapshot
from ledger.verdict import Refused, Unseen, sentence
from live.models import Event
from tests.annotations.factories import INK, STYLE, codes, delegation, do, meeting_circle, named, noted, op, put
from tests.meetings.factories import now, world
from tests.people.factories import fresh

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def there():
    return world("published")


@pytest.fixture
def document(there):
    return there.papers[0].document


def test_a_stroke_is_kept_once_though_it_comes_twice(there, document):
    asked = put(document)
    assert codes(do(document, there.members[0], asked, asked)) == ["", ""]
    assert codes(do(document, there.members[0], asked)) == [""]
    row = Annotation.objects.get()
    assert (row.shape, row.style, row.order, row.to) == (INK, STYLE, 1, None)
    assert not AnnotationAudience.objects.exists()
    assert codes(do(document, there.members[0], {**asked, "page": 2})) == ["id_taken"]


def test_each_is_judged_for_itself(there, document):
    good, bad = put(document), put(document, page=9)
    answers = do(document, there.members[0], bad, good, op("say", good["note"], body="một"), op("erase"))
    assert codes(answers) == ["note_page_unknown", "", "", "note_unknown"]
    assert answers[0].as_data()["text"].find("3") > 0
    assert Annotation.objects.get().body == "một"


def test_what_was_refused_may_be_sent_again(there, document):
    made = put(document)
    said = op("say", made["note"], body="sau")
    assert codes(do(document, there.members[0], said)) == ["note_unknown"]
    assert codes(do(document, there.members[0], made)) == [""]
    assert codes(do(document, there.members[0], said)) == [""]
    assert Annotation.objects.get().body == "sau"


def test_a_batch_in_the_wrong_order_is_done_in_the_right_one(there, document):
    made = put(document)
    reply = str(uuid4())
    wrong = [
        op("erase_reply", made["note"], reply=reply),
        op("reply", made["note"], reply=reply, body="Đồng ý"),
        op("say", made["note"], body="sau"),
        made,
    ]
    assert codes(do(document, there.members[0], *wrong)) == [""] * 4
    assert Annotation.objects.get().body == "sau"
    assert Reply.objects.get().body == ""


def test_the_newest_stamp_wins_though_it_comes_first(there, document):
    row = noted(document, there.members[0])
    older, newer = op("say", str(row.public_id), body="cũ"), op("say", str(row.public_id), body="mới")
    do(document, there.members[0], newer)
    assert codes(do(document, there.members[0], older)) == [""]
    row.refresh_from_db()
    assert (row.body, row.stamps["body"]) == ("mới", [newer["stamp"], newer["id"]])


def test_erased_and_taken_back(there, document):
    row = noted(document, there.members[0], to=meeting_circle(there))
    do(document, there.members[0], op("erase", str(row.public_id)))
    assert personal_snapshot(fresh(there.members[0]), document, now())["notes"][str(row.public_id)]["erased"] is True
    assert seen_snapshot(fresh(there.members[1]), document) == {"notes": {}}
    do(document, there.members[0], op("restore", str(row.public_id)))
    assert str(row.public_id) in seen_snapshot(fresh(there.members[1]), document)["notes"]


def test_the_owner_alone_edits_and_who_sees_it_replies(there, document):
    owner, other, third = there.members
    row = noted(document, owner, to=named(other))
    note, reply = str(row.public_id), str(uuid4())
    for verb, said in [("say", {"body": "x"}), ("erase", {}), ("restyle", {"style": STYLE}), ("share", {"to": None})]:
        assert codes(do(document, other, op(verb, note, **said))) == ["note_not_yours"]
        assert codes(do(document, third, op(verb, note, **said))) == ["note_unknown"]
    assert codes(do(document, third, op("reply", note, reply=reply, body="Tôi?"))) == ["note_unknown"]
    assert codes(do(document, other, op("reply", note, reply=reply, body="Đồng ý"))) == [""]
    assert codes(do(document, owner, op("erase_reply", note, reply=reply))) == ["note_not_yours"]
    assert codes(do(document, third, op("erase_reply", note, reply=reply))) == ["note_unknown"]
    assert codes(do(document, other, op("erase_reply", note, reply=reply))) == [""]
    assert (Reply.objects.get().body, Annotation.objects.get().body) == ("", "")


def test_ids_of_others_are_not_taken(there, document):
    row = noted(document, there.members[0])
    assert codes(do(document, there.members[1], put(document, str(row.public_id)))) == ["note_taken"]
    other = there.papers[1].document
    assert codes(do(other, there.members[0], put(other, str(row.public_id)))) == ["note_taken"]
    assert codes(do(other, there.members[0], op("erase", str(row.public_id)))) == ["note_unknown"]


def test_targets(there, document):
    owner, other = there.members[:2]
    assert codes(do(document, owner, put(document, to={"circle": "meeting:nowhere"}))) == ["note_circle_unknown"]
    assert codes(do(document, owner, put(document, to=named(there.stranger)))) == ["note_people_cannot_read"]
    assert codes(do(document, owner, put(document, to={"people": [str(uuid4())]}))) == ["note_people_cannot_read"]
    row = noted(document, owner, to=delegation(there))
    assert str(row.public_id) in seen_snapshot(fresh(other), document)["notes"]
    assert str(row.public_id) not in seen_snapshot(fresh(there.guest), document)["notes"]
    do(document, owner, op("share", str(row.public_id), to=meeting_circle(there)))
    assert str(row.public_id) in seen_snapshot(fresh(there.guest), document)["notes"]
    assert AnnotationAudience.objects.get().key == f"meeting:{there.meeting.pk}:people"
    do(document, owner, op("share", str(row.public_id), to=None))
    assert not AnnotationAudience.objects.exists()


BAD: list[Any] = [
    (None, "bad_operation"),
    ({"do": "put"}, "bad_operation"),
    ({"id": "x", "do": "erase", "note": "y", "stamp": 1}, "bad_operation"),
    ({"stamp": 0}, "bad_operation"),
    ({"stamp": True}, "bad_operation"),
    ({"stamp": 2**60}, "bad_operation"),
    ({"kind": "cloud"}, "note_kind_unknown"),
    ({"kind": ["ink"]}, "note_kind_unknown"),
    ({"shape": {"points": [1, 2]}}, "note_shape_wrong"),
    ({"shape": {"points": []}}, "note_shape_wrong"),
    ({"shape": {"points": [1, 2, float("nan")]}}, "note_shape_wrong"),
    ({"shape": {"points": [1, 2, 3]}}, "note_off_page"),
    ({"shape": {"points": [1, 99999, 0.5]}}, "note_off_page"),
    ({"shape": {"points": [1, 2, 0.5] * 6_667}}, "note_too_large"),
    ({"shape": {"points": [1, 2, 0.5], "more": 1}}, "note_shape_wrong"),
    ({"kind": "box", "shape": {"rect": [1, 2, -3, 4]}}, "note_off_page"),
    ({"kind": "text", "shape": {"at": [1, 2]}, "body": "x" * 4001}, "note_text_long"),
    ({"body": "a\x00b"}, "bad_operation"),
    ({"body": "\ud800"}, "bad_operation"),
    ({"style": {**STYLE, "colour": "red"}}, "note_style_wrong"),
    ({"style": {**STYLE, "width": 1e9}}, "note_style_wrong"),
    ({"quote": {"exact": "x", "prefix": "", "suffix": ""}}, "note_quote_wrong"),
    ({"page": 0}, "note_page_unknown"),
    ({"page": "1"}, "note_page_unknown"),
    ({"version": "11111111-1111-4111-8111-111111111111"}, "note_version_unknown"),
    ({"to": {"circle": ["x"]}}, "bad_operation"),
    ({"to": {"people": ["x"]}}, "bad_operation"),
    ({"to": {"people": [str(uuid4()) for _ in range(51)]}}, "too_many_people"),
]


@pytest.mark.parametrize(("change", "code"), BAD)
def test_bad_input_gets_its_sentence(there, document, change, code):
    asked = {**put(document), **change} if change and "note" not in change and "do" not in change else change
    (answer,) = do(document, there.members[0], asked)
    assert answer.verdict.code == code
    assert answer.as_data()["text"] not in ("", code)
    assert not Annotation.objects.exists()


def test_too_many_and_unseen_documents(there, document):
    with pytest.raises(Refused):
        do(document, there.members[0], *[put(document)] * (MOST_AT_ONCE + 1))
    with pytest.raises(Unseen):
        do(document, there.stranger, put(document))
    assert sentence("too_many_notes", {"limit": 1})


def test_limits_of_notes_and_replies(there, document, monkeypatch):
    monkeypatch.setattr("annotations.rules.MOST_NOTES", 2)
    monkeypatch.setattr("annotations.rules.MOST_REPLIES", 1)
    made = [put(document) for _ in range(3)]
    assert codes(do(document, there.members[0], *made)) == ["", "", "too_many_notes"]
    replies = [op("reply", made[0]["note"], reply=str(uuid4()), body="x") for _ in range(2)]
    assert codes(do(document, there.members[0], *replies)) == ["", "too_many_replies"]
    assert codes(do(document, there.members[0], op("reply", made[0]["note"], reply=str(uuid4()), body=" "))) == [
        "reply_empty"
    ]


def test_two_devices_of_one_person_lose_nothing(there, document):
    row = noted(document, there.members[0], kind="text", shape={"at": [1, 2]})
    first, second = (
        op("say", str(row.public_id), body="máy một"),
        op("restyle", str(row.public_id), style={**STYLE, "width": 5}),
    )
    do(document, there.members[0], second)
    do(document, there.members[0], first)
    row.refresh_from_db()
    assert (row.body, row.style["width"]) == ("máy một", 5)


def test_one_event_for_each_stream_and_none_elsewhere(there, document):
    owner, other = there.members[:2]
    before = Event.objects.count()
    do(
        document,
        owner,
        *[put(document, to=meeting_circle(there)) for _ in range(3)],
        put(document, to=named(other)),
        put(document),
    )
    streams = sorted(Event.objects.order_by("pk")[before:].values_list("stream__key", flat=True))
    assert streams == sorted(
        [
            f"notes:{document.pk}:user:{owner.pk}",
            f"notes:{document.pk}:user:{other.pk}",
            f"notes:{document.pk}:meeting:{there.meeting.pk}:people",
        ]
    )


def test_the_cost_does_not_grow_with_the_batch(
    there,
    document,
):
    costs = []
    for size in (1, 3, 30):
        made = [put(document, to=meeting_circle(there)) for _ in range(size)]
        replies = [op("reply", one["note"], reply=str(uuid4()), body="x") for one in made]
        user = fresh(there.members[0])
        do(document, user, put(document))  # where they stand is known for a while
        with CaptureQueriesContext(
            connection,
        ) as queries:
            do(document, user, *made, *replies, *[op("say", one["note"], body="y") for one in made])
        costs.append(len(queries))
    assert costs[0] == costs[1] == costs[2]
