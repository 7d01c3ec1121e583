"""The sign-in log for administrators, and the locks a clerk may lift."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ledger.verdict import Refused, Unseen, sentence
from people.actions import sign_ins as actions
from people.actions import users
from people.archive import folder
from people.exports import MOST, written
from people.forms import SignInFilter
from people.lockout import locked_names
from people.models import Post, SignIn, User
from people.queries import (
    administered_ids,
    administered_sign_ins,
    called,
    only,
    posts_of,
    visible_archives,
    visible_users,
)
from people.views.doors import administrators, person
from ui.sheets import MEDIA_TYPES

PER_PAGE, LATEST_ARCHIVES = 100, 24


@administrators
@require_http_methods(["GET", "HEAD", "DELETE"])
def sign_ins(request: HttpRequest) -> HttpResponse:
    """Who came in, who was refused, from where; the newest first. Deleting is refused, with the reason."""
    if request.method == "DELETE":
        raise Refused("sign_in_kept")
    user = person(request)
    form, lines = asked_for(request, user)
    before = request.GET.get("before", "")
    if before.isdecimal():
        lines = lines.filter(pk__lt=int(before[:18]))
    shown = list(lines[: PER_PAGE + 1])
    query = request.GET.copy()
    query.pop("before", None)
    context = {
        "form": form,
        "lines": shown[:PER_PAGE],
        "older": shown[PER_PAGE - 1].pk if len(shown) > PER_PAGE else None,
        "query": query.urlencode(),
        "kept_days": settings.SIGN_INS_KEPT_DAYS,
        "archives": visible_archives(user)[:LATEST_ARCHIVES],
        "why": sentence("sign_in_kept"),
    }
    return render(request, "people/sign_ins.html", context)


def asked_for(request: HttpRequest, user: User) -> tuple[SignInFilter, "QuerySet[SignIn]"]:
    """Return the filter and the lines it leaves, the newest first."""
    form = SignInFilter(request.GET)
    lines = administered_sign_ins(user).order_by("-at", "-pk")
    return form, narrowed(lines, form.cleaned_data) if form.is_valid() else lines.none()


@administrators
@never_cache
@require_safe
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The lines the filter leaves as a file; that it was taken is recorded."""
    user = person(request)
    lines = list(asked_for(request, user)[1][:MOST])
    at = timezone.now()
    actions.note_export(lines=len(lines), form=form, by=user, at=at)
    answer = HttpResponse(written(form, lines), content_type=MEDIA_TYPES[form])
    name = f"nhat-ky-dang-nhap-{timezone.localdate(at)}.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@administrators
@never_cache
@require_safe
def archive_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One archive, to be kept elsewhere too."""
    archive = only(visible_archives(person(request)).filter(public_id=public_id))
    path = folder() / archive.file_name
    if not path.exists():
        raise Unseen
    answer = HttpResponse(path.read_bytes(), content_type="application/gzip")
    answer["Content-Disposition"] = f'attachment; filename="{archive.file_name}"'
    return answer


def narrowed(lines: "QuerySet[SignIn]", wanted: dict[str, object]) -> "QuerySet[SignIn]":
    """Keep the lines of an account, an outcome, a span of legal days."""
    if account := wanted["account"]:
        lines = lines.filter(called(str(account), "username", "user__name_folded"))
    if address := wanted["address"]:
        lines = lines.filter(address=address)
    if wanted["outcome"]:
        lines = lines.filter(outcome=wanted["outcome"])
    if first := wanted["first_day"]:
        lines = lines.filter(at__gte=midnight(first))
    if last := wanted["last_day"]:
        lines = lines.filter(at__lt=midnight(last) + timedelta(days=1))
    return lines


def midnight(day: object) -> datetime:
    """Return the first moment of a legal day."""
    return timezone.make_aware(datetime.combine(day, time.min))  # type: ignore[arg-type]


def may_lift(user: object) -> bool:
    """Is the person a clerk or an administrator somewhere? (for the navigation)"""
    return isinstance(user, User) and any(post.role in {Post.Role.CLERK, Post.Role.ADMIN} for post in posts_of(user))


def locked_people(user: User) -> "QuerySet[User]":
    """Return the locked-out people of the agencies where the person is clerk or administrator."""
    served = {post.agency_id for post in posts_of(user) if post.role == Post.Role.CLERK} | administered_ids(user)
    names = locked_names()
    return visible_users(user).filter(username__in=names, posts__agency_id__in=served).distinct()


@login_required
@require_safe
def locks(request: HttpRequest) -> HttpResponse:
    """Who cannot sign in after too many wrong passwords."""
    user = person(request)
    if not may_lift(user):
        raise Unseen
    return render(request, "people/locks.html", {"people": locked_people(user)})


@login_required
@require_POST
def unlock(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let somebody try again at once."""
    user = person(request)
    if not may_lift(user):
        raise Unseen
    shown = only(visible_users(user).filter(public_id=public_id))
    users.unlock(shown, by=user, at=timezone.now())
    messages.success(request, _("%(name)s can try to sign in again.") % {"name": shown})
    return redirect("people:locks")
