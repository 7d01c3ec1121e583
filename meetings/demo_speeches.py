"""Speaking in the demo: who has asked for the floor today, and who spoke how long in the meetings that are over."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from meetings.actions import speaking
from meetings.actions.speaking import Wish
from meetings.models import AgendaItem, Meeting
from people.models import User

ASKED = (
    (0, 1, "Đề nghị làm rõ căn cứ điều chỉnh ranh giới khu trung tâm"),
    (0, 2, ""),
    (0, 3, "Bổ sung ý kiến của phường về hạ tầng thoát nước"),
    (1, 2, "Mức tăng giá đất ở các tuyến mới mở"),
)
QUESTION = "Bao giờ hoàn thành giải phóng mặt bằng các dự án trọng điểm?"
SUBJECTS = ("Thống nhất nội dung trình", "Đề nghị làm rõ tiến độ", "Nguồn lực thực hiện")
LENGTHS = (timedelta(minutes=4, seconds=12), timedelta(minutes=2, seconds=47), timedelta(minutes=6, seconds=5))
LEAST = 4


def asked_today(meeting: Meeting, members: Sequence[User], at: datetime) -> None:
    """Let members ask ahead on the first two items, and put a question on the third."""
    items = list(meeting.items.filter(hidden=False, depth=0).select_related("meeting__agency"))
    if len(items) < len(ASKED[0]) or len(members) < LEAST:
        return
    for number, (item, member, subject) in enumerate(ASKED):
        when = at + timedelta(seconds=40 * number)
        speaking.ask(items[item], wish=Wish(subject=subject), by=members[member], at=when)
    answers = meeting.participants.select_related("user").get(user=members[0])
    wish = Wish(lane="question", subject=QUESTION, asked=answers)
    speaking.ask(items[2], wish=wish, by=members[1], at=at + timedelta(minutes=5))


def discussed(item: AgendaItem, members: Sequence[User], chair: User, at: datetime) -> None:
    """Let members discuss an item: they ask, are called and speak one after the other."""
    pairs = zip(members, SUBJECTS, LENGTHS, strict=False)
    asked = [speaking.ask(item, wish=Wish(subject=subject), by=user, at=at) for user, subject, _ in pairs]
    for speech, length in zip(asked, LENGTHS, strict=False):
        speaking.call(speech, by=chair, at=at)
        speaking.start(speech, by=chair, at=at + timedelta(seconds=15))
        at += timedelta(seconds=15) + length
        speaking.finish(speech, by=chair, at=at)
