"""The verbs *sign* and *seal*: prepare, freeze, ask for the PIN, sign, check our own output, hand over.

Slow, and never inside a transaction: allocate (commit) → sign → compare-and-set (commit).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from django.db import connection
from pyhanko.sign.timestamps import TimeStamper

from documents.blobs.protocol import BlobStoreError
from documents.intake_gate import keep
from documents.models import OutgoingDocument, Version
from documents.numbering import padded
from documents.papers import file_name
from documents.queries import read_version
from documents.signatures import Found
from documents.typeset.typeset import Box
from ledger.verdict import Refused
from people.models import User
from signing import appearances, installation, rules
from signing.actions import sessions
from signing.certificates import signatory
from signing.drivers.protocol import Driver, DriverRefused, Progress
from signing.drivers.software import SoftwareDriver
from signing.models import SigningCredential, SigningSession
from signing.pades import Pending, SigningFailed, begin_agency, begin_leader, complete
from signing.prepare import AGENCY, LEADER, NotFit, has_fields, prepare
from signing.queries import credential_for
from signing.reasons import REASONS
from signing.signatures_found import found_in
from signing.signer_client import SignerError, SignerProcess
from signing.trust import TrustList
from signing.verification.verify import verify

LEADER_STEP, AGENCY_STEP = SigningSession.Step.LEADER.value, SigningSession.Step.AGENCY.value
EXPECTED = {LEADER_STEP: (LEADER,), AGENCY_STEP: (LEADER, AGENCY)}
Freeze = Callable[[bytes, TrustList, TimeStamper], Pending]


@dataclass(frozen=True, slots=True)
class Act:
    """One person putting one signature on one version."""

    outgoing: OutgoingDocument
    base: Version
    pdf: bytes
    credential: SigningCredential
    step: str
    by: User
    at: datetime


def sign(outgoing: OutgoingDocument, *, pin: str, shown_sha256: str, by: User, at: datetime) -> Version:
    """Have the competent person sign what was shown; `shown_sha256` is the fingerprint of what was displayed."""
    credential = _usable(outgoing, LEADER_STEP, by, at)
    if _version(outgoing).rendition.sha256 != shown_sha256:
        raise Refused("not_what_was_shown")
    base, boxes = _version(outgoing), _boxes(outgoing)
    prepared = _with_fields(read_version(base), boxes, at)

    def freeze(pdf: bytes, trust: TrustList, stamper: TimeStamper) -> Pending:
        looks = appearances.signature(boxes[LEADER], at=at)
        who = signatory(credential.certificate, trust)
        return begin_leader(pdf, signatory=who, trust=trust, timestamper=stamper, appearance=looks, at=at)

    return _carry_out(Act(outgoing, base, prepared, credential, LEADER_STEP, by, at), freeze, pin)


def seal(outgoing: OutgoingDocument, *, pin: str, by: User, at: datetime) -> Version:
    """Have the clerk write number and date and apply the agency's seal, in one revision (NĐ 30/2020, Art. 15, 32)."""
    credential = _usable(outgoing, AGENCY_STEP, by, at)
    base, boxes, number, day = _version(outgoing), _boxes(outgoing), outgoing.number, outgoing.issued_on
    if number is None or day is None:
        raise Refused("wrong_state")
    texts = appearances.filled_texts(boxes, number=padded(number.number), day=day, at=at)
    looks = appearances.seal(boxes[AGENCY], agency=outgoing.agency.name, at=at)

    def freeze(pdf: bytes, trust: TrustList, stamper: TimeStamper) -> Pending:
        who = signatory(credential.certificate, trust)
        return begin_agency(pdf, filled=texts, signatory=who, trust=trust, timestamper=stamper, appearance=looks, at=at)

    return _carry_out(Act(outgoing, base, read_version(base), credential, AGENCY_STEP, by, at), freeze, pin)


def value_from(driver: Driver, to_be_signed: bytes) -> bytes:
    """Take a driver that answers at once through begin, poll and finish."""
    ticket = driver.begin(to_be_signed)
    if driver.poll(ticket) is not Progress.READY:
        raise DriverRefused("key_unavailable")
    return driver.finish(ticket)


