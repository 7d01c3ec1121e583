"""Rules on the file around its signatures, which a cryptographic check alone would let pass."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.rw_common import PdfHandler

from signing.verification.looks import Rectangle
from signing.verification.report import Reason

END = b"%%EOF"
BLANK = re.compile(rb"\A[\x00\t\n\x0c\r ]*\Z")
FILLABLE = frozenset({"number", "date"})
DEEPEST = 32


@dataclass(frozen=True, slots=True)
class FieldState:
    """A form field in one revision: its kind, fingerprints of value and looks, and where it is drawn."""

    kind: str
    filled: bool
    value: str
    looks: str
    place: tuple[float, ...]
    page: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened to the form since a signed revision."""

    reasons: frozenset[Reason]
    touched: tuple[FieldState, ...]


def trailing_data(pdf: bytes) -> bool:
    """Say whether anything but white space follows the last end-of-file marker."""
    last = pdf.rfind(END)
    return last < 0 or BLANK.match(pdf[last + len(END) :]) is None


def fields(handler: PdfHandler) -> dict[str, FieldState]:
    """Return every terminal form field of one revision by its full name."""
    form = _entry(handler.root, "/AcroForm")
    return dict(_walk(_entry(form, "/Fields"), "", "", 0))


def changes(reader: PdfFileReader, signed_revision: int, *, fillable: frozenset[str] = FILLABLE) -> Changes:
    """Compare the form of a signed revision with the form now."""
    then, now = fields(reader.get_historical_resolver(signed_revision)), fields(reader)
    both = then.keys() & now.keys()
    reasons: set[Reason] = set()
    if now.keys() - then.keys():
        reasons.add(Reason.FIELD_ADDED)
    if then.keys() - now.keys():
        reasons.add(Reason.FIELD_CHANGED)
    for name in both:
        reasons |= _changed(name, then[name], now[name], fillable)
    added = [now[name] for name in now.keys() - then.keys()]
    return Changes(frozenset(reasons), (*added, *(now[name] for name in both if then[name] != now[name])))


def removed_signatures(reader: PdfFileReader) -> bool:
    """Say whether any earlier revision held a signature that the current one hides or replaces."""
    now = fields(reader)
    history = (fields(reader.get_historical_resolver(revision)) for revision in range(reader.total_revisions - 1))
    return any(_lost_signature(then, now) for then in history)


def rectangles(reader: PdfFileReader, touched: tuple[FieldState, ...]) -> list[Rectangle]:
    """Return where these fields are drawn, by page number from 0."""
    pages = {_key(reader.find_page_for_modification(number)[0]): number for number in range(_page_count(reader))}
    found: list[Rectangle] = []
    for state in touched:
        if state.page in pages and len(state.place) == 4:
            x0, y0, x1, y1 = state.place
            found.append((pages[state.page], min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
    return found


def _key(reference: generic.IndirectObject) -> str:
    return f"{reference.idnum} {reference.generation}"


def _page_count(reader: PdfFileReader) -> int:
    return int(reader.root["/Pages"]["/Count"])


def _lost_signature(then: dict[str, FieldState], now: dict[str, FieldState]) -> bool:
    return any(
        state.kind == "/Sig" and state.filled and (name not in now or now[name].value != state.value)
        for name, state in then.items()
    )


def _changed(name: str, then: FieldState, now: FieldState, fillable: frozenset[str]) -> set[Reason]:
    if then.kind != now.kind:
        return {Reason.FIELD_CHANGED}
    if then.kind == "/Sig" or then == now:
        return set()
    if name not in fillable or then.place != now.place:
        return {Reason.FIELD_CHANGED}
    one_alone = (then.value == now.value) != (then.looks == now.looks)
    return {Reason.VALUE_WITHOUT_LOOKS} if one_alone else set()


def _walk(kids: object, prefix: str, kind: str, depth: int) -> Iterator[tuple[str, FieldState]]:
    if depth > DEEPEST or not isinstance(kids, generic.ArrayObject):
        return
    for field in _dictionaries(kids):
        name = ".".join(filter(None, (prefix, str(_entry(field, "/T") or ""))))
        own = str(_entry(field, "/FT") or kind)
        if any("/T" in kid for kid in _dictionaries(_entry(field, "/Kids"))):
            yield from _walk(_entry(field, "/Kids"), name, own, depth + 1)
        else:
            yield name, _state(field, own)


def _entry(container: object, name: str) -> object:
    """Return what a dictionary holds, references followed; nothing where there is nothing."""
    if isinstance(container, generic.DictionaryObject) and name in container:
        return container[name]
    return None


def _dictionaries(kids: object) -> list[generic.DictionaryObject]:
    if not isinstance(kids, generic.ArrayObject):
        return []
    resolved = (kids[index] for index in range(len(kids)))
    return [kid for kid in resolved if isinstance(kid, generic.DictionaryObject)]


def _state(field: generic.DictionaryObject, kind: str) -> FieldState:
    value = _entry(field, "/V")
    widgets = _dictionaries(_entry(field, "/Kids")) or [field]
    place = _entry(widgets[0], "/Rect")
    corners = tuple(round(float(side), 2) for side in place) if isinstance(place, generic.ArrayObject) else ()
    page = _page_of(widgets[0])
    return FieldState(kind, value is not None, _print(_value(value)), "".join(map(_looks, widgets)), corners, page)


def _page_of(widget: generic.DictionaryObject) -> str:
    page = widget.raw_get("/P") if "/P" in widget else None
    return _key(page) if isinstance(page, generic.IndirectObject) else ""


def _value(value: object) -> bytes:
    """Return a signature's bytes without its padding, or a text as it stands."""
    if isinstance(value, generic.DictionaryObject):
        return repr(value.raw_get("/Contents") if "/Contents" in value else None).encode()
    return repr(value).encode()


def _looks(widget: generic.DictionaryObject) -> str:
    return _print(_dumped(_entry(_entry(widget, "/AP"), "/N"), 8))


def _dumped(thing: object, depth: int) -> bytes:
    """Return a stable picture of an object, through its references, to a small depth."""
    if isinstance(thing, generic.IndirectObject):
        thing = thing.get_object()
    if depth == 0:
        return b"..."
    if isinstance(thing, generic.DictionaryObject):
        parts = [thing.data] if isinstance(thing, generic.StreamObject) else []
        parts += [
            name.encode() + _dumped(thing.raw_get(name), depth - 1) for name in sorted(thing) if name != "/Parent"
        ]
        return b"<" + b" ".join(parts) + b">"
    if isinstance(thing, generic.ArrayObject):
        return b"[" + b" ".join(_dumped(thing.raw_get(index), depth - 1) for index in range(len(thing))) + b"]"
    return repr(thing).encode()


def _print(data: bytes) -> str:
    return sha256(data).hexdigest()[:16]
