"""Who takes which notes along, through every form; and carrying them over to a newer version."""

import json
from io import BytesIO
from typing import cast
from uuid import uuid4

import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader
from pypdf.generic import ArrayObject

from annotations import listing
from annotations.actions.carrying import carry_over
from annotations.models import Annotation, AnnotationAudience
from annotations.older import carried_id, left_behind, matches
from annotations.queries import seen_snapshot
from documents import letters
from documents.actions.intake import add_version
from documents.ingest.confine import run_confined
from documents.intake_gate import keep
from documents.letters_kept import LettersKept
from documents.models import Document
from documents.queries import latest_version, read_version
from ledger.models import AuditEntry
from ledger.verdict import Unseen
from live.models import Event
from meetings.actions import papers
from tests.annotations.factories import STYLE, do, meeting_circle, named, noted, op
from tests.documents.factories import paper
from tests.documents.papers import typeset
from tests.documents.test_pages import body, browser
from tests.meetings.factories import bring, now, world
from tests.people.factories import fresh

pytestmark = pytest.mark.django_db(transaction=True)
FORMS = ("pdf", "jsonld", "xfdf")


@pytest.fixture
def there():
    made = world("draft", items=1, with_papers=False)
    made.papers.append(
        papers.lay(made.items[0], keep(paper(pages=2), file_name="to-trinh.pdf"), by=made.clerk, at=now())
    )
    bring(made, "published")
    return made


@pytest.fixture
def document(there):
    return there.papers[0].document


def take(user, document: Document, form: str = "jsonld", **query):
    return browser(user).get(reverse("annotations:take_along", args=[document.public_id, form]), query)


def ids(response) -> set[str]:
    assert response.status_code == 200
    return {one["id"].removeprefix("urn:uuid:") for one in json.loads(response.content)["items"]}


@pytest.mark.parametrize("form", FORMS)
def test_nobody_takes_along_what_another_keeps_private(there, document, form):
    secret = noted(document, there.members[0], body="bí mật riêng")
    own = {name: noted(document, there.user(name), body=f"của {name}") for name in ("chair", "secretary", "guest")}
    for name, note in own.items():
        for which in ("mine", "all"):
            data = take(there.user(name), document, form, which=which)
            assert data.status_code == 200
            text = flat(data.content, form)
            assert str(note.public_id) in text
            assert str(secret.public_id) not in text
            assert "bí mật riêng" not in text
    for user in (there.clerk, there.leader, there.stranger):
        assert take(user, document, form, which="all").status_code in (403, 404)


def flat(data: bytes, form: str) -> str:
    """Return everything written in an export, to look for words in."""
    if form != "pdf":
        return data.decode()
    pages = PdfReader(BytesIO(data)).pages
    return " ".join(str({**one.get_object()}) for page in pages for one in page.get("/Annots", []))


def test_mine_are_mine_and_all_are_those_shared_too(there, document):
    one, other = there.members[:2]
    own, shared = noted(document, one), noted(document, other, to=meeting_circle(there))
    by_name, not_mine = noted(document, other, to=named(one)), noted(document, other, to=named(there.members[2]))
    assert ids(take(one, document)) == {str(own.public_id)}
    assert ids(take(one, document, which="all")) == {str(note.public_id) for note in (own, shared, by_name)}
    assert str(not_mine.public_id) not in take(one, document, "xfdf", which="all").content.decode()
    assert take(there.members[2], document).status_code == 403


def test_the_stored_file_stays_as_it_is_and_the_copy_says_that_it_is_one(there, document):
    note = noted(document, there.members[0], kind="box", shape={"rect": [50, 60, 70, 80]}, body="Rà soát số liệu")
    before = read_version(latest_version(document))
    answer = take(there.members[0], document, "pdf")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]
    assert read_version(latest_version(document)) == before
    made = PdfReader(BytesIO(answer.content))
    assert made.metadata is not None
    assert "bản sao có ghi chú" in (made.metadata.title or "")
    [found] = [one.get_object() for one in cast("ArrayObject", made.pages[0]["/Annots"])]
    assert (found["/Subtype"], found["/NM"], found["/Contents"]) == ("/Square", str(note.public_id), "Rà soát số liệu")


def test_what_is_asked_wrongly_is_not_there(there, document):
    noted(document, there.members[0])
    wrong = [{"which": "theirs"}, {"version": "9"}, {"version": "x"}, {"version": "٣"}, {"version": "9" * 40}]
    assert [take(there.members[0], document, **query).status_code for query in wrong] == [404] * len(wrong)
    assert take(there.members[0], document, "docx").status_code == 404
    assert take(there.members[1], document).status_code == 403
    address = reverse("annotations:take_along", args=[document.public_id, "pdf"])
    assert browser(there.members[0]).post(address).status_code == 405


