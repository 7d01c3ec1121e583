"""Who may do what in a meeting: every rule is a question, the table of workflow.py answers most of them."""

from ledger.days import legal_day
from ledger.verdict import YES, Verdict, first_no, no
from ledger.workflow import Workflow
from meetings.details import Details, Seat
from meetings.kinds import kind_on
from meetings.models import AgendaItem, Meeting, Paper, Participant, Vote
from meetings.quorum import Quorum
from meetings.rights import APPROVE, PREPARE
from meetings.workflow import MEETING, MEETING_VERB, PAPER, SEEN_BY_ALL, VOTE, WHO
from people.models import Agency, User
from people.queries import has_right

# What makes a person the "clerk" and the "leader" of the state tables: the right, by role or given beyond it.
OFFICE_RIGHTS = {"clerk": PREPARE, "leader": APPROVE}
CONDUCTING = (Participant.Role.CHAIR.value, Participant.Role.SECRETARY.value)
MINIMUM_REASON, MAXIMUM_REASON = 10, 500


def participation(user: User, meeting: Meeting) -> Participant | None:
    """Return the person's place in the meeting, if they still have one."""
    return Participant.objects.filter(meeting=meeting, user=user, removed_at__isnull=True).first()


def roles_of(user: User, meeting: Meeting, place: Participant | None) -> frozenset[str]:
    """Return what the person is to the meeting: posts in its agency and the role taken part in; a job is the system."""
    if user.is_system:
        return frozenset({"system"})
    posts = {role for role, right in OFFICE_RIGHTS.items() if has_right(user, meeting.agency_id, right)}
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


def may_with_paper(user: User, paper: Paper, verb: str) -> Verdict:
    """May the person do this to the paper now?"""
    meeting = paper.item.meeting
    roles = roles_of(user, meeting, participation(user, meeting))
    return first_no(may_in(PAPER, paper.state, verb, roles), may_in(MEETING, meeting.state, MEETING_VERB[verb], roles))


def may_with_vote(user: User, vote: Vote, verb: str) -> Verdict:
    """May the person prepare, open or close this vote now?"""
    roles = roles_of(user, vote.meeting, participation(user, vote.meeting))
    return first_no(
        may_in(VOTE, vote.state, verb, roles), may_in(MEETING, vote.meeting.state, MEETING_VERB[verb], roles)
    )


def is_complete(meeting: Meeting) -> Verdict:
    """Is there enough in the package to submit it?"""
    if not meeting.items.exists():
        return no("agenda_empty")
    chaired = meeting.participants.filter(role=Participant.Role.CHAIR, removed_at__isnull=True).exists()
    return YES if chaired else no("chair_missing")


def no_vote_open(meeting: Meeting, code: str = "vote_still_open") -> Verdict:
    """Is no vote running?"""
    return no(code) if meeting.votes.filter(state="open").exists() else YES


def can_decide(quorum: Quorum) -> Verdict:
    """Are there voters, and enough of them in the room?"""
    if not quorum.members:
        return no("no_voters")
    return YES if quorum.met else no("quorum_missing", present=quorum.present, needed=quorum.needed)


def is_reason(reason: str) -> Verdict:
    """Is this a reason others can work with?"""
    length = len(reason.strip())
    if length > MAXIMUM_REASON:
        return no("reason_too_long", most=MAXIMUM_REASON)
    return YES if length >= MINIMUM_REASON and "\0" not in reason else no("reason_too_short")


def is_running(vote: Vote) -> Verdict:
    """Are ballots taken now?"""
    if vote.state == "open" and vote.meeting.state == "open":
        return YES
    return no("vote_closed" if vote.state == "closed" else "vote_not_open")


def may_cast(vote: Vote, place: Participant | None, *, on_roll: bool) -> Verdict:
    """May this participant give a ballot now: running, on the frozen roll, and in the room?"""
    if place is None or place.removed_at is not None or not on_roll:
        return no("not_on_roll")
    return first_no(is_running(vote), YES if is_present(place) else no("check_in_first"))


def is_present(place: Participant) -> bool:
    """Is the person in the room?"""
    return place.checked_in_at is not None and place.left_at is None and place.removed_at is None


def is_choice(vote: Vote, choice: str) -> Verdict:
    """Is this one of the vote's options?"""
    return YES if any(option["code"] == choice for option in vote.options) else no("no_such_option")


def has_text(text: str) -> Verdict:
    """Is there anything written?"""
    return YES if text.strip() else no("text_missing")


def are_sound(details: Details) -> Verdict:
    """Are title, times and kind usable?"""
    kind = kind_on(details.kind, legal_day(details.starts_at))
    return first_no(
        YES if details.title.strip() else no("title_missing"),
        YES if details.ends_at > details.starts_at else no("times_wrong"),
        YES if kind else no("kind_unknown"),
    )


def is_free(item: AgendaItem) -> bool:
    """Does nothing hang on the item, and is the room not at it?"""
    used = item.papers.exists() or item.votes.exists() or item.conclusions.exists()
    return not used and item.meeting.current_item_id != item.pk


def is_sound_seat(meeting: Meeting, seat: Seat, *, besides: int = 0) -> Verdict:
    """Is there one chair at most, and no voting guest? `besides` is the participant being changed."""
    if seat.role not in Participant.Role.values:
        return no("person_unknown")
    if seat.role == Participant.Role.GUEST and seat.votes:
        return no("guest_cannot_vote")
    chairs = meeting.participants.filter(role=Participant.Role.CHAIR, removed_at__isnull=True).exclude(pk=besides)
    return no("chair_taken") if seat.role == Participant.Role.CHAIR and chairs.exists() else YES


def is_invitable(meeting: Meeting, user: User) -> Verdict:
    """Is this a living account that does not take part yet?"""
    if not user.is_active or user.is_system:
        return no("person_unknown")
    taken = meeting.participants.filter(user=user, removed_at__isnull=True).exists()
    return no("already_invited") if taken else YES


def may_check_in(by: User, place: Participant, verb: str) -> Verdict:
    """May `by` say that this person is here, or has gone? Everyone for themselves, chair and secretary for others."""
    if place.removed_at is not None:
        return no("not_a_participant")
    return may(by, place.meeting, verb if place.user_id == by.pk else "check_in_other")
