"""Light, dark or as the device says: a choice kept in a cookie so that pages arrive in the right colours."""

from django.http import HttpRequest

COOKIE = "theme"
CHOICES = ("auto", "light", "dark")
DARK_MEDIA = {"auto": "(prefers-color-scheme: dark)", "light": "not all", "dark": "all"}


def chosen(request: HttpRequest) -> str:
    """The choice in the cookie, or the device's."""
    value = request.COOKIES.get(COOKIE, "auto")
    return value if value in CHOICES else "auto"
