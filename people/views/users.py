"""Administration of accounts: the list, one account, its slip, its posts."""

from typing import TypeVar
from uuid import UUID

from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.models import SocialAccount
from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people import rules
from people.actions import identities, posts, users
from people.catalogue import over
from people.forms import EditUserForm, EndPostForm, OpenAccountForm, PostForm, ReasonForm
from people.holders import Held, rights_of_posts
from people.listing import Wanted, chosen_unit, found, units_to_choose
from people.lockout import is_locked, locked_names
from people.models import Post, User
from people.queries import (
    administered_agencies,
    administered_ids,
    get_administered_agency,
    get_administered_user,
    held_posts,
    only,
    today,
)
from people.slips import Slip
from people.views.doors import administrators, done, person

READ_OR_POST = ["GET", "HEAD", "POST"]
PER_PAGE, TITLES = 50, "titles"
Chosen = TypeVar("Chosen", bound=forms.Form)


@administrators
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The people of the agencies I administer, narrowed as asked."""
    user, asked = person(request), request.GET
    unit = chosen_unit(user, asked.get("unit", ""))
    role = asked.get("role", "") if asked.get("role") in Post.Role.values else ""
    text = asked.get("q", "").replace("\x00", "").strip()[:100]
    wanted = Wanted(text, unit, role, asked.get("state", ""))
    page = Paginator(found(user, wanted), PER_PAGE).get_page(asked.get("page"))
    context = {
        "page": page,
        "wanted": wanted,
        "units": units_to_choose(user),
        "roles": Post.Role.choices,
        "locked": locked_names(),
    }
    return render(request, "people/users.html", context)


@administrators
@require_safe
def detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One account and what may be done with it; greyed buttons say why not."""
    user = person(request)
    shown = get_administered_user(user, public_id)
    posts = list(held_posts(shown))
    context = {
        "shown": shown,
        "posts": posts,
        "today": today(),
        "is_locked": is_locked(shown),
        "has_factors": is_mfa_enabled(shown),
        "has_identity": SocialAccount.objects.filter(user_id=shown.pk).exists(),
        "may_manage": rules.may_manage(user, shown),
        "may_deactivate": rules.may_deactivate(user, shown),
        "may_reactivate": rules.may_reactivate(user, shown),
        "may_reset": rules.may_reset_password(user, shown),
        "reason_form": ReasonForm(),
        "rights": rights_shown(user, posts),
    }
    return render(request, "people/user.html", context)


def rights_shown(user: User, posts: list[Post]) -> list[tuple[Post, list[Held]]]:
    """Return every lasting post of the agencies one administers with all rights as it stands to them."""
    mine = [post for post in posts if rules.may_change_post(user, post)]
    rights = rights_of_posts(mine)
    return [(post, rights[post.pk]) for post in mine]


@administrators
@never_cache
@require_http_methods(READ_OR_POST)
def open_account(request: HttpRequest) -> HttpResponse:
    """Open an account; the slip with the first password is shown once."""
    user = person(request)
    form = with_agencies(OpenAccountForm(request.POST or None, initial=wanted_agency(request, user)), user)
    if request.method == "POST":
        slip = done(form, lambda: users.create(**form.cleaned_data, by=user, at=timezone.now()))
        if slip:
            return show_slip(request, slip)
    return form_page(request, form, _("Add an account"), _("Add account"))


def wanted_agency(request: HttpRequest, user: User) -> dict[str, UUID]:
    """Return the agency the person came from, as the form's first choice."""
    try:
        return {"agency": get_administered_agency(user, UUID(request.GET.get("agency", ""))).public_id}
    except ValueError:
        return {}


