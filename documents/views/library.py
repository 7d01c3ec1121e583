"""The personal library: folders and what lies in them, the trash, and the buttons of both."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from documents import rules
from documents.actions import library as actions
from documents.actions import trash
from documents.content import tidy
from documents.intake_gate import receive
from documents.library import (
    SORTS,
    beside,
    chosen_items,
    folders_of,
    found_items,
    get_folder,
    get_item,
    item_of,
    items_of,
    quota_bytes,
    trashed_folders,
    trashed_items,
    tree_of,
    used_bytes,
)
from documents.models import Folder, LibraryItem
from documents.panels import INCOMING, OUTGOING, VERSION, Panel, register_panel
from documents.queries import get_visible_document
from documents.reasons.files import sentences_of
from documents.shelving import MAX_NAME, fits
from ledger.verdict import Refused, Unseen
from people.models import User
from people.queries import acting_post, only
from people.requests import person

PER_PAGE, MOST_CHOSEN = 30, 200


@login_required
@require_GET
def shelf(request: HttpRequest, public_id: UUID | None = None) -> HttpResponse:
    """Show one folder, or the top, or what was searched for in all of it."""
    user = person(request)
    folder = get_folder(user, public_id) if public_id else None
    words, sort = tidy(request.GET.get("q", "").replace("\x00", " "))[:200], request.GET.get("sort", "new")
    sort = sort if sort in SORTS else "new"
    rows = found_items(user, words, sort) if words else items_of(user, sort).filter(folder=folder)
    context = {
        "folder": folder,
        "folders": [] if words else beside(user, folder),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "q": words,
        "sort": sort,
        "way": _way(user, folder),
        "places": places(user),
        **room(user),
    }
    return render(request, "documents/shelf.html", context)


def room(user: User) -> dict[str, Any]:
    """Return how full the library is, and whether files can be added."""
    used, most, post = used_bytes(user), quota_bytes(), acting_post(user)
    return {"used": used, "quota": most, "full": used >= most, "may_upload": post is not None and used < most}


def places(user: User) -> list[tuple[str, str]]:
    """Return every folder as a choice, indented as it lies, the top first."""
    rows = folders_of(user)
    ids = dict(rows.values_list("pk", "public_id"))
    lines = [(str(ids[node.key]), "\u2003" * (depth - 1) + node.name) for depth, node in tree_of(rows).outline()]
    return [("", _("My library (top)")), *lines]


def _way(user: User, folder: Folder | None) -> list[dict[str, Any]]:
    if folder is None:
        return []
    rows = folders_of(user)
    ids = dict(rows.values_list("pk", "public_id"))
    return [{"name": node.name, "public_id": ids[node.key]} for node in tree_of(rows).way(folder.pk)[:-1]]


@login_required
@require_POST
def upload(request: HttpRequest, public_id: UUID | None = None) -> HttpResponse:
    """Keep one file of one's own; answers as the drop zone asks."""
    user, file = person(request), request.FILES.get("file")
    folder = get_folder(user, public_id) if public_id else None
    post = acting_post(user)
    if file is None:
        raise Refused("file_missing")
    if post is None:
        raise Refused("not_yours")
    rules.may_take_in(user, post.agency_id).require()
    fits(user, file.size or 0)  # before the slow part; asked again under the lock
    received = receive(file)
    title = received.file_name.rpartition(".")[0] or received.file_name
    now = timezone.now()
    item = actions.keep_file(received, agency_id=post.agency_id, title=title, folder=folder, by=user, at=now)
    address = reverse("documents:document", args=[item.document.public_id])
    note = " ".join(sentences_of(received.notes))
    return JsonResponse({"name": received.file_name, "note": note, "url": address}, status=201)


