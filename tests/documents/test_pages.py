"""Every page for those who may see it, and nothing for anybody else; bytes by range."""

import json
import re
from urllib.parse import quote

import pytest
from asgiref.sync import async_to_sync
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from documents.actions import exchange, outgoing
from documents.intake_gate import receive
from documents.jobs import prepare_version
from documents.models import Document, OutgoingDocument
from documents.queries import read_version
from ledger.verdict import Refused, sentence
from tests.documents.factories import AT, BODY, Office, now, paper
from tests.people.factories import fresh, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return Office()


def browser(user) -> Client:
    client = Client()
    client.force_login(fresh(user), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def get(user, name: str, *args, **query):
    return browser(user).get(reverse(f"documents:{name}", args=args), query)


def body(response) -> bytes:
    """The bytes of an answer, also of one that streams in an event loop."""
    if not response.streaming:
        return response.content

    async def collected() -> bytes:
        return b"".join([chunk async for chunk in response])

    return async_to_sync(collected)()


def form_values(office: Office, **changed) -> dict:
    values = {
        "type_code": "TB",
        "subject": "về việc nghỉ Tết",
        "addressees": "Các sở, ban, ngành",
        "body": "\n".join(BODY),
        "recipients": [str(office.recipient.public_id)],
        "places": "",
        "signer": str(office.leader_post.public_id),
        "authority": "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH",
        "unit": "",
        "revision": "1",
    }
    return {**values, **changed}


def test_lists_and_registers(office):
    exchange.receive(office.arrived(), by=office.receiving_clerk, at=AT)
    office.draft()
    assert "01/TB-UBND" in get(office.clerk, "outgoing_list", show="issued").content.decode()
    assert "Dự thảo" in get(office.clerk, "outgoing_list").content.decode()
    assert "01/TB-UBND" in get(office.receiving_clerk, "incoming_list").content.decode()
    assert "01/TB-UBND" in get(office.receiving_clerk, "incoming_list", show="received").content.decode()
    assert get(office.official, "library").status_code == 200
    for clerk, agency, direction in (
        (office.clerk, office.agency, "outgoing"),
        (office.receiving_clerk, office.recipient, "incoming"),
    ):
        assert str(AT.year) in get(clerk, "register_list").content.decode()
        page = get(clerk, "register", agency.public_id, direction, AT.year).content.decode()
        assert "01/TB-UBND" in page
        assert "(10)" in page
        stranger = office.receiving_clerk if clerk == office.clerk else office.clerk
        assert get(stranger, "register", agency.public_id, direction, AT.year).status_code == 404


@pytest.mark.parametrize("state", ["draft", "submitted", "approved", "signed", "numbered", "sealed", "issued"])
def test_an_outgoing_document_at_every_step(office, state):
    row = now(getattr(office, state)())
    for reader in (office.official, office.clerk, office.leader):
        page = get(reader, "outgoing", row.public_id)
        assert page.status_code == 200
        assert "viewer-description" in page.content.decode()
    for stranger in (office.receiving_clerk, person(office.agency, "official")):
        assert get(stranger, "outgoing", row.public_id).status_code == 404
        assert get(stranger, "document", row.document.public_id).status_code == 404
        assert get(stranger, "outgoing_preview", row.public_id).status_code == 404


def test_an_arrival_is_received_in_the_browser(office):
    arrival = office.arrived()
    clerk = browser(office.receiving_clerk)
    assert clerk.get(reverse("documents:incoming", args=[arrival.public_id])).status_code == 200
    answer = clerk.post(reverse("documents:incoming_receive", args=[arrival.public_id]), follow=True)
    assert "Đã tiếp nhận" in answer.content.decode()
    arrival.refresh_from_db()
    assert arrival.state == "received"
    again = clerk.post(reverse("documents:incoming_receive", args=[arrival.public_id]))
    assert again.status_code == 403
    assert get(office.clerk, "incoming", arrival.public_id).status_code == 404


def test_an_arrival_is_refused_with_a_reason(office):
    arrival = office.arrived()
    clerk, address = browser(office.receiving_clerk), reverse("documents:incoming_refuse", args=[arrival.public_id])
    assert "10" in clerk.post(address, {"reason": "sai"}, follow=True).content.decode()
    clerk.post(address, {"reason": "Gửi nhầm đơn vị nhận"})
    arrival.refresh_from_db()
    assert arrival.state == "refused"
    assert "Gửi nhầm đơn vị nhận" in get(office.clerk, "outgoing", arrival.delivery.outgoing.public_id).content.decode()


def test_the_road_in_the_browser(office):
    drafter, leader, clerk = browser(office.official), browser(office.leader), browser(office.clerk)
    made = drafter.post(reverse("documents:outgoing_new"), form_values(office))
    assert made.status_code == 302, made.content.decode()
    row = OutgoingDocument.objects.get()
    assert row.content["recipients"] == [f"{office.recipient.name};", "Lưu: VT."]

    def step(client: Client, verb: str, **data) -> str:
        values = {"revision": now(row).revision, **data}
        return client.post(
            reverse("documents:outgoing_step", args=[row.public_id, verb]), values, follow=True
        ).content.decode()

    step(drafter, "submit")
    assert now(row).state == "submitted"
    assert "10" in step(leader, "give_back", **{"give_back-reason": "sai"})
    step(leader, "give_back", **{"give_back-reason": "Sửa lại thời gian nghỉ Tết"})
    assert "Sửa lại thời gian nghỉ Tết" in drafter.get(made["Location"]).content.decode()
    edit = reverse("documents:outgoing_edit", args=[row.public_id])
    assert drafter.post(edit, form_values(office, revision=now(row).revision)).status_code == 302
    step(drafter, "submit")
    step(leader, "approve")
    assert now(row).state == "approved"
    answer = clerk.post(reverse("documents:outgoing_step", args=[row.public_id, "number"]))
    assert answer.status_code == 403


def test_whoever_saves_second_keeps_the_words_and_is_told(office):
    row = office.draft()
    edit = reverse("documents:outgoing_edit", args=[row.public_id])
    one, two = browser(office.official), browser(office.clerk)
    assert one.post(edit, form_values(office, subject="người thứ nhất")).status_code == 302
    answer = two.post(edit, form_values(office, subject="người thứ hai"))
    assert answer.status_code == 422
    assert "người thứ hai" in answer.content.decode()
    with translation.override("vi"):
        assert escape(sentence("changed_meanwhile")) in answer.content.decode()
    assert now(row).subject == "người thứ nhất"


@pytest.mark.parametrize(
    "changed",
    [
        {"type_code": "XX"},
        {"subject": ""},
        {"signer": "không phải"},
        {"recipients": ["00000000-0000-4000-8000-000000000000"]},
        {"recipients": ["không phải"]},
        {"body": "MẬT\nNội dung"},
        {"revision": "x"},
        {"body": "\x00"},
    ],
)
def test_bad_drafts_are_answered_with_a_sentence(office, changed):
    answer = browser(office.official).post(reverse("documents:outgoing_new"), form_values(office, **changed))
    assert answer.status_code in (302, 422)
    assert answer.status_code == 302 or "alert" in answer.content.decode() or "field-error" in answer.content.decode()


def taken(office: Office, pages: int = 1) -> Document:
    client = browser(office.official)
    file = SimpleUploadedFile("Tờ trình.pdf", paper("Tờ trình", pages))
    answer = client.post(reverse("documents:upload"), {"file": file})
    assert answer.status_code == 201, answer.content
    return Document.objects.get(title="Tờ trình")


def test_upload_read_and_fetch(office):
    document = taken(office, pages=2)
    version = document.versions.get()
    prepare_version.call(version.pk)
    page = get(office.clerk, "document", document.public_id)
    found = re.search(r'id="viewer-description"[^>]*>(.*?)</script>', page.content.decode(), re.DOTALL)
    assert found
    told = json.loads(found[1])
    assert told["pages"] == version.pages == len(told["sizes"])
    assert told["widths"] == [320, 1400]
    reader, stranger, nobody = browser(office.clerk), browser(office.receiving_clerk), Client()
    whole = reader.get(told["file"])
    assert (whole.status_code, whole["Accept-Ranges"], whole["Cache-Control"]) == (200, "bytes", "private, no-cache")
    part = reader.get(told["file"], headers={"Range": "bytes=5-9"})
    assert part.status_code == 206
    picture = told["preview"].format(page=1, width=320)
    assert reader.get(picture)["Content-Type"] == "image/webp"
    assert reader.get(told["preview"].format(page=9, width=320)).status_code == 404
    assert body(whole) == read_version(version)
    assert body(part) == read_version(version)[5:10]
    assert quote("Tờ trình.pdf") in reader.get(told["download"])["Content-Disposition"]
    assert reader.get(told["self"]).json()["waiting"] is False
    for address in (told["file"], told["download"], told["self"], picture):
        assert stranger.get(address).status_code == 404
        assert nobody.get(address).status_code == 401


def test_the_first_picture_is_asked_for_before_anything_else(office):
    document = taken(office)
    assert 'as="image"' not in get(office.clerk, "document", document.public_id).content.decode()
    prepare_version.call(document.versions.get().pk)
    page = get(office.clerk, "document", document.public_id).content.decode()
    told = json.loads(re.findall(r'<script id="viewer-first"[^>]*>([^<]+)<', page)[0])
    assert told["pattern"] == f"/documents/{document.public_id}/versions/1/pages/{{page}}/1400.webp"
    assert page.index('rel: "preload", as: "image"') < page.index("<link")
    assert not re.search(r'<link[^>]* as="image"', page)  # another page may be the one that is wanted


def test_strange_addresses_are_not_found(office):
    document, clerk, far = taken(office), browser(office.clerk), "9" * 30
    own = f"/documents/{document.public_id}/versions"
    for path in (
        f"{own}/{far}/",
        f"{own}/0/file",
        f"{own}/{far}/file",
        f"{own}/1/pages/{far}/320.webp",
        f"{own}/1/pages/1/{far}.webp",
        f"/registers/{office.agency.public_id}/outgoing/{far}/",
        f"/registers/{office.agency.public_id}/sideways/2026/",
        f"/outgoing/{document.public_id}/",
    ):
        assert clerk.get(path).status_code == 404, path
    assert clerk.get(f"/documents/?page={far}").status_code == 200
    assert clerk.post(f"/outgoing/{document.public_id}/explode/").status_code == 404


def test_refused_uploads_answer_with_a_sentence(office):
    client = browser(office.official)
    for file in (SimpleUploadedFile("x.pdf", b"x"), SimpleUploadedFile("MẬT.pdf", paper())):
        answer = client.post(reverse("documents:upload"), {"file": file}, headers={"Accept": "application/json"})
        assert answer.status_code == 403
        assert answer["Content-Type"] == "application/problem+json"
        assert len(answer.json()["detail"]) > 20
    assert client.post(reverse("documents:upload"), headers={"Accept": "application/json"}).status_code == 403
    with pytest.raises(Refused):
        receive(SimpleUploadedFile("x.pdf", b"x"))


def test_nobody_sees_english(office):
    """No English word of ours is left on a Vietnamese page."""
    arrival = office.arrived()
    row = arrival.delivery.outgoing
    outgoing.draft(
        agency=office.agency,
        type_code="CV",
        subject="x",
        content={"body": BODY},
        signer_post=office.leader_post,
        by=office.clerk,
        at=AT,
    )
    pages = [
        get(office.clerk, "outgoing_list"),
        get(office.clerk, "outgoing", row.public_id),
        get(office.receiving_clerk, "incoming", arrival.public_id),
        get(office.official, "outgoing_new"),
        get(office.official, "library"),
        get(office.clerk, "register", office.agency.public_id, "outgoing", AT.year),
    ]
    english = re.compile(
        r"\b(the|document|documents|number|date|page|draft|signer|agency|of|and|find)\b", re.IGNORECASE
    )
    for page in pages:
        text = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", " ", page.content.decode(), flags=re.DOTALL)
        assert not english.search(text), english.search(text)


def test_pages_cost_the_same_for_three_rows(office):
    def price(reader: Client, address: str) -> int:
        reader.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert reader.get(address).status_code == 200
        return len(queries)

    arrival = office.arrived()
    clerk, receiver = browser(office.clerk), browser(office.receiving_clerk)
    pages = [
        (clerk, reverse("documents:outgoing_list") + "?show=all"),
        (clerk, reverse("documents:outgoing", args=[arrival.delivery.outgoing.public_id])),
        (clerk, reverse("documents:library")),
        (clerk, reverse("documents:register", args=[office.agency.public_id, "outgoing", AT.year])),
        (receiver, reverse("documents:incoming_list")),
        (receiver, reverse("documents:incoming", args=[arrival.public_id])),
    ]
    one = [price(*page) for page in pages]
    for _ in range(2):
        office.issued()
    assert [price(*page) for page in pages] == one
    assert max(one) <= 25
