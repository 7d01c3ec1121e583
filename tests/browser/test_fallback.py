"""Where WebSocket is blocked the room goes on: another way takes over within a second, all else is the same."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.people import LANDSCAPE, Cast, Person
from tests.servers.app import AppServer
from tests.servers.proxy import Proxy, proxy

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

CHAIR, MEMBER = "chu.toa", "uy.vien1"
# When the page first asked for its socket, and when the lamp said that the room is there.
WATCH = """
  window.taken = {};
  const Socket = window.WebSocket;
  window.WebSocket = class extends Socket {
    constructor(address) { window.taken.asked ??= performance.now(); super(address); }
  };
  new MutationObserver(() => {
    const lamp = document.getElementById("lamp");
    if (lamp?.dataset.lamp === "live") window.taken[lamp.dataset.way] ??= performance.now();
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-lamp", "data-way"] });
"""


TRIES = 5
# On a busy machine another way may say hello first; the socket is then tried beside it after 15 s.
SOCKET_AGAIN = 40_000


@pytest.fixture(scope="module")
def between(server: AppServer) -> Iterator[Proxy]:
    """Put a proxy between some tablets and the server."""
    with proxy(server.port) as running:
        yield running


def at_the_proxy(cast: Cast, between: Proxy, username: str) -> Person:
    """Sign somebody in whose tablet reaches the server through the proxy alone."""
    there = Cast(between.url, cast.browser, list(cast.people.values()), cast.folder)
    someone = there.sign_in(username, LANDSCAPE)
    cast.contexts += there.contexts
    someone.page.add_init_script(WATCH)
    return someone


def room_of(page: Page, url: str) -> str:
    """Return the address of a room the person may enter."""
    for where in ("/", "/meetings/", "/meetings/?tab=upcoming"):
        page.goto(f"{url}{where}")
        links = page.locator("main a[href^='/meetings/']").evaluate_all("links => links.map(a => a.pathname)")
        for start in dict.fromkeys("/".join(link.split("/")[:3]) for link in links if link.count("-") == 4):
            if page.request.get(f"{url}{start}/room/", max_redirects=0).status == 200:
                return f"{start}/room/"
    raise AssertionError("the demo has no room to enter")


def taken_over(member: Person, room: str, way: str) -> float:
    """Open the room as on a device that knows nothing yet; return the milliseconds until the other way said hello."""
    member.page.evaluate("localStorage.removeItem('nghisu.way')")
    member.open(room)
    lamp = member.page.locator("#lamp[data-lamp=live]")
    expect(lamp).to_have_attribute("data-way", way, timeout=10_000)
    expect(lamp).to_have_text("Kết nối dự phòng")
    taken = member.page.evaluate("taken")
    return float(taken[way] - taken["asked"])


@pytest.mark.parametrize(("mode", "way"), [("refuses", "events"), ("hangs", "events"), ("buffers", "poll")])
def test_another_way_takes_over_within_a_second(
    cast: Cast, between: Proxy, server: AppServer, mode: str, way: str
) -> None:
    between.mode = "plain"
    member = at_the_proxy(cast, between, MEMBER)
    asked: list[Request] = []
    room = room_of(member.page, between.url)
    member.page.on("request", lambda request: asked.append(request))
    between.mode = mode
    times = [taken_over(member, room, way)]
    while times[-1] > 1_000 and len(times) < TRIES:  # the machine may be busy with the other half of the tests
        times.append(taken_over(member, room, way))
    assert between.blocked > 0
    assert times[-1] <= 1_000, times

    chair = cast.person(CHAIR)
    chair.open(room)
    expect(chair.page.locator("#lamp[data-lamp=live]")).to_have_attribute("data-way", "socket", timeout=10_000)
    expect(chair.page.locator("#lamp")).to_have_text("Kết nối trực tiếp")
    member.page.click("[data-key=tab-calls]")
    member.page.click("[data-key=call-technician]")
    expect(member.page.locator("#service-pane .call")).to_contain_text("Kỹ thuật")
    member.page.locator("[data-key^=withdraw-]").click()
    expect(member.page.locator("#service-pane .call")).to_have_count(0)
    member.shot(f"fallback-{mode}")
    foreign = {request.url for request in asked if not request.url.startswith((between.url, "data:", "blob:"))}
    assert {url for url in foreign if not url.startswith(between.url.replace("http", "ws"))} == set()

    between.mode = "plain"
    member.page.evaluate("localStorage.removeItem('nghisu.way')")
    member.open(room)
    lamp = member.page.locator("#lamp[data-lamp=live]")
    expect(lamp).to_have_attribute("data-way", "socket", timeout=SOCKET_AGAIN)
