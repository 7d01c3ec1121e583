"""Codes to scan, drawn as SVG: for cards of seats, tablets and the doors of rooms. Pure."""

import segno


def svg(text: str) -> str:
    """Return the text as a QR code: inline SVG, error correction M, scaled by the page."""
    code = segno.make(text, error="m", micro=False)
    return str(code.svg_inline(omitsize=True, border=2, dark="#000", light="#fff"))
