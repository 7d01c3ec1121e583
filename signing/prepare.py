"""Before the first signature: is the file fit to be signed, and every field that will ever be filled."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import Protocol

import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.sign.fields import (
    FieldMDPAction,
    FieldMDPSpec,
    MDPPerm,
    SigFieldSpec,
    append_signature_field,
)

from signing.font_twins import embed_twins, is_embedded
from signing.pdf_revision import Revision, appearance_stream, empty_stream, revision_of, written

LEADER, AGENCY, NUMBER, DATE = "leader", "agency", "number", "date"
READ_ONLY, PRINTED = 1, 4
TITLES = {
    LEADER: "Người có thẩm quyền ký",
    AGENCY: "Chữ ký số của cơ quan",
    NUMBER: "Số văn bản",
    DATE: "Ngày ban hành",
}


class Place(Protocol):
    """Where a field stands: page from 1, corners in PDF points."""

    @property
    def page(self) -> int: ...
    @property
    def x0(self) -> float: ...
    @property
    def y0(self) -> float: ...
    @property
    def x1(self) -> float: ...
    @property
    def y1(self) -> float: ...


class ClosingPolicy(StrEnum):
    """What may follow the agency's seal; dated data of the agency."""

    OPEN = "open"  # P=2: a recipient may add its own arrival or copy signature
    CLOSED = "closed"  # P=1: nothing


class Unfit(StrEnum):
    """Why a file must be normalised, or refused, before anybody signs it."""

    ENCRYPTED = "encrypted"
    HYBRID = "hybrid_reference"
    SCRIPT = "script"
    LAUNCH = "launch_action"
    LAYERS = "optional_content"
    FORM = "foreign_form"
    FONT = "font_not_embedded"
    SIGNED = "already_signed"
    UNREADABLE = "unreadable"


class NotFit(ValueError):
    """The file may not be signed as it is; `reasons` say why."""

    def __init__(self, reasons: frozenset[Unfit]) -> None:
        super().__init__(", ".join(sorted(reasons)))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class TextField:
    """A text field as the leader sees it: usually blank, its value and its looks go together."""

    place: Place
    value: str = ""
    appearance: bytes | None = None


def fitness(pdf: bytes) -> frozenset[Unfit]:
    """Return what stands against signing these bytes; empty means fit."""
    try:
        with pikepdf.open(BytesIO(pdf)) as document:
            return frozenset(_faults(document))
    except pikepdf.PasswordError:
        return frozenset({Unfit.ENCRYPTED})
    except (pikepdf.PdfError, ValueError, TypeError, RecursionError):
        return frozenset({Unfit.UNREADABLE})


def has_fields(pdf: bytes) -> bool:
    """Say whether the fields of both signatures are there already."""
    try:
        with pikepdf.open(BytesIO(pdf)) as document:
            fields = document.Root.AcroForm.Fields if "/AcroForm" in document.Root else ()
            return {LEADER, AGENCY} <= {str(field.get("/T", "")) for field in fields}
    except (pikepdf.PdfError, AttributeError, ValueError, TypeError):
        return False


