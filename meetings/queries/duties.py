"""What units must prepare: whose it is, where it stands, what is due."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When

from documents.queries import openings_by
from ledger.verdict import Unseen
from meetings.models import Duty, Meeting, Paper
from meetings.rights import REVIEW
from meetings.rules.duties import UNIT_RIGHTS
from meetings.workflow import TAKING_PAPERS
from people.models import User
from people.queries import agencies_with_right, people_with_right, posts_of

IN_WORK = ("prepared", "submitted", "returned")
OPEN_STATES = ("waiting", "prepared", "returned")
DUTY_STATES = (*OPEN_STATES, "submitted", "done", "waived")


def unit_agencies(user: User) -> list[int]:
    """Return the units for which the person prepares papers by office."""
    return sorted({agency for right in UNIT_RIGHTS for agency in agencies_with_right(user, right)})


def works_in(user: User) -> list[int]:
    """Return the units the person holds a post in."""
    return [post.agency_id for post in posts_of(user)]


def audiences(user: User) -> list[str]:
    """Return the keys of units' own documents: by office, by what one is in charge of, and as one who checks."""
    keys = [f"agency:{agency}:duties" for agency in unit_agencies(user)]
    keys += [f"agency:{agency}:papers" for agency in agencies_with_right(user, REVIEW)]
    given = Duty.objects.filter(people=user, agency_id__in=works_in(user)).order_by()
    return keys + [f"duty:{key}" for key in given.values_list("pk", flat=True)]


def with_states(duties: QuerySet[Duty]) -> QuerySet[Duty]:
    """Mark each duty with where it stands: the paper that needs a hand first."""
    papers = Paper.objects.filter(duty=OuterRef("pk"))
    steps = [(state, papers.filter(state=state)) for state in ("returned", "submitted", "prepared")]
    cases = [When(waived_at__isnull=False, then=Value("waived"))]
    cases += [When(Exists(found), then=Value(state)) for state, found in steps]
    cases.append(When(Exists(papers.filter(state__in=("laid", "merged"))), then=Value("done")))
    return duties.annotate(stands=Case(*cases, default=Value("waiting"), output_field=CharField()))


def visible_duties(user: User) -> QuerySet[Duty]:
    """Return the duties of the person's units, and those the person is in charge of; discarded drafts have none."""
    given = Duty.people.through.objects.filter(duty=OuterRef("pk"), user=user)
    mine = Q(agency_id__in=unit_agencies(user)) | Q(Exists(given), agency_id__in=works_in(user))
    asked = Duty.objects.filter(mine).exclude(item__meeting__state="discarded")
    return asked.select_related("agency", "item__meeting__agency")


def get_visible_duty(user: User, public_id: UUID) -> Duty:
    """Return one duty of the person's units, or raise Unseen."""
    duty = visible_duties(user).filter(public_id=public_id).first()
    if duty is None:
        raise Unseen
    return duty


def get_unit_paper(user: User, duty: Duty, public_id: UUID) -> Paper:
    """Return one paper of this duty, or raise Unseen."""
    papers = papers_of_duty(duty).filter(duty__in=visible_duties(user), public_id=public_id)
    paper = papers.first()
    if paper is None:
        raise Unseen
    return paper


def papers_of_duty(duty: Duty) -> QuerySet[Paper]:
    """Return what the unit brought for a duty, the newest last, thrown away ones left out."""
    papers = Paper.objects.filter(duty=duty).exclude(state="discarded")
    return papers.select_related("item__meeting__agency", "document", "duty", "replaces", "decided_by").order_by("pk")


def duties_of(meeting: Meeting) -> QuerySet[Duty]:
    """Return what units must prepare for a meeting, in agenda order."""
    duties = Duty.objects.filter(item__meeting=meeting).select_related("agency", "item")
    return with_states(duties).order_by("item__position", "agency__name", "pk")


def open_duties(user: User) -> QuerySet[Duty]:
    """Return what still waits for the person's units, for meetings that still take papers."""
    waiting = with_states(visible_duties(user)).filter(item__meeting__state__in=TAKING_PAPERS)
    return waiting.filter(Q(stands__in=OPEN_STATES)).order_by("due_at", "pk")


def people_of_duty(duty: Duty) -> list[User]:
    """Return who prepares the papers of a duty: by office in the unit, and whom it put in charge."""
    by_office = [person for right in UNIT_RIGHTS for person in people_with_right([duty.agency_id], right)]
    appointed = duty.people.filter(is_active=True)
    return list({user.pk: user for user in [*by_office, *appointed]}.values())


REMIND_BEFORE = (("2d", timedelta(days=2)), ("1d", timedelta(days=1)), ("late", timedelta(0)))
REMIND_FOR = timedelta(days=7)  # a server that slept a week does not tell of older things


def due_now(at: datetime) -> Iterator[tuple[Duty, str]]:
    """Yield the open duties somebody should be reminded of, each with the last mark it has passed."""
    taking = Q(item__meeting__state__in=TAKING_PAPERS, waived_at__isnull=True)
    soon = Q(due_at__lte=at + REMIND_BEFORE[0][1], due_at__gt=at - REMIND_FOR)
    duties = with_states(Duty.objects.filter(taking & soon)).filter(Q(stands__in=OPEN_STATES))
    for duty in duties.select_related("agency", "item__meeting").order_by("pk"):
        yield duty, [mark for mark, before in REMIND_BEFORE if duty.due_at - before <= at][-1]


def undecided_papers(meeting: Meeting) -> QuerySet[Paper]:
    """Return the papers of units that are handed in and not decided on."""
    return Paper.objects.filter(item__meeting=meeting, state="submitted")


def versions_opened(user: User, meeting: Meeting) -> set[int]:
    """Return the versions of the meeting's papers the person has opened."""
    opened = openings_by(user).filter(version__document__paper__item__meeting=meeting)
    return set(opened.values_list("version_id", flat=True))


def opened_papers(user: User, meeting: Meeting) -> list[str]:
    """Return the versions of the meeting's papers the person has opened, as the room names them: document/version."""
    opened = openings_by(user).filter(version__document__paper__item__meeting=meeting)
    named = opened.values_list("version__document__public_id", "version__number")
    return [f"{document}/{number}" for document, number in named]
