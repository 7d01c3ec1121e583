"""The confined half of reading scans: draws one page as a grey picture.

Run as `python -m documents.ingest.page_picture_worker PDF PAGE DPI TARGET` in a folder of its own.
"""

import sys
from pathlib import Path

import pypdfium2

_MOST_PIXELS = 40_000_000  # about A2 at 200 dpi: a larger page is drawn coarser


def draw(pdf: Path, page: int, dpi: int, target: Path) -> None:
    """Draw one page (from 1)."""
    document = pypdfium2.PdfDocument(pdf)
    content = document[page - 1]
    width, height = content.get_size()
    scale = min(dpi / 72, (_MOST_PIXELS / max(width * height, 1)) ** 0.5)
    content.render(scale=scale, grayscale=True).to_pil().convert("L").save(target, "PNG", compress_level=1)


if __name__ == "__main__":
    draw(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
