"""What states, roles and steps are called on screen."""

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from meetings.kinds import Kind
from meetings.models import Meeting, Vote
from meetings.queries.kinds import kind_of
from meetings.speaking_times import SpeakingTimes

STATES: dict[str, Promise] = {
    "draft": pgettext_lazy("meeting", "In preparation"),
    "submitted": pgettext_lazy("meeting", "Waiting for approval"),
    "returned": pgettext_lazy("meeting", "Returned"),
    "published": pgettext_lazy("meeting", "Invited"),
    "open": pgettext_lazy("meeting", "In session"),
    "closed": pgettext_lazy("meeting", "Over"),
    "cancelled": pgettext_lazy("meeting", "Cancelled"),
    "discarded": pgettext_lazy("meeting", "Discarded"),
}

ROLES: dict[str, Promise] = {
    "chair": _("Chair"),
    "secretary": _("Secretary"),
    "member": _("Member"),
    "guest": _("Guest"),
}

REPLIES: dict[str, Promise] = {
    "none": pgettext_lazy("reply", "No answer yet"),
    "accepted": pgettext_lazy("reply", "Will attend"),
    "absent": pgettext_lazy("reply", "Cannot attend"),
    "asked": pgettext_lazy("reply", "Asks to be absent"),
    "excused": pgettext_lazy("reply", "Absence approved"),
    "refused": pgettext_lazy("reply", "Absence not approved"),
    "delegated": pgettext_lazy("reply", "Sends a substitute"),
}

# Why somebody was not there, as the list of absentees says it.
ABSENCES: dict[str, Promise] = {
    "excused": pgettext_lazy("roll", "Absent with the chair's consent"),
    "absent": pgettext_lazy("roll", "Absent, reason given"),
    "delegated": pgettext_lazy("roll", "A substitute was sent"),
    "asked": pgettext_lazy("roll", "Asked to be absent, not decided"),
    "refused": pgettext_lazy("roll", "Absent without consent"),
    "accepted": pgettext_lazy("roll", "Accepted, did not come"),
    "none": pgettext_lazy("roll", "No answer"),
}

CALL_KINDS: dict[str, Promise] = {
    "water": _("Water"),
    "technician": _("Technician"),
    "secretary": pgettext_lazy("call", "Secretary, please come"),
    "other": pgettext_lazy("call", "Something else"),
    "message": _("Message to the secretary"),
}

CALL_STATES: dict[str, Promise] = {
    "waiting": pgettext_lazy("call", "waiting"),
    "taken": pgettext_lazy("call", "on the way"),
    "settled": pgettext_lazy("call", "done"),
}

PRESENCES: dict[str, Promise] = {
    "here": pgettext_lazy("roll", "present"),
    "late": pgettext_lazy("roll", "came late"),
    "left": pgettext_lazy("roll", "has left"),
    "away": pgettext_lazy("roll", "absent"),
}

# Where somebody takes part, and how their check-in came about.
WAYS: dict[str, Promise] = {
    "room": pgettext_lazy("attends", "in the room"),
    "site": pgettext_lazy("attends", "at a site"),
    "online": pgettext_lazy("attends", "online"),
}
ARRIVALS: dict[str, Promise] = {
    "": pgettext_lazy("arrival", "before this was noted"),
    "self": pgettext_lazy("arrival", "by themselves"),
    "code": pgettext_lazy("arrival", "with the room's code"),
    "secretary": pgettext_lazy("arrival", "by the secretary"),
    "connection": pgettext_lazy("arrival", "from the connection"),
}

UNIT_STATES: dict[str, Promise] = {
    "waiting": pgettext_lazy("unit", "Has not named anybody"),
    "named": pgettext_lazy("unit", "Has named its people"),
    "declined": pgettext_lazy("unit", "Does not attend"),
}

VOTE_STATES: dict[str, Promise] = {
    "prepared": pgettext_lazy("vote", "Prepared"),
    "open": pgettext_lazy("vote", "Voting"),
    "closed": pgettext_lazy("vote", "Closed, not declared"),
    "declared": pgettext_lazy("vote", "Declared"),
    "annulled": pgettext_lazy("vote", "Annulled"),
}

# How a ballot was given.
MANNERS: dict[str, Promise] = {
    "device": pgettext_lazy("ballot", "on a tablet"),
    "hands": pgettext_lazy("ballot", "raised hand"),
    "paper": pgettext_lazy("ballot", "on paper"),
}

