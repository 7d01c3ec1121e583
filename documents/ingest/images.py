"""Makes a PDF of a scanned or photographed page."""

import warnings
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageOps, ImageSequence

from documents.ingest.inspection import ProblemCode, Refusal
from documents.ingest.limits import Limits
from documents.ingest.sniff import FileType

# The long side of a page is that of A4 in inches, whatever the camera said about resolution.
_LONG_SIDE = 297 / 25.4
_QUALITY = 88


def image_to_pdf(source: Path, target: Path, kind: FileType, limits: Limits) -> None:
    """Write one page per picture; raises `Refusal` for broken or enormous ones."""
    Image.MAX_IMAGE_PIXELS = limits.max_image_pixels
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(source, formats=[kind.pillow]) as image:
                _check(image, limits)
                _save(image, target, limits)
    except Image.DecompressionBombError as error:
        raise Refusal(ProblemCode.IMAGE_TOO_LARGE) from error
    except MemoryError as error:
        raise Refusal(ProblemCode.TOO_HEAVY) from error
    except (
        OSError,
        ValueError,
        SyntaxError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        OverflowError,
        RuntimeError,
        ArithmeticError,
    ) as error:
        raise Refusal(ProblemCode.BROKEN) from error


def _check(image: Image.Image, limits: Limits) -> None:
    frames = getattr(image, "n_frames", 1)
    if frames > limits.max_pages:
        raise Refusal(ProblemCode.TOO_MANY_PAGES, pages=str(frames), limit=str(limits.max_pages))
    if image.width * image.height > limits.max_image_pixels:
        raise Refusal(ProblemCode.IMAGE_TOO_LARGE)


def _save(image: Image.Image, target: Path, limits: Limits) -> None:
    """Append page by page, so that only one picture is in memory."""
    for number, page in enumerate(_frames(image, limits)):
        resolution = max(page.size) / _LONG_SIDE
        lossy = {} if page.mode == "1" else {"quality": _QUALITY}
        page.save(target, "PDF", resolution=resolution, append=number > 0, **lossy)


def _frames(image: Image.Image, limits: Limits) -> Iterator[Image.Image]:
    for frame in ImageSequence.Iterator(image):
        if frame.width * frame.height > limits.max_image_pixels:
            raise Refusal(ProblemCode.IMAGE_TOO_LARGE)
        yield _flat(ImageOps.exif_transpose(frame))


def _flat(image: Image.Image) -> Image.Image:
    """Return the picture on white, in a mode a PDF page may hold."""
    if image.mode in {"1", "L", "RGB"} and "transparency" not in image.info:
        return image
    if image.mode.startswith(("I", "F")):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        white = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(white, layer).convert("RGB")
    return image.convert("RGB")
