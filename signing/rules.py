"""Who may sign with what, and when: questions, answered yes or with a reason."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from documents.models import OutgoingDocument
from documents.rules import may as may_move
from ledger.verdict import YES, Verdict, first_no, no
from people.models import User
from signing.models import SigningCredential, SigningSession

VERBS = {SigningSession.Step.LEADER.value: "sign", SigningSession.Step.AGENCY.value: "seal"}
SESSION = timedelta(minutes=5)
FREE_TRIES = 5
FIRST_DELAY, LONGEST_DELAY = timedelta(minutes=1), timedelta(days=1)


def may_sign(user: User, outgoing: OutgoingDocument, step: str) -> Verdict:
    """May the person put this signature on the document now?"""
    return may_move(user, outgoing, VERBS[step])


def may_use(credential: SigningCredential | None, step: str, at: datetime) -> Verdict:
    """Can this key be used now, as far as is known before its PIN?"""
    if credential is None:
        return no("no_credential" if step == SigningSession.Step.LEADER else "no_agency_credential")
    return first_no(_not_expired(credential, at), _not_locked(credential, at))


def may_finish(session: SigningSession, user: User, prepared_sha256: str, at: datetime) -> Verdict:
    """Is this session the person's, unused, in time, and about exactly these bytes?"""
    fits = session.user_id == user.pk and session.used_at is None and session.prepared_sha256 == prepared_sha256
    return YES if fits and at < session.expires_at else no("session_over")


def may_issue_demo() -> Verdict:
    """Are demonstration certificates allowed here?"""
    return no("no_software_keys") if settings.PRODUCTION else YES


def delay_after(wrong: int) -> timedelta:
    """Return how long a key rests after so many wrong PINs in a row: none up to four, then doubling."""
    if wrong < FREE_TRIES:
        return timedelta()
    doublings = min(wrong - FREE_TRIES, 12)
    return min(FIRST_DELAY * (1 << doublings), LONGEST_DELAY)


def _not_expired(credential: SigningCredential, at: datetime) -> Verdict:
    return YES if at < credential.not_after else no("credential_expired")


def _not_locked(credential: SigningCredential, at: datetime) -> Verdict:
    until = credential.locked_until
    if until is None or until <= at:
        return YES
    return no("pin_locked", until=date_format(timezone.localtime(until), "DATETIME_FORMAT"))
