"""From name, password and second factor to a bearer token."""

from allauth.mfa.models import Authenticator
from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth import authenticate
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest
from django.utils import timezone

from ledger.verdict import YES, Verdict, no
from people.actions import tokens
from people.models import User
from people.sign_in import note


def token_for(request: HttpRequest, username: str, password: str, otp: str) -> tuple[Verdict, str, str]:
    """Return (verdict, token, its last moment); wrong codes count against the same limits as wrong passwords."""
    user = authenticate(request, username=username.replace("\x00", ""), password=password)
    if not isinstance(user, User):
        return no("wrong_password"), "", ""
    verdict = second_factor(user, otp)
    if verdict.code == "otp_wrong":
        user_login_failed.send(sender=__name__, credentials={"username": username}, request=request)
    if not verdict:
        return verdict, "", ""
    at = timezone.now()
    token, text = tokens.issue(user, by=user, at=at, label=request.headers.get("User-Agent", "")[:80])
    AxesProxyHandler.reset_attempts(username=user.username, ip_address=request.axes_ip_address)  # type: ignore[attr-defined]
    note(request, "token", user.username, user)
    return YES, text, token.expires_at.isoformat()


def second_factor(user: User, otp: str) -> Verdict:
    """Is the second factor, where the person has set one up, given and right?"""
    own = list(Authenticator.objects.filter(user_id=user.pk))
    with_codes = [factor for factor in own if factor.type != Authenticator.Type.WEBAUTHN]
    if not own:
        return YES
    if not with_codes:
        return no("passkey_only")
    if not otp:
        return no("otp_required")
    return YES if any(factor.wrap().validate_code(otp) for factor in with_codes) else no("otp_wrong")
