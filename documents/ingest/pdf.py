"""Makes a PDF harmless: repaired, linearised, without scripts, actions that start things, or attachments."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from documents.ingest.inspection import Note, NoteCode, ProblemCode, Refusal
from documents.ingest.limits import Limits

_FORBIDDEN_ACTIONS = {
    *(
        "/JavaScript",
        "/Launch",
        "/ImportData",
        "/SubmitForm",
        "/ResetForm",
        "/GoToR",
        "/GoToE",
        "/GoTo3DView",
        "/GoToDp",
    ),
    *("/Rendition", "/Movie", "/Sound", "/RichMediaExecute", "/Thread"),
}
_FORBIDDEN_ANNOTATIONS = {"/FileAttachment", "/RichMedia", "/3D", "/Movie", "/Screen", "/Sound"}
_SAFE_ADDRESSES = ("http://", "https://", "mailto:")
_DEEPEST = 64
_MOST_ANNOTATIONS = 50_000  # of all pages together: looking at each takes a millisecond


@dataclass
class Normalised:
    """What happened to a PDF on its way to a rendition."""

    rewritten: bool
    signed: bool
    notes: list[Note] = field(default_factory=list)
    spoken: list[str] = field(default_factory=list)


def normalise(source: Path, target: Path, limits: Limits) -> Normalised:
    """Write the harmless PDF to `target`; a digitally signed one is only looked at, never rewritten.

    Raises `Refusal` for what cannot be opened, needs a password, or has no or too many pages.
    """
    try:
        with Pdf.open(source, suppress_warnings=True, attempt_recovery=True) as pdf:
            _check_pages(pdf, limits)
            return _kept(pdf) if is_signed(pdf) else _rewritten(pdf, target)
    except pikepdf.PasswordError as error:
        raise Refusal(ProblemCode.ENCRYPTED) from error
    except MemoryError as error:
        raise Refusal(ProblemCode.TOO_HEAVY) from error
    except (
        pikepdf.PdfError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        RuntimeError,
        RecursionError,
        OSError,
    ) as error:
        raise Refusal(ProblemCode.BROKEN) from error


def is_signed(pdf: Pdf) -> bool:
    """Tell whether some signature field holds a signature."""
    return any(_value(field_, "/FT") == "/Sig" and _is_signature(_value(field_, "/V")) for field_ in _fields(pdf))


def _is_signature(value: object) -> bool:
    """A signature names the bytes it covers and holds bytes itself: what does neither is no reason to keep a file."""
    if not isinstance(value, Dictionary):
        return False
    covered, content = value.get("/ByteRange"), value.get("/Contents")
    return isinstance(covered, Array) and len(covered) >= 4 and isinstance(content, String) and bool(bytes(content))


def _check_pages(pdf: Pdf, limits: Limits) -> None:
    count = len(pdf.pages)
    if count == 0:
        raise Refusal(ProblemCode.NO_PAGES)
    if count > limits.max_pages:
        raise Refusal(ProblemCode.TOO_MANY_PAGES, pages=str(count), limit=str(limits.max_pages))
    if sum(len(_annotations(page.obj)) for page in pdf.pages) > _MOST_ANNOTATIONS:
        raise Refusal(ProblemCode.TOO_HEAVY)


def _annotations(page: Object) -> Array | tuple[()]:
    found = page.get("/Annots")
    return found if isinstance(found, Array) else ()


def _kept(pdf: Pdf) -> Normalised:
    result = Normalised(rewritten=False, signed=True, notes=[Note(NoteCode.SIGNED)], spoken=_spoken(pdf))
    attachments = _attachment_names(pdf)
    if attachments or pdf.is_encrypted or _scrub(pdf):
        result.notes.append(Note(NoteCode.ACTIVE_CONTENT_KEPT, ", ".join(attachments)))
    return result


def _rewritten(pdf: Pdf, target: Path) -> Normalised:
    result = Normalised(rewritten=True, signed=False, spoken=_spoken(pdf))
    if pdf.is_encrypted:
        result.notes.append(Note(NoteCode.PASSWORD_LIFTED))
    attachments = _attachment_names(pdf)
    if _remove_attachments(pdf) or attachments:
        result.notes.append(Note(NoteCode.ATTACHMENTS_REMOVED, ", ".join(attachments)))
    if _remove_xfa(pdf):
        result.notes.append(Note(NoteCode.FORM_REMOVED))
    if _scrub(pdf):
        result.notes.append(Note(NoteCode.SCRIPTS_REMOVED))
    pdf.save(target, linearize=True, deterministic_id=True, encryption=False)
    if pdf.get_warnings():
        result.notes.append(Note(NoteCode.REPAIRED))
    return result


def _value(holder: object, key: str) -> object:
    """Return an entry, inherited from the parents of a form field."""
    for _ in range(_DEEPEST):
        if not isinstance(holder, Dictionary):
            return None
        if key in holder:
            return holder[key]
        holder = holder.get("/Parent")
    return None


def _fields(pdf: Pdf) -> Iterator[Object]:
    """Yield every form field, each once, whatever loops the tree has."""
    form = pdf.Root.get("/AcroForm")
    waiting = list(_items(form.get("/Fields"))) if isinstance(form, Dictionary) else []
    seen: set[tuple[int, int]] = set()
    while waiting:
        one = waiting.pop()
        if not isinstance(one, Dictionary) or (one.is_indirect and one.objgen in seen):
            continue
        seen.add(one.objgen)
        yield one
        waiting.extend(_items(one.get("/Kids")))


def _items(holder: object) -> Iterator[Object]:
    if isinstance(holder, Array):
        yield from holder


def _attachment_names(pdf: Pdf) -> list[str]:
    try:
        return sorted(str(name)[:200] for name in pdf.attachments)
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError):
        return []


def _remove_attachments(pdf: Pdf) -> bool:
    """Take out embedded files, portfolios and annotations that carry a file or a player."""
    removed = _drop(pdf.Root.get("/Names"), "/EmbeddedFiles")
    removed |= _drop(pdf.Root, "/Collection") | _drop(pdf.Root, "/AF")
    for page in pdf.pages:
        removed |= _remove_carriers(page.obj.get("/Annots"))
    return removed


def _remove_carriers(annotations: object) -> bool:
    if not isinstance(annotations, Array):
        return False
    before = len(annotations)
    for place in reversed(range(before)):
        one = annotations[place]
        if isinstance(one, Dictionary) and str(one.get("/Subtype")) in _FORBIDDEN_ANNOTATIONS:
            del annotations[place]
    return len(annotations) < before


def _remove_xfa(pdf: Pdf) -> bool:
    return _drop(pdf.Root.get("/AcroForm"), "/XFA")


def _drop(holder: object, key: str) -> bool:
    if isinstance(holder, Dictionary) and key in holder:
        del holder[key]
        return True
    return False


def _scrub(pdf: Pdf) -> bool:
    """Take out every script and every action that starts something, wherever it stands; tell whether there was one."""
    names = pdf.Root.get("/Names")
    found = _drop(names, "/JavaScript")
    opening = pdf.Root.get("/OpenAction")
    if isinstance(opening, Dictionary) and _starts_something(opening):
        found |= _drop(pdf.Root, "/OpenAction")
    for one in pdf.objects:
        found |= _scrub_object(one, 0)
    return found


def _scrub_object(one: Object, depth: int) -> bool:
    """Scrub one indirect object with its direct parts; indirect parts come by themselves."""
    if depth > _DEEPEST:
        return False
    if isinstance(one, Array):
        return _scrub_array(one, depth)
    if isinstance(one, Dictionary | Stream):
        return _scrub_dictionary(one, depth)
    return False


def _scrub_dictionary(one: Object, depth: int) -> bool:
    found = False
    for key, part in list(one.items()):
        if isinstance(part, Dictionary) and _starts_something(part):
            del one[key]
            found = True
        elif isinstance(part, Array | Dictionary) and not part.is_indirect:
            found |= _scrub_object(part, depth + 1)
    return found


def _scrub_array(one: Array, depth: int) -> bool:
    found = False
    for place in reversed(range(len(one))):
        part = one[place]
        if isinstance(part, Dictionary) and _starts_something(part):
            del one[place]
            found = True
        elif isinstance(part, Array | Dictionary) and not part.is_indirect:
            found |= _scrub_object(part, depth + 1)
    return found


def _starts_something(part: Dictionary) -> bool:
    """Tell whether a dictionary is an action a reader must not carry out."""
    kind = part.get("/S")
    if not isinstance(kind, Name):
        return False
    if kind == "/URI":
        return not str(part.get("/URI", "")).strip().lower().startswith(_SAFE_ADDRESSES)
    return str(kind) in _FORBIDDEN_ACTIONS or ("/JS" in part and "/Type" not in part)


def _spoken(pdf: Pdf) -> list[str]:
    """Return what a reader sees beside the page text: titles, notes, stamps, form entries, names of attachments."""
    words = [str(pdf.docinfo.get(key, "")) for key in ("/Title", "/Subject", "/Keywords")] if _has_info(pdf) else []
    for page in pdf.pages:
        annotations = (one for one in _annotations(page.obj) if isinstance(one, Dictionary))
        words.extend(str(one.get("/Contents", ""))[:2000] for one in annotations)
    words.extend(str(_value(one, "/V"))[:2000] for one in _fields(pdf) if _value(one, "/FT") in {"/Tx", "/Ch"})
    return [line for text in words for line in text.splitlines()] + _attachment_names(pdf)


def _has_info(pdf: Pdf) -> bool:
    return isinstance(pdf.trailer.get("/Info"), Dictionary)
