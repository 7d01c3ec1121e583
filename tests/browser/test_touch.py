"""Every page fits its screen and is worked with a finger: nothing beyond the edge, nothing too low to hit."""

import re
from collections.abc import Iterator

import pytest

from tests.browser.people import PHONE, PORTRAIT, Cast, Person

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

MEETING = r"/meetings/[0-9a-f-]{36}/"
EVERYBODYS = ("/", "/meetings/", "/meetings/calendar/", "/library/", "/rooms/", "/rooms/calendar/")
SETTINGS = ("/notices/settings/", "/notebook/", "/outgoing/")
OFFICE = ("/meetings/new/", "/meetings/statistics/")

# Words in running text and in cells keep their line; a tick is as large as its label.
SCAN = """() => {
  const low = [];
  const worked = "a[href], button:enabled, summary, input:not([type=hidden]):enabled, select";
  for (const one of document.querySelectorAll(worked)) {
    if (one.closest("svg") || !one.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    if (getComputedStyle(one).display === "inline" && one.closest("p, td, th, dd")) continue;
    const ticked = one.matches("[type=checkbox], [type=radio], [type=file]");
    const label = ticked ? one.closest("label") ?? one.labels[0] : null;
    const { width, height } = (label ?? one).getBoundingClientRect();
    if (width < 2 || height < 2 || (width >= 43.5 && height >= 43.5)) continue;
    low.push(`${(one.innerText || one.ariaLabel || one.name).trim()} ${Math.round(width)}×${Math.round(height)}`);
  }
  const wide = document.documentElement.scrollWidth - innerWidth;
  return wide > 0 ? [...low, `${wide} px beyond the edge`] : low;
}"""


@pytest.mark.parametrize(("username", "more"), [("van.thu", OFFICE), ("uy.vien1", ())])
def test_pages_fit_tablet_and_phone(cast: Cast, username: str, more: tuple[str, ...]) -> None:
    """The main pages of clerk and member, upright on a tablet and on a phone."""
    person = cast.person(username, size=PORTRAIT)
    found = dict(faults(person, [*EVERYBODYS, *SETTINGS, *more, *parts(person), *rooms(person)]))
    assert found == {}
    assert cast.troubles() == []


def parts(person: Person) -> list[str]:
    """Return the pages of a meeting to come that its tabs lead to, its agenda on paper, and one that is over."""
    coming, over = first(person, "/meetings/", MEETING), first(person, "/meetings/?tab=past", MEETING)
    person.open(coming)
    tabs = person.page.eval_on_selector_all(".meeting-tabs a", "links => links.map(link => link.pathname)")
    return [*tabs, f"{coming}agenda/print/", over]


def rooms(person: Person) -> list[str]:
    return [first(person, "/rooms/", r"/rooms/[0-9a-f-]{36}/")]


def first(person: Person, path: str, pattern: str) -> str:
    """Return the first address on a page that looks like this."""
    person.open(path)
    addresses = person.page.eval_on_selector_all("main a[href]", "links => links.map(link => link.pathname)")
    return next(address for address in addresses if re.fullmatch(pattern, address))


def faults(person: Person, paths: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield what is too low or too wide, by page and width."""
    for path in paths:
        assert person.open(path) == 200, path
        for size in (PORTRAIT, PHONE):
            person.page.set_viewport_size(size)
            person.page.evaluate("() => new Promise(requestAnimationFrame)")
            if low := person.page.evaluate(SCAN):
                yield f"{path} at {size['width']}", low
