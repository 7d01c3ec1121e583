"""The rights this package brings: which roles have them by default; single posts may be given more."""

from django.utils.translation import gettext_lazy as _

from people.rights import Right, register_right

PREPARE, APPROVE, REVIEW = "meetings.prepare", "meetings.approve", "meetings.review"
ANSWER = "meetings.answer"
SERVE = "meetings.serve"


def register() -> None:
    """Register the rights; called once from `AppConfig.ready`."""
    register_right(Right(PREPARE, _("Prepare meetings: agenda, papers, invitations"), frozenset({"clerk"})))
    register_right(Right(APPROVE, _("Approve and publish meetings"), frozenset({"leader"})))
    register_right(Right(REVIEW, _("Check the papers units hand in"), frozenset({"clerk", "leader"})))
    register_right(Right(SERVE, _("Serve the meeting rooms: calls from the seats"), frozenset({"clerk"})))
    register_right(Right(ANSWER, _("Answer for the unit when it is invited"), frozenset({"clerk", "leader"})))
