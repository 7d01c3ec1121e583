"""My account: profile, the post I act from, my sign-in log, my tokens, whom I have authorised."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ledger.verdict import Unseen
from people.actions import delegation, tokens, users
from people.forms import DelegationForm, OwnForm, TokenForm
from people.middleware import SESSION_KEY
from people.models import Delegation, Post, User
from people.queries import delegations_given, delegations_to, directory, only, own_sign_ins, own_tokens, posts_of
from people.views.doors import done, person

LATEST = 100


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Who I am here, and how I can be reached."""
    user = person(request)
    form = OwnForm(request.POST or None, initial={"email": user.email, "phone": user.phone})
    if request.method == "POST" and done(
        form,
        lambda: users.update_own(user, **form.cleaned_data, language=user.language, by=user, at=timezone.now()),
    ):
        messages.success(request, _("Your contact data has been saved."))
        return redirect("people:profile")
    context = {"form": form, "posts": posts_of(user), "delegated": delegations_to(user)}
    return render(request, "people/profile.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def act_from(request: HttpRequest) -> HttpResponse:
    """Act from another one of my posts; the record keeps which one."""
    held = {str(post.public_id): post.pk for post in posts_of(person(request))}
    picked = request.POST.get("post", "")
    if picked not in held:
        raise Unseen
    request.session[SESSION_KEY] = held[picked]
    wanted = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(wanted if safe else "/")


@login_required
@require_safe
def sign_ins(request: HttpRequest) -> HttpResponse:
    """When and from where my account was used."""
    return render(request, "people/own_sign_ins.html", {"lines": own_sign_ins(person(request))[:LATEST]})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_token_list(request: HttpRequest) -> HttpResponse:
    """My bearer tokens; a new one is shown once."""
    user = person(request)
    form = TokenForm(request.POST or None)
    issued = None
    if request.method == "POST":
        issued = done(form, lambda: tokens.issue(user, label=form.cleaned_data["label"], by=user, at=timezone.now()))
    context = {"form": form, "tokens": own_tokens(user), "now": timezone.now(), "new": issued[1] if issued else ""}
    return render(request, "people/tokens.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def revoke_token(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Make one of my tokens worthless."""
    user = person(request)
    tokens.revoke(only(own_tokens(user).filter(public_id=public_id)), by=user, at=timezone.now())
    messages.success(request, _("The token has been revoked."))
    return redirect("people:tokens")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delegations(request: HttpRequest) -> HttpResponse:
    """Whom I have authorised to act in my posts, and who has authorised me."""
    user = person(request)
    form = delegation_form(request, user)
    if request.method == "POST" and done(form, lambda: give(form, user)):
        messages.success(request, _("The authorisation has been recorded."))
        return redirect("people:delegations")
    context = {"form": form, "given": delegations_given(user), "received": delegations_to(user)}
    return render(request, "people/delegations.html", context, status=422 if form.errors else 200)


def delegation_form(request: HttpRequest, user: User) -> DelegationForm:
    """Return the form with my posts and the people of the directory to choose from."""
    form = DelegationForm(request.POST or None)
    form.fields["post"].queryset = Post.objects.filter(pk__in=[post.pk for post in posts_of(user)])  # type: ignore[attr-defined]
    known = User.objects.filter(pk__in=directory(user).values("user")).exclude(pk=user.pk)
    form.fields["to"].queryset = known  # type: ignore[attr-defined]
    return form


def give(form: DelegationForm, user: User) -> Delegation:
    """Authorise as the form says."""
    facts = dict(form.cleaned_data)
    return delegation.give(facts.pop("post"), **facts, by=user, at=timezone.now())


@login_required
@require_POST
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take an authorisation back."""
    user = person(request)
    delegation.withdraw(only(delegations_given(user).filter(public_id=public_id)), by=user, at=timezone.now())
    messages.success(request, _("The authorisation has been withdrawn."))
    return redirect("people:delegations")
