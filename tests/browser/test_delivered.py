"""“8/8 máy đã hiện kết quả”: every page says what it shows, and within about a second everybody is counted."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people import Cast, Person
from tests.browser.test_voting import address, ask, begin, close, enter, opened, putting_away

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

CHAIR, OTHERS = "chu.toa", ["thu.ky", "uy.vien1", "uy.vien2", "uy.vien3", "uy.vien4"]
LONGEST = 1_500  # ms, a loaded machine included
# When the newest vote changed on this page, and what the line about screens said from then on.
WATCH = """
  window.told = [];
  new MutationObserver(() => {
    const now = document.querySelector(".room-vote-now");
    const words = document.querySelector(".room-delivered p")?.textContent;
    if (now?.dataset.state !== window.told.at(-1)?.state || words !== window.told.at(-1)?.words)
      window.told.push({ state: now?.dataset.state, words, at: performance.now() });
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
"""


def told(chair: Person, state: str, words: str) -> float:
    """Return how many milliseconds passed on the chair's page from the change until it said these words."""
    expect(chair.page.locator(".room-vote-now .room-delivered p")).to_have_text(words, timeout=10_000)
    seen = [one for one in chair.page.evaluate("told") if one["state"] == state]
    return float(next(one["at"] for one in seen if one["words"] == words) - seen[0]["at"])


def test_everybody_whose_page_shows_the_result_is_counted_within_about_a_second(cast: Cast) -> None:
    chair = cast.person(CHAIR)
    chair.page.add_init_script(WATCH)
    room = f"{address(chair)}room/"
    seats = [chair, *(cast.person(username) for username in OTHERS)]
    for person in seats:
        enter(person, room)
    opened(chair)
    ask(chair.page, "Các máy có hiện kết quả không?")
    all_of_them = f"{len(seats)}/{len(seats)} máy đã hiện"
    begin(chair)
    assert told(chair, "open", f"{all_of_them} câu hỏi") <= LONGEST
    close(chair)
    chair.page.wait_for_timeout(500)
    expect(chair.page.locator(".room-vote-now .room-delivered p")).to_have_count(0)  # it is the chair's alone as yet
    chair.page.locator("[data-key^=declare-]").click()
    assert told(chair, "declared", f"{all_of_them} kết quả") <= LONGEST

    gone = seats.pop()
    gone.page.close()
    fewer = f"{len(seats)}/{len(seats)} máy đã hiện kết quả"
    expect(chair.page.locator(".room-vote-now .room-delivered p")).to_have_text(fewer, timeout=10_000)
    putting_away(chair)
    expect(chair.page.locator(".room-vote-list > li", has_text=re.compile("hiện kết quả không")).first).to_be_visible()
    assert cast.troubles() == []
