"""Which post the signed-in person acts in: picked on screen, kept in the session, checked on every request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from people.queries import posts_of

SESSION_KEY = "acting_post"


class ActingPostMiddleware:
    """Sets `request.user.acting_post_id`; a post no longer held falls back to the first current one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if SESSION_KEY in request.session and request.user.is_authenticated:
            held = {post.pk for post in posts_of(request.user)}
            picked = request.session[SESSION_KEY]
            if picked in held:
                request.user.acting_post_id = picked
        return self.get_response(request)
