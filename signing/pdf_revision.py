"""Small extensions of pyHanko's writer: untouched metadata and appearances from rendered pages."""

from io import BytesIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.stamp import StaticStampStyle


class Revision(IncrementalPdfFileWriter):
    """One appended revision that leaves the document's XMP and Info byte-identical (PDF/A stays PDF/A)."""

    def _update_meta(self) -> None:
        """Do nothing: a signature is no edit of the text."""


def revision_of(pdf: bytes) -> Revision:
    """Open `pdf` for one more revision."""
    return Revision(BytesIO(pdf), strict=True)


def written(revision: Revision) -> bytes:
    """Return the file with the revision appended."""
    output = BytesIO()
    revision.write(output)
    return output.getvalue()


class RenderedPage(PdfContent):
    """The only page of a typeset appearance, drawn as a form object."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__()
        self._pdf = pdf

    def render(self) -> bytes:
        """Import the page into the writer and return the command that paints it."""
        writer = self._ensure_writer
        form = writer.import_page_as_xobject(PdfFileReader(BytesIO(self._pdf)))
        self.resources.xobject["/Seen"] = form
        x0, y0, x1, y1 = form.get_object()["/BBox"]
        self.box = BoxConstraints(width=abs(x1 - x0), height=abs(y1 - y0))
        return b"/Seen Do"


def stamp_style(appearance: bytes) -> StaticStampStyle:
    """Return a signature's looks from a typeset page of the field's size."""
    centered = SimpleBoxLayoutRule(AxisAlignment.ALIGN_MID, AxisAlignment.ALIGN_MID, Margins.uniform(0))
    return StaticStampStyle(
        border_width=0, background=RenderedPage(appearance), background_layout=centered, background_opacity=1.0
    )


def appearance_stream(revision: Revision, appearance: bytes) -> generic.IndirectObject:
    """Import a typeset page as the normal appearance of a form field."""
    form: generic.IndirectObject = revision.import_page_as_xobject(PdfFileReader(BytesIO(appearance)))
    return form


def empty_stream(revision: Revision, width: float, height: float) -> generic.IndirectObject:
    """Add an appearance that shows nothing."""
    box = generic.ArrayObject([generic.FloatObject(side) for side in (0.0, 0.0, width, height)])
    stream = generic.StreamObject(
        {pdf_name("/Type"): pdf_name("/XObject"), pdf_name("/Subtype"): pdf_name("/Form"), pdf_name("/BBox"): box},
        stream_data=b"",
    )
    return revision.add_object(stream)
