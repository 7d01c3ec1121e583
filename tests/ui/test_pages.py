"""Pages in their frame: languages, theme, errors, sign-in."""

import re
from pathlib import Path

import pytest
from django.conf import settings as installation
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from ui import home, nav
from ui.views import home as home_view

ENGLISH = re.compile(
    r"\b(the|and|your|you|password|username|sign|home|search|close|cancel|dark|light|is|with|of|to|key|code)\b", re.I
)

BY_DEVICE = "(prefers-color-scheme: dark)"


def visible_text(html: str) -> str:
    html = re.sub(r"<(script|style|svg|template)\b.*?</\1>", " ", html, flags=re.DOTALL)
    html = re.sub(r'<option[^>]*>|<button[^>]*lang="en"[^>]*>.*?</button>', " ", html, flags=re.DOTALL)
    spoken = re.findall(r'(?:aria-label|title|placeholder|alt)="([^"]*)"', html)
    return " ".join([re.sub(r"<[^>]+>", " ", html), *spoken])


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/accounts/2fa/",
        "/accounts/2fa/webauthn/",
        "/accounts/sessions/",
        "/accounts/password/change/",
        "/accounts/reauthenticate/",
        "/accounts/2fa/totp/activate/",
        "/accounts/logout/",
        "/accounts/password/reset/",
        "/accounts/inactive/",
    ],
)
def test_signed_in_pages_speak_vietnamese_only(signed_in, address):
    page = signed_in.get(address, headers={"Accept-Language": "en-US,en;q=0.9"}, follow=True)
    assert page.status_code == 200
    text = visible_text(page.content.decode())
    assert ENGLISH.findall(text.replace("Nghị Sự", "")) == []


@pytest.mark.django_db
def test_sign_in_says_what_was_wrong_and_speaks_vietnamese():
    page = Client().post("/accounts/login/", {"login": "", "password": "sai"}, headers={"Accept-Language": "en"})
    text = visible_text(page.content.decode())
    assert "Mục này không được để trống." in text
    assert ENGLISH.findall(text) == []
    wrong = Client().post("/accounts/login/", {"login": "ai", "password": "sai"}).content.decode()
    assert '<div class="alert tone-danger" role="alert">' in wrong


@pytest.mark.django_db
def test_english_is_a_choice_kept_in_a_cookie():
    client = Client()
    assert 'lang="vi"' in client.get("/accounts/login/").content.decode()
    client.post("/i18n/setlang/", {"language": "en", "next": "/accounts/login/"})
    page = client.get("/accounts/login/")
    assert 'lang="en"' in page.content.decode()
    assert page.headers["Content-Language"] == "en"
    client.cookies[installation.LANGUAGE_COOKIE_NAME] = "xx"
    assert 'lang="vi"' in client.get("/accounts/login/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cookie", "media"),
    [
        ("", "(prefers-color-scheme: dark)"),
        ("dark", "all"),
        ("light", "not all"),
        ("x'><", "(prefers-color-scheme: dark)"),
    ],
)
def test_the_theme_arrives_with_the_page(cookie, media):
    client = Client()
    client.cookies["theme"] = cookie
    page = client.get("/accounts/login/").content.decode()
    assert f'href="/static/ui/css/dark.css" media="{media}"' in page


@pytest.mark.django_db
def test_inline_scripts_carry_the_nonce_of_the_policy():
    page = Client().get("/accounts/login/")
    nonce = re.search(r"'nonce-([^']+)'", page.headers["Content-Security-Policy"])
    assert nonce
    html = page.content.decode()
    inline = re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", html)
    assert inline
    assert all(f'nonce="{nonce[1]}"' in tag for tag in inline)


@pytest.mark.django_db
def test_every_module_of_the_import_map_exists():
    import json

    from django.contrib.staticfiles import finders

    html = Client().get("/accounts/login/").content.decode()
    found = re.search(r'<script type="importmap"[^>]*>(.*?)</script>', html)
    assert found
    imports = json.loads(found[1])["imports"]
    assert imports["ui/start"] == "/static/ui/js/start.js"
    assert [name for name, address in imports.items() if not finders.find(address.removeprefix("/static/"))] == []


def test_a_stranger_is_sent_to_sign_in(client):
    assert client.get("/").headers["Location"] == "/accounts/login/?next=/"


@pytest.mark.django_db
def test_the_page_of_components_is_hidden_outside_of_demo_and_development(client, settings):
    assert client.get("/styleguide/").status_code == 404
    settings.DEMO = True
    assert client.get("/styleguide/?errors=1").status_code == 200
    assert client.get("/styleguide/stage/").status_code == 200


