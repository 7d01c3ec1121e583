"""Are the times of a meeting's kind kept: invitation, papers, conclusion notice? It warns, it never blocks."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ledger.days import legal_day
from meetings.kinds import Kind, TimeRule
from meetings.models import Meeting, Outcome, Paper
from meetings.working_days import working_days_after, working_days_before
from people.queries import today

WORDS: dict[str, "Promise"] = {
    "invitation": _("Invitation"),
    "papers": _("Papers to the participants"),
    "notice": _("Conclusion notice"),
}


@dataclass(frozen=True)
class TimeCheck:
    """One time rule against this meeting: until when, and whether that was missed."""

    rule: TimeRule
    deadline: date
    missed: bool
    late: int = 0

    @property
    def what(self) -> "Promise | str":
        """What had to happen until then."""
        return WORDS[self.rule.code]


def time_checks(meeting: Meeting, kind: Kind) -> list[TimeCheck]:
    """Return every time rule of the kind that says something about the meeting as it stands."""
    if meeting.state in ("cancelled", "discarded"):
        return []
    found = (_check(meeting, rule) for rule in kind.time_rules)
    return [check for check in found if check is not None]


def _check(meeting: Meeting, rule: TimeRule) -> TimeCheck | None:
    if rule.code == "notice":
        return _notice_check(meeting, rule)
    deadline = working_days_before(legal_day(meeting.starts_at), rule.days)
    if rule.code == "papers":
        return _papers_check(meeting, rule, deadline)
    return TimeCheck(rule, deadline, _is_after(meeting.published_at, deadline))


def _papers_check(meeting: Meeting, rule: TimeRule, deadline: date) -> TimeCheck:
    """Papers reach people when both they are laid and the meeting is published."""
    papers = Paper.objects.filter(item__meeting=meeting, item__hidden=False, state="laid")
    out = meeting.published_at
    reached = [max(at, out) if at and out else out for at in papers.values_list("laid_at", flat=True)]
    late = sum(_is_after(at, deadline) for at in reached)
    return TimeCheck(rule, deadline, late > 0, late)


def _notice_check(meeting: Meeting, rule: TimeRule) -> TimeCheck | None:
    """The notice is asked for once the meeting is over, until it is issued."""
    if meeting.closed_at is None:
        return None
    deadline = working_days_after(legal_day(meeting.closed_at), rule.days)
    outcome = Outcome.objects.filter(meeting=meeting).select_related("notice").first()
    notice = outcome.notice if outcome else None
    if notice is not None and notice.issued_on is not None:
        return TimeCheck(rule, deadline, notice.issued_on > deadline)
    return TimeCheck(rule, deadline, today() > deadline)


def _is_after(at: datetime | None, deadline: date) -> bool:
    """Did it happen after that day, or has it still not happened when the day is over?"""
    return (legal_day(at) if at else today()) > deadline
