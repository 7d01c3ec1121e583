"""What the demo's closed meetings leave: minutes that are approved, and minutes the members are commenting on."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from meetings import drafting
from meetings.actions import minutes as acts
from meetings.actions import outcome
from meetings.models import Meeting, Minutes
from people.models import User

SAID = "Các thành viên thảo luận, thống nhất với nội dung trình; đề nghị làm rõ tiến độ và nguồn lực thực hiện."
DAYS_FOR_COMMENTS = 5


def written(meeting: Meeting, secretary: User, at: datetime) -> Minutes:
    """Draft the minutes, and add what was said under the first item, as the secretary does."""
    minutes = drafting.draft_minutes(meeting, by=secretary, at=at)
    first = meeting.items.first()
    if first is None:
        return minutes
    return acts.edit(minutes, block=f"course.{first.public_id}.said", text=SAID, revision=1, by=secretary, at=at)


def approved(meeting: Meeting, secretary: User, chair: User, at: datetime) -> None:
    """Have the minutes written, approved by the chair and the conclusions published."""
    minutes = written(meeting, secretary, at)
    drafting.approve_minutes(minutes, revision=minutes.revision, by=chair, at=at + timedelta(hours=1))
    outcome.publish_conclusions(meeting, by=secretary, at=at + timedelta(hours=2))


def commented(meeting: Meeting, secretary: User, members: Sequence[User], at: datetime, until: datetime) -> None:
    """Have the members asked: two comment, one is answered, one waits."""
    minutes = written(meeting, secretary, at)
    acts.ask_comments(minutes, until=until, by=secretary, at=at + timedelta(minutes=10))
    first = "Đề nghị ghi rõ ý kiến của thành viên về thời hạn hoàn thành."
    second = "Đề nghị bổ sung cơ quan phối hợp vào kết luận về cải cách hành chính."
    said = acts.comment(minutes, section="course", text=first, by=members[0], at=at + timedelta(hours=1))
    acts.comment(minutes, section="conclusions", text=second, by=members[1], at=at + timedelta(hours=2))
    acts.settle(said, answer="Đã tiếp thu, bổ sung vào diễn biến.", by=secretary, at=at + timedelta(hours=3))
