"""The notes a test draws on a paper, told from those that lay on it before."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page

from tests.browser.people import Person

DRAWN = ".notes-layer > svg:not(.notes-live) [data-note]:not([data-note] *)"
Notes = dict[str, Any]


@dataclass(frozen=True)
class Sheet:
    """A paper, and the notes that lay on it before the test for any of those who look."""

    document: str
    laid: frozenset[str]

    def drawn(self, page: Page) -> Locator:
        """Return the new annotations on the pages that are near."""
        return page.locator(DRAWN + "".join(f":not({one})" for one in map(drawing, sorted(self.laid))))

    def told(self, person: Person) -> Notes:
        """Return what the server tells a person of the new notes; erased ones are left out."""
        notes = told(person, self.document).items()
        return {key: note for key, note in notes if key not in self.laid and not note.get("erased")}


def sheet(document: str, *people: Person) -> Sheet:
    """Return the document as it lies before these people now."""
    return Sheet(document, frozenset(key for person in people for key in told(person, document)))


def told(person: Person, document: str) -> Notes:
    """Return every note of a document the server tells a person of."""
    notes: Notes = person.page.request.get(f"{person.url}/documents/{document}/annotations/").json()["notes"]
    return notes


def drawing(note: str) -> str:
    """Return the selector of a note as it is drawn."""
    return f'[data-note="{note}"]'
