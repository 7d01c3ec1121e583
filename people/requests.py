"""The signed-in person of a request, with the type the rules ask for."""

from django.http import HttpRequest

from people.models import User


def person(request: HttpRequest) -> User:
    """Return the signed-in user; a view that lets strangers in must not call this."""
    if not isinstance(request.user, User):
        raise TypeError("a stranger reached a view for signed-in people")
    return request.user
