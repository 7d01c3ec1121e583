"""A person's notes as files to take along: plain text and Markdown. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

TXT, MARKDOWN, PDF = "txt", "md", "pdf"
MEDIA_TYPES = {
    TXT: "text/plain; charset=utf-8",
    MARKDOWN: "text/markdown; charset=utf-8",
    PDF: "application/pdf",
}


@dataclass(frozen=True)
class Note:
    """One note, with the meeting it belongs to and when it was last changed, in words."""

    meeting: str
    day: str
    changed: str
    text: str


def plain(notes: Sequence[Note]) -> str:
    """Return the notes as text, those of one meeting under its title."""
    return _written(notes, heading=lambda title: f"{title}\n{'=' * len(title)}", stamp=lambda when: f"[{when}]")


def markdown(notes: Sequence[Note]) -> str:
    """Return the notes as Markdown."""
    return _written(notes, heading=lambda title: f"# {title}", stamp=lambda when: f"*{when}*")


def _written(notes: Sequence[Note], *, heading: Callable[[str], str], stamp: Callable[[str], str]) -> str:
    parts: list[str] = []
    before = ""
    for note in notes:
        title = f"{note.meeting} ({note.day})"
        if title != before:
            parts.append(heading(title))
        before = title
        parts += [stamp(note.changed), note.text.strip()]
    return "\n\n".join(parts) + "\n"
