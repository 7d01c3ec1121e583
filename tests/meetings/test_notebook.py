"""The notebook: kept, found, taken along, thrown away; and at no door of anybody else."""

import json
import logging
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from ledger.models import AuditEntry, Transition
from ledger.verdict import Refused, Unseen
from live.models import Event
from meetings.actions import notebook
from meetings.models import NotebookEntry, Participant
from meetings.note_files import Note, markdown, plain
from meetings.queries.notebook import found_notes, own_notes
from search.queries import find
from tests.meetings.factories import now, world
from tests.meetings.test_pages import signed_in

SECRET = "Đề nghị làm rõ nguồn vốn đối ứng zxqv"


@pytest.fixture
def made(db):
    return world("published")


def write(made, user, text=SECRET, **options):
    options = {"entry_id": uuid4(), "revision": 0, "by": user, "at": now()} | options
    return notebook.save(made.meeting, text=text, **options)


def test_a_note_is_kept_once_however_often_it_is_sent(made):
    user, entry_id = made.members[0], uuid4()
    first = write(made, user, entry_id=entry_id)
    again = write(made, user, entry_id=entry_id)
    assert first == again
    assert NotebookEntry.objects.count() == 1
    changed = write(made, user, "Khác", entry_id=entry_id, revision=1)
    assert (changed.text, changed.revision) == ("Khác", 2)


def test_two_devices_lose_nothing(made):
    user, entry_id = made.user("member"), uuid4()
    write(made, user, "một", entry_id=entry_id)
    write(made, user, "một hai", entry_id=entry_id, revision=1)
    with pytest.raises(Refused, match="changed_meanwhile"):
        write(made, user, "một ba", entry_id=entry_id, revision=1)
    address = f"/meetings/{made.meeting.public_id}/notebook/{entry_id}/"
    client = signed_in(user)
    answer = client.post(address, {"text": "một ba", "revision": "1"}, headers={"Accept": "application/json"})
    assert answer.status_code == 409
    assert answer.json()["text"] == "một hai"
    page = client.post(address, {"text": "một ba", "revision": "1"})
    assert page.status_code == 409
    assert "một hai" in page.content.decode()
    assert "một ba" in page.content.decode()


def test_words_are_found_without_marks_by_their_owner_only(made):
    user = made.members[0]
    write(made, user)
    for words in ("nguon von", "NGUỒN", "doi ung zxqv", ""):
        assert found_notes(user, words).count() == 1, words
        assert found_notes(made.chair, words).count() == 0, words
    assert found_notes(user, "khac").count() == 0
    assert found_notes(user, "%").count() == 1  # no word, no filter


def test_thrown_away_taken_back_and_gone_after_a_day(made):
    user = made.members[0]
    note, other = write(made, user), write(made, user, "Khác")
    notebook.delete(note, by=user, at=now())
    assert list(own_notes(user)) == [other]
    notebook.restore(note, by=user, at=now())
    assert own_notes(user).count() == 2
    notebook.delete(note, by=user, at=now() - timedelta(days=2))
    notebook.delete(other, by=user, at=now())
    assert list(NotebookEntry.objects.all()) == [other]


@pytest.mark.parametrize("name", ["chair", "secretary", "clerk", "leader", "guest", "stranger"])
def test_nobody_else_touches_a_note(made, name):
    note = write(made, made.members[0])
    other = made.user(name)
    for act in (
        lambda: write(made, other, "x", entry_id=note.public_id, revision=1),
        lambda: notebook.delete(note, by=other, at=now()),
        lambda: notebook.restore(note, by=other, at=now()),
    ):
        with pytest.raises(Unseen):
            act()
    client = signed_in(other)
    meeting = f"/meetings/{made.meeting.public_id}/"
    for step in ("delete", "restore"):
        assert client.post(f"/notebook/{note.public_id}/{step}/").status_code == 404
    assert client.post(f"{meeting}notebook/{note.public_id}/", {"text": "x", "revision": "1"}).status_code == 404
    note.refresh_from_db()
    assert note.text == SECRET


