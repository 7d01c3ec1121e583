"""Every declared pair of colours reaches WCAG 2.2 AA, in light and in dark."""

import re
from pathlib import Path

import pytest
from django.conf import settings

CSS = Path(settings.BASE_DIR) / "ui" / "static" / "ui" / "css"
TEXT, SHAPE = 4.5, 3.0

SURFACES = ["paper", "surface", "surface-raised", "sunk", "hover"]
STATES = ["neutral", "info", "success", "warning", "danger"]
PAIRS = [
    *[(ink, ground, TEXT) for ink in ("ink", "ink-soft", "ink-faint", "link") for ground in SURFACES],
    ("link-strong", "surface", TEXT),
    ("accent-ink", "accent", TEXT),
    ("accent-ink", "accent-strong", TEXT),
    ("ink", "accent-tint", TEXT),
    ("ink-soft", "accent-tint", TEXT),
    ("accent-text", "surface-raised", TEXT),
    ("ink", "mark", TEXT),
    ("ink", "info-tint", TEXT),
    *[(f"{state}-ink", f"{state}-tint", TEXT) for state in STATES],
    *[(f"{state}-ink", ground, TEXT) for state in STATES for ground in ("surface", "surface-raised", "paper")],
    *[(f"{state}-line", ground, SHAPE) for state in STATES for ground in ("surface", "surface-raised", "paper")],
    *[("line-strong", ground, SHAPE) for ground in ("paper", "surface", "surface-raised", "sunk")],
    *[("focus", ground, SHAPE) for ground in SURFACES],
    *[("accent", ground, SHAPE) for ground in ("paper", "surface", "surface-raised", "sunk")],
    *[(f"series-{number}", "surface", SHAPE) for number in range(1, 7)],
]


def colours(*names: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in names:
        found.update(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", (CSS / name).read_text(encoding="utf-8")))
    return found


THEMES = {"light": colours("tokens.css"), "dark": colours("tokens.css", "dark.css")}


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(first: str, second: str) -> float:
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_ratio_of_black_on_white():
    assert ratio("#000000", "#ffffff") == pytest.approx(21.0)


@pytest.mark.parametrize("theme", THEMES)
def test_pairs_reach_their_ratio(theme):
    palette = THEMES[theme]
    short = {
        f"{ink} on {ground}": round(ratio(palette[ink], palette[ground]), 2)
        for ink, ground, least in PAIRS
        if ratio(palette[ink], palette[ground]) < least
    }
    assert short == {}


def test_dark_names_every_colour_of_light():
    dark = colours("dark.css")
    assert set(dark) == set(THEMES["light"])


def test_every_used_token_exists():
    declared = set(re.findall(r"(--[\w-]+):", (CSS / "tokens.css").read_text(encoding="utf-8")))
    missing = {}
    for sheet in CSS.glob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        own = set(re.findall(r"(--[\w-]+):", text))
        used = (
            set(re.findall(r"var\((--[\w-]+)\)", text)) - declared - own - {"--tone-ink", "--tone-tint", "--tone-line"}
        )
        if used:
            missing[sheet.name] = used
    assert missing == {}


@pytest.mark.parametrize("sheet", sorted(CSS.glob("*.css")), ids=lambda path: path.name)
def test_colours_are_only_named_in_the_tokens(sheet):
    if sheet.name in {"tokens.css", "dark.css", "print.css"}:
        return
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", sheet.read_text(encoding="utf-8"))) <= {"#ffffff"}
