"""One suite for both databases: the same set, the same order."""

import time
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import timezone

from ledger.door import writing
from search import queries, rebuilding
from search.actions import forget, index, retitle, set_audiences
from search.jobs import NIGHT, look, merge, nightly, rebuild
from search.models import Entry, IndexState
from search.queries import Narrowed, Results, count, find, suggest

pytestmark = pytest.mark.django_db


def put(title: str, *pages: str, audiences: tuple[str, ...] = ("all",), day: date | None = None) -> UUID:
    """Index one paper."""
    object_id = uuid4()
    with writing():
        index(
            kind="paper",
            object_id=object_id,
            agency_id=1,
            title=title,
            pages=pages,
            audiences=audiences,
            url=f"/documents/{object_id}/",
            day=day,
        )
    return object_id


def titles(text: str, *audiences: str) -> list[str]:
    """Return the titles found, in order."""
    return [hit.title for hit in find(audiences or ("all",), text)]


def test_found_without_marks_and_exact_tones_first() -> None:
    put("Thứ nhất", "quyệt đinh trong câu")
    put("Thứ hai", "Quyết định phê duyệt")
    assert titles("quyet dinh") == ["Thứ hai", "Thứ nhất"]
    hits = find(("all",), "quyết định")
    assert [(hit.title, hit.exact) for hit in hits] == [("Thứ hai", True), ("Thứ nhất", False)]


def test_only_ones_own_audiences() -> None:
    put("Của tôi", "nội dung", audiences=("user:1", "user:2"))
    put("Của người khác", "nội dung", audiences=("user:3",))
    assert titles("noi dung", "user:1") == ["Của tôi"]
    assert titles("noi dung", "stranger") == []
    assert find((), "noi dung") == []


def test_the_page_is_told_and_one_hit_per_object() -> None:
    put("Báo cáo", "mở đầu", "ngân sách năm 2026", "ngân sách năm 2027")
    [hit] = find(("all",), "ngân sách")
    assert hit.page == 2
    assert [piece for piece, marked in hit.snippet.parts() if marked] == ["ngân sách"]


def test_number_and_symbol() -> None:
    put("12/QĐ-UBND Về việc phê duyệt", "trang")
    put("112/QĐ-UBND Về việc khác", "trang")
    assert titles("12/QĐ-UBND") == ["12/QĐ-UBND Về việc phê duyệt"]


def test_titles_before_pages_then_newest() -> None:
    put("Cũ", "kế hoạch", day=date(2025, 1, 1))
    put("Mới", "kế hoạch", day=date(2026, 1, 1))
    put("Kế hoạch", "trang", day=date(2024, 1, 1))
    assert titles("ke hoach") == ["Kế hoạch", "Mới", "Cũ"]


def test_indexing_again_replaces_and_forgetting_forgets() -> None:
    object_id = put("Một", "trước")
    with writing():
        index(kind="paper", object_id=object_id, agency_id=1, title="Một", pages=["sau"], audiences=["all"], url="/")
    assert titles("truoc") == []
    assert titles("sau") == ["Một"]
    with writing():
        forget(kind="paper", object_id=object_id)
    assert titles("sau") == []


def test_audiences_can_change() -> None:
    object_id = put("Một", "trang", audiences=("user:1",))
    with writing():
        set_audiences(kind="paper", object_id=object_id, audiences=["user:2"])
    assert titles("trang", "user:1") == []
    assert titles("trang", "user:2") == ["Một"]


@pytest.mark.parametrize(
    "text", ["'", '"', "a'b", "\\", "OR", "NEAR(", "*", "&|!", "a:*", "\x00", "%s", "🙂", "đ" * 500]
)
def test_no_query_is_an_error(text: str) -> None:
    put("Một", "trang 'a' \\ & | \x00 %s 🙂")
    find(("all",), text)
    assert count(("all",), text) >= 0


