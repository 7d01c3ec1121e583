"""People at their tablets: signing in, opening pages, what went wrong on them."""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response

PICTURES = os.environ.get("PICTURES") == "1"
LANDSCAPE = {"width": 1180, "height": 820}
PORTRAIT = {"width": 820, "height": 1180}
PHONE = {"width": 390, "height": 844}


@dataclass
class Person:
    """One person with one window."""

    username: str
    page: Page
    url: str
    folder: Path
    troubles: list[str] = field(default_factory=list)

    def open(self, path: str) -> int:
        """Open a page and return its status."""
        response = self.page.goto(self.url + path)
        return response.status if response else 0

    def status(self, path: str) -> int:
        """Return the status of an address without leaving the page."""
        return self.page.request.get(self.url + path, max_redirects=0).status

    def shot(self, name: str, *, after: int = 0) -> None:
        """Keep a picture of the window where PICTURES=1 asks for them, `after` so many milliseconds."""
        if PICTURES:
            self.page.wait_for_timeout(after)
            self.page.screenshot(path=str(self.folder / f"{name}.png"))

    def listen(self) -> None:
        """Note every script error and every failed request."""
        self.page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        self.page.on("console", self.hear)
        self.page.on("response", self.note)

    def hear(self, message: ConsoleMessage) -> None:
        """Keep what the browser complains about."""
        if message.type == "error":
            self.troubles.append(message.text)

    def note(self, response: Response) -> None:
        """Keep answers that no page should cause."""
        if response.status >= 500:
            self.troubles.append(f"{response.status} {response.url}")


class Cast:
    """Everybody of the demo, by user name."""

    def __init__(self, url: str, browser: Browser, people: list[dict[str, Any]], folder: Path) -> None:
        self.url, self.browser, self.folder = url, browser, folder
        self.people = {person["username"]: person for person in people}
        self.contexts: list[BrowserContext] = []
        self.signed_in: dict[str, Person] = {}

    def person(self, username: str, *, size: dict[str, int] | None = None) -> Person:
        """Return somebody signed in, in their one window."""
        if username not in self.signed_in:
            self.signed_in[username] = self.sign_in(username, size or LANDSCAPE)
        return self.signed_in[username]

    def sign_in(self, username: str, size: dict[str, int]) -> Person:
        """Open a window and sign in."""
        someone = self.stranger(size, username)
        someone.open("/")
        someone.page.fill("input[name=login]", username)
        someone.page.fill("input[name=password]", self.people[username]["password"])
        someone.page.press("input[name=password]", "Enter")
        someone.page.wait_for_selector(".shell")
        return someone

    def stranger(self, size: dict[str, int], name: str = "") -> Person:
        """Return somebody who has not signed in."""
        context = self.browser.new_context(viewport=size, locale="vi-VN", has_touch=True)
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        someone = Person(name, context.new_page(), self.url, self.folder)
        someone.listen()
        return someone

    def troubles(self) -> list[str]:
        """Return what went wrong on anybody's page."""
        return [f"{name}: {trouble}" for name, person in self.signed_in.items() for trouble in person.troubles]

    def leave(self) -> None:
        """Close all windows."""
        for context in self.contexts:
            context.close()
