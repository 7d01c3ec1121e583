"""One act of signing in the books: opened before the PIN is tried, used up with the signature."""

from collections.abc import Sequence
from datetime import datetime

from documents.actions.signing import record_signature
from documents.models import OutgoingDocument, Version
from documents.received import Received
from documents.signatures import Found
from ledger.door import action
from ledger.record import record
from ledger.verdict import Refused
from people.locks import locked
from people.models import User
from signing import rules
from signing.models import SigningCredential, SigningSession


@action
def begin(
    outgoing: OutgoingDocument,
    *,
    credential: SigningCredential,
    step: str,
    base_version: Version,
    version_sha256: str,
    prepared_sha256: str,
    by: User,
    at: datetime,
) -> SigningSession:
    """Open a session and count the PIN that is about to be tried as wrong, so that guesses in parallel count too."""
    outgoing, credential = locked(outgoing), locked(credential)
    rules.may_sign(by, outgoing, step).require()
    rules.may_use(credential, step, at).require()
    if outgoing.version_id != base_version.pk:
        raise Refused("changed_meanwhile")
    credential.wrong_pins += 1
    rest = rules.delay_after(credential.wrong_pins)
    credential.locked_until = at + rest if rest else None
    credential.save(update_fields=["wrong_pins", "locked_until"])
    session = SigningSession.objects.create(
        user=by,
        credential=credential,
        outgoing=outgoing,
        version=base_version,
        step=step,
        version_sha256=version_sha256,
        prepared_sha256=prepared_sha256,
        opened_at=at,
        expires_at=at + rules.SESSION,
    )
    data = {"step": step, "version": version_sha256, "prepared": prepared_sha256, "serial": credential.serial}
    record(outgoing, "begin_signature", by=by, at=at, agency_id=outgoing.agency_id, data=data)
    return session


@action
def refuse(session: SigningSession, *, code: str, by: User, at: datetime) -> None:
    """Record that no signature came of it; only a wrong PIN stays counted, and what others tried in any case."""
    session = locked(session)
    credential = locked(session.credential)
    if code != "pin_wrong" and session.used_at is None:
        _take_off(credential, session)
    session.used_at = at
    session.save(update_fields=["used_at"])
    outgoing = session.outgoing
    data = {"step": session.step, "reason": code, "wrong_pins": credential.wrong_pins}
    record(outgoing, "refuse_signature", by=by, at=at, agency_id=outgoing.agency_id, data=data)


@action
def finish(
    session: SigningSession,
    received: Received,
    *,
    prepared_sha256: str,
    found: Sequence[Found],
    by: User,
    at: datetime,
) -> Version:
    """Use the session up and put the signed file in the place of the version it was bound to."""
    outgoing = locked(session.outgoing)
    session = locked(session)
    rules.may_finish(session, by, prepared_sha256, at).require()
    _forgive(locked(session.credential))
    session.used_at = at
    session.save(update_fields=["used_at"])
    return record_signature(outgoing, received, base_version=session.version, found=found, by=by, at=at)


def _take_off(credential: SigningCredential, session: SigningSession) -> None:
    """Take this try off the count; the rest it began ends with it, for nobody could begin during an earlier one."""
    credential.wrong_pins = max(credential.wrong_pins - 1, 0)
    if not SigningSession.objects.filter(credential=credential, pk__gt=session.pk).exists():
        credential.locked_until = None
    credential.save(update_fields=["wrong_pins", "locked_until"])


def _forgive(credential: SigningCredential) -> None:
    credential.wrong_pins, credential.locked_until = 0, None
    credential.save(update_fields=["wrong_pins", "locked_until"])
