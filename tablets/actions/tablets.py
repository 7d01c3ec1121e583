"""The tablets themselves: added with a code, set up by it, renamed, retired."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from ledger.door import action
from ledger.record import record
from ledger.verdict import YES, Refused, first_no, no
from people.locks import locked
from people.models import Agency, User
from search.fold import composed
from tablets.actions.handovers import end_held
from tablets.models import Tablet
from tablets.rules import may_keep
from tablets.secrets import code_digest, digest, new_code, new_token

CODE_FOR = timedelta(minutes=30)
MAX_LABEL = 60


@action
def add(agency: Agency, *, label: str, by: User, at: datetime) -> tuple[Tablet, str]:
    """Add a tablet; return it with the code that makes a browser this tablet, shown once."""
    label = composed(label).strip()[:MAX_LABEL]
    first_no(may_keep(by, agency.pk), YES if label else no("tablet_label_missing")).require()
    code = new_code()
    tablet = Tablet(agency=agency, label=label, code_hash=code_digest(code), code_until=at + CODE_FOR, created_at=at)
    _save(tablet)
    record(tablet, "add", by=by, at=at, agency_id=agency.pk, data={"label": label})
    return tablet, code


@action
def renew_code(tablet: Tablet, *, by: User, at: datetime) -> str:
    """Return a new code: for a tablet that lost its cookie, or another device in its place."""
    tablet = locked(tablet)
    first_no(may_keep(by, tablet.agency_id), no("tablet_retired") if tablet.retired_at else YES).require()
    code = new_code()
    tablet.code_hash, tablet.code_until = code_digest(code), at + CODE_FOR
    tablet.save(update_fields=["code_hash", "code_until"])
    record(tablet, "renew_code", by=by, at=at, agency_id=tablet.agency_id)
    return code


@action
def set_up(tablet: Tablet, *, code: str, by: User, at: datetime) -> str:
    """Make the browser that knows the code this tablet; return the value of its cookie. The code has done its work."""
    tablet = locked(tablet)
    good = tablet.code_hash == code_digest(code) and tablet.code_until is not None and at < tablet.code_until
    if not good or tablet.retired_at:
        raise Refused("tablet_code_wrong")
    token = new_token()
    tablet.token_hash, tablet.code_hash, tablet.code_until = digest(token), "", None
    tablet.wrong_cards, tablet.wrong_since, tablet.locked_until, tablet.seen_at = 0, None, None, at
    tablet.save()
    end_held(tablet, how="called_in", by=by, at=at)
    record(tablet, "set_up", by=by, at=at, agency_id=tablet.agency_id)
    return token


@action
def rename(tablet: Tablet, *, label: str, by: User, at: datetime) -> Tablet:
    """Give the tablet another name."""
    tablet, label = locked(tablet), composed(label).strip()[:MAX_LABEL]
    first_no(may_keep(by, tablet.agency_id), YES if label else no("tablet_label_missing")).require()
    before, tablet.label = tablet.label, label
    _save(tablet)
    record(tablet, "rename", by=by, at=at, agency_id=tablet.agency_id, data={"before": before, "label": label})
    return tablet


@action
def retire(tablet: Tablet, *, by: User, at: datetime) -> Tablet:
    """Take the tablet out of use: whoever has it is signed out, its cookie opens nothing any more."""
    tablet = locked(tablet)
    first_no(may_keep(by, tablet.agency_id), no("tablet_retired") if tablet.retired_at else YES).require()
    tablet.retired_at, tablet.token_hash, tablet.code_hash = at, "", ""
    tablet.save(update_fields=["retired_at", "token_hash", "code_hash"])
    end_held(tablet, how="called_in", by=by, at=at)
    record(tablet, "retire", by=by, at=at, agency_id=tablet.agency_id)
    return tablet


def _save(tablet: Tablet) -> None:
    """Store it; of two that ask for one name at once the second is refused."""
    try:
        with transaction.atomic():
            tablet.save()
    except IntegrityError:
        raise Refused("tablet_label_taken") from None