@login_required
@require_POST
def keep(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Keep a document one may read within reach."""
    user = person(request)
    document = get_visible_document(user, public_id)
    actions.keep_document(document, folder=_folder(request, user, "folder"), by=user, at=timezone.now())
    if request.headers.get("HX-Request"):
        return render(request, "documents/kept.html")
    messages.success(request, _("Kept in your library."))
    return redirect("documents:document", public_id)


@login_required
@require_POST
def add_folder(request: HttpRequest) -> HttpResponse:
    """Make a folder where the person stands."""
    user = person(request)
    parent = _folder(request, user, "parent")

    def make() -> None:
        actions.add_folder(request.POST.get("name", ""), parent=parent, by=user, at=timezone.now())

    return _done(request, make, _("The folder has been made."), parent)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def folder(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Rename a folder, put it somewhere else, or throw it away."""
    user = person(request)
    row = get_folder(user, public_id)
    if request.method == "POST":
        return _change_folder(request, user, row)
    tree = tree_of(folders_of(user))
    barred = set(folders_of(user).filter(pk__in=[row.pk, *tree.under(row.pk)]).values_list("public_id", flat=True))
    open_places = [(key, name) for key, name in places(user) if key not in {str(one) for one in barred}]
    parent = str(row.parent.public_id) if row.parent else ""
    context = {"row": row, "name": row.name, "most": MAX_NAME, "places": open_places, "place": parent}
    return render(request, "documents/shelf_change.html", {**context, "is_folder": True, "back": row.parent})


def _change_folder(request: HttpRequest, user: User, row: Folder) -> HttpResponse:
    now, name, parent = timezone.now(), request.POST.get("name", ""), row.parent
    if request.POST.get("verb") == "trash":
        return _done(
            request, lambda: trash.trash_folder(row, by=user, at=now), _("The folder is in the trash."), parent
        )
    into = _folder(request, user, "folder")

    def change() -> None:
        if tidy(name) != row.name:
            actions.rename_folder(row, name=name, by=user, at=now)
        if into != parent:
            actions.move_folder(row, into=into, by=user, at=now)

    return _done(request, change, _("The folder has been changed."), into)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Rename a thing, put it somewhere else, or throw it away."""
    user = person(request)
    row = get_item(user, public_id)
    if request.method == "POST":
        return _change_item(request, user, row)
    place = str(row.folder.public_id) if row.folder else ""
    context = {"row": row, "name": row.title, "most": actions.MAX_TITLE, "places": places(user), "place": place}
    return render(request, "documents/shelf_change.html", {**context, "is_folder": False, "back": row.folder})


def _change_item(request: HttpRequest, user: User, row: LibraryItem) -> HttpResponse:
    now, title = timezone.now(), request.POST.get("name", "")
    if request.POST.get("verb") == "trash":
        return _done(request, lambda: trash.trash_items([row], by=user, at=now), _thrown_words(1), row.folder)
    into = _folder(request, user, "folder")

    def change() -> None:
        if tidy(title) != row.title:
            actions.rename_item(row, title=title, by=user, at=now)
        if into != row.folder:
            actions.move_items([row], into=into, by=user, at=now)

    return _done(request, change, _("Saved."), into)


@login_required
@require_POST
def many(request: HttpRequest) -> HttpResponse:
    """Move or throw away what was ticked."""
    user, now = person(request), timezone.now()
    rows = chosen_items(user, [_uuid(text) for text in request.POST.getlist("item")[:MOST_CHOSEN]])
    here = _folder(request, user, "here")
    if not rows:
        messages.info(request, _("Nothing was chosen. Tick what you mean, then try again."))
        return _to(here)
    if request.POST.get("verb") == "trash":
        return _done(request, lambda: trash.trash_items(rows, by=user, at=now), _thrown_words(len(rows)), here)
    into = _folder(request, user, "folder")
    return _done(request, lambda: actions.move_items(rows, into=into, by=user, at=now), _("Moved."), into)


@login_required
@require_GET
def bin_page(request: HttpRequest) -> HttpResponse:
    """Show the trash."""
    user = person(request)
    page = Paginator(trashed_items(user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "documents/shelf_trash.html", {"page": page, "folders": trashed_folders(user)})


@login_required
@require_POST
def bin_step(request: HttpRequest, kind: str, public_id: UUID, verb: str) -> HttpResponse:
    """Restore a thing or a folder, or remove it for good."""
    user, now = person(request), timezone.now()
    doers: dict[tuple[str, str], Any] = {
        ("items", "restore"): trash.restore_item,
        ("items", "remove"): trash.remove_item,
        ("folders", "restore"): trash.restore_folder,
        ("folders", "remove"): trash.remove_folder,
    }
    if (kind, verb) not in doers:
        raise Unseen
    rows: Any = trashed_items(user) if kind == "items" else trashed_folders(user)
    doers[kind, verb](only(rows.filter(public_id=public_id)), by=user, at=now)
    messages.success(request, _("Restored.") if verb == "restore" else _("Removed for good."))
    return redirect("documents:library_trash")


def panel_context(request: HttpRequest, shown: Any) -> dict[str, Any] | None:
    """Return where the document lies in the person's library, or where it could be put."""
    user, document = person(request), shown.document
    if document.owner_id == user.pk:
        return {"kept": item_of(user, document), "document": document}
    kept = item_of(user, document)
    return {"kept": kept, "document": document, "places": [] if kept else places(user)}


def hang() -> None:
    """Put "keep in my library" beside every document; called once at start-up."""
    panel = Panel(
        "library",
        pgettext_lazy("document", "My library"),
        "bookmark",
        "documents/shelf_panel.html",
        panel_context,
        order=80,
    )
    for page in (OUTGOING, INCOMING, VERSION):
        register_panel(page, panel)


def _thrown_words(count: int) -> str:
    words = ngettext("%(count)s thing is in the trash.", "%(count)s things are in the trash.", count)
    return words % {"count": count}


def _folder(request: HttpRequest, user: User, name: str) -> Folder | None:
    text = request.POST.get(name, "")
    return get_folder(user, _uuid(text)) if text else None


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Unseen from error


def _done(request: HttpRequest, work: Any, words: str, back: Folder | None) -> HttpResponse:
    """Do it and say so, or say why not; back to the folder either way."""
    try:
        work()
        messages.success(request, words)
    except Refused as refusal:
        messages.error(request, refusal.text)
    return _to(back)


def _to(folder: Folder | None) -> HttpResponse:
    return redirect("documents:shelf_folder", folder.public_id) if folder else redirect("documents:shelf")
