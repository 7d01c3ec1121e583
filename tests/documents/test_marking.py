"""Every page of a copy carries its reader, however it is turned, cropped or shaped; else the copy does not leave."""

from io import BytesIO

import pypdfium2
import pytest
from pikepdf import Array, Pdf

from documents.marking import MarkingFailed, marked_pdf

WORDS = "Nguyễn Văn Đại biểu · daibieu · 08:30 22/11/2026"


def pdf_of(*pages: dict[str, object], pages_node: dict[str, object] | None = None) -> bytes:
    """Return a PDF of empty pages with these entries; `pages_node` is said for all of them at once."""
    made, target = Pdf.new(), BytesIO()
    for entries in pages:
        made.add_blank_page(page_size=(595, 842))
        page = made.pages[-1].obj
        for name, value in entries.items():
            page[name] = Array(value) if isinstance(value, list) else value
    for name, value in (pages_node or {}).items():
        made.Root.Pages[name] = value
    made.save(target)
    return target.getvalue()


def dark_parts(pdf: bytes, page: int = 0) -> list[bool]:
    """Return of each of nine parts of the page as it is seen whether there is something on it."""
    with pypdfium2.PdfDocument(pdf) as document:
        picture = document[page].render(scale=1).to_pil().convert("L")
    wide, high = picture.width / 3, picture.height / 3
    boxes = [(x * wide, y * high, (x + 1) * wide, (y + 1) * high) for x in range(3) for y in range(3)]
    return [picture.crop(tuple(map(int, box))).getextrema()[0] < 245 for box in boxes]


@pytest.mark.parametrize(
    "entries",
    [
        {},
        {"/Rotate": 90},
        {"/Rotate": -180},
        {"/MediaBox": [595, 842, 0, 0]},
        {"/MediaBox": [-300, -400, 295, 442]},
        {"/MediaBox": [0, 0, 1000, 500]},
        {"/MediaBox": [0, 0, 595]},
        {"/CropBox": [100, 200, 400, 700]},
        {"/CropBox": [100, 200, 400, 700], "/Rotate": 270},
        {"/CropBox": [0, 0, 9000, 9000]},
        {"/CropBox": [7, 7, 7, 7]},
    ],
)
def test_all_of_the_page_is_marked(entries):
    assert all(dark_parts(marked_pdf(pdf_of(entries), WORDS)))


def test_where_the_crop_lies_beside_the_page_the_page_is_marked():
    target = BytesIO()
    with Pdf.open(BytesIO(marked_pdf(pdf_of({"/CropBox": [2000, 2000, 2300, 2300]}), WORDS))) as copy:
        del copy.pages[0].obj["/CropBox"]
        copy.save(target)
    assert all(dark_parts(target.getvalue()))


def test_what_is_said_of_all_pages_at_once_holds():
    assert all(dark_parts(marked_pdf(pdf_of({}, {}, pages_node={"/Rotate": 90}), WORDS), 1))


@pytest.mark.parametrize("box", [[0, 0, 0, 0], [0, 0, 0, 842], [5, 5, 595, 5], [0, 0, 0.001, 0.001]])
def test_a_page_without_a_surface_does_not_leave(box):
    with pytest.raises(MarkingFailed):
        marked_pdf(pdf_of({}, {"/MediaBox": box}), WORDS)


@pytest.mark.parametrize("box", [[0, 0, 1, 14400], [0, 0, 14400, 1], [0, 0, 14400, 14400], [0, 0, 0.1, 14400]])
def test_the_longest_strip_costs_little(box):
    plain = pdf_of({"/MediaBox": box})
    assert len(marked_pdf(plain, WORDS)) < len(plain) + 60_000


def test_pages_of_one_size_share_their_words():
    one, many = (marked_pdf(pdf_of(*[{}] * pages), WORDS) for pages in (1, 200))
    assert len(many) - len(one) < 200 * 600
    with Pdf.open(BytesIO(many)) as whole:
        forms = {form.objgen for page in whole.pages for form in page.obj.Resources.XObject.values()}
    assert len(forms) == 1
