"""Texts typed with combining marks are kept in NFC, so that they are found and compared as everybody else's."""

import unicodedata

import pytest

from meetings.actions import agenda, votes
from meetings.details import Asked, Details, Matter, Seat
from tests.meetings.factories import details, now, world

TITLE = "Tổ hợp dự án Đường vành đai"


def apart(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def test_what_clerks_write_is_composed():
    assert Matter(apart(TITLE), apart("Sở Xây dựng")) == Matter(TITLE, "Sở Xây dựng")
    assert Seat("member", title=apart("Ủy viên")).title == "Ủy viên"
    assert Details("ubnd_session", apart(TITLE), now(), now(), apart("Phòng họp")).title == TITLE


@pytest.mark.django_db
def test_rows_hold_composed_text():
    made = world("draft", items=0)
    item = agenda.add_item(made.meeting, matter=Matter(apart(TITLE)), by=made.clerk, at=now())
    vote = votes.prepare(item, asked=Asked(apart("Thông qua Tổ hợp?")), by=made.clerk, at=now())
    assert made.meeting.items.filter(title__contains="Tổ hợp").exists()
    assert vote.question == "Thông qua Tổ hợp?"
    assert details(title=apart(TITLE)).title == TITLE
