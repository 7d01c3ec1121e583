"""Agendas pasted from Word, as Vietnamese offices write them; hostile markup is only ever text."""
# ruff: noqa: E501

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.outline import is_outline
from meetings.pasting import MOST, Item, parsed


def plain(text):
    return parsed("", text)


def shape(items):
    return [(item.depth, item.title) for item in items]


SESSION = """CHƯƠNG TRÌNH PHIÊN HỌP
I. Nội dung trình Ủy ban nhân dân tỉnh
1. Báo cáo tình hình kinh tế - xã hội tháng 11 (30 phút) - Người trình bày: Giám đốc Sở Tài chính
2. Tờ trình về kế hoạch đầu tư công (Sở Kế hoạch và Đầu tư)
a) Danh mục chuyển tiếp
b) Danh mục khởi công mới
- Dự án nhóm B
II. Nội dung khác
1. Công tác cán bộ; Đơn vị trình: Sở Nội vụ
"""


def test_numbered_text_of_a_session():
    items = plain(SESSION)
    assert shape(items) == [
        (0, "Nội dung trình Ủy ban nhân dân tỉnh"),
        (1, "Báo cáo tình hình kinh tế - xã hội tháng 11"),
        (1, "Tờ trình về kế hoạch đầu tư công"),
        (2, "Danh mục chuyển tiếp"),
        (2, "Danh mục khởi công mới"),
        (3, "Dự án nhóm B"),
        (0, "Nội dung khác"),
        (1, "Công tác cán bộ"),
    ]
    assert (items[1].minutes, items[1].presenter) == (30, "Giám đốc Sở Tài chính")
    assert items[2].unit == "Sở Kế hoạch và Đầu tư"
    assert items[7].unit == "Sở Nội vụ"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("1. Khai mạc (Chánh Văn phòng, 10 phút)", Item("Khai mạc", 0, "Chánh Văn phòng", "", 10)),
        ("2.1. Kết quả tinh giản biên chế - Sở Nội vụ trình bày (15')", Item("Kết quả tinh giản biên chế", 0, "Sở Nội vụ", "", 15)),
        ("3. Ngân sách quý IV - Ban Kinh tế - Ngân sách báo cáo", Item("Ngân sách quý IV", 0, "Ban Kinh tế - Ngân sách", "", 0)),
        ("4. Công tác cán bộ (15 phút; Giám đốc Sở Nội vụ báo cáo)", Item("Công tác cán bộ", 0, "Giám đốc Sở Nội vụ", "", 15)),
        ("5. Đầu tư công (lần 2; Người trình bày: Ông Trần Văn B; 20 phút)", Item("Đầu tư công (lần 2)", 0, "Ông Trần Văn B", "", 20)),
        ("6. Thảo luận (nghỉ sau 15 phút đầu)", Item("Thảo luận (nghỉ sau 15 phút đầu)", 0, "", "", 15)),
        ("7. Nghe Sở Nội vụ báo cáo", Item("Nghe Sở Nội vụ báo cáo")),
        ("8. Quy chế (ban hành năm 2025) (Sở Tư pháp, dự kiến 5 phút)", Item("Quy chế (ban hành năm 2025)", 0, "", "Sở Tư pháp", 5)),
        ("9. Tổng kết (Ban hành năm 2025)", Item("Tổng kết (Ban hành năm 2025)")),
        ("10. Bế mạc (Chủ tịch", Item("Bế mạc Chủ tịch")),
    ],
)  # fmt: skip
def test_who_presents_stands_in_brackets_or_before_the_verb(line, expected):
    assert plain(line) == [expected]


def is_balanced(text):
    depth = 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return False
    return depth == 0


phrases = st.sampled_from(
    ["(", ")", "1. ", "Khai mạc", "Sở Nội vụ", "Chánh Văn phòng", " trình bày", "báo cáo", "10 phút", "15'", ", ", "; ",
     " - ", "Người trình bày: ", "8h00-8h30", "lần 2", ":", "."]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(phrases, max_size=25).map("".join))
def test_no_bracket_is_left_open(line):
    for item in plain(line):
        assert is_balanced(item.title), item
        assert is_balanced(item.presenter), item
        assert is_balanced(item.unit), item


def test_times_of_day_become_minutes():
    items = plain("8h00–8h30: Khai mạc, giới thiệu đại biểu\n8h30 - 9h15: Báo cáo tổng kết\n09:15 đến 9:30: Giải lao\n")
    assert [(item.title, item.minutes) for item in items] == [
        ("Khai mạc, giới thiệu đại biểu", 30),
        ("Báo cáo tổng kết", 45),
        ("Giải lao", 15),
    ]


def test_decimal_numbers_say_their_depth():
    items = plain("1. Báo cáo\n1.1. Quý III\n1.1.1. Thu ngân sách\n1.2 Quý IV\n2. Thảo luận (45')\n")
    assert shape(items) == [(0, "Báo cáo"), (1, "Quý III"), (2, "Thu ngân sách"), (1, "Quý IV"), (0, "Thảo luận")]
    assert items[4].minutes == 45


