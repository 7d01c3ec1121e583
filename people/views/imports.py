"""The first-day kit on screen: a template, a file, a look at what it would do, a choice."""

from hashlib import sha256
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ledger.verdict import Refused
from people.actions import imports
from people.catalogue import over
from people.forms import WorkbookForm
from people.intakes import get_own_import, import_agency, own_imports, waiting_for_slip
from people.models import PeopleImport, User
from people.queries import administered_agencies, administered_ids
from people.sheets.headings import PEOPLE, POSTS, UNITS
from people.sheets.plan import Plan
from people.sheets.reading import read_workbook
from people.sheets.sentences import KINDS, fault_text
from people.sheets.world import plan_for
from people.views.doors import administrators, done, person

SHOWN = 300
LATEST = 10
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@administrators
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Download the template, send a workbook, see the latest ones."""
    user = person(request)
    form = WorkbookForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and (kept := done(form, lambda: read(form, user))):
        return redirect("people:import", kept.public_id)
    context = {"form": form, "latest": own_imports(user)[:LATEST], "waiting": waiting_for_slip(user).count()}
    return render(request, "people/import_start.html", context, status=422 if form.errors else 200)


def read(form: WorkbookForm, user: User) -> PeopleImport:
    """Read the workbook in a process of its own, then keep what it says."""
    file = form.cleaned_data["workbook"]
    content = file.read()
    sheets = read_workbook(content)
    digest = sha256(content).hexdigest()
    return imports.read_in(
        import_agency(user), sheets=sheets, file_name=file.name, sha256=digest, by=user, at=timezone.now()
    )


@administrators
@require_safe
def template_file(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in, with the units and titles of whoever asks to choose from."""
    user = person(request)
    units = list(administered_agencies(user).filter(dissolved_on__isnull=True).order_by("pk"))
    titles = list(dict.fromkeys(over(administered_ids(user)).values_list("name", flat=True)))
    from people.sheets.template import template  # with a large library, in memory only where it is needed

    content = template(units[0].code if units else "", [unit.code for unit in units], titles)
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="nghi-su-mau-nhap.xlsx"'
    return answer


@administrators
@never_cache
@require_safe
def look(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What the workbook would do now, or what came of it."""
    user = person(request)
    kept = get_own_import(user, public_id)
    if kept.state != PeopleImport.State.READ:
        rows = [(KINDS[kind], kept.outcome.get(kind)) for kind in KINDS if kept.outcome.get(kind)]
        context = {"kept": kept, "rows": rows, "waiting": waiting_for_slip(user).count()}
        return render(request, "people/import_outcome.html", context)
    table, plan = plan_for(user, kept.rows["sheets"])
    context = {"kept": kept, "plan": plan, "unread": table.unread, **shown(plan)}
    return render(request, "people/import_look.html", context)


def shown(plan: Plan) -> dict[str, object]:
    """Return what the page lists: counts, faults in words, steps by kind; long lists end with how many more."""
    counts = plan.counts()
    return {
        "fingerprint": plan.fingerprint(),
        "counts": [(KINDS[kind], counts[kind]) for kind in (UNITS, PEOPLE, POSTS)],
        "left_out": counts["left_out"],
        "faults": [(fault, fault_text(fault)) for fault in plan.faults[:SHOWN]],
        "more_faults": max(len(plan.faults) - SHOWN, 0),
        "steps": [(KINDS[kind], plan.of(kind, "add")[:SHOWN], plan.of(kind, "change")[:SHOWN]) for kind in KINDS],
        "fatal": not plan.steps,
    }


@administrators
@require_POST
def take_over(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write it as it was looked at; when anything has changed since, look again."""
    user = person(request)
    kept = get_own_import(user, public_id)
    seen, leave_out = request.POST.get("fingerprint", ""), bool(request.POST.get("leave_out"))
    try:
        imports.take_over(kept, fingerprint=seen, leave_out=leave_out, by=user, at=timezone.now())
        messages.success(request, _("The workbook has been taken over."))
    except Refused as refused:
        words = _("Something has changed since you looked. Look again: nothing has been written.")
        messages.error(request, words if refused.code == "changed_meanwhile" else refused.text)
    return redirect("people:import", kept.public_id)


@administrators
@require_POST
def drop(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take nothing over."""
    user = person(request)
    imports.drop(get_own_import(user, public_id), by=user, at=timezone.now())
    messages.success(request, _("Nothing has been taken over, and the rows have been forgotten."))
    return redirect("people:imports")
