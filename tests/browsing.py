"""A visitor with cookies and no JavaScript, for tests against a running server."""

import http.cookiejar
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """A page after its redirects."""

    status: int
    path: str
    text: str


class Visitor:
    """Keeps cookies and sends the CSRF token with each form."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self.open(urllib.request.Request(self.url + path))

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        """Open the page for its token, then send the form."""
        self.get(path)
        token = next((cookie.value or "" for cookie in self.cookies if cookie.name == "csrftoken"), "")
        body = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": token}).encode()
        return self.open(urllib.request.Request(self.url + path, data=body, headers={"Referer": self.url + path}))

    def open(self, request: urllib.request.Request) -> Answer:
        """Return the answer, whatever its status."""
        try:
            response = self.opener.open(request, timeout=30)
        except urllib.error.HTTPError as error:
            response = error
        return Answer(response.status, urllib.parse.urlsplit(response.url).path, response.read().decode())
