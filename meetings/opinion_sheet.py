"""Opinions handed in, item by item, as files for chair and secretary: tables, and a paper to print."""

from datetime import UTC, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from documents.typeset.typeset import render
from meetings.drafting import DOCUMENT_LANGUAGE
from meetings.minutes.words import day_in_words, moment_in_words
from meetings.models import AgendaItem, Meeting, Opinion
from meetings.outline import labels
from meetings.queries.notebook import handed_in
from ui.sheets import MEDIA_TYPES, Cell, as_csv, as_xlsx

FORMS = {**MEDIA_TYPES, "pdf": "application/pdf"}


def place_url(opinion: Opinion) -> str:
    """Return the address of the place a remark is about; nothing for an opinion on the item itself."""
    if opinion.paper is None or opinion.version is None:
        return ""
    address = reverse("documents:version", args=[opinion.paper.document.public_id, opinion.version.number])
    where = ",".join(f"{number:g}" for number in opinion.area or [])
    return f"{address}#page={opinion.page}" + (f"&area={where}" if where else "")


def opinion_file(meeting: Meeting, item: AgendaItem | None, form: str, *, at: datetime) -> bytes:
    """Return what was handed in, on one item or on all; documents are in Vietnamese whatever the reader's language."""
    found = [one for one in handed_in(meeting) if item is None or one.item_id == item.pk]
    with translation.override(DOCUMENT_LANGUAGE):
        if form == "pdf":
            return opinions_pdf(meeting, found, at=at)
        rows = [row(one) for one in found]
        return as_csv(head(), rows) if form == "csv" else as_xlsx(_("Opinions"), head(), rows)


def head() -> list[str]:
    """Return the columns."""
    where = [_("Paper"), _("Version"), pgettext("opinion", "Page"), _("Words of the paper")]
    return [_("Matter"), _("Name"), _("Handed in"), *where, _("Opinion")]


def row(one: Opinion) -> list[Cell]:
    """Return one opinion."""
    given = f"{timezone.localtime(one.handed_in_at):%d/%m/%Y %H:%M}"
    where: list[Cell] = ["", "", "", ""]
    if one.paper is not None and one.version is not None:
        where = [one.paper.document.title, one.version.number, one.page, one.quote]
    return [one.item.title, one.user.full_name, given, *where, one.text]


def opinions_pdf(meeting: Meeting, found: list[Opinion], *, at: datetime) -> bytes:
    """Return the opinions typeset, item by item."""
    agency = meeting.agency
    data: dict[str, Any] = {
        "title": f"{_('Opinions')}: {meeting.title}",
        "author": agency.name,
        "governing": agency.superior_name,
        "agency": agency.name,
        "place": agency.place,
        "date": day_in_words(at),
        "subject": meeting.title,
        "when": moment_in_words(meeting.starts_at),
        "items": items_of(meeting, found),
    }
    return render("opinions", data, at=at.astimezone(UTC)).pdf


def items_of(meeting: Meeting, found: list[Opinion]) -> list[dict[str, Any]]:
    """Return the items that have opinions, in the order of the agenda."""
    items = list(meeting.items.all())
    numbers = labels([item.depth for item in items])
    return [
        {"number": number, "title": item.title, "opinions": given}
        for number, item in zip(numbers, items, strict=True)
        if (given := [told(one) for one in found if one.item_id == item.pk])
    ]


def told(one: Opinion) -> dict[str, Any]:
    """Return one opinion as the paper sets it."""
    return {
        "name": one.user.full_name,
        "given": f"{timezone.localtime(one.handed_in_at):%H:%M, %d/%m/%Y}",
        "where": place_in_words(one),
        "quote": one.quote,
        "lines": one.text.splitlines(),
    }


def place_in_words(one: Opinion) -> str:
    """Return where a remark stands; nothing for an opinion on the item itself."""
    if one.paper is None or one.version is None:
        return ""
    names = {"paper": one.paper.document.title, "page": one.page, "number": one.version.number}
    return _("%(paper)s, page %(page)s (version %(number)s)") % names


def as_text(one: Opinion) -> str:
    """Return one opinion as plain text, its place before it."""
    quoted = f"“{one.quote}”" if one.quote else ""
    return "\n\n".join(part for part in (place_in_words(one), quoted, one.text) if part)
