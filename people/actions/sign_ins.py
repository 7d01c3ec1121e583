"""The sign-in log: who came in, who was refused, from where."""

from datetime import datetime

from ledger.door import action, nothing_changed
from ledger.record import record
from people.leave import rights_changed
from people.models import SignIn, User
from people.queries import posts_of, system_user

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
def note_factor(user: User, *, verb: str, kind: str, at: datetime) -> None:
    """Record that a person has set up or taken off a second factor (`kind`: totp, webauthn, recovery_codes)."""
    agency_id = next((post.agency_id for post in posts_of(user)), 0)
    record(user, verb, by=user, at=at, agency_id=agency_id, data={"kind": kind})