def test_the_index_is_fed_only_from_inside_an_action() -> None:
    with pytest.raises(RuntimeError):
        forget(kind="paper", object_id=uuid4())


def narrow(text: str, **within: object) -> list[str]:
    """Return the titles found within bounds, in order."""
    return [hit.title for hit in find(("all",), text, within=Narrowed(**within))]


@pytest.mark.parametrize(
    "text",
    [
        "12/QĐ-UBND",
        "12/qd-ubnd",
        "12 QD UBND",
        "so 12",
        "số 12",
        "Số: 12/QĐ-UBND",
        "012/QĐ-UBND",
        "12QĐ-UBND",
        "“12/QĐ-UBND”",
    ],
)
def test_a_symbol_in_all_usual_writings(text: str) -> None:
    put("12/QĐ-UBND Về việc phê duyệt", "trang")
    put("112/QĐ-UBND Về việc khác", "ngày 12 tháng 11")
    assert titles(text)[0] == "12/QĐ-UBND Về việc phê duyệt"


def test_zeros_before_a_number_do_not_matter() -> None:
    put("05/TB-UBND Thông báo", "trang")
    assert titles("5/TB-UBND") == titles("05/TB-UBND") == titles("so 5") == ["05/TB-UBND Thông báo"]


def test_tiers_are_exact_title_exact_page_title_page() -> None:
    put("Trang gập", "kê hoach", day=date(2026, 5, 1))
    put("Kê hoạch", "x", day=date(2026, 4, 1))
    put("Trang đúng", "kế hoạch", day=date(2020, 1, 1))
    put("Kế hoạch", "x", day=date(2019, 1, 1))
    assert titles("kế hoạch") == ["Kế hoạch", "Trang đúng", "Kê hoạch", "Trang gập"]


def test_without_a_day_comes_last() -> None:
    put("Không ngày", "nội dung")
    put("Có ngày", "nội dung", day=date(1990, 1, 1))
    assert titles("noi dung") == ["Có ngày", "Không ngày"]


def test_narrowed_by_kind_agency_year_facet_and_titles() -> None:
    put("Ngân sách", "x", day=date(2025, 12, 31))
    put("Khác", "ngân sách", day=date(2026, 1, 1))
    assert narrow("ngan sach", since=date(2026, 1, 1), until=date(2026, 12, 31)) == ["Khác"]
    assert narrow("ngan sach", until=date(2025, 12, 31)) == ["Ngân sách"]
    assert narrow("ngan sach", titles_only=True) == ["Ngân sách"]
    assert (
        narrow("ngan sach", agency_id=2) == narrow("ngan sach", kind="other") == narrow("x", facets=("form:a",)) == []
    )
    assert len(narrow("ngan sach", agency_id=1, kind="paper")) == 2
    assert narrow("ngan sach", kind='paper" OR "kind:x') == narrow("ngan sach", kind="không có") == []


def test_suggestions_take_a_word_begun_and_ask_rights() -> None:
    put("Nghị quyết về ngân sách", "trang", audiences=("user:1",))
    put("Nghị định", "nghị quyết", audiences=("user:1",))
    offered = suggest(("user:1",), "nghị qu")
    assert [hit.title for hit in offered] == ["Nghị quyết về ngân sách"]
    assert [piece for piece, marked in offered[0].snippet.parts() if marked] == ["Nghị qu"]
    assert suggest(("user:2",), "nghi qu") == suggest(("user:1",), "nghị qu ") == []
    assert suggest((), "nghi") == suggest(("user:1",), "") == []


def test_somebody_with_very_many_audiences_finds_the_same() -> None:
    for number in range(30):
        put(f"Kế hoạch {number}", "trang", audiences=(f"user:{number}",), day=date(2026, 1, 1 + number))
    few = titles("ke hoach", "user:3", "user:5")
    assert (
        few
        == titles("ke hoach", *(f"meeting:{n}" for n in range(300)), "user:3", "user:5")
        == ["Kế hoạch 5", "Kế hoạch 3"]
    )


