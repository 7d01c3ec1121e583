"""Office tools leave Times New Roman out of their PDFs; what is signed must not look different on another machine.

The metric twin goes into the file instead: same widths, same line breaks, and the pages look the same everywhere.
"""

import pikepdf

from documents.typeset.fonts import typeface

SERIF = ("timesnewroman",)


def is_embedded(font: pikepdf.Object) -> bool:
    """Does the font dictionary carry its own glyphs?"""
    if font.get("/Subtype") in ("/Type0", "/Type3"):
        return True  # Type0 speaks through its descendant, Type3 carries its glyphs
    descriptor = font.get("/FontDescriptor")
    return descriptor is not None and any(name in descriptor for name in ("/FontFile", "/FontFile2", "/FontFile3"))


def embed_twins(document: pikepdf.Pdf) -> None:
    """Give every simple TrueType Times New Roman without glyphs those of its metric twin."""
    streams: dict[tuple[bool, bool], pikepdf.Object] = {}
    for font in document.objects:
        if not isinstance(font, pikepdf.Dictionary) or not _is_bare_times(font):
            continue
        style = _style(str(font.BaseFont))
        if style not in streams:
            path = typeface().file(bold=style[0], italic=style[1])
            if path is None:
                return
            streams[style] = document.make_indirect(pikepdf.Stream(document, path.read_bytes()))
        font.FontDescriptor.FontFile2 = streams[style]


def _is_bare_times(font: pikepdf.Object) -> bool:
    if font.get("/Type") != "/Font" or font.get("/Subtype") != "/TrueType" or is_embedded(font):
        return False
    name = _plain(str(font.get("/BaseFont", "")))
    return "/FontDescriptor" in font and name.startswith(SERIF)


def _style(name: str) -> tuple[bool, bool]:
    plain = _plain(name)
    return "bold" in plain, "italic" in plain


def _plain(name: str) -> str:
    return name.rpartition("+")[2].lstrip("/").replace(" ", "").replace("#20", "").lower()