@administrators
@require_http_methods(READ_OR_POST)
def edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Correct a name or contact data."""
    user = person(request)
    shown = get_administered_user(user, public_id)
    kept = {key: getattr(shown, key) for key in ("full_name", "email", "phone", "revision")}
    form = EditUserForm(request.POST or None, initial=kept)
    if request.method == "POST" and done(
        form, lambda: users.update(shown, **form.cleaned_data, by=user, at=timezone.now()), kept
    ):
        messages.success(request, _("The account has been saved."))
        return redirect("people:user", shown.public_id)
    return form_page(request, form, _("Edit account"), _("Save"), shown)


@administrators
@never_cache
@require_POST
def reset(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Make a slip with a new password."""
    user = person(request)
    shown = get_administered_user(user, public_id)
    return show_slip(request, users.reset_password(shown, by=user, at=timezone.now()))


@administrators
@never_cache
@require_POST
def reactivate(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Open a closed account again, with a slip."""
    user = person(request)
    shown = get_administered_user(user, public_id)
    return show_slip(request, users.reactivate(shown, by=user, at=timezone.now()))


@administrators
@require_POST
def remove_factors(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take off the two-step sign-in of somebody who has lost the device."""
    user = person(request)
    shown = get_administered_user(user, public_id)
    users.remove_factors(shown, by=user, at=timezone.now())
    messages.success(request, _("Two-step sign-in has been taken off."))
    return redirect("people:user", shown.public_id)


@administrators
@require_POST
def untie_identity(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Untie the identity of the provider from the account: the next one with this name is tied anew."""
    user = person(request)
    shown = get_administered_user(user, public_id)
    identities.untie(shown, by=user, at=timezone.now())
    messages.success(request, _("The identity has been untied."))
    return redirect("people:user", shown.public_id)


@administrators
@require_POST
def deactivate(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Close an account."""
    user = person(request)
    shown = get_administered_user(user, public_id)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    users.deactivate(shown, reason=reason, by=user, at=timezone.now())
    messages.success(request, _("The account has been closed."))
    return redirect("people:user", shown.public_id)


@administrators
@require_http_methods(READ_OR_POST)
def give_post(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Appoint the person to a further post."""
    user = person(request)
    shown = get_administered_user(user, public_id)
    form = with_agencies(PostForm(request.POST or None), user)
    if request.method == "POST" and done(
        form, lambda: posts.give(shown, **form.cleaned_data, by=user, at=timezone.now())
    ):
        messages.success(request, _("The post has been added."))
        return redirect("people:user", shown.public_id)
    return form_page(request, form, _("Add a post"), _("Add post"), shown)


@administrators
@require_http_methods(READ_OR_POST)
def end_post(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End a post."""
    user = person(request)
    administered = administered_agencies(user).values("pk")
    post = only(Post.objects.filter(public_id=public_id, agency__in=administered).select_related("user", "agency"))
    form = EndPostForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: posts.end(post, **form.cleaned_data, by=user, at=timezone.now())
    ):
        messages.success(request, _("The end of the post has been recorded."))
        return redirect("people:user", post.user.public_id)
    return form_page(request, form, _("End the post %(title)s") % {"title": post.title}, _("End post"), post.user)


def with_agencies(form: Chosen, user: User) -> Chosen:
    """Let the form choose among the living agencies the person administers."""
    living = administered_agencies(user).filter(dissolved_on__isnull=True)
    form.fields["agency"].queryset = living  # type: ignore[attr-defined]
    form.fields["title"].widget.attrs["list"] = TITLES
    return form


def show_slip(request: HttpRequest, slip: Slip) -> HttpResponse:
    """Show a slip; it cannot be shown again."""
    return render(request, "people/slip.html", {"slip": slip})


def form_page(
    request: HttpRequest, form: forms.Form, heading: str, verb: str, shown: User | None = None
) -> HttpResponse:
    """Show a form about an account."""
    titles = over(administered_ids(person(request))) if "title" in form.fields else ()
    context = {"form": form, "heading": heading, "verb": verb, "shown": shown, "titles": titles}
    return render(request, "people/user_form.html", context, status=422 if request.method == "POST" else 200)