def test_among_very_many_that_are_not_ones_own_the_few_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "_PATIENCE", 4)
    for number in range(12):
        put(f"Kế hoạch {number}", "trang", audiences=(f"user:{number}",), day=date(2026, 1, 1 + number))
    monkeypatch.setattr(queries, "_FIRST", 5)
    monkeypatch.setattr(queries, "_MOST", 3)
    assert titles("ke hoach", *(f"meeting:{n}" for n in range(300)), "user:0", "user:2") == ["Kế hoạch 2", "Kế hoạch 0"]


def test_long_documents_do_not_crowd_others_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "_FIRST", 2)
    monkeypatch.setattr(queries, "_MOST", 2)
    put("Dài", *["kế hoạch"] * 9, day=date(2026, 1, 2))
    put("Ngắn", "x", "kế hoạch", day=date(2026, 1, 1))
    assert [(hit.title, hit.page) for hit in find(("all",), "ke hoach")] == [("Dài", 1), ("Ngắn", 2)]


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000,
        "a " * 5_000,
        "\u202e\u05d0\u05d1\u05d2",
        "🙂🙂",
        '"' * 99,
        "(((",
        "{keys} : user",
        "^x",
        "a + b",
        "ß ﬃ İ",
        "१२",
        "\ud7ff",
    ],
)
def test_hostile_queries_and_texts_are_words_or_nothing(text: str) -> None:
    object_id = put(text[:400], text)
    find(("all",), text)
    suggest(("all",), text)
    with writing():
        set_audiences(kind="paper", object_id=object_id, audiences=["user:1"])
        forget(kind="paper", object_id=object_id)
    assert find(("all", "user:1"), text) == []


def test_a_key_that_could_leave_its_word_is_refused() -> None:
    with pytest.raises(ValueError, match="no key"):
        put("Một", audiences=('a" OR "b',))


def test_everything_can_be_built_anew_and_goes_on_after_a_stop() -> None:
    put("Một", "kế hoạch", "trang hai", audiences=("user:1", "all"))
    put("Hai", "kế hoạch")
    before = [(hit.title, hit.page) for hit in find(("all",), "ke hoach")]
    rebuilding.begin()
    assert titles("ke hoach") == []
    assert rebuilding.waiting() == 2
    gone = Entry.objects.get(title="Hai")
    with writing():
        forget(kind="paper", object_id=gone.object_id)
    later = put("Ba", "kế hoạch")
    assert sum(rebuilding.go_on()) == 1
    assert [one for one in before if one[0] == "Một"] == [
        (h.title, h.page) for h in find(("all",), "ke hoach") if h.title != "Ba"
    ]
    with writing():
        forget(kind="paper", object_id=later)
    assert titles("ke hoach") == ["Một"]
    assert not rebuilding.is_due()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the check is one of FTS5")
def test_many_changes_leave_nothing_behind() -> None:
    ids = [put(f"{n}/QĐ-UBND Tên {n}", f"nội dung {n}", "kế hoạch") for n in range(6)]
    for n, object_id in enumerate(ids):
        with writing():
            retitle(kind="paper", object_id=object_id, title=f"Tên khác {n}")
            set_audiences(kind="paper", object_id=object_id, audiences=[f"user:{n}"])
            index(
                kind="paper",
                object_id=object_id,
                agency_id=2,
                title="Tên",
                pages=["khác"],
                audiences=["all"],
                url="/",
                day=date(2026, 1, 1),
            )
            forget(kind="paper", object_id=object_id)
    with connection.cursor() as cursor:
        for part in ("titles", "pages"):
            cursor.execute(f"CREATE VIRTUAL TABLE temp.words_{part} USING fts5vocab('main', 'search_{part}', 'row')")
            cursor.execute(f"SELECT term, doc FROM temp.words_{part}")
            assert cursor.fetchall() == []
            cursor.execute(f"DROP TABLE temp.words_{part}")