@pytest.mark.parametrize("name", ["chair", "secretary", "clerk", "leader", "guest"])
def test_no_page_no_export_no_search_of_others_holds_a_word_of_it(made, name):
    write(made, made.members[0])
    client = signed_in(made.user(name))
    meeting = f"/meetings/{made.meeting.public_id}/"
    for address in (
        meeting, f"{meeting}notebook/", f"{meeting}opinions/", f"{meeting}reading/", f"{meeting}room/",
        "/notebook/", "/notebook/?q=zxqv", "/notebook/notes.txt", "/notebook/notes.md", "/search/?q=zxqv",
        "/meetings/?q=zxqv", f"{meeting}people/",
        "/inbox/", "/", f"/notebook/notes.txt?meeting={made.meeting.public_id}",
        f"/api/v1/meetings/{made.meeting.public_id}", f"/api/v1/meetings/{made.meeting.public_id}/room",
    ):  # fmt: skip
        body = re.sub(r"<title>.*?</title>", "", client.get(address).content.decode(errors="replace"), flags=re.S)
        assert "zxqv" not in body.replace('value="zxqv"', "").replace("zxqv&", "").replace("“zxqv”", "").replace(
            ": zxqv", ""
        ).replace("q=zxqv", ""), address


def test_no_record_no_event_no_log_no_index_holds_a_word_of_it(made, caplog):
    caplog.set_level(logging.DEBUG)
    user = made.user("member")
    client = signed_in(user)
    before = AuditEntry.objects.count(), Transition.objects.count(), Event.objects.count()
    entry_id = uuid4()
    address = f"/meetings/{made.meeting.public_id}/notebook/{entry_id}/"
    client.post(address, {"text": SECRET, "revision": "0"}, headers={"Accept": "application/json"})
    client.post(f"/notebook/{entry_id}/delete/")
    client.post(f"/notebook/{entry_id}/restore/")
    assert (AuditEntry.objects.count(), Transition.objects.count(), Event.objects.count()) == before
    assert "zxqv" not in "".join(record.getMessage() for record in caplog.records if "django.db" not in record.name)
    assert not find([f"user:{user.pk}", f"meeting:{made.meeting.pk}"], "zxqv")
    holding = [
        model._meta.label
        for model in apps.get_models()
        if model._meta.managed and "zxqv" in str(list(model._default_manager.values()))
    ]
    assert holding == ["meetings.NotebookEntry"]


def test_the_owner_takes_them_along_in_every_form(made):
    user = made.user("member")
    write(made, user, f"{SECRET}\n#heading *not markup* $x$")
    client = signed_in(user)
    assert "zxqv" in client.get("/notebook/notes.txt").content.decode()
    assert f"# {made.meeting.title}" in client.get("/notebook/notes.md").content.decode()
    assert client.get(f"/notebook/notes.pdf?meeting={made.meeting.public_id}").content.startswith(b"%PDF")
    assert client.get("/notebook/notes.pdf?q=none").content.startswith(b"%PDF")
    assert client.get("/notebook/notes.exe").status_code == 404
    assert client.get("/notebook/notes.txt?meeting=x").status_code == 404


def test_who_left_the_meeting_keeps_the_notes(made):
    user = made.user("member")
    write(made, user)
    Participant.objects.filter(user=user).update(removed_at=now())
    client = signed_in(user)
    assert "zxqv" in client.get("/notebook/").content.decode()
    assert client.get(f"/meetings/{made.meeting.public_id}/notebook/").status_code == 404


@pytest.mark.parametrize(
    ("data", "status"),
    [({"text": "a\0b"}, 403), ({"text": "a" * 50_001}, 403), ({"revision": "x" * 99}, 200), ({}, 200)],
)
def test_bad_input_is_answered_with_a_sentence(made, data, status):
    client = signed_in(made.user("member"))
    address = f"/meetings/{made.meeting.public_id}/notebook/{uuid4()}/"
    answer = client.post(address, data, headers={"Accept": "application/json"})
    assert answer.status_code == status
    if status == 403:
        assert len(json.loads(answer.content)["detail"]) > 20


@given(st.lists(st.builds(Note, *[st.text(max_size=20)] * 4), max_size=6))
def test_every_note_stands_in_the_file_in_order(notes):
    for written in (plain(notes), markdown(notes)):
        place = 0
        for note in notes:
            place = written.index(note.text.strip(), place)
