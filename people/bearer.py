"""From an Authorization header to the person whose token it carries."""

from datetime import datetime

from django.db.models import QuerySet

from people.models import ApiToken
from people.tokens import PREFIX, digest

SCHEME = "bearer "


def text_of(header: str) -> str:
    """Return the token in the header, or nothing."""
    text = header[len(SCHEME) :].strip() if header[: len(SCHEME)].lower() == SCHEME else ""
    return text if text.startswith(PREFIX) else ""


def token_of(header: str, at: datetime) -> ApiToken | None:
    """Return the good token in the header, its person along; the look-up is by hash, so timing tells nothing."""
    text = text_of(header)
    return good_tokens(at).filter(digest=digest(text)).select_related("user").first() if text else None


def good_tokens(at: datetime) -> QuerySet[ApiToken]:
    """Return the tokens that are neither expired nor revoked, of people who may come in."""
    return ApiToken.objects.filter(revoked_at__isnull=True, expires_at__gt=at, user__is_active=True)
