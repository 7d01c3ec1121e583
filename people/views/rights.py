"""Rights on screen: switched for a post, listed for an agency."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from people.actions import rights
from people.holders import holders_in
from people.models import Post
from people.queries import administered_ids, get_administered_agency, only
from people.views.doors import administrators, person


@administrators
@require_POST
def switch(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give a post an extra right, or take it back."""
    user = person(request)
    posts = Post.objects.filter(public_id=public_id, agency_id__in=administered_ids(user))
    post = only(posts.select_related("user", "agency"))
    code = request.POST.get("right", "")
    if request.POST.get("on"):
        rights.give(post, code=code, by=user, at=timezone.now())
        messages.success(request, _("The right has been given."))
    else:
        rights.take_back(post, code=code, by=user, at=timezone.now())
        messages.success(request, _("The right has been taken back."))
    return redirect(f"{reverse('people:user', args=[post.user.public_id])}#rights-{post.public_id}")


@administrators
@require_safe
def of_agency(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Who has which right in the agency."""
    agency = get_administered_agency(person(request), public_id)
    return render(request, "people/agency_rights.html", {"agency": agency, "rows": holders_in(agency.pk)})