def test_a_first_look_throws_nothing_away() -> None:
    put("Một", "kế hoạch")
    look(at=datetime(2026, 11, 22, tzinfo=UTC))
    assert titles("ke hoach") == ["Một"]
    IndexState.objects.update(words="1:1.0")
    look(at=datetime(2026, 11, 22, tzinfo=UTC))
    assert rebuilding.waiting() == 1
    rebuild.func()
    assert titles("ke hoach") == ["Một"]


def test_merging_at_night_in_small_steps_changes_no_result(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(40):
        put(f"Kế hoạch {number}", "trang kế hoạch", day=date(2026, 1, 1 + number % 28))
    gone = put("Kế hoạch bỏ", "kế hoạch")
    with writing():
        forget(kind="paper", object_id=gone)
    before = titles("ke hoach")
    monkeypatch.setattr("search.fts.sqlite.MERGED_AT_ONCE", 1)
    steps = rebuilding.merging()
    next(steps, None)
    later = put("Kế hoạch viết giữa chừng")
    list(steps)
    with writing():
        forget(kind="paper", object_id=later)
    merge.func()
    assert titles("ke hoach") == before
    if connection.vendor == "sqlite":
        assert segments() <= 2


def segments() -> int:
    """Return of how many pieces FTS5's table of pages is made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(DISTINCT segid) FROM search_pages_idx")
        return int(cursor.fetchone()[0])


def test_the_merging_waits_for_the_night(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(type(merge), "enqueue", lambda self, *args, **named: asked.append(1))
    for hour in range(24):
        nightly(at=datetime(2026, 11, 22, hour, 30, tzinfo=timezone.get_current_timezone()))
        assert len(asked) == (hour >= NIGHT)


def test_a_search_ends_at_the_time_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(30):
        put(f"Kế hoạch {number}", "trang")
    assert Results(("all",), "ke hoach", sure=40, until=time.monotonic() + 60).counted == 30
    read, asked = queries._read, []

    def slowly(*given: Any) -> list[int]:
        asked.append(given)
        time.sleep(0.1)
        return read(*given)

    monkeypatch.setattr(queries, "_read", slowly)
    monkeypatch.setattr(queries, "_FIRST", 2)
    monkeypatch.setattr(queries, "_MOST", 2)
    late = Results(("all",), "ke hoach", sure=20, until=time.monotonic() + 0.15)
    assert (late.counted, late.more, len(asked)) == (2 * len(asked), True, min(len(asked), 2))
    assert Results(("all",), "ke hoach", sure=20, until=time.monotonic() - 1).counted == 0
    assert len(asked) <= 2


def test_the_words_shown_are_those_that_stand_together() -> None:
    put("Báo cáo", "ngân hàng " + "x " * 200 + "dự toán ngân sách năm tới " + "y " * 200 + "sách vở")
    [hit] = find(("all",), "ngân sách")
    assert "dự toán" in hit.snippet.text
    assert [piece for piece, marked in hit.snippet.parts() if marked] == ["ngân sách"]


def test_a_phrase_is_its_words_in_their_order_and_not_its_pairs_alone() -> None:
    put("Rời", "hội đồng nhân dân họp; ủy ban nhân dân tỉnh; hội nhân", day=date(2026, 1, 3))
    put("Liền", "hội đồng nhân dân tỉnh", day=date(2026, 1, 2))
    put("Ngược", "tỉnh dân nhân đồng hội", day=date(2026, 1, 1))
    assert titles('"hội đồng nhân dân tỉnh"') == titles('"hoi dong nhan dan tinh"') == ["Liền"]
    assert titles('"nhan dan"') == ["Rời", "Liền"]
    assert titles('"nhân dân" "hội đồng"') == ["Rời", "Liền"]
    assert titles('"dân nhân"') == ["Ngược"]
    assert titles('"hội hội"') == titles('"tinh hoi dong"') == []
    assert titles('"nhân dân tỉnh" họp') == ["Rời"]