@pytest.mark.parametrize("form", FORMS)
def test_of_a_paper_shown_as_pictures_nothing_leaves(there, document, form):
    noted(document, there.members[0])
    Document.objects.filter(pk=document.pk).update(protection="pictures")
    assert take(there.members[0], document, form).status_code == 403


def test_a_copy_of_a_watermarked_paper_carries_its_reader(there, document):
    member = there.members[0]
    noted(document, member, kind="text", shape={"at": [500, 800]})

    def drawn(which: str) -> bytes:
        answer = take(member, document, "pdf", which=which)
        with pypdfium2.PdfDocument(answer.content) as copy:
            return cast("bytes", copy[1].render(scale=1).to_pil().convert("L").tobytes())

    plain = {which: drawn(which) for which in ("mine", "none")}
    Document.objects.filter(pk=document.pk).update(protection="watermark")
    for which, before in plain.items():
        assert sum(one != other for one, other in zip(before, drawn(which), strict=True)) > 5_000, which


def test_to_be_printed_it_is_opened_with_notes_or_without(there, document):
    member = there.members[0]
    bare = take(member, document, "pdf", which="none", show="1")
    assert (bare.status_code, bare["Content-Type"]) == (200, "application/pdf")
    assert bare["Content-Disposition"].startswith("inline")
    assert "sandbox" not in bare["Content-Security-Policy"]
    assert body(bare) == read_version(latest_version(document))
    noted(document, member)
    shown = take(member, document, "pdf", which="mine", show="1")
    assert len(PdfReader(BytesIO(shown.content)).pages[0]["/Annots"]) == 1
    for answer in (bare, shown):
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
        assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert take(member, document, "pdf")["Content-Security-Policy"].startswith("sandbox")
    assert take(member, document, "xfdf", which="none").status_code == 404
    Document.objects.filter(pk=document.pk).update(protection="pictures")
    assert take(member, document, "pdf", which="none", show="1").status_code == 403


def test_the_panel_beside_the_document_offers_what_there_is(there, document):
    page = lambda user: browser(user).get(reverse("documents:document", args=[document.public_id])).content.decode()  # noqa: E731
    address = reverse("annotations:take_along", args=[document.public_id, "pdf"])
    assert address not in page(there.members[0])
    noted(document, there.members[0])
    assert address in page(there.members[0])
    assert address not in page(there.members[1])


# --- carrying over

OLD = "Căn cứ Luật Phí và lệ phí. Xem xét, quyết định mức thu phí tham quan năm 2027 theo tờ trình. #pagebreak() "
SAME = "Trang hai không thay đổi so với bản trình lần trước của Ủy ban nhân dân."
QUOTE = {"exact": "mức thu phí tham quan", "prefix": "quyết định ", "suffix": " năm 2027"}


@pytest.fixture
def renewed():
    made = world("draft", items=1, with_papers=False)
    laid = papers.lay(made.items[0], keep(typeset(OLD + SAME), file_name="a.pdf"), by=made.clerk, at=now())
    made.papers.append(laid)
    bring(made, "published")
    document, member = laid.document, made.members[0]
    notes = {
        "words": noted(
            document, member, kind="highlight", shape={"rects": [[1, 2, 3, 4]]}, quote=QUOTE, body="Cao quá"
        ),
        "ink": noted(document, member),
        "same": noted(document, member, page=2, to=meeting_circle(made)),
        "other": noted(document, made.members[1], page=2),
    }
    newer = typeset("Trang bìa. " + OLD.replace("Căn cứ", "Căn cứ Hiến pháp và") + SAME)
    version = add_version(document, keep(newer, file_name="b.pdf"), by=made.clerk, at=now())
    return made, version, notes


def test_notes_stand_where_their_words_and_pages_are(renewed):
    made, version, notes = renewed
    found = {match.note.pk: match for match in matches(made.user("member"), version)}
    assert found.keys() == {notes[name].pk for name in ("words", "ink", "same")}
    assert found[notes["ink"].pk].page == 0
    assert (found[notes["same"].pk].page, found[notes["same"].pk].shape) == (2, notes["same"].shape)
    words = found[notes["words"].pk]
    assert words.page == 1
    assert all(20 < x < 500 and 30 < y < 200 and w > 10 and 4 < h < 30 for x, y, w, h in words.shape["rects"])


