"""Letters and their places, as the confined worker reads them: in our coordinates, whatever box and turn a page has."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from documents.blobs.store import blob_store
from documents.letters import letters_of, places_of
from tests.documents.papers import typeset

WORDS = "mức thu phí tham quan"


def stored(pdf: bytes, tmp_path) -> str:
    """Put a PDF into the store."""
    from documents.blobs.protocol import file_sha256

    path = tmp_path / "made.pdf"
    path.write_bytes(pdf)
    digest = file_sha256(path)
    blob_store().put(path, digest, path.stat().st_size)
    return digest


def changed(pdf: bytes, crop=None, rotate=0) -> bytes:
    """Return the PDF with another visible part and turn."""
    with pikepdf.open(BytesIO(pdf)) as made:
        if crop:
            made.pages[0].obj.CropBox = pikepdf.Array(crop)
        if rotate:
            made.pages[0].obj.Rotate = rotate
        target = BytesIO()
        made.save(target)
    return target.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("crop", [None, [20, 100, 580, 800]])
@pytest.mark.parametrize("rotate", [0, 90, 270])
def test_letters_stand_where_they_are_drawn(tmp_path, crop, rotate):
    plain = typeset(f"Xem xét, quyết định #box(fill: rgb(255, 0, 0))[{WORDS}] năm 2027.")
    digest = stored(changed(plain, crop, rotate), tmp_path)
    [text] = letters_of(digest)
    start = text.index(WORDS)
    [[(x, y, w, h)]] = places_of(digest, [(1, start, start + len(WORDS))])
    with pypdfium2.PdfDocument(BytesIO(changed(plain, crop))) as document:
        drawn = document[0].render(scale=1).to_pil().convert("RGB")
    reds = [
        (left, top)
        for left in range(drawn.size[0])
        for top in range(drawn.size[1])
        if drawn.getpixel((left, top))[0] > 180 and drawn.getpixel((left, top))[1] < 90
    ]
    lefts, tops = [one[0] for one in reds], [one[1] for one in reds]
    assert abs(x - min(lefts)) < 4
    assert abs(x + w - max(lefts)) < 4
    assert min(tops) - 6 < y < y + h < max(tops) + 8
