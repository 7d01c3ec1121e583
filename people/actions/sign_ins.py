"""The sign-in log: who came in, who was refused, from where."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from ledger.door import action, nothing_changed
from ledger.record import record
from ledger.verdict import Refused
from people import rules
from people.leave import rights_changed
from people.models import SignIn, SignInArchive, User
from people.queries import home_agency_id, posts_of, system_user

SHOWN = 3


@action
def note(user: User | None, *, outcome: str, name: str, address: str | None, agent: str, at: datetime) -> None:
    """Write one line; an unknown name is cut short, because people type passwords into the wrong field."""
    kept = user.username if user else name[:SHOWN] + "…" * (len(name) > SHOWN)
    agent = agent.replace("\x00", "")[:200]
    SignIn.objects.create(at=at, user=user, username=kept, address=address, agent=agent, outcome=outcome)
    if user is None:
        nothing_changed()  # strangers must not be able to grow an agency's chain
        return
    by = user if outcome in {"signed_in", "signed_out", "token"} else system_user()
    agency_id = next((post.agency_id for post in posts_of(user)), 0)
    record(user, outcome, by=by, at=at, agency_id=agency_id, data={"address": address})
    if outcome == "signed_out":
        rights_changed(user, by=by, at=at)


@action
def note_export(*, lines: int, form: str, by: User, at: datetime) -> None:
    """Record that somebody has taken a copy of the log: it names people and where they were."""
    rules.may_export_sign_ins(by).require()
    record(by, "export_sign_ins", by=by, at=at, agency_id=home_agency_id(by), data={"lines": lines, "form": form})


@action
def put_away(archive: SignInArchive, *, keys: Sequence[int], by: User, at: datetime) -> SignInArchive:
    """Let the lines go that stand in a finished archive; all of them or none."""
    rules.may_archive(by).require()
    try:
        with transaction.atomic():
            archive.save()
    except IntegrityError:
        raise Refused("archive_overtaken") from None
    if SignIn.objects.filter(pk__in=keys).let_go() != archive.lines:
        raise Refused("archive_overtaken")
    data = {"lines": archive.lines, "file": archive.file_name, "sha256": archive.sha256}
    days = {"from": archive.first_at.isoformat(), "to": archive.last_at.isoformat()}
    record(archive, "archive", by=by, at=at, agency_id=0, data={**data, **days})
    return archive


@action
def note_factor(user: User, *, verb: str, kind: str, at: datetime) -> None:
    """Record that a person has set up or taken off a second factor (`kind`: totp, webauthn, recovery_codes)."""
    agency_id = next((post.agency_id for post in posts_of(user)), 0)
    record(user, verb, by=user, at=at, agency_id=agency_id, data={"kind": kind})