def test_carried_notes_are_copies_as_private_as_they_were_once_only(renewed):
    made, version, notes = renewed
    member = made.user("member")
    found = matches(member, version)
    made_now = carry_over(version.document, found, version=version, by=member, at=now())
    assert carry_over(version.document, found, version=version, by=member, at=now()) == []
    copies = {one.origin_id: one for one in Annotation.objects.filter(version=version)}
    assert {one.public_id for one in copies.values()} == set(made_now)
    assert copies.keys() == {notes["words"].pk, notes["same"].pk}
    assert (copies[notes["words"].pk].body, copies[notes["words"].pk].user) == ("Cao quá", member)
    assert not AnnotationAudience.objects.filter(annotation=copies[notes["words"].pk]).exists()
    assert AnnotationAudience.objects.filter(annotation=copies[notes["same"].pk]).count() == 1
    assert "Cao quá" not in str(list(AuditEntry.objects.values_list("data", flat=True)))
    shown = seen_snapshot(fresh(made.members[1]), version.document)["notes"]
    assert str(copies[notes["words"].pk].public_id) not in shown
    mine = seen_snapshot(member, version.document)["notes"]
    assert mine[str(copies[notes["words"].pk].public_id)]["origin"] == str(notes["words"].public_id)
    assert left_behind(member, version).get() == notes["ink"]
    events = Event.objects.filter(kind="notes.changed").values_list("bodies", flat=True)
    assert sum(str(copies[notes["words"].pk].public_id) in json.dumps(data) for data in events) == 1


def test_nobody_carries_what_is_not_theirs_or_what_they_cannot_read(renewed):
    made, version, _ = renewed
    found = matches(made.user("member"), version)
    assert carry_over(version.document, found, version=version, by=fresh(made.members[1]), at=now()) == []
    with pytest.raises(Unseen):
        carry_over(version.document, found, version=version, by=fresh(made.stranger), at=now())
    do(version.document, made.members[0], *[op("erase", str(one.note.public_id)) for one in found])
    assert carry_over(version.document, found, version=version, by=made.user("member"), at=now()) == []
    assert not Annotation.objects.filter(version=version).exists()


def test_the_page_shows_what_matches_and_copies_what_is_chosen(renewed):
    made, version, notes = renewed
    member, address = browser(made.members[0]), reverse("annotations:carry", args=[version.document.public_id, 2])
    assert address in member.get(reverse("documents:document", args=[version.document.public_id])).content.decode()
    page = member.get(address).content.decode()
    assert "Cao quá" in page
    assert f'value="{notes["words"].public_id}"' in page
    assert f'value="{notes["ink"].public_id}"' not in page
    chosen = {"note": [str(notes["words"].public_id), str(notes["other"].public_id), "rác"]}
    answer = member.post(address, chosen)
    assert (answer.status_code, answer["Location"].rpartition("#")[2]) == (302, "page=1")
    assert Annotation.objects.filter(version=version).count() == 1
    assert browser(made.stranger).get(address).status_code == 404
    assert browser(made.members[2]).get(address).status_code == 200


def test_a_style_that_was_kept_is_kept(renewed):
    made, version, notes = renewed
    carry_over(
        version.document, matches(made.user("member"), version), version=version, by=made.user("member"), at=now()
    )
    assert Annotation.objects.get(origin=notes["words"]).style == STYLE


def test_the_list_beside_the_pages_asks_how_many_match_and_carries_all(renewed):
    made, version, notes = renewed
    asks = {"HTTP_ACCEPT": "application/json"}
    member, address = browser(made.members[0]), reverse("annotations:carry", args=[version.document.public_id, 2])
    assert member.get(address, **asks).json() == {"matching": 2}
    assert browser(made.members[1]).get(address, **asks).json() == {"matching": 1}
    assert browser(made.stranger).get(address, **asks).status_code == 404
    copies = set(member.post(address, **asks).json()["notes"])
    there = Annotation.objects.filter(version=version, user=made.members[0])
    assert {str(one.public_id) for one in there} == copies
    assert {one.origin for one in there} == {notes["words"], notes["same"]}
    assert member.get(address, **asks).json() == {"matching": 0}
    do(version.document, made.members[0], *[op("erase", key, stamp=10**6) for key in copies])  # taken back
    do(version.document, made.members[0], *[op("restore", key, stamp=10**6 + 1) for key in copies])  # and again
    assert there.filter(erased_at__isnull=True).count() == 2


def test_copies_are_named_only_where_they_were_made(renewed):
    made, version, notes = renewed
    asks = {"HTTP_ACCEPT": "application/json"}
    member, address = browser(made.members[0]), reverse("annotations:carry", args=[version.document.public_id, 2])
    found = matches(made.user("member"), version)
    do(version.document, made.members[0], op("erase", str(notes["words"].public_id)))  # on another tablet, meanwhile
    made_now = carry_over(version.document, found, version=version, by=made.user("member"), at=now())
    assert made_now == [carried_id(notes["same"], version)]
    assert member.post(address, **asks).json() == {"notes": []}


