"""The home page, and the page that shows every component."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views import i18n
from django.views.decorators.http import require_GET, require_POST

from ui import language, samples
from ui.home import panels_for


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What now?"""
    return render(request, "ui/home.html", {"panels": panels_for(request), "now": timezone.now()})


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in the cookie and wherever an upper package remembers it."""
    code = request.POST.get("language", "")
    if code in dict(settings.LANGUAGES):
        for keep in language.keepers:
            keep(request, code)
    return i18n.set_language(request)


@require_GET
def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component with texts full of marks; only where somebody develops or looks around."""
    only_where_shown()
    form = samples.SampleForm({"title": "", "kind": "regular"}) if "errors" in request.GET else samples.SampleForm()
    shown = {"form": form, "chrome": samples.SampleChrome(request), **samples.content(timezone.now())}
    return render(request, "ui/styleguide.html", shown)


@require_GET
def styleguide_stage(request: HttpRequest) -> HttpResponse:
    """The stage: agenda, document, people."""
    only_where_shown()
    return render(request, "ui/styleguide_stage.html", samples.content(timezone.now()))


@require_POST
def styleguide_upload(request: HttpRequest) -> HttpResponse:
    """Takes a file, keeps nothing, refuses what is named so."""
    only_where_shown()
    file = request.FILES.get("file")
    if file is None or "mật" in str(file.name).lower():
        detail = "Tệp mang dấu MẬT không được đưa vào hệ thống này. Hãy xử lý theo quy định bảo vệ bí mật nhà nước."
        problem = {"title": "secret", "status": 422, "detail": detail, "code": "secret"}
        return JsonResponse(problem, status=422, content_type="application/problem+json")
    return JsonResponse({"name": file.name, "note": "Đã nhận, 12 trang"})


def only_where_shown() -> None:
    """Hide the page of components in an installation at work."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
