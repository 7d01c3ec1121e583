"""What the screen itself asks for; nobody is signed in on it."""

from uuid import UUID

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from documents.models import Preview
from documents.protection import is_marked, marked_picture
from documents.serving import in_thread, picture_response, serve_blob
from ledger.door import retrying
from ledger.verdict import Unseen
from meetings.door import door_path
from meetings.door_code import seconds_left
from meetings.models import Meeting
from meetings.snapshot.views import moment
from people.addresses import client_address
from people.queries import system_user
from screens.actions import pairing
from screens.device import mark, token_of
from screens.models import Screen
from screens.queries import led_picture, screen_by_token
from screens.rules import shows
from ui.qr import svg


@never_cache
@ensure_csrf_cookie
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The screen: its code while it waits, its meeting once it is paired."""
    screen = screen_by_token(token_of(request))
    paired = screen is not None and shows(screen, timezone.now())
    given = {
        "paired": paired,
        "label": screen.label if screen and paired else "",
        "site": str(screen.site.public_id) if screen and paired and screen.site else "",
        "now": moment(timezone.now()),
        "urls": {
            "socket": "/ws/screen/",
            "code": "/screen/code/",
            "door": "/screen/door/",
            "picture": "/screen/pages/{document}/{version}/{page}.webp",
        },
    }
    theme = screen.theme if screen and paired else Screen.Theme.DARK
    return render(request, "screens/wall.html", {"given": given, "theme": theme, "paired": paired})


@never_cache
@require_POST
def code(request: HttpRequest) -> JsonResponse:
    """Give the waiting screen a code to show."""
    token, address, at = token_of(request), client_address(request), timezone.now()
    shown = retrying(lambda: pairing.show_code(token, address=address, by=system_user(), at=at))
    until = shown.screen.code_until
    answer = JsonResponse({"code": shown.code, "until": moment(until), "now": moment(at)})
    if shown.token:
        mark(answer, shown.token, secure=request.is_secure())
    return answer


def meeting_of(request: HttpRequest) -> tuple[Screen, Meeting]:
    """Return the paired screen and its meeting, or raise Unseen."""
    screen = screen_by_token(token_of(request))
    if screen is None or screen.meeting is None or not shows(screen, timezone.now()):
        raise Unseen
    return screen, screen.meeting


@require_safe
async def picture(request: HttpRequest, document: UUID, number: int, page: int) -> HttpResponseBase:
    """Serve the picture of a page of the paper that is led, and of no other."""

    def look() -> Preview:
        return led_picture(token_of(request), document, number, page)

    found = await sync_to_async(look)()
    blob = found.blob
    if is_marked(found.version.document):
        return await marked(request, found)
    name = f"{page}.webp"
    return await serve_blob(request, sha256=blob.sha256, size=blob.size, media_type=blob.media_type, file_name=name)


async def marked(request: HttpRequest, found: Preview) -> HttpResponse:
    """Serve the picture of a protected paper with the screen's name and the time over it."""
    screen, at = await sync_to_async(screen_by_token)(token_of(request)), timezone.now()
    label = screen.label if screen else ""
    words = f"{label} · {timezone.localtime(at):%H:%M %d/%m/%Y}"
    key = f"screen {screen.pk if screen else 0}"
    return picture_response(await in_thread(marked_picture, found, key, words, at))


@never_cache
@require_safe
def door(request: HttpRequest) -> JsonResponse:
    """Give the check-in code of this half minute, of the screen's own site."""
    screen, meeting = meeting_of(request)
    at = timezone.now()
    address = request.build_absolute_uri(door_path(meeting, screen.site, at))
    return JsonResponse({"svg": svg(address), "address": address, "seconds": seconds_left(at)})
