"""A page or API call that lost a deadlock is done once more, unless it has already committed something."""

from collections.abc import Callable
from itertools import chain
from typing import Any

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.db import OperationalError
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from config.errors import refusal
from ledger.door import count_commits, is_undone, nothing_committed
from ledger.verdict import Refused, Unseen


class RetryMiddleware:
    """Stands last in the list: `process_exception` is asked first, when no part of an answer exists yet."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Any:
        count_commits()
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Call the view again if the database undid all that it did; what goes wrong then is the answer."""
        match = request.resolver_match
        undone = isinstance(exception, OperationalError) and is_undone(exception) and nothing_committed()
        if not undone or match is None or iscoroutinefunction(match.func):
            return None
        for file in chain.from_iterable(files for _, files in request.FILES.lists()):
            file.seek(0)
        try:
            answer: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        except (Refused, Unseen) as error:
            return refusal(request, error)
        return answer
