"""Where notes of an older version stand in a newer one: on pages that stayed as they were, or at words quoted. Pure.

Letters are compared without spaces and line ends, so that a paragraph that only flows differently still matches.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SHORTEST = 8  # fewer letters alone prove nothing: then what stands around them has to match too
TELLING = 40  # a page with fewer letters is told by its picture
CONTEXT = 32  # letters before and after that are compared
_BROKEN_OFF = "\x02\xad\ufffe"  # what stands for a hyphen at the end of a line


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its letters, one for each place the typesetter gave; and the hash of its picture, where it has none."""

    text: str
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """One note: the page it is on and the words it quotes, if any."""

    key: str
    page: int
    exact: str = ""
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a note stands now; without a span it stands where it stood, on a page that has not changed."""

    page: int
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Letters:
    """Text without its spaces, with the place of each letter in what it was made of."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, length: int) -> tuple[int, int]:
        """Return from where to where this part went in the text as it was."""
        return self.starts[start], self.ends[start + length - 1]


def carried(notes: Sequence[Noted], old: Sequence[Page], new: Sequence[Page]) -> dict[str, Spot | None]:
    """Return where each note stands in the new version; None where nothing says so."""
    before, after = [letters(page.text) for page in old], [letters(page.text) for page in new]
    twins = Twins(marks_of(before, old), marks_of(after, new))
    return {note.key: spot(note, twins, after) for note in notes}


def spot(note: Noted, twins: "Twins", after: Sequence[Letters]) -> Spot | None:
    """Return where one note stands now."""
    twin = twins.of(note.page)
    return Spot(twin) if twin else quoted(note, after)


def quoted(note: Noted, after: Sequence[Letters]) -> Spot | None:
    """Return where the quoted words are: where most of what stood around them stands, else on the nearest page."""
    exact, prefix, suffix = (letters(part).text for part in (note.exact, note.prefix, note.suffix))
    if not exact:
        return None
    found = [
        (alike_before(page.text[:start], prefix) + alike_after(page.text[start + len(exact) :], suffix), number, start)
        for number, page in enumerate(after, start=1)
        for start in occurrences(page.text, exact)
    ]
    if len(exact) < SHORTEST:
        found = [one for one in found if one[0] >= min(SHORTEST, len(prefix) + len(suffix)) > 0]
    ranked = sorted(found, key=lambda one: (-one[0], abs(one[1] - note.page)))
    if not ranked or (len(ranked) > 1 and rank(ranked[0], note.page) == rank(ranked[1], note.page)):
        return None
    _, number, start = ranked[0]
    return Spot(number, after[number - 1].span(start, len(exact)))


def rank(found: tuple[int, int, int], page: int) -> tuple[int, int]:
    """Return how good a place is: how much around it matches, how far the page is."""
    return found[0], abs(found[1] - page)


def occurrences(text: str, part: str) -> Iterator[int]:
    """Yield where the part begins, each time."""
    start = text.find(part)
    while start >= 0:
        yield start
        start = text.find(part, start + 1)


def alike_before(text: str, prefix: str) -> int:
    """Return how many letters before the words are as they were."""
    return alike_after(text[-CONTEXT:][::-1], prefix[::-1])


def alike_after(text: str, suffix: str) -> int:
    """Return how many letters after the words are as they were."""
    pairs = list(zip(text[:CONTEXT], suffix[:CONTEXT], strict=False))
    return next((at for at, (one, other) in enumerate(pairs) if one != other), len(pairs))


def letters(text: str) -> Letters:
    """Return the text without spaces, composed, each letter with its place."""
    found: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in clusters(text):
        for letter in unicodedata.normalize("NFKC", text[start:end]):
            if not letter.isspace() and letter not in _BROKEN_OFF:
                found.append(letter)
                starts.append(start)
                ends.append(end)
    return Letters("".join(found), tuple(starts), tuple(ends))


def clusters(text: str) -> Iterator[tuple[int, int]]:
    """Yield each letter together with the marks that follow it, from where to where."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not unicodedata.combining(text[at]):
            yield start, at
            start = at


def mark_of(page: Letters, source: Page) -> str:
    """Return what makes a page the same: its letters; where they are few (a scan with a stamp), its picture too."""
    if len(page.text) >= TELLING:
        return f"text:{page.text}"
    return f"{page.text}:{source.picture}" if page.text or source.picture else ""


def marks_of(pages: Sequence[Letters], sources: Sequence[Page]) -> list[str]:
    """Return the marks of all pages."""
    return [mark_of(*pair) for pair in zip(pages, sources, strict=True)]


class Twins:
    """Which page of the new version is the same as one of the old."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        self._old, self._new = old, new
        self._at: dict[str, list[int]] = {}
        for number, mark in enumerate(new, start=1):
            self._at.setdefault(mark, []).append(number)

    def of(self, page: int) -> int:
        """Return the page: the same number if it is the same, else the only one that is; 0 for none."""
        mark = self._old[page - 1] if page <= len(self._old) else ""
        if not mark:
            return 0
        if page <= len(self._new) and self._new[page - 1] == mark:
            return page
        found = self._at.get(mark, [])
        return found[0] if len(found) == 1 and self._old.count(mark) == 1 else 0
