"""Writes who reads over every page of a PDF that leaves the house, as on the screen. Pure, slow."""

import zlib
from io import BytesIO

import pikepdf
from PIL import Image

from documents.stamping import tile

_TILE = 40  # pixels of a letter in the picture of the words
_LETTER = 0.021  # of the width of the page
_STRENGTH = 74
_NAME = pikepdf.Name("/NghiSuReader")


class MarkingFailed(ValueError):
    """The file cannot be marked, so it does not leave."""


def marked_pdf(pdf: bytes, words: str) -> bytes:
    """Return the PDF with the words over all its pages, whatever their size and rotation."""
    made = BytesIO()
    try:
        with pikepdf.open(BytesIO(pdf)) as whole:
            picture = _picture(whole, words)
            for page in whole.pages:
                page.add_overlay(_sheet(whole, picture, page), pikepdf.Rectangle(page.cropbox))
            whole.save(made)
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError) as error:
        raise MarkingFailed(str(error)[:200]) from error
    return made.getvalue()


def _picture(whole: pikepdf.Pdf, words: str) -> pikepdf.Stream:
    """Return the words as one picture: a grey that only covers where they are written."""
    mask = tile(words, _TILE).point(lambda strength: strength * _STRENGTH // 255)
    soft = _grey(whole, mask)
    picture = _grey(whole, Image.new("L", (1, 1), 100))
    picture.SMask = soft
    return picture


def _grey(whole: pikepdf.Pdf, image: Image.Image) -> pikepdf.Stream:
    return pikepdf.Stream(
        whole,
        zlib.compress(image.tobytes()),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=image.width,
        Height=image.height,
        ColorSpace=pikepdf.Name.DeviceGray,
        BitsPerComponent=8,
        Filter=pikepdf.Name.FlateDecode,
    )


def _sheet(whole: pikepdf.Pdf, picture: pikepdf.Stream, page: pikepdf.Page) -> pikepdf.Page:
    """Return a transparent page as large as this one is seen, with the words in rows."""
    left, bottom, right, top = (float(edge) for edge in page.cropbox)
    turned = int(page.obj.get("/Rotate", 0) or 0) % 180 != 0
    width, height = (top - bottom, right - left) if turned else (right - left, top - bottom)
    shown = float(picture.SMask.Width), float(picture.SMask.Height)
    scale = width * _LETTER / _TILE
    wide, high = shown[0] * scale, shown[1] * scale
    content = "".join(
        f"q {wide:.2f} 0 0 {high:.2f} {x:.2f} {y:.2f} cm {_NAME} Do Q\n" for x, y in _places(width, height, wide, high)
    )
    made = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=[0, 0, width, height],
        Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary({str(_NAME): picture})),
        Contents=whole.make_stream(f"/Artifact BMC\n{content}EMC".encode()),
    )
    return pikepdf.Page(whole.make_indirect(made))


def _places(width: float, height: float, wide: float, high: float) -> list[tuple[float, float]]:
    """Return where the words stand, from the foot up."""
    rows = range(int(height / high) + 2)
    columns = range(int(width / wide) + 2)
    return [((column - row % 2 / 2) * wide, (row - 0.5) * high) for row in rows for column in columns]
