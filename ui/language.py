"""Vietnamese unless the person chose otherwise: the browser's language list is not a choice."""

from collections.abc import Awaitable, Callable
from typing import Any

from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.decorators import sync_and_async_middleware

GetResponse = Callable[[HttpRequest], HttpResponseBase | Awaitable[HttpResponseBase]]
keepers: list[Callable[[HttpRequest, str], None]] = []


def chosen(request: HttpRequest) -> str:
    """The language in the cookie, or the installation's."""
    value = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return value if value in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def register_keeper(keep: Callable[[HttpRequest, str], None]) -> None:
    """Have a choice of language kept beyond the cookie; `keep` gets the request and the code."""
    keepers.append(keep)


@sync_and_async_middleware
def chosen_language(get_response: GetResponse) -> Callable[[HttpRequest], Any]:
    """Activates the chosen language for the request and names it in the answer."""

    async def later(request: HttpRequest) -> Any:
        activate(request)
        return named(await get_response(request))  # type: ignore[misc]

    def now(request: HttpRequest) -> Any:
        activate(request)
        return named(get_response(request))  # type: ignore[arg-type]

    return later if iscoroutinefunction(get_response) else now


def activate(request: HttpRequest) -> None:
    """Switch the rest of the request to the chosen language."""
    translation.activate(chosen(request))
    request.LANGUAGE_CODE = translation.get_language()


def named(response: HttpResponseBase) -> HttpResponseBase:
    """The answer with its language in the header."""
    response.headers.setdefault("Content-Language", translation.get_language())
    return response
