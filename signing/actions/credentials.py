"""Taking keys into use and out of it."""

from datetime import datetime

from ledger.door import action
from ledger.record import record
from people.locks import locked
from people.models import Agency, User
from signing import rules
from signing.certificates import described
from signing.models import SigningCredential
from signing.trust import TrustClass


@action
def enrol(
    *,
    owner: User | Agency,
    certificate: str,
    sealed_key: str,
    trust_class: TrustClass,
    home: Agency,
    is_demo: bool = False,
    by: User,
    at: datetime,
) -> SigningCredential:
    """Take a certificate and its sealed key into use; `home` is the agency whose chain records it."""
    if is_demo:
        rules.may_issue_demo().require()
    known = described(certificate)
    credential = SigningCredential.objects.create(
        user=owner if isinstance(owner, User) else None,
        agency=owner if isinstance(owner, Agency) else None,
        trust_class=trust_class,
        subject=known.subject[:300],
        serial=known.serial,
        certificate=certificate,
        sealed_key=sealed_key,
        not_after=known.not_after,
        is_demo=is_demo,
        created_by=by,
        created_at=at,
    )
    data = {"serial": known.serial, "subject": known.subject, "class": trust_class}
    record(credential, "enrol", by=by, at=at, agency_id=home.pk, data=data)
    return credential


@action
def withdraw(credential: SigningCredential, *, home: Agency, by: User, at: datetime) -> None:
    """Take a key out of use; what it signed stays."""
    credential = locked(credential)
    credential.withdrawn_at = credential.withdrawn_at or at
    credential.save(update_fields=["withdrawn_at"])
    record(credential, "withdraw", by=by, at=at, agency_id=home.pk, data={"serial": credential.serial})