def _carry_out(act: Act, freeze: Freeze, pin: str) -> Version:
    """Freeze, open a session, sign, check, hand over; what fails after the session opened is recorded."""
    _refuse_transactions()
    started = monotonic()
    with installation.signer_process() as signer:
        pending, trust, stamper = _frozen(act, freeze, signer)
        session = _opened(act, pending)
        try:
            value = value_from(SoftwareDriver(signer, act.credential.sealed_key, pin), pending.to_be_signed)
            pdf = complete(pending, value, timestamper=stamper)
            found = _checked(act, pdf, trust, _later(act.at, started))
        except (SigningFailed, DriverRefused, SignerError) as error:
            raise _refused(act, session, error.code) from error
    try:
        received, at = keep(pdf, file_name=file_name(act.outgoing)), _later(act.at, started)
        return sessions.finish(session, received, prepared_sha256=pending.sha256, found=found, by=act.by, at=at)
    except (Refused, BlobStoreError) as error:
        code = error.code if isinstance(error, Refused) else "not_stored"
        sessions.refuse(session, code=code, by=act.by, at=_later(act.at, started))
        raise


def _frozen(act: Act, freeze: Freeze, signer: SignerProcess) -> tuple[Pending, TrustList, TimeStamper]:
    try:
        installation.refresh_lists(signer, at=act.at)
        trust, stamper = installation.trust_list(), installation.timestamper(signer)
        return freeze(act.pdf, trust, stamper), trust, stamper
    except (SigningFailed, SignerError) as error:
        raise Refused(_code(error.code)) from error


def _opened(act: Act, pending: Pending) -> SigningSession:
    return sessions.begin(
        act.outgoing,
        credential=act.credential,
        step=act.step,
        base_version=act.base,
        version_sha256=act.base.rendition.sha256,
        prepared_sha256=pending.sha256,
        by=act.by,
        at=act.at,
    )


def _checked(act: Act, pdf: bytes, trust: TrustList, at: datetime) -> list[Found]:
    """Verify our own output before anything moves; only a good file goes on."""
    report = verify(pdf, trust, at=at, expected=EXPECTED[act.step])
    found = found_in(report, base=act.base, signer=act.by, certificate=act.credential, step=act.step)
    if not found:
        raise SigningFailed("own_output_not_valid", ", ".join(report.reasons))
    return found


def _refused(act: Act, session: SigningSession, code: str) -> Refused:
    code = _code(code)
    sessions.refuse(session, code=code, by=act.by, at=act.at)
    return Refused(code)


def _code(code: str) -> str:
    return code if code in REASONS else "key_unavailable"


def _usable(outgoing: OutgoingDocument, step: str, by: User, at: datetime) -> SigningCredential:
    rules.may_sign(by, outgoing, step).require()
    credential = credential_for(by, outgoing, step)
    rules.may_use(credential, step, at).require()
    assert credential is not None
    return credential


def _version(outgoing: OutgoingDocument) -> Version:
    if outgoing.version is None:
        raise Refused("file_not_prepared")
    return outgoing.version


def _boxes(outgoing: OutgoingDocument) -> dict[str, Box]:
    try:
        return {name: appearances.box(raw) for name, raw in outgoing.boxes.items()}
    except (KeyError, TypeError, ValueError) as error:
        raise Refused("file_not_prepared") from error


def _with_fields(pdf: bytes, boxes: dict[str, Box], at: datetime) -> bytes:
    """Return the file with every field in it; nothing is stored before it carries the signature."""
    if has_fields(pdf):
        return pdf
    try:
        return prepare(pdf, leader=boxes[LEADER], agency=boxes[AGENCY], texts=appearances.open_texts(boxes, at=at))
    except KeyError as error:
        raise Refused("file_not_prepared") from error
    except NotFit as error:
        raise Refused("file_not_fit") from error


def _refuse_transactions() -> None:
    """Signing waits for other services; the transaction a test wraps around itself is the only one allowed."""
    if any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks):
        raise RuntimeError("signing must not hold a transaction")


def _later(at: datetime, started: float) -> datetime:
    return at + timedelta(seconds=monotonic() - started)
