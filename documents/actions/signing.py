"""What `signing` hands over: the file with a signature more.

No signing happens here and no transaction is open while it does: the bytes come stored (`documents.intake_gate.keep`),
verified by `signing`, and are put in place only if the document still stands where signing began.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from documents import rules
from documents.models import OutgoingDocument, Signature, Version
from documents.moving import move_outgoing
from documents.received import Received
from documents.signatures import AGENCY, GOOD, PERSON, Found, verb_for
from documents.versions import new_version
from ledger.door import action
from ledger.verdict import Refused
from people.locks import locked
from people.models import User


@action
def record_signature(
    outgoing: OutgoingDocument,
    received: Received,
    *,
    base_version: Version,
    found: Sequence[Found],
    by: User,
    at: datetime,
) -> Version:
    """Put the file with one signature more in the place of `base_version`; `found` are all signatures in it.

    Moves *sign* (the competent person) or, when the agency's seal is among them, *seal*: person first, agency second
    (NĐ 30/2020, Art. 5, 13 and 32). A signature that does not verify moves nothing.
    """
    outgoing = locked(outgoing)
    verb = verb_for(found)
    rules.may(by, outgoing, verb).require()
    _same_version(outgoing, base_version)
    _require_good(found, verb)
    version = new_version(outgoing.document, received, by=by, at=at)
    Signature.objects.bulk_create(_row(version, one) for one in found)
    outgoing.version = version
    data = _trace(base_version, version) | {"signatures": [[one.field_name, one.verdict] for one in found]}
    move_outgoing(outgoing, verb, by=by, at=at, changed=("version",), data=data)
    return version


def _same_version(outgoing: OutgoingDocument, base_version: Version) -> None:
    """Compare before set: somebody else may have signed, or the document gone back, in the meantime."""
    if outgoing.version_id != base_version.pk:
        raise Refused("changed_meanwhile")


def _require_good(found: Sequence[Found], verb: str) -> None:
    kinds = {one.kind for one in found}
    wanted = {PERSON} if verb == "sign" else {PERSON, AGENCY}
    if kinds != wanted or any(one.verdict not in GOOD for one in found):
        raise Refused("signature_not_valid")


def _trace(base: Version, version: Version) -> dict[str, Any]:
    return {"base": base.rendition.sha256, "version": version.number, "sha256": version.rendition.sha256}


def _row(version: Version, found: Found) -> Signature:
    return Signature(
        version=version,
        field_name=found.field_name,
        kind=found.kind,
        signer_id=found.signer_id,
        certificate_subject=found.certificate_subject,
        certificate_serial=found.certificate_serial,
        trust_class=found.trust_class,
        signed_at=found.signed_at,
        verdict=found.verdict,
        evidence=dict(found.evidence),
    )
