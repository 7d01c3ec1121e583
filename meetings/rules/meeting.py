"""Who may do what to a meeting: the table of workflow.py answers, with who the person is to the meeting."""

from uuid import UUID

from ledger.days import legal_day
from ledger.verdict import YES, Verdict, first_no, no
from ledger.workflow import Workflow
from meetings.details import Details
from meetings.kinds import kind_on
from meetings.models import Meeting, Participant
from meetings.queries.kinds import offer_of
from meetings.rights import APPROVE, PREPARE, REVIEW, SERVE
from meetings.workflow import MEETING, SEEN_BY_ALL, WHO
from people.models import Agency, User
from people.queries import has_right

# What makes a person the "clerk", "leader", "reviewer" of the state tables: the right, by role or given beyond it.
OFFICE_RIGHTS = {"clerk": PREPARE, "leader": APPROVE, "reviewer": REVIEW}
POSTS = {**OFFICE_RIGHTS, "server": SERVE}  # who serves the rooms sees no meeting by that

CONDUCTING = (Participant.Role.CHAIR.value, Participant.Role.SECRETARY.value)


def participation(user: User, meeting: Meeting) -> Participant | None:
    """Return the person's place in the meeting, if they still have one."""
    return Participant.objects.filter(meeting=meeting, user=user, removed_at__isnull=True).first()


def roles_of(user: User, meeting: Meeting, place: Participant | None) -> frozenset[str]:
    """Return what the person is to the meeting: posts in its agency and the role taken part in; a job is the system."""
    if user.is_system:
        return frozenset({"system"})
    posts = {role for role, right in POSTS.items() if has_right(user, meeting.agency_id, right)}
    return frozenset(posts | ({place.role} if place else set()))


def may_in(table: Workflow, state: str, verb: str, roles: frozenset[str]) -> Verdict:
    """Does the table have this verb in this state, for somebody with these roles?"""
    row = table.move(state, verb)
    if row is None:
        return table.verdict(state, verb)
    return YES if WHO[row.who] & roles else no("not_yours")


def may(user: User, meeting: Meeting, verb: str) -> Verdict:
    """May the person do this to the meeting now?"""
    return may_in(MEETING, meeting.state, verb, roles_of(user, meeting, participation(user, meeting)))


def may_create(user: User, agency: Agency) -> Verdict:
    """May the person prepare meetings of this agency? Its clerks may."""
    return YES if agency.dissolved_on is None and has_right(user, agency.pk, PREPARE) else no("not_yours")


def may_enter(user: User, meeting: Meeting) -> Verdict:
    """May the person follow the room? Those who take part may, once the meeting is published."""
    if meeting.state not in SEEN_BY_ALL:
        return no("wrong_state")
    return YES if participation(user, meeting) else no("not_a_participant")


def place_in_room(user: User, public_id: UUID) -> Participant | None:
    """Return the place of somebody who may enter the room, with its meeting, in one query: full halls come at once."""
    mine = Participant.objects.filter(user=user, removed_at__isnull=True, meeting__public_id=public_id)
    entered = mine.filter(meeting__state__in=SEEN_BY_ALL)
    return entered.select_related("meeting__agency", "meeting__kind_row", "meeting__room").first()


def is_complete(meeting: Meeting) -> Verdict:
    """Is there enough in the package to submit it?"""
    if not meeting.items.filter(hidden=False).exists():
        return no("agenda_empty")
    return YES if has_chair(meeting) else no("chair_missing")


def has_chair(meeting: Meeting) -> bool:
    """Does somebody chair the meeting?"""
    return meeting.participants.filter(role=Participant.Role.CHAIR, removed_at__isnull=True).exists()


def are_sound(details: Details, agency_id: int, *, now: str = "") -> Verdict:
    """Are title, times and kind usable? A meeting may keep the kind it has (`now`) though it is no longer offered."""
    day = legal_day(details.starts_at)
    kind = offer_of(agency_id, details.kind, day) or (details.kind == now and kind_on(now, day))
    return first_no(
        YES if details.title.strip() else no("title_missing"),
        YES if details.ends_at > details.starts_at else no("times_wrong"),
        YES if kind else no("kind_unknown"),
        no("reply_too_late") if details.reply_by and details.reply_by > details.starts_at else YES,
    )