SPEECH_STATES: dict[str, Promise] = {
    "waiting": pgettext_lazy("speech", "Waiting"),
    "called": pgettext_lazy("speech", "Called"),
    "speaking": pgettext_lazy("speech", "Has the floor"),
    "paused": pgettext_lazy("speech", "Paused"),
    "done": pgettext_lazy("speech", "Has spoken"),
    "withdrawn": pgettext_lazy("speech", "Withdrawn"),
    "refused": pgettext_lazy("speech", "Not given the floor"),
}

PAPER_STATES: dict[str, Promise] = {
    "prepared": pgettext_lazy("paper", "Being prepared"),
    "submitted": pgettext_lazy("paper", "Waiting for a decision"),
    "returned": pgettext_lazy("paper", "Returned"),
    "laid": pgettext_lazy("paper", "Laid"),
    "merged": pgettext_lazy("paper", "Laid as a newer version"),
    "withdrawn": pgettext_lazy("paper", "Withdrawn"),
    "discarded": pgettext_lazy("paper", "Thrown away"),
}

DUTY_STATES: dict[str, Promise] = {
    "waiting": pgettext_lazy("duty", "Nothing brought yet"),
    "prepared": pgettext_lazy("duty", "Being prepared"),
    "returned": pgettext_lazy("duty", "Returned"),
    "submitted": pgettext_lazy("duty", "Waiting for a decision"),
    "done": pgettext_lazy("duty", "Done"),
    "waived": pgettext_lazy("duty", "No longer asked for"),
}

CERTAINTIES: dict[str, Promise] = {
    "read": _("The rule was read in the legal text."),
    "excerpt": _("The rule was read in an excerpt; check it against your agency's regulation."),
    "agency": _("The agency laid this rule down in its own working regulation."),
    "unverified": _("The rule is not verified; your agency must confirm it from its working regulation."),
}

TONES = {
    "prepared": "neutral",
    "laid": "success",
    "merged": "success",
    "withdrawn": "muted",
    "discarded": "muted",
    "waived": "muted",
    "carried": "success",
    "not_carried": "warning",
    "declared": "success",
    "annulled": "muted",
    "vote_outside": "info",
    "reply_none": "neutral",
    "reply_accepted": "success",
    "reply_absent": "muted",
    "reply_asked": "waiting",
    "reply_excused": "muted",
    "reply_refused": "danger",
    "reply_delegated": "info",
    "unit_waiting": "waiting",
    "unit_named": "success",
    "unit_declined": "muted",
    "roll_here": "success",
    "roll_late": "warning",
    "roll_left": "muted",
    "roll_away": "neutral",
    "speech_waiting": "waiting",
    "speech_called": "info",
    "speech_speaking": "success",
    "speech_paused": "neutral",
    "speech_done": "muted",
    "speech_withdrawn": "muted",
    "speech_refused": "danger",
}


def language() -> str:
    """Return the active language, two letters."""
    return (get_language() or "vi")[:2]


def kind_name(meeting: Meeting) -> str:
    """Return the name of the meeting's kind."""
    kind = kind_of(meeting)
    return kind.name(language()) if kind else meeting.kind


def role_choices(meeting: Meeting) -> list[tuple[str, str]]:
    """Return every role with what it is called in this kind of meeting: Chủ tọa or Chủ trì, Đại biểu or Đảng viên."""
    kind = kind_of(meeting)
    return [(role, (kind.role_name(role, language()) if kind else "") or str(name)) for role, name in ROLES.items()]


def role_name(meeting: Meeting, role: str) -> str:
    """Return what somebody of that role is called in this meeting."""
    return dict(role_choices(meeting))[role]


def lane_names(meeting: Meeting) -> dict[str, str]:
    """Return the lanes of speaking of a meeting, in order, with what they are called: Phát biểu, Chất vấn."""
    kind = kind_of(meeting)
    return dict((kind.speaking if kind else SpeakingTimes()).named(language()))


def rule_choices(kind: Kind | None) -> list[tuple[str, str]]:
    """Return the voting rules of a kind, to choose from."""
    return [(rule.code, rule.name(language())) for rule in kind.rules] if kind else []


def rule_name(vote: Vote, kind: Kind | None) -> str:
    """Return what a vote's rule is called; as it was frozen where the kind no longer knows it."""
    known = kind.rule(vote.rule["code"]) if kind else None
    return known.name(language()) if known else str(vote.rule["name"])
