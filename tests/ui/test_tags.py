"""The components as template tags."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from ui import devices, icons, sizes, tones
from ui.finders import IconFinder, used_icons
from ui.templatetags import ui as tags

NOON = datetime(2026, 11, 20, 18, 5, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def vietnamese():
    with translation.override("vi"):
        yield


def rendered(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def test_an_icon_beside_words_is_silent_and_alone_it_speaks():
    assert 'aria-hidden="true"' in rendered('{% icon "stamp" %}')
    alone = rendered('{% icon "stamp" label="Đóng dấu" %}')
    assert 'role="img" aria-label="Đóng dấu"' in alone
    assert "aria-hidden" not in alone


@pytest.mark.parametrize("name", ["no-such-icon", "../package", "", "Stamp", "a\x00b"])
def test_an_unknown_icon_is_a_circle_and_no_error(name):
    assert "<circle" in icons.svg(name)


def test_an_icon_is_found_among_collected_files_when_node_modules_is_absent(settings, tmp_path):
    folder = tmp_path / "npm" / "lucide"
    folder.mkdir(parents=True)
    (folder / "stamp.svg").write_text('<svg viewBox="0 0 24 24"><path d="M1 1"/></svg>', encoding="utf-8")
    settings.NPM, settings.STATIC_ROOT = tmp_path / "absent", tmp_path
    icons.shapes.cache_clear()
    try:
        assert "M1 1" in icons.svg("stamp")
    finally:
        icons.shapes.cache_clear()


def test_every_icon_named_in_a_template_exists():
    import re

    pattern = re.compile(r"""\{% icon "([^"]+)"|icon="([a-z0-9-]+)\"""")
    base = Path(settings.BASE_DIR)
    pages = [page for page in base.glob("*/templates/**/*.html") if ".venv" not in page.parts]
    named = {first or second for page in pages for first, second in pattern.findall(page.read_text(encoding="utf-8"))}
    assert [name for name in named if not icons.exists(name)] == []


def test_the_finder_takes_the_used_icons_along():
    listed = [name for name, _ in IconFinder().list(None)]
    assert {"house.svg", "hourglass.svg", "octagon-alert.svg"} <= set(listed)
    assert len(listed) < 400
    assert IconFinder().find("npm/lucide/house.svg").endswith("house.svg")
    assert not IconFinder().find("npm/lucide/../../package.json")
    assert set(tones.ICONS.values()) <= set(used_icons())


def test_a_chip_has_word_shape_and_tone():
    chip = rendered('{% chip "signed" "Đã ký" %}')
    assert "tone-success" in chip
    assert "<svg" in chip
    assert "Đã ký" in chip


def test_labels_are_escaped():
    assert "&lt;b&gt;" in rendered("{% chip state label %}", state='"><i>', label="<b>")
    assert "<i>" not in rendered("{% chip state label %}", state='"><i>', label="<b>")
    assert "&lt;b&gt;" in rendered("{% button label title=label %}", label="<b>")


def test_unknown_tones_are_refused():
    with pytest.raises(ValueError, match="purple"):
        tones.register_tones({"odd": "purple"})
    assert tones.tone_of("never heard of").name == "neutral"


@pytest.mark.parametrize(
    ("style", "words"),
    [
        ("short", "01:05 21/11/2026"),
        ("full", "01:05:09 21/11/2026"),
        ("date", "21/11/2026"),
        ("time", "01:05"),
        ("long", "01:05, Thứ Bảy, 21/11/2026"),
    ],
)
def test_moments_are_told_in_the_local_zone(style, words):
    told = rendered("{% local_time moment style %}", moment=NOON, style=style)
    assert told == f'<time datetime="2026-11-21T01:05:09+07:00">{words}</time>'


def test_days_and_nothing():
    assert rendered("{% local_time day %}", day=date(2026, 11, 21)) == '<time datetime="2026-11-21">21/11/2026</time>'
    assert rendered("{% local_time day %}", day=None) == "–"


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 B"), (731, "731 B"), (1536, "1,5 KB"), (184_320, "180 KB"), (104_857_600, "100 MB"), (1_048_575, "1,0 MB")],
)
def test_sizes_in_words(size, words):
    assert rendered("{% filesize size %}", size=size) == words


@given(st.integers(min_value=0, max_value=10**15))
def test_a_scaled_size_stays_short_and_true(size):
    amount, unit = sizes.scaled(size)
    assert round(amount, 1) < 1024 or unit == "TB"
    assert amount * 1024 ** sizes.UNITS.index(unit) == pytest.approx(size)


@pytest.mark.parametrize(
    ("name", "letters"), [("Nguyễn Thị Ánh", "NÁ"), ("Đặng", "Đ"), ("", ""), ("  y  khoa ", "YK"), ("ủy ban", "ỦB")]
)
def test_initials(name, letters):
    assert tags.initials(name) == letters


@pytest.mark.parametrize(
    ("line", "browser", "system"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0", "Edge", "Windows"),
        ("Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605 Version/17.5 Safari/604.1", "Safari", "iPad"),
        ("Mozilla/5.0 (Windows NT 10.0) coc_coc_browser/120.0 Chrome/114 Safari/537.36", "Cốc Cốc", "Windows"),
        ("", "", ""),
    ],
)
def test_devices_are_recognised(line, browser, system):
    assert devices.recognised(line) == devices.Device(browser, system)


def test_a_grey_button_says_why():
    grey = rendered('{% button "Ký số" href="/sign" disabled="Văn bản chưa được duyệt" %}')
    assert grey.startswith("<button")
    assert "disabled" in grey
    assert "Văn bản chưa được duyệt" in grey
    assert rendered('{% button "Mở" href="/x" kind="primary" %}').startswith(
        '<a class="button button-primary" href="/x"'
    )


def test_messages_have_tones():
    assert tags.message_tone("error") == "danger"
    assert tags.message_tone("extra success") == "success"
    assert tags.message_tone("") == "info"