def test_a_page_of_another_person_carries_nothing_over(renewed):
    made, version, _ = renewed
    asks = {"HTTP_ACCEPT": "application/json"}
    before, since = made.members[:2]
    page, address = browser(since), reverse("annotations:carry", args=[version.document.public_id, 2])
    for answer in (page.post(f"{address}?as={before.public_id}", **asks), page.get(f"{address}?as=x", **asks)):
        assert (answer.status_code, answer.json()["code"]) == (403, "page_of_another")
    assert not Annotation.objects.filter(version=version).exists()
    assert len(page.post(f"{address}?as={since.public_id}", **asks).json()["notes"]) == 1


def test_a_version_is_read_once_however_many_ask_and_what_cannot_be_read_says_so(renewed, monkeypatch):
    made, version, _ = renewed
    runs, kept = [], LettersKept()

    def counted(*given, **more):
        runs.append(given)
        run_confined(*given, **more)

    monkeypatch.setattr(letters, "_kept", kept)
    monkeypatch.setattr(letters, "run_confined", counted)
    asks = {"HTTP_ACCEPT": "application/json"}
    address = reverse("annotations:carry", args=[version.document.public_id, 2])
    assert browser(made.members[2]).get(address, **asks).json() == {"matching": 0}
    assert runs == []  # nothing noted, nothing read
    for _ in range(2):
        assert browser(made.members[0]).get(address, **asks).json() == {"matching": 2}
        assert browser(made.members[1]).get(address, **asks).json() == {"matching": 1}
    assert len(runs) == 2
    kept.put(version.rendition.sha256, None)
    for answer in (browser(made.members[0]).get(address, **asks), browser(made.members[0]).get(address)):
        assert answer.status_code == 403
    assert browser(made.members[0]).get(address, **asks).json()["code"] == "pages_unread"


# --- lists to print


def test_a_list_of_notes_to_print_holds_ones_own_and_what_was_answered(there, document):
    one, other = there.members[:2]
    mine = noted(
        document, one, kind="highlight", shape={"rects": [[1, 2, 3, 4]]}, quote=QUOTE, body="Cao quá", to=named(other)
    )
    do(document, other, op("reply", str(mine.public_id), reply=str(uuid4()), body="Đồng ý giảm"))
    shared = noted(document, other, page=2, body="của người khác", to=meeting_circle(there))
    noted(document, other, page=2, body="bí mật riêng")
    address = reverse("annotations:printed", args=[document.public_id])
    page = browser(one).get(address).content.decode()
    for words in ("mức thu phí tham quan", "Cao quá", "Đồng ý giảm", other.full_name, "Trang 1", "data-print"):
        assert words in page
    assert shared.body not in page
    both = browser(one).get(address, {"which": "all"}).content.decode()
    assert shared.body in both
    assert "bí mật riêng" not in both
    assert browser(there.stranger).get(address).status_code == 404
    for wrong in ({"which": "theirs"}, {"version": "9"}):
        assert browser(one).get(address, wrong).status_code == 404
    meeting = browser(one).get(reverse("meetings:noted", args=[there.meeting.public_id])).content.decode()
    assert "Cao quá" in meeting
    assert "Đồng ý giảm" in meeting
    assert shared.body not in meeting
    nothing = browser(there.members[2]).get(reverse("meetings:noted", args=[there.meeting.public_id])).content.decode()
    assert "Chưa có ghi chú trên tài liệu" in nothing
    assert browser(there.stranger).get(reverse("meetings:noted", args=[there.meeting.public_id])).status_code == 404


def test_a_list_to_print_costs_the_same_for_many(there, document):
    member, queries = there.members[0], []
    for _ in range(2):
        for page in (1, 2):
            note = str(noted(document, member, page=page).public_id)
            do(document, member, op("reply", note, reply=str(uuid4()), body="Ừ"))
        lay = papers.lay(there.items[0], keep(paper(pages=1), file_name="b.pdf"), by=there.clerk, at=now())
        noted(lay.document, member)
        with CaptureQueriesContext(connection) as asked:
            browser(member).get(reverse("meetings:noted", args=[there.meeting.public_id]))
        queries.append(len(asked))
    assert queries[0] == queries[1]


def test_a_list_to_print_names_how_many_notes_it_has_no_room_for(there, document, monkeypatch):
    monkeypatch.setattr(listing, "MOST_LISTED", 2)
    one = there.members[0]
    addresses = [
        reverse("annotations:printed", args=[document.public_id]),
        reverse("meetings:noted", args=[there.meeting.public_id]),
    ]
    for number in range(2):
        noted(document, one, body=f"ghi chú số {number}")
    for address in addresses:
        assert "không có trong danh sách này" not in browser(one).get(address).content.decode()
    noted(document, one, page=2, body="ghi chú số 2")
    for address in addresses:
        page = browser(one).get(address).content.decode()
        assert "ghi chú số 1" in page
        assert "ghi chú số 2" not in page
        assert "Còn 1 ghi chú" in page