def normalised(pdf: bytes) -> bytes:
    """Rewrite a file from elsewhere so that it can be signed: one revision, no actions, no form, notes painted in."""
    with pikepdf.open(BytesIO(pdf)) as document:
        if document.is_encrypted or Unfit.LAYERS in _faults(document):
            raise NotFit(fitness(pdf))
        document.flatten_annotations("print")
        embed_twins(document)
        _drop(document.Root, "/AcroForm", "/OpenAction", "/AA", "/Perms", "/DSS")
        if "/Names" in document.Root:
            _drop(document.Root.Names, "/JavaScript", "/EmbeddedFiles")
        for page in document.pages:
            _drop(page.obj, "/AA")
            _drop_active_annotations(page)
        output = BytesIO()
        document.save(output, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return output.getvalue()


def prepare(
    pdf: bytes,
    *,
    leader: Place,
    agency: Place,
    texts: Mapping[str, TextField],
    policy: ClosingPolicy = ClosingPolicy.OPEN,
) -> bytes:
    """Append one revision with every field; after the leader certifies, nobody may add another."""
    faults = fitness(pdf)
    if faults:
        raise NotFit(faults)
    revision = revision_of(pdf)
    append_signature_field(revision, _leader_field(leader, texts, policy))
    append_signature_field(revision, _agency_field(agency, texts, policy))
    for name, text in texts.items():
        _add_text_field(revision, name, text)
    return written(revision)


def _leader_field(place: Place, texts: Mapping[str, TextField], policy: ClosingPolicy) -> SigFieldSpec:
    """Certifying already forbids all but filling; a lock on top would also forbid a recipient's own signature."""
    closed = policy is ClosingPolicy.CLOSED
    return SigFieldSpec(
        LEADER,
        on_page=place.page - 1,
        box=_whole(place),
        readable_field_name=TITLES[LEADER],
        field_mdp_spec=FieldMDPSpec(FieldMDPAction.EXCLUDE, fields=[AGENCY, *texts]) if closed else None,
        doc_mdp_update_value=MDPPerm.FILL_FORMS if closed else None,
        empty_field_appearance=False,
    )


def _agency_field(place: Place, texts: Mapping[str, TextField], policy: ClosingPolicy) -> SigFieldSpec:
    closed = policy is ClosingPolicy.CLOSED
    lock = FieldMDPSpec(FieldMDPAction.ALL) if closed else FieldMDPSpec(FieldMDPAction.INCLUDE, [LEADER, *texts])
    return SigFieldSpec(
        AGENCY,
        on_page=place.page - 1,
        box=_whole(place),
        readable_field_name=TITLES[AGENCY],
        field_mdp_spec=lock,
        doc_mdp_update_value=MDPPerm.NO_CHANGES if closed else MDPPerm.FILL_FORMS,
        empty_field_appearance=False,
    )


def _add_text_field(revision: Revision, name: str, text: TextField) -> None:
    place = text.place
    page = revision.find_page_for_modification(place.page - 1)[0]
    looks = (
        appearance_stream(revision, text.appearance)
        if text.appearance
        else empty_stream(revision, place.x1 - place.x0, place.y1 - place.y0)
    )
    field = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/Widget"),
            pdf_name("/FT"): pdf_name("/Tx"),
            pdf_name("/T"): pdf_string(name),
            pdf_name("/TU"): pdf_string(TITLES.get(name, name)),
            pdf_name("/V"): pdf_string(text.value),
            pdf_name("/Ff"): generic.NumberObject(READ_ONLY),
            pdf_name("/F"): generic.NumberObject(PRINTED),
            pdf_name("/Rect"): generic.ArrayObject([generic.FloatObject(side) for side in _box(place)]),
            pdf_name("/P"): page,
            pdf_name("/AP"): generic.DictionaryObject({pdf_name("/N"): looks}),
        }
    )
    reference = revision.add_object(field)
    fields = revision.root["/AcroForm"]["/Fields"]
    fields.append(reference)
    revision.update_container(fields)
    revision.register_annotation(page, reference)


def _box(place: Place) -> tuple[float, float, float, float]:
    return (round(place.x0, 2), round(place.y0, 2), round(place.x1, 2), round(place.y1, 2))


def _whole(place: Place) -> tuple[int, int, int, int]:
    return (round(place.x0), round(place.y0), round(place.x1), round(place.y1))


def _faults(document: pikepdf.Pdf) -> Iterator[Unfit]:
    root = document.Root
    if document.is_encrypted:
        yield Unfit.ENCRYPTED
    if "/XRefStm" in document.trailer:
        yield Unfit.HYBRID
    if "/OCProperties" in root:
        yield Unfit.LAYERS
    if "/AcroForm" in root and len(root.AcroForm.get("/Fields", [])):
        yield Unfit.FORM
    if ("/OpenAction" in root and isinstance(root.OpenAction, pikepdf.Dictionary)) or "/AA" in root:
        yield Unfit.SCRIPT
    for thing in document.objects:
        if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
            yield from _object_faults(thing)


def _object_faults(thing: pikepdf.Object) -> Iterator[Unfit]:
    action = thing.get("/S")
    if action == "/JavaScript" or "/JS" in thing:
        yield Unfit.SCRIPT
    if action in ("/Launch", "/ImportData", "/SubmitForm", "/GoToR", "/GoToE", "/Rendition", "/RichMediaExecute"):
        yield Unfit.LAUNCH
    if thing.get("/Type") == "/Sig" and "/ByteRange" in thing:
        yield Unfit.SIGNED
    if thing.get("/Type") == "/Font" and not is_embedded(thing):
        yield Unfit.FONT


def _drop_active_annotations(page: pikepdf.Page) -> None:
    kept = [
        each for each in page.obj.get("/Annots", []) if each.get("/Subtype") == "/Link" and "/URI" in each.get("/A", {})
    ]
    if kept:
        page.obj.Annots = pikepdf.Array(kept)
    else:
        _drop(page.obj, "/Annots")


def _drop(container: pikepdf.Object, *names: str) -> None:
    for name in names:
        if name in container:
            del container[name]
