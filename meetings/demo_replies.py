"""What the demo's people answer to their invitations: every kind of answer once, and units that name their people."""

from datetime import datetime, timedelta

from meetings.actions import invitees, replies, units
from meetings.actions.units import Seats
from meetings.models import Meeting, Participant
from people.demo import holders
from people.models import User
from people.queries import agency_by_code, posts_of

SUBSTITUTE = "van.thu.snv"
NAMED = "van.thu.p1"


def place_of(meeting: Meeting, user: User) -> Participant:
    """Return the person's place."""
    return Participant.objects.select_related("meeting__agency", "user").get(meeting=meeting, user=user)


def invite_units(meeting: Meeting, clerk: User, at: datetime) -> None:
    """Invite a ward, which will name somebody, and a department, which has not answered; keep the people as a list."""
    for code, seats in (("UBND-MAU-1", Seats(2, "guest", "Lãnh đạo và văn thư")), ("STC-MAU", Seats(1, "guest"))):
        agency = agency_by_code(code)
        if agency is not None:
            units.invite_unit(meeting, agency=agency, seats=seats, by=clerk, at=at)
    people = meeting.participants.filter(removed_at__isnull=True, role=Participant.Role.MEMBER).select_related("user")
    users = [place.user for place in people]
    name = "Thành viên Ủy ban nhân dân tỉnh"
    invitees.save_list(meeting.agency, name=name, users=users, units=[], by=clerk, at=at)


def answer_invitations(meeting: Meeting, members: list[User], secretary: User, at: datetime) -> None:
    """Accept, send a substitute, ask to be absent; the ward names its clerk."""
    sender, asker, *others = members[1:]
    for number, user in enumerate([members[0], secretary, *others]):
        replies.accept(place_of(meeting, user), by=user, at=at + timedelta(minutes=3 * number))
    standing = [user for user in holders("receiving-clerk") if user.username == SUBSTITUTE]
    for user in standing:
        basis = "Giấy ủy quyền số 15/GUQ-SNV; phát biểu theo ý kiến đã thống nhất của Sở"
        title = ", ".join([posts_of(user)[0].title, posts_of(user)[0].agency.name])
        replies.delegate(place_of(meeting, sender), to=user, basis=basis, title=title, by=sender, at=at)
    reason = "Đi công tác tại Bộ Tài chính theo giấy mời họp cùng ngày"
    replies.stay_away(place_of(meeting, asker), reason=reason, by=asker, at=at + timedelta(minutes=5))
    name_people(meeting, at + timedelta(minutes=9))


def name_people(meeting: Meeting, at: datetime) -> None:
    """Let the ward's clerk name themself."""
    for user in holders("receiving-clerk"):
        unit = meeting.units.filter(agency__code="UBND-MAU-1").select_related("meeting__agency", "agency").first()
        if user.username == NAMED and unit is not None:
            units.name_person(unit, user=user, title="Văn thư, Ủy ban nhân dân phường Mẫu 1", by=user, at=at)


def excuse(meeting: Meeting, absent: User, chair: User, at: datetime) -> None:
    """Let one member ask to be absent, and the chair agree."""
    reason = "Điều trị tại bệnh viện theo chỉ định của bác sĩ"
    replies.stay_away(place_of(meeting, absent), reason=reason, by=absent, at=at)
    replies.decide(place_of(meeting, absent), excused=True, by=chair, at=at + timedelta(hours=1))
