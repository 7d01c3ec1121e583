"""What changed between versions, page by page; and when papers are due: pure, so proved for anything."""

from datetime import UTC, date, datetime, time

from hypothesis import given
from hypothesis import strategies as st

from documents.page_diff import SAME, changed_pages, paired, pieces
from meetings.deadlines import usual_due
from meetings.working_days import is_working


@given(st.lists(st.text(max_size=20), max_size=8), st.lists(st.text(max_size=20), max_size=8))
def test_every_page_of_both_versions_is_named_once(old, new):
    pairs = paired(old, new)
    assert sorted(pair.old for pair in pairs if pair.old) == list(range(1, len(old) + 1))
    assert [pair.new for pair in pairs if pair.new] == list(range(1, len(new) + 1))
    assert changed_pages(old, old) == []
    assert all(" ".join(old[p.old - 1].split()) == " ".join(new[p.new - 1].split()) for p in pairs if p.kind == SAME)


def test_an_inserted_page_changes_only_itself():
    assert changed_pages(["a", "b", "c"], ["a", "x", "b", "c"]) == [2]
    assert changed_pages(["a", "b"], ["a", "b sửa"]) == [2]


@given(st.text(max_size=60), st.text(max_size=60))
def test_pieces_give_both_pages_back(old, new):
    found = pieces(old, new)
    assert " ".join(one.text for one in found if one.kind != "added").split() == old.split()
    assert " ".join(one.text for one in found if one.kind != "removed").split() == new.split()


@given(st.dates(min_value=date(2026, 1, 10), max_value=date(2026, 12, 20)))
def test_papers_are_due_at_the_end_of_a_working_day_before(day):
    due = usual_due(datetime.combine(day, time(8), tzinfo=UTC))
    assert due.hour == 17
    assert due.date() < day
    assert is_working(due.date())
