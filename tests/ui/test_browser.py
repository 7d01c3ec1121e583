"""The design system in a real browser: sizes, keyboard, theme, dialogs, uploads."""

import os
from collections.abc import Iterator
from weakref import WeakKeyDictionary

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
FLAGS += ["--disable-sync", "--no-first-run"]
SIZES = {"landscape": (1180, 820), "portrait": (820, 1180), "phone": (390, 844)}
TOO_SMALL = """() => [...document.querySelectorAll('a.button, button, summary, select, textarea, .bar-link, .rail-link,'
  + 'input:not([type=hidden], [type=checkbox], [type=radio], [type=file], [data-day-picker])')]
  .filter((one) => one.checkVisibility() && Math.min(one.offsetHeight, one.offsetWidth) < 44)
  .map((one) => one.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield chromium
        chromium.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")


@pytest.fixture
def address(settings, live_server) -> str:
    settings.DEMO = True
    return f"{live_server.url}/styleguide/"


# What the browser complained about, per page.
COMPLAINTS: WeakKeyDictionary[Page, list[str]] = WeakKeyDictionary()


def opened(browser: Browser, address: str, size: str = "landscape", **options: object) -> Page:
    width, height = SIZES[size]
    page = browser.new_context(viewport={"width": width, "height": height}, **options).new_page()
    complaints = COMPLAINTS[page] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return page


def test_nothing_sticks_out_and_every_target_is_large_enough(browser, address):
    for size in SIZES:
        for path in ("?errors=1", "stage/"):
            page = opened(browser, address + path, size)
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert (size, path, wide) == (size, path, 0)
            assert page.evaluate(TOO_SMALL) == []
            assert COMPLAINTS[page] == []
            page.context.close()


def test_the_letters_are_be_vietnam_pro(browser, address):
    page = opened(browser, address)
    assert page.evaluate("document.fonts.check('16px \"Be Vietnam Pro\"', 'Ủy ban nhân dân, Ỷ Lan')")
    loaded = page.evaluate("[...document.fonts].filter((one) => one.status === 'loaded').length")
    assert loaded >= 4


def test_the_keyboard_reaches_the_content_first(browser, address):
    page = opened(browser, address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"


def test_the_theme_is_chosen_kept_and_sent(browser, address):
    page = opened(browser, address.replace("styleguide/", "accounts/login/"), color_scheme="light")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(ground)
    page.locator("details.menu > summary").click()
    page.locator("[data-theme-choice=dark]").click()
    page.wait_for_function(f"{ground} !== '{light}'")
    dark = page.evaluate(ground)
    page.reload()
    assert page.evaluate(ground) == dark
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_shortcuts_are_listed_followed_and_switched_off(browser, address):
    page = opened(browser, address)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("?")
    assert not page.locator("#shortcuts").is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("?")
    assert "rồi" in page.locator("#shortcuts").inner_text()
    page.locator("[data-shortcut-switch]").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert not page.locator("#shortcuts").is_visible()


def test_a_dialog_takes_the_focus_and_gives_it_back(browser, address):
    page = opened(browser, address)
    opener = page.locator("[data-dialog=demo-dialog]")
    opener.click()
    assert page.evaluate("document.activeElement.closest('dialog')?.id") == "demo-dialog"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.dialog") == "demo-dialog"


def test_a_question_is_asked_before_a_marked_form_goes(browser, address):
    page = opened(browser, address)
    button = '<button id="go" name="gone" value="1">Hủy</button>'
    form = f'<form data-confirm="Hủy phiên họp?" data-confirm-danger>{button}</form>'
    page.evaluate("(form) => document.querySelector('#main').insertAdjacentHTML('afterbegin', form)", form)
    page.locator("#go").click()
    assert page.locator("[data-confirm-text]").inner_text() == "Hủy phiên họp?"
    page.locator("#confirm button[value=cancel]").click()
    assert "gone" not in page.url
    page.locator("#go").click()
    page.locator("[data-confirm-yes]").click()
    page.wait_for_url("**gone=1*")


def test_each_file_tells_its_own_fate(browser, address):
    page = opened(browser, address)
    files = [
        {"name": "Báo cáo.pdf", "mimeType": "application/pdf", "buffer": b"x" * 2000},
        {"name": "Công văn MẬT.pdf", "mimeType": "application/pdf", "buffer": b"x"},
        {"name": "rỗng.pdf", "mimeType": "application/pdf", "buffer": b""},
    ]
    page.set_input_files(".drop-zone input[type=file]", files)
    page.locator(".file-item").nth(2).wait_for()
    page.wait_for_function("document.querySelectorAll('.file-item[data-state]').length === 3")
    names, fates = page.locator(".file-name"), page.locator(".file-note")
    notes = dict(zip(names.all_inner_texts(), fates.all_inner_texts(), strict=True))
    assert notes["Báo cáo.pdf"] == "Đã nhận, 12 trang"
    assert notes["Công văn MẬT.pdf"].startswith("Tệp mang dấu MẬT")
    assert notes["rỗng.pdf"] == "Tệp rỗng. Hãy chọn tệp khác."


def test_the_stage_changes_its_pane_on_a_phone(browser, address):
    page = opened(browser, address + "stage/", "phone")
    assert page.locator(".stage-main").is_visible()
    page.locator(".stage-switch [data-pane=right]").click()
    assert page.locator(".vote-choices").is_visible()
    assert not page.locator(".stage-main").is_visible()


def test_it_prints_without_its_frame(browser, address):
    page = opened(browser, address)
    page.emulate_media(media="print")
    assert not page.locator(".rail").is_visible()
    assert not page.locator(".topbar").is_visible()
    assert page.locator(".table thead").is_visible()
