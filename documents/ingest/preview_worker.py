"""The confined half of the previews: draws pages and tells of each as one JSON line.

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
from PIL import Image

# A page may be so long that a picture of it would fill the memory: this many times its width is enough.
_LONGEST = 4
# Method 0 saves 100 pages in the time method 4 needs for 40, for a quarter more bytes.
_METHOD, _QUALITY = 0, 68
# Letters on plain paper: sixteen shades without loss are sharper, smaller and quicker than lossy WebP (27 and 48 ms,
# 220 and 333 kB). Scans and photographs have no plain paper.
_SHADES = [min(255, (level + 8) // 17 * 17) for level in range(256)]
_PLAIN = 0.5


def picture_name(page: int, width: int) -> str:
    """Return the file name of one picture."""
    return f"{page:05}-{width}.webp"


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
        image.resize(size, Image.Resampling.BOX, reducing_gap=2).save(name, "WEBP", quality=_QUALITY, method=_METHOD)
    elif _is_plain(image):
        image.point(_SHADES * 3).save(name, "WEBP", lossless=True, quality=0, method=0)
    else:
        image.save(name, "WEBP", quality=_QUALITY, method=_METHOD)
    return asked, *size


def _is_plain(image: Image.Image) -> bool:
    """Tell whether most of the page is one shade of paper."""
    counts = image.reduce(2).convert("L").histogram()
    return max(counts) > _PLAIN * sum(counts)


def _tell(page: int, pictures: list[tuple[int, int, int]]) -> None:
    sys.stdout.write(json.dumps({"page": page, "pictures": pictures}) + "\n")
    sys.stdout.flush()


@contextmanager
def _patience(seconds: float, page: int, step: int) -> Iterator[None]:
    """Let one page take its time, but not that of all the others."""
    timer = threading.Timer(seconds, _give_up, (page, step))
    timer.daemon = True
    timer.start()
    yield
    timer.cancel()


def _give_up(page: int, step: int) -> None:
    """Tell the page without pictures; this process, its limits and rights go on as a new program with the next one."""
    _tell(page, [])
    os.execv(sys.executable, [*sys.orig_argv[:-1], str(page + step)])


def main(pdf: str, step: str, widths: str, patience: str, first: str) -> None:
    """Draw every step-th page; one that cannot be drawn is told without pictures."""
    document = pypdfium2.PdfDocument(Path(pdf))
    document.init_forms()  # else what people wrote into a form is not drawn; this pdfium knows no JavaScript
    for page in range(int(first), len(document) + 1, int(step)):
        with _patience(float(patience), page, int(step)):
            try:
                pictures = draw(document, page, json.loads(widths))
            except (pypdfium2.PdfiumError, MemoryError, ValueError):
                pictures = []
        _tell(page, pictures)


if __name__ == "__main__":
    main(*sys.argv[1:6])
