"""Bearer tokens: shown once, kept as a hash, expiring, revocable."""

from datetime import datetime, timedelta

from ledger.door import action, nothing_changed
from ledger.record import record
from people import rules
from people.leave import rights_changed
from people.locks import locked
from people.models import ApiToken, User
from people.queries import posts_of
from people.tokens import digest, new_token

VALID_FOR = timedelta(days=30)


@action
def issue(
    user: User, *, by: User, at: datetime, label: str = "", valid_for: timedelta = VALID_FOR
) -> tuple[ApiToken, str]:
    """Give the person a token of their own; the text is returned here and nowhere else."""
    rules.may_issue_token(by, user).require()
    text = new_token()
    token = ApiToken.objects.create(
        user=user, digest=digest(text), label=label[:80], created_at=at, expires_at=at + valid_for
    )
    agency_id = next((post.agency_id for post in posts_of(user)), 0)
    record(token, "issue", by=by, at=at, agency_id=agency_id, data={"user": str(user.public_id), "label": token.label})
    return token, text


@action
def revoke(token: ApiToken, *, by: User, at: datetime) -> None:
    """Make the token worthless at once."""
    token = locked(token)
    rules.may_revoke_token(by, token).require()
    if token.revoked_at is not None:
        nothing_changed()
        return
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    agency_id = next((post.agency_id for post in posts_of(token.user)), 0)
    record(token, "revoke", by=by, at=at, agency_id=agency_id, data={"user": str(token.user.public_id)})
    rights_changed(token.user, by=by, at=at)
