"""Writes who reads over every page of a PDF that leaves the house, as on the screen. Pure, slow."""

import zlib
from io import BytesIO

import pikepdf
from PIL import Image

from documents.stamping import tile

_TILE = 40  # pixels of a letter in the picture of the words
_LETTER = 0.021  # of the width of the page
_STRENGTH = 74
_LONGEST = 4  # times its width a page is high, before the letters go by its height
_DEEPEST = 50
_NAME = pikepdf.Name("/NghiSuReader")
_Box = tuple[float, float, float, float]
_UNMARKABLE = (
    pikepdf.PdfError,
    *(ValueError, TypeError, RuntimeError, ArithmeticError, AttributeError, LookupError, MemoryError),
)


class MarkingFailed(ValueError):
    """The file cannot be marked, so it does not leave."""


def marked_pdf(pdf: bytes, words: str) -> bytes:
    """Return the PDF with the words over all its pages, whatever their size and rotation."""
    made = BytesIO()
    try:
        with pikepdf.open(BytesIO(pdf)) as whole:
            sheets = _Sheets(whole, words)
            for page in whole.pages:
                page.add_overlay(sheets.over(page), pikepdf.Rectangle(*_box(page)))
            whole.save(made)
    except _UNMARKABLE as error:
        raise MarkingFailed(str(error)[:200]) from error
    return made.getvalue()


class _Sheets:
    """Transparent pages of one file with the words in rows, one for each size that occurs."""

    def __init__(self, whole: pikepdf.Pdf, words: str) -> None:
        self._whole = whole
        self._picture = _picture(whole, words)
        self._made: dict[tuple[float, float], pikepdf.Object] = {}

    def over(self, page: pikepdf.Page) -> pikepdf.Object:
        """Return the sheet as large as the page is seen; a page without a surface has none."""
        left, bottom, right, top = _box(page)
        across, up = round(right - left, 2), round(top - bottom, 2)
        if not (across > 0 and up > 0):
            raise MarkingFailed("a page without a surface")
        size = (up, across) if _is_turned(page) else (across, up)
        if size not in self._made:
            self._made[size] = self._whole.make_indirect(_sheet(self._whole, self._picture, *size))
        return self._made[size]


def _box(page: pikepdf.Page) -> _Box:
    """Return what is seen of the page: the crop as far as it lies on the sheet, as readers do; else the sheet."""
    crop, sheet = _edges(page.cropbox), _edges(page.mediabox)
    left, bottom = max(crop[0], sheet[0]), max(crop[1], sheet[1])
    right, top = min(crop[2], sheet[2]), min(crop[3], sheet[3])
    return (left, bottom, right, top) if left < right and bottom < top else sheet


def _edges(box: pikepdf.Array) -> _Box:
    """Return the edges, whose corners may be given in any order."""
    one, two, three, four = (float(edge) for edge in box)
    return min(one, three), min(two, four), max(one, three), max(two, four)


def _is_turned(page: pikepdf.Page) -> bool:
    """Is the page seen on its side? What it does not say itself, it has from those above it."""
    node: pikepdf.Object | None = page.obj
    for _ in range(_DEEPEST):
        if node is None or "/Rotate" in node:
            break
        node = node.get("/Parent")
    return node is not None and int(node.get("/Rotate", 0) or 0) % 180 != 0


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


def _sheet(whole: pikepdf.Pdf, picture: pikepdf.Stream, width: float, height: float) -> pikepdf.Stream:
    """Return the words in rows over a surface; on a narrow strip they are larger, or there would be no end of rows."""
    scale = max(width, height / _LONGEST) * _LETTER / _TILE
    wide, high = float(picture.SMask.Width) * scale, float(picture.SMask.Height) * scale
    content = "".join(
        f"q {wide:.2f} 0 0 {high:.2f} {x:.2f} {y:.2f} cm {_NAME} Do Q\n" for x, y in _places(width, height, wide, high)
    )
    return pikepdf.Stream(
        whole,
        f"/Artifact BMC\n{content}EMC".encode(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=[0, 0, width, height],
        Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary({str(_NAME): picture})),
    )


def _places(width: float, height: float, wide: float, high: float) -> list[tuple[float, float]]:
    """Return where the words stand, from the foot up."""
    rows = range(int(height / high) + 2)
    columns = range(int(width / wide) + 2)
    return [((column - row % 2 / 2) * wide, (row - 0.5) * high) for row in rows for column in columns]
