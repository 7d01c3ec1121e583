"""What states, roles and steps are called on screen."""

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ledger.days import legal_day
from meetings.kinds import Kind, kind_on
from meetings.models import Meeting, Vote

STATES: dict[str, Promise] = {
    "draft": pgettext_lazy("meeting", "In preparation"),
    "submitted": pgettext_lazy("meeting", "Waiting for approval"),
    "returned": pgettext_lazy("meeting", "Returned"),
    "published": pgettext_lazy("meeting", "Invited"),
    "open": pgettext_lazy("meeting", "In session"),
    "closed": pgettext_lazy("meeting", "Over"),
    "cancelled": pgettext_lazy("meeting", "Cancelled"),
}

ROLES: dict[str, Promise] = {
    "chair": _("Chair"),
    "secretary": _("Secretary"),
    "member": _("Member"),
    "guest": _("Guest"),
}

VOTE_STATES: dict[str, Promise] = {
    "prepared": pgettext_lazy("vote", "Prepared"),
    "open": pgettext_lazy("vote", "Voting"),
    "closed": pgettext_lazy("vote", "Closed"),
}

CERTAINTIES: dict[str, Promise] = {
    "read": _("The rule was read in the legal text."),
    "excerpt": _("The rule was read in an excerpt; check it against your agency's regulation."),
    "unverified": _("The rule is not verified; your agency must confirm it from its working regulation."),
}

TONES = {"prepared": "neutral", "carried": "success", "not_carried": "warning"}


def language() -> str:
    """Return the active language, two letters."""
    return (get_language() or "vi")[:2]


def kind_name(meeting: Meeting) -> str:
    """Return the name of the meeting's kind."""
    kind = kind_on(meeting.kind, legal_day(meeting.starts_at))
    return kind.name(language()) if kind else meeting.kind


def rule_choices(kind: Kind | None) -> list[tuple[str, str]]:
    """Return the voting rules of a kind, to choose from."""
    return [(rule.code, rule.name(language())) for rule in kind.rules] if kind else []


def rule_name(vote: Vote, kind: Kind | None) -> str:
    """Return what a vote's rule is called; as it was frozen where the kind no longer knows it."""
    known = kind.rule(vote.rule["code"]) if kind else None
    return known.name(language()) if known else str(vote.rule["name"])