TABLE = """<html><body lang=VI><p class=MsoTitle>CHƯƠNG TRÌNH HỌP GIAO BAN</p>
<table class=MsoNormalTable border=1><tr><td><p><b>STT</b></p></td><td><p><b>Nội dung</b></p></td>
<td><p><b>Đơn vị chuẩn bị</b></p></td><td><p><b>Thời gian</b></p></td></tr>
<tr><td><p>1</p></td><td><p>Báo cáo công tác tháng<o:p></o:p></p></td><td><p>Văn phòng</p></td><td><p>8h00 – 8h20</p></td></tr>
<tr><td><p>1.1</p></td><td><p>Kết quả<br>cải cách hành chính</p></td><td>Phòng Nội vụ</td><td>15 phút</td></tr>
<tr><td>2</td><td>Ý kiến khác</td><td></td><td>10</td></tr></table></body></html>"""


def test_a_table_with_headings():
    assert parsed(TABLE) == [
        Item("Báo cáo công tác tháng", 0, "", "Văn phòng", 20),
        Item("Kết quả cải cách hành chính", 1, "", "Phòng Nội vụ", 15),
        Item("Ý kiến khác", 0, "", "", 10),
    ]


WORD_LIST = """<!--[if gte mso 9]><xml><w:WordDocument>x</w:WordDocument></xml><![endif]-->
<style>p.MsoListParagraph {margin:0}</style>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;</span></span><![endif]>Khai m&#7841;c</p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>2.<span>&nbsp;</span></span>Thảo luận</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>a.<span>&nbsp;</span></span>Dự thảo nghị quyết</p>"""


def test_a_list_of_word():
    assert shape(parsed(WORD_LIST)) == [(0, "Khai mạc"), (0, "Thảo luận"), (1, "Dự thảo nghị quyết")]


def test_lists_of_the_web():
    html = "<ol><li>Chào cờ</li><li>Báo cáo<ul><li>Kết quả</li><li>Hạn chế</li></ul></li><li>Bế mạc</li></ol>"
    assert shape(parsed(html)) == [(0, "Chào cờ"), (0, "Báo cáo"), (1, "Kết quả"), (1, "Hạn chế"), (0, "Bế mạc")]


def test_text_with_tabs_from_a_sheet():
    items = plain(
        "TT\tNội dung\tNgười trình bày\tThời gian\n1\tBáo cáo quý\tÔng Nguyễn Văn An\t20 phút\n2\tThảo luận\t\t30\n"
    )
    assert [(item.title, item.presenter, item.minutes) for item in items] == [
        ("Báo cáo quý", "Ông Nguyễn Văn An", 20),
        ("Thảo luận", "", 30),
    ]


def test_a_table_without_headings():
    html = "<table><tr><td>1.</td><td>Tờ trình về quy hoạch</td><td>Sở Xây dựng</td><td>20 phút</td></tr></table>"
    assert parsed(html) == [Item("Tờ trình về quy hoạch", 0, "", "Sở Xây dựng", 20)]


def test_a_year_or_an_amount_is_no_number_of_an_item():
    items = plain("2026 là năm bản lề\nNghị quyết 15/2025/NQ-HĐND\n1.500 tỷ đồng vốn đầu tư công\n")
    assert [item.title for item in items] == [
        "2026 là năm bản lề",
        "Nghị quyết 15/2025/NQ-HĐND",
        "1.500 tỷ đồng vốn đầu tư công",
    ]


def test_hostile_markup_is_only_text():
    html = "<script>alert(1)</script><img src=x onerror=alert(1)><p>1. An <b onclick=x>toàn</b></p><svg><p>ẩn</p></svg><p>&lt;script&gt;"
    assert [item.title for item in parsed(html)] == ["An toàn", "<script>"]


def test_decomposed_vietnamese_is_composed():
    import unicodedata

    assert plain(unicodedata.normalize("NFD", "1. Tờ trình về đất đai"))[0].title == "Tờ trình về đất đai"


pieces = st.sampled_from(
    ["<p>", "</p>", "<li>", "<ol>", "</ol>", "<td>", "<tr>", "</tr>", "<table>", "</table>", "<!--", "-->", "<![if",
     "\x00", "1. ", "1.1 ", "I. ", "a) ", "- ", "8h00–8h30 ", "(15 phút)", "Nội dung", "STT", "Thời gian", "\n", "\t",
     "<script>", "style='mso-list:l0 level9'", "Người trình bày: ", "&#0;", "&nbsp;"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(pieces | st.text(max_size=12), max_size=40).map("".join), st.booleans())
def test_whatever_is_pasted_makes_a_sound_outline(text, as_html):
    items = parsed(text if as_html else "", text)
    assert is_outline([item.depth for item in items])
    assert len(items) <= MOST
    for item in items:
        assert item.title
        assert item.title == item.title.strip()
        assert len(item.title) <= 500
        assert "\0" not in item.title + item.presenter + item.unit
        assert 0 <= item.minutes <= 1440


def test_a_long_paste_is_read_quickly():
    assert len(plain("1. Báo cáo kết quả (15 phút)\n" * 20_000)) == MOST
    assert parsed("<p>" * 50_000) == []
    assert len(parsed("(" * 100_000)) <= 1
