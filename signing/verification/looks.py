"""Does the page still look as it was signed, outside the boxes that were filled since."""

from collections.abc import Sequence
from io import BytesIO

import pypdfium2
from PIL import Image, ImageChops, ImageDraw

from signing.verification.report import Reason

SCALE = 0.75  # 54 dots per inch: enough to see a changed word
PAGES = 60
TOLERANCE = 32

Rectangle = tuple[int, float, float, float, float]


def compared(signed: bytes, current: bytes, boxes: Sequence[Rectangle]) -> set[Reason]:
    """Compare both as drawn; `boxes` (page from 0, PDF points) are the fields filled since, which may differ."""
    with pypdfium2.PdfDocument(BytesIO(signed)) as then, pypdfium2.PdfDocument(BytesIO(current)) as now:
        if len(then) != len(now):
            return {Reason.LOOKS_CHANGED}
        for number in range(min(len(then), PAGES)):
            if _differs(then[number], now[number], [box for box in boxes if box[0] == number]):
                return {Reason.LOOKS_CHANGED}
        return {Reason.LOOKS_NOT_COMPARED} if len(then) > PAGES else set()


def _differs(then: pypdfium2.PdfPage, now: pypdfium2.PdfPage, boxes: Sequence[Rectangle]) -> bool:
    if then.get_size() != now.get_size():
        return True
    difference = ImageChops.difference(_drawn(then, boxes), _drawn(now, boxes))
    return any(count for level, count in enumerate(difference.histogram()) if level > TOLERANCE)


def _drawn(page: pypdfium2.PdfPage, boxes: Sequence[Rectangle]) -> Image.Image:
    picture: Image.Image = page.render(scale=SCALE, grayscale=True, draw_annots=True).to_pil().convert("L")
    pen = ImageDraw.Draw(picture)
    height = page.get_height()
    for _, x0, y0, x1, y1 in boxes:
        pen.rectangle((x0 * SCALE - 1, (height - y1) * SCALE - 1, x1 * SCALE + 1, (height - y0) * SCALE + 1), fill=255)
    return picture
