"""From a verifier's report to what `documents` records: only a file that is good in every respect."""

from datetime import datetime

from documents.models import Version
from documents.signatures import AGENCY as AGENCY_KIND
from documents.signatures import GOOD, PERSON, Found
from people.models import User
from signing.models import SigningCredential, SigningSession
from signing.prepare import AGENCY, LEADER
from signing.presentation import named
from signing.verification.report import Report, SignatureReport

KINDS = {LEADER: PERSON, AGENCY: AGENCY_KIND}
FIELDS = {SigningSession.Step.LEADER.value: LEADER, SigningSession.Step.AGENCY.value: AGENCY}


def found_in(report: Report, *, base: Version, signer: User, certificate: SigningCredential, step: str) -> list[Found]:
    """Return every signature of a good file, or nothing when the file, or whose certificate it is, does not fit."""
    made = next((each for each in report.signatures if each.field == FIELDS[step]), None)
    if report.verdict not in GOOD or made is None or made.serial != certificate.serial:
        return []
    before = dict(base.signatures.values_list("field_name", "signer_id"))
    signers = {**before, made.field: signer.pk}
    if {each.field for each in report.signatures} != signers.keys():
        return []
    return [_found(each, signers[each.field], report) for each in report.signatures]


def _found(each: SignatureReport, signer_id: int, report: Report) -> Found:
    return Found(
        field_name=each.field,
        kind=KINDS[each.field],
        signer_id=signer_id,
        certificate_subject=named(each)[:300],
        certificate_serial=each.serial,
        trust_class=each.trust_class or "",
        signed_at=datetime.fromisoformat(each.stamped_at or each.claimed_at or report.checked_at),
        verdict=each.verdict,
        evidence={
            "level": each.level,
            "reasons": list(each.reasons),
            "issuer": each.issuer,
            "root": each.root,
            "algorithm": each.algorithm,
            "certificate_sha256": each.certificate_sha256,
            "trust_version": report.trust_version,
            "checked_at": report.checked_at,
        },
    )
