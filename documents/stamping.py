"""Writes who reads over the picture of a page, again and again across it, so that no part of it is without. Pure."""

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from documents.typeset.fonts import typeface

_SLANT = 30
_LETTER = 0.021  # of the width of the page
_STRENGTH = 74  # of 255: seen on white and on black, and never in the way of a letter
_METHOD, _QUALITY = 0, 72
_MOST_PIXELS = 40_000_000


def stamped(picture: bytes, words: str) -> bytes:
    """Return the WebP picture with the words all over it."""
    with Image.open(BytesIO(picture), formats=("WEBP",)) as opened:
        if opened.width * opened.height > _MOST_PIXELS:
            raise ValueError("picture too large")
        page = opened.convert("RGB")
    mask = _pattern(page.width, page.height, words)
    page.paste((96, 96, 104), mask=mask)
    made = BytesIO()
    page.save(made, "WEBP", quality=_QUALITY, method=_METHOD)
    return made.getvalue()


def _pattern(width: int, height: int, words: str) -> Image.Image:
    """Return how strongly each point is coloured: rows of the words, every other one moved by half."""
    once = tile(words, max(7, round(width * _LETTER)))
    mask = Image.new("L", (width, height), 0)
    for row, top in enumerate(range(-once.height // 2, height, once.height)):
        for left in range(-(row % 2) * once.width // 2, width, once.width):
            mask.paste(_STRENGTH, (left, top), once)
    return mask


def tile(words: str, size: int) -> Image.Image:
    """Return the words once, slanted, as strengths."""
    font = _font(size)
    left, top, right, bottom = font.getbbox(words)
    line = Image.new("L", (round(right - left) + 2 * size, round(bottom - top) + size), 0)
    ImageDraw.Draw(line).text((size - left, size / 2 - top), words, fill=255, font=font)
    return line.rotate(_SLANT, expand=True, resample=Image.Resampling.BICUBIC)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    path = typeface().file(bold=True, italic=False)
    return ImageFont.truetype(str(path), size) if path else ImageFont.load_default(size)
