"""One suite for both databases: the same set, the same order."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from ledger.door import writing
from search.actions import forget, index, set_audiences
from search.queries import count, find

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
    assert [piece for piece, marked in hit.snippet.parts() if marked] == ["ngân", "sách"]


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
