"""A pen and a finger on the glass of a tablet."""

from collections.abc import Callable, Sequence
from math import sin

from playwright.sync_api import Page

Points = Sequence[tuple[float, float]]


def wave(left: float, top: float, *, width: float = 200, steps: int = 24) -> list[tuple[float, float]]:
    """Return the points of a wavy line."""
    return [(left + width * step / steps, top + 18 * sin(step / 3)) for step in range(steps + 1)]


def pen(page: Page, points: Points, halfway: Callable[[], None] = lambda: None) -> None:
    """Draw with a pen whose pressure grows; `halfway` is done while the pen is down."""
    session = page.context.new_cdp_session(page)
    last = len(points) - 1
    for step, (x, y) in enumerate(points):
        kind = "mousePressed" if step == 0 else "mouseMoved"
        force = round(0.3 + 0.5 * step / last, 2)
        said = {"type": kind, "x": x, "y": y, "button": "left", "buttons": 1, "pointerType": "pen", "force": force}
        session.send("Input.dispatchMouseEvent", {**said, "clickCount": 1 if step == 0 else 0})
        if step == last // 2:
            halfway()
    x, y = points[-1]
    up = {"type": "mouseReleased", "x": x, "y": y, "button": "left", "buttons": 0, "pointerType": "pen"}
    session.send("Input.dispatchMouseEvent", {**up, "clickCount": 1})
    session.detach()


def finger(page: Page, points: Points) -> None:
    """Draw or swipe with one finger."""
    session = page.context.new_cdp_session(page)
    for step, (x, y) in enumerate(points):
        kind = "touchStart" if step == 0 else "touchMove"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    session.detach()
