"""Guides are text: whatever is written, nothing runs."""

import re

from hypothesis import given
from hypothesis import strategies as st

from guides.builtin import SOURCE, builtin_guides
from guides.markdown import anchor, render
from people.models import Post


def test_headings_stand_one_step_down_and_have_anchors():
    page = render("# Biểu quyết\n\n## Bấm nút\n\n## Bấm nút\n")
    assert page.headings == (("bieu-quyet", "Biểu quyết"), ("bam-nut", "Bấm nút"), ("bam-nut--2", "Bấm nút"))
    assert '<h2 id="bieu-quyet">Biểu quyết</h2>' in page.html
    assert '<h3 id="bam-nut--2">' in page.html


def test_tables_and_lists_are_drawn():
    html = render("| a | b |\n|---|---|\n| 1 | 2 |\n\n- x\n").html
    assert "<table>" in html
    assert "<li>x</li>" in html


def test_hostile_text_stays_text():
    html = render(
        "<script>alert(1)</script>\n\n[x](javascript:alert(1)) ![y](data:text/html,z) <b onclick=a>b</b>"
    ).html
    assert "<script" not in html
    assert "javascript:" not in re.sub(r">[^<]*<", "><", html)
    assert "<b " not in html


@given(st.text(max_size=400))
def test_any_text_is_rendered_without_a_tag_that_runs(text):
    html = render(text).html.lower()
    assert not re.search(r"<(script|iframe|object|style|svg|form|input)\b", html)
    assert not re.search(r"<[^>]+\son\w+=[^&]", re.sub(r'"[^"]*"', '""', html))


@given(st.text(max_size=60))
def test_an_anchor_is_part_of_an_address(words):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", anchor(words))


def test_the_guides_of_the_program_are_whole_in_both_languages():
    vietnamese, english = builtin_guides("vi"), builtin_guides("en")
    assert [guide.slug for guide in vietnamese] == [guide.slug for guide in english]
    assert len(list((SOURCE / "vi").glob("*.md"))) >= 8
    for guide in (*vietnamese, *english):
        assert set(guide.roles) <= set(Post.Role.values)
        assert render(guide.body).headings
