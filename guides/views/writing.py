"""Writing guides: the table of those one manages, the form, publishing and withdrawing."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guides.actions import guides as acts
from guides.forms import MAX_BODY, GuideForm
from guides.labels import GUIDE_STATES
from guides.markdown import render as rendered
from guides.models import Guide
from guides.queries import get_visible_guide, managed_guides, writable_agencies
from guides.rules import may_with_guide
from guides.views.reading import role_names
from ledger.verdict import Refused, Unseen
from people.models import User
from people.requests import person
from people.views.doors import done

PER_PAGE = 50


@login_required
@require_safe
def managed(request: HttpRequest) -> HttpResponse:
    """The guides I manage, in every state."""
    user = person(request)
    if not writable_agencies(user).exists():
        raise Unseen
    page = Paginator(managed_guides(user), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(guide, GUIDE_STATES[guide.state], role_names(guide.roles)) for guide in page]
    return render(request, "guides/managed.html", {"rows": rows, "page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """Write a new guide."""
    user = person(request)
    agencies = writable_agencies(user)
    if not agencies.exists():
        raise Refused("not_guide_editor")
    form = GuideForm(request.POST or None, agencies=agencies)
    made = request.method == "POST" and not previewing(request) and done(form, lambda: started(form, user))
    if made:
        messages.success(request, _("The guide is kept as a draft. Publish it when it is ready."))
        return redirect("guides:guide", made.public_id)
    return shown(request, form, _("New guide"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change a guide; whoever saves second sees both texts."""
    user = person(request)
    guide = get_visible_guide(user, public_id)
    may_with_guide(user, guide, "edit").require()
    now = {name: getattr(guide, name) for name in ("title", "roles", "body", "video", "revision")}
    agencies = writable_agencies(user).filter(pk=guide.agency_id)
    form = GuideForm(request.POST or None, agencies=agencies, initial=now)
    if request.method == "POST" and not previewing(request) and done(form, lambda: changed(form, guide, user)):
        messages.success(request, _("The guide has been saved."))
        return redirect("guides:guide", guide.public_id)
    theirs = guide if form.non_field_errors() and form.cleaned_data.get("revision") != guide.revision else None
    return shown(request, form, _("Edit guide"), guide=guide, theirs=theirs)


def previewing(request: HttpRequest) -> bool:
    """Is only a preview asked for?"""
    return "preview" in request.POST


def started(form: GuideForm, user: User) -> Guide:
    """Keep what the form says as a draft."""
    return acts.write(form.cleaned_data["agency"], text=form.text(), by=user, at=timezone.now())


def changed(form: GuideForm, guide: Guide, user: User) -> Guide:
    """Change what the form says."""
    revision = form.cleaned_data["revision"] or 0
    return acts.edit(guide, text=form.text(), revision=revision, by=user, at=timezone.now())


def shown(
    request: HttpRequest, form: GuideForm, heading: str, *, guide: Guide | None = None, theirs: Guide | None = None
) -> HttpResponse:
    """Show the form, with a preview where one was asked for, and the other's text after a conflict."""
    preview = rendered(request.POST.get("body", "")[:MAX_BODY]) if previewing(request) else None
    context = {"form": form, "heading": heading, "guide": guide, "theirs": theirs, "preview": preview}
    wrong = request.method == "POST" and preview is None
    return render(request, "guides/form.html", context, status=422 if wrong else 200)


@login_required
@require_POST
def step(request: HttpRequest, public_id: UUID, verb: str) -> HttpResponse:
    """Publish or withdraw."""
    user = person(request)
    guide = get_visible_guide(user, public_id)
    acts.move(guide, verb=verb, by=user, at=timezone.now())
    told = {"publish": _("The guide is published."), "withdraw": _("The guide is withdrawn; nobody else sees it now.")}
    messages.success(request, told[verb])
    return redirect("guides:guide", guide.public_id)
