"""What the demo's people note on the first paper of today: for themselves, for their delegation, for the meeting."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from annotations.actions.annotating import apply_operations
from annotations.queries import own_annotations
from documents.letters import letters_of, places_of
from documents.models import Document, Version
from documents.queries import latest_version
from meetings.actions import remarks
from meetings.models import Meeting, Paper
from people.models import User

HERE = UUID("6b9f4c1e-52d7-4c55-9d0a-7a1f0b1f3a10")
STYLES = {
    "yellow": {"colour": "#f9c80e", "width": 1, "opacity": 0.4},
    "red": {"colour": "#c62828", "width": 1.5, "opacity": 1},
    "blue": {"colour": "#1565c0", "width": 1.5, "opacity": 1},
}
WORDS = ("quy hoạch", "sử dụng đất", "Ủy ban nhân dân", "kế hoạch")
Asked = tuple[User, dict[str, Any]]


def note(meeting: Meeting, chair: User, secretary: User, members: Sequence[User], at: datetime) -> None:
    """Let four people note, and one answer, an hour before the meeting."""
    paper = Paper.objects.filter(item__meeting=meeting, state="laid").order_by("item__position", "position").first()
    version = latest_version(paper.document) if paper is not None else None
    if paper is None or version is None:
        return
    lines = marked(version)
    everybody, delegation = {"circle": f"meeting:{meeting.public_id}"}, {"circle": f"delegation:{meeting.public_id}"}
    drawn: list[Asked] = [
        (
            secretary,
            mark("highlight", lines[0], "yellow", "Số liệu đã đối chiếu với Sở Tài chính ngày hôm qua", everybody),
        ),
        (chair, mark("underline", lines[1], "red", "Hỏi lại thời hạn trước khi kết luận", None)),
        (members[1], mark("highlight", lines[-1], "yellow", "Đề nghị bổ sung đơn vị chịu trách nhiệm", delegation)),
        (members[0], text("Thống nhất với phương án trình; cần rõ nguồn vốn", [420, 180], everybody)),
        (members[0], ink([[400, 196], [430, 199], [462, 195], [500, 198]], everybody)),
    ]
    for number, (user, shape) in enumerate(drawn):
        do(paper.document, version, user, number, shape, at)
    reply = {
        "do": "reply",
        "reply": str(uuid5(HERE, f"{meeting.pk} reply")),
        "body": "Đã ghi nhận, sẽ nêu khi thảo luận",
    }
    said = {**reply, "note": note_id(version, 0), "id": str(uuid5(HERE, f"{version.pk} answer")), "stamp": 1}
    apply_operations(paper.document, operations=[said], by=members[0], at=at + timedelta(minutes=9))
    hand_in(paper, version, members[1], at=at + timedelta(minutes=10))


def hand_in(paper: Paper, version: Version, member: User, *, at: datetime) -> None:
    """Give what a member noted to the chair as a remark with its place."""
    mark = own_annotations(member).filter(public_id=note_id(version, 2)).first()
    if mark is not None:
        remarks.submit(paper.item, paper, mark, text="", by=member, at=at)


def do(document: Document, version: Version, user: User, number: int, shape: Mapping[str, Any], at: datetime) -> None:
    """Make one note; done again it is the same one."""
    head = {"do": "put", "id": str(uuid5(HERE, f"{version.pk} put {number}")), "stamp": number + 1}
    where = {"note": note_id(version, number), "version": str(version.public_id)}
    apply_operations(document, operations=[{**head, **where, **shape}], by=user, at=at + timedelta(minutes=number))


def note_id(version: Version, number: int) -> str:
    """Return the id of the demo's note."""
    return str(uuid5(HERE, f"{version.pk} note {number}"))


def marked(version: Version) -> list[tuple[int, str, list[list[float]]]]:
    """Return some words of the paper with the page and the lines they stand on."""
    pages = [page.replace("\r", " ").replace("\n", " ") for page in letters_of(version.rendition.sha256)]
    found = [
        (number, pages[number].index(words), words)
        for words in WORDS
        for number in range(len(pages))
        if words in pages[number]
    ][:3]
    spans = [(number + 1, start, start + len(words)) for number, start, words in found]
    places = places_of(version.rendition.sha256, spans)
    lines = [(number + 1, words, rects) for (number, _, words), rects in zip(found, places, strict=True) if rects]
    return lines * 2 if lines else [(1, "", [[90.0, 200.0, 200.0, 14.0]])] * 2


def mark(
    kind: str, line: tuple[int, str, list[list[float]]], style: str, body: str, to: Mapping[str, str] | None
) -> dict[str, Any]:
    """Return a mark on text."""
    page, words, rects = line
    quote = {"exact": words, "prefix": "", "suffix": ""} if words else None
    shape = {"kind": kind, "shape": {"rects": rects}, "quote": quote}
    return {"page": page, **shape, "style": STYLES[style], "body": body, "to": to}


def text(body: str, at: list[float], to: Mapping[str, str] | None) -> dict[str, Any]:
    """Return a note beside the text."""
    return {"page": 1, "kind": "text", "shape": {"at": at}, "style": STYLES["blue"], "body": body, "to": to}


def ink(points: list[list[float]], to: Mapping[str, str] | None) -> dict[str, Any]:
    """Return a stroke of the pen."""
    flat = [number for x, y in points for number in (x, y, 0.5)]
    return {"page": 1, "kind": "ink", "shape": {"points": flat}, "style": STYLES["red"], "body": "", "to": to}
