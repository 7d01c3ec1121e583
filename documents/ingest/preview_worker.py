"""The confined half of the previews: draws and reads pages and tells of each as one JSON line.

Run as `python -m documents.ingest.preview_worker PDF STEP WIDTHS PATIENCE FIRST` in a folder of its own: every STEP-th
page from FIRST (from 1), so that several workers share a file and early pages come early. A page that is not drawn in
PATIENCE seconds is given up.
"""

import json
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops

from documents.ingest.limits import LIMITS
from documents.ingest.text import page_text

# A page may be so long that a picture of it would fill the memory: this many times its width is enough.
_LONGEST = 4
# Method 0 saves 100 pages in the time method 4 needs for 40, for a quarter more bytes.
_METHOD, _QUALITY = 0, 68
# Letters on plain paper: few shades without loss are sharper, smaller and quicker than lossy WebP. Black letters alone
# need four (13 ms and 70 kB; sixteen: 21 and 125; lossy: 30 and 135), the lighter grey wide so that thin lines stay.
_FOUR = [0 if level < 43 else 85 if level < 128 else 170 if level < 228 else 255 for level in range(256)]
_SIXTEEN = [min(255, (level + 8) // 17 * 17) for level in range(256)]
_PLAIN, _FLAT, _BETWEEN = 0.5, 0.005, 0.2
_COLOURLESS = 6


def picture_name(page: int, width: int) -> str:
    """Return the file name of one picture."""
    return f"{page:05}-{width}.webp"


def text_name(page: int) -> str:
    """Return the file name of one page's text."""
    return f"{page:05}.txt"


def draw(document: pypdfium2.PdfDocument, page: int, widths: list[int]) -> list[tuple[int, int, int]]:
    """Draw one page once, save it in every width, and return (asked width, real width, height) of each."""
    content = document[page - 1]
    largest = max(widths)
    width, height = content.get_size()
    # pdfium rounds up: a hair less gives exactly the width asked for.
    scale = min((largest - 0.01) / max(width, 1), largest * _LONGEST / max(height, 1))
    image = content.render(scale=scale, rev_byteorder=True, prefer_bgrx=False).to_pil()
    image = image if image.mode == "RGB" else image.convert("RGB")
    content.close()
    return [_save(image, page, asked, asked / largest) for asked in widths]


def _save(image: Image.Image, page: int, asked: int, ratio: float) -> tuple[int, int, int]:
    size = (max(1, round(image.width * ratio)), max(1, round(image.height * ratio)))
    name = picture_name(page, asked)
    if size != image.size:
        image.resize(size, Image.Resampling.BOX, reducing_gap=1).save(name, "WEBP", quality=_QUALITY, method=_METHOD)
    elif shown := _in_few_shades(image):
        shown.save(name, "WEBP", lossless=True, quality=0, method=0)
    else:
        image.save(name, "WEBP", quality=_QUALITY, method=_METHOD)
    return asked, *size


def _in_few_shades(image: Image.Image) -> Image.Image | None:
    """Return a page of letters in the fewest shades that show it; None unless most of it is one shade of paper."""
    grey = image.convert("L")
    counts = grey.histogram()
    between, total = counts[16:240], sum(counts)
    if max(counts) <= _PLAIN * total:
        return None
    if not _is_colourless(image):
        return image.point(_SIXTEEN * 3)
    # A surface in one shade of grey, or a picture, would suffer: what lies between black and white is edges of letters.
    only_letters = max(between) < _FLAT * total and sum(between) < _BETWEEN * total
    return grey.point(_FOUR if only_letters else _SIXTEEN)


def _is_colourless(image: Image.Image) -> bool:
    """Tell whether red, green and blue are the same everywhere, but for a trace."""
    red, green, blue = image.reduce(4).split()
    counts = (ImageChops.difference(red, other).histogram() for other in (green, blue))
    return not any(any(one[_COLOURLESS + 1 :]) for one in counts)


def _write_text(document: pypdfium2.PdfDocument, page: int, most: int) -> tuple[int, bool]:
    """Write the text of one page beside its pictures; return how long it is, and whether it carries a secrecy mark."""
    text, mark = page_text(document, page - 1, most)
    Path(text_name(page)).write_text(text, encoding="utf-8")
    return len(text), mark is not None


def _tell(page: int, pictures: list[tuple[int, int, int]], marked: bool) -> None:
    sys.stdout.write(json.dumps({"page": page, "pictures": pictures, "marked": marked}) + "\n")
    sys.stdout.flush()


@contextmanager
def _patience(seconds: float, page: int, step: int, marked: bool) -> Iterator[None]:
    """Let one page take its time, but not that of all the others; past the block nobody else tells of the page."""
    telling = threading.Lock()
    timer = threading.Timer(seconds, _give_up, (telling, page, step, marked))
    timer.daemon = True
    timer.start()
    yield
    timer.cancel()
    telling.acquire()  # given up meanwhile, it never comes free: this program ends here


def _give_up(telling: threading.Lock, page: int, step: int, marked: bool) -> None:
    """Tell the page without pictures; this process, its limits and rights go on as a new program with the next one."""
    if not telling.acquire(blocking=False):
        return
    try:
        _tell(page, [], marked)
        os.execv(sys.executable, [*sys.orig_argv[:-1], str(page + step)])
    finally:
        os._exit(1)


def main(pdf: str, step: str, widths: str, patience: str, first: str) -> None:
    """Read and draw every step-th page; one that cannot be drawn is told without pictures."""
    document = pypdfium2.PdfDocument(Path(pdf))
    document.init_forms()  # else what people wrote into a form is not drawn; this pdfium knows no JavaScript
    left = LIMITS.max_text_characters
    for page in range(int(first), len(document) + 1, int(step)):
        length, marked = _write_text(document, page, min(left, LIMITS.max_page_characters))
        left -= length
        with _patience(float(patience), page, int(step), marked):
            try:
                pictures = draw(document, page, json.loads(widths))
            except (pypdfium2.PdfiumError, MemoryError, ValueError):
                pictures = []
        _tell(page, pictures, marked)


if __name__ == "__main__":
    main(*sys.argv[1:6])