@pytest.mark.parametrize("status", [400, 403, 404, 429])
def test_error_pages_say_what_to_do(status):
    request = RequestFactory().get("/x")
    html = render_to_string(f"{status}.html", {"reason": "Hãy hỏi văn thư <b>."}, request)
    assert "<h1>" in html
    assert status == 404 or "Hãy hỏi văn thư &lt;b&gt;." in html
    assert ENGLISH.findall(visible_text(render_to_string(f"{status}.html", {}, request))) == []
    assert ENGLISH.findall(visible_text(render_to_string("403_csrf.html", {}, request))) == []


def test_the_500_page_needs_nothing():
    html = render_to_string("500.html")
    assert "Máy chủ gặp sự cố" in html
    assert "/static/" not in html


def test_the_longest_address_is_current():
    urls = ["/", "/meetings/", "/meetings/calendar/"]
    assert nav.current_url("/meetings/calendar/2026/", urls) == "/meetings/calendar/"
    assert nav.current_url("/meetings/7/", urls) == "/meetings/"
    assert nav.current_url("/elsewhere/", urls) == ""
    assert nav.current_url("/", urls) == "/"


def test_the_shell_draws_what_packages_register(signed_in, monkeypatch):
    monkeypatch.setattr(nav, "registry", nav.Registry())
    monkeypatch.setattr("ui.context.registry", nav.registry)
    nav.register(nav.NavItem("b", "Văn bản", "styleguide", "files", order=2, badge=lambda request: 120))
    nav.register(nav.NavItem("a", "Trang chính", "home", "house", order=1))
    nav.register(nav.NavItem("c", "Ẩn", "home", "house", visible=lambda user: False))
    nav.register(nav.NavItem("d", "Chưa có", "not_mounted", "house"))
    nav.register_posts(lambda request: [nav.PostChoice("1", "Văn thư", "UBND phường", True)], url_name="home")
    nav.register_inbox(lambda request: 7, url_name="home")
    html = signed_in.get("/").content.decode()
    rail = html[html.index('<nav class="rail"') : html.index('<header class="topbar"')]
    assert rail.index("Trang chính") < rail.index("Văn bản")
    assert "99+" in rail
    assert "Ẩn" not in rail
    assert "Chưa có" not in rail
    assert rail.count('aria-current="page"') == 1
    assert "UBND phường" in html
    assert "Chờ tôi xử lý: 7 việc" in html


def test_the_home_page_shows_panels_with_something_to_say(person, monkeypatch):
    monkeypatch.setattr(home, "panels", {})
    template = "ui/components/empty.html"
    home.register_panel(home.HomePanel("b", "Chờ ký", "signature", template, lambda request: {"title": "Hai việc"}))
    home.register_panel(home.HomePanel("a", "Không gì", "house", template, lambda request: None))
    request = RequestFactory().get("/")
    request.user = person
    html = home_view(request).content.decode()
    assert "Hai việc" in html
    assert "Không gì" not in html


def test_fields_join_label_help_and_error():
    from ui.samples import SampleForm

    html = str(SampleForm({"title": "", "starts_0": "31/02/2026", "starts_1": "25:00"}))
    assert 'aria-invalid="true"' in html
    assert 'id="id_title_error"' in html
    assert re.search(r'<input[^>]*name="title"[^>]*aria-describedby="[^"]*id_title_', html)
    assert html.count("<label") >= 6
    assert 'type="password"' in html


def test_moments_are_read_day_first_in_the_local_zone():
    from ui.forms import DayField, MomentField, MomentInput

    moment = MomentField().clean(["1/12/2026", "8h30"])
    assert moment.isoformat() == "2026-12-01T08:30:00+07:00"
    assert DayField().clean("05.01.2027").isoformat() == "2027-01-05"
    assert 'value="01/12/2026"' in MomentInput().render("at", moment)


@pytest.mark.parametrize("sheet", ["tokens", "base", "lists", "shell", "fonts"])
def test_addresses_in_sheets_exist(sheet):
    from django.contrib.staticfiles import finders

    file = Path(installation.BASE_DIR) / "ui/static/ui/css" / f"{sheet}.css"
    addresses = re.findall(r'url\("\.\./\.\./([^"]+)"\)', file.read_text(encoding="utf-8"))
    assert [address for address in addresses if not finders.find(address)] == []


@pytest.mark.parametrize("day", ["01/01/0001", "31/12/9999", "31/12/1999", "01/01/2101"])
def test_a_day_far_off_is_refused_with_the_years_that_are_meant(day):
    from django.core.exceptions import ValidationError

    from ui.forms import DAWN_YEAR, DayField, MomentField

    for field, value in ((DayField(), day), (MomentField(), [day, "08:00"])):
        with pytest.raises(ValidationError, match=r"2000.*2100"):
            field.clean(value)
    assert DayField(DAWN_YEAR).clean("02/09/1945").year == 1945
