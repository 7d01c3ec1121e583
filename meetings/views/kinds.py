"""The catalogue of kinds of meeting: what is in force, what was, and what an agency makes of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ledger.verdict import Unseen
from meetings.actions.kinds import change_kind
from meetings.floor import clock
from meetings.forms.kinds import KindForm, in_words, written_of
from meetings.forms.voting_rules import voting_in_words
from meetings.kinds import Kind, all_kinds, kinds_on, new_code
from meetings.labels import CERTAINTIES, WAYS, language
from meetings.models import AgencyKind
from meetings.queries.kinds import history_of, kind_from_row, rows_on
from meetings.speaking_times import QUESTION, SpeakingTimes
from meetings.timeliness import WORDS
from meetings.views.doors import done
from people.models import Agency
from people.queries import administered_agencies, get_administered_agency, today
from people.requests import person
from people.views.doors import administrators

NEW = "new"


@administrators
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Go to the first agency one administers."""
    agency = administered_agencies(person(request)).filter(dissolved_on__isnull=True).first()
    if agency is None:
        raise Unseen
    return redirect("meetings:kinds_of", agency.public_id)


@administrators
@require_safe
def of_agency(request: HttpRequest, agency_id: UUID) -> HttpResponse:
    """Every kind with its rules in force and past, as this agency has them."""
    user = person(request)
    agency = get_administered_agency(user, agency_id)
    rows = {row.code: row for row in rows_on([agency.pk], today())}
    lines = [line_of(kind, rows.pop(kind.code, None)) for kind in kinds_on(today())]
    lines += [line_of(kind, row) for row in rows.values() if (kind := kind_from_row(row, today()))]
    past = [shown(kind) for kind in all_kinds() if kind.effective_to and kind.effective_to <= today()]
    context = {
        "agency": agency,
        "agencies": administered_agencies(user).filter(dissolved_on__isnull=True)[:200],
        "lines": lines,
        "past": past,
        "history": history_of(agency.pk).exclude(effective_to__isnull=True)[:50],
    }
    return render(request, "meetings/kinds.html", context)


def line_of(kind: Kind, row: AgencyKind | None) -> dict[str, Any]:
    """Return one kind as the agency has it."""
    own = kind_from_row(row, today()) if row else None
    law = row is None or row.code == row.base
    return {**shown(own or kind), "law": kind.name(language()) if law else "", "own": not law, "row": row}


def shown(kind: Kind) -> dict[str, Any]:
    """Return a kind's rules in words."""
    share = kind.quorum_share
    return {
        "kind": kind,
        "name": kind.name(language()),
        "quorum": f"{share[0]}/{share[1]}" if share else "",
        "counts": ", ".join(str(WAYS[way]) for way in kind.quorum_counts.ways),
        "counts_certainty": CERTAINTIES[kind.quorum_counts.certainty],
        "deciding": in_words(kind),
        "voting": voting_in_words(kind),
        "options": [option["label"] for option in kind.options],
        "certainty": CERTAINTIES[kind.certainty],
        "times": [(WORDS[rule.code], rule) for rule in kind.time_rules],
        "chair": kind.role_name("chair", language()),
        "member": kind.role_name("member", language()),
        "speaking": speaking_in_words(kind.speaking, language()),
    }


def speaking_in_words(times: SpeakingTimes, language: str) -> list[tuple[str, str]]:
    """Return the lanes with how long one may speak: the first time, the second."""
    found = []
    for code, name in times.named(language):
        whats = ("ask", "answer") if code == QUESTION else (code,)
        limits = [second for what in whats for second in times.seconds.get(what, ())]
        found.append((name, " / ".join(clock(1000 * second) if second else _("no limit") for second in limits)))
    return found


@administrators
@require_http_methods(["GET", "HEAD", "POST"])
def one_kind(request: HttpRequest, agency_id: UUID, code: str) -> HttpResponse:
    """Change a kind from a day on, or derive a new one."""
    user = person(request)
    agency = get_administered_agency(user, agency_id)
    row = AgencyKind.objects.filter(agency=agency, code=code, effective_to__isnull=True).first()
    law = next((kind for kind in kinds_on(today()) if kind.code == code), None)
    if code != NEW and row is None and law is None:
        raise Unseen
    form = KindForm(
        request.POST or None, own=law is None, base="" if code == NEW else code, initial=initial_of(code, row)
    )
    if request.method == "POST" and done(form, lambda: kept(form, agency, code, request)):
        messages.success(request, _("The kind of meeting has been saved; meetings already prepared keep their rules."))
        return redirect("meetings:kinds_of", agency.public_id)
    name = row.label if row and row.label else law.name(language()) if law else ""
    context = {"form": form, "agency": agency, "name": name, "new": code == NEW}
    return render(request, "meetings/kind_form.html", context, status=422 if form.errors else 200)


def initial_of(code: str, row: AgencyKind | None) -> dict[str, Any]:
    """Return what the form shows first."""
    first: dict[str, Any] = {"starts_on": today(), "base": "" if code == NEW else code}
    if row is None:
        return first
    return {**first, **written_of(row.changes), "base": row.base, "label": row.label, "offered": row.offered}


def kept(form: KindForm, agency: Agency, code: str, request: HttpRequest) -> AgencyKind:
    """Keep what was asked for."""
    wish = form.wish()
    return change_kind(
        agency, code=new_code() if code == NEW else code, wish=wish, by=person(request), at=timezone.now()
    )
