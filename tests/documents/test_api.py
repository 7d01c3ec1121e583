"""The open API of documents: what one may read, problem+json for everything else."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from documents.models import Document
from tests.documents.factories import Office, paper
from tests.documents.test_pages import body, browser

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture
def office() -> Office:
    return Office()


def client_of(user) -> Client:
    client = browser(user)
    client.get("/documents/")
    return client


def sent(client: Client, file: SimpleUploadedFile, **fields):
    return client.post(f"{API}/documents", {"file": file, **fields})


def test_upload_list_get_and_fetch(office):
    client = client_of(office.official)
    answer = sent(client, SimpleUploadedFile("Tờ trình.pdf", paper()), title="Tờ trình số 1")
    assert answer.status_code == 201, answer.content
    made = answer.json()
    assert (made["title"], made["versions"][0]["file_name"]) == ("Tờ trình số 1", "Tờ trình.pdf")
    assert [row["id"] for row in client.get(f"{API}/documents").json()] == [made["id"]]
    assert client.get(f"{API}/documents/{made['id']}").json() == made
    file = f"{API}/documents/{made['id']}/versions/1/file"
    assert body(client.get(file)).startswith(b"%PDF-")
    part = client.get(file, headers={"Range": "bytes=0-3"})
    assert (part.status_code, body(part)) == (206, b"%PDF")
    assert client.get(f"{file}?original=true")["Content-Disposition"].startswith("attachment")
    for other, status in ((client_of(office.receiving_clerk), 404), (Client(), 401)):
        for address in (f"{API}/documents/{made['id']}", file):
            refused = other.get(address)
            assert (refused.status_code, refused["Content-Type"]) == (status, "application/problem+json")


def test_a_refused_file_is_answered_with_code_and_sentence(office):
    refused = sent(client_of(office.official), SimpleUploadedFile("x.pdf", b"%PDF-1.7 broken"))
    assert refused.status_code == 403
    assert refused["Content-Type"] == "application/problem+json"
    assert refused.json()["code"] == "file_broken"
    assert not Document.objects.exists()


def test_outgoing_and_incoming(office):
    arrival = office.arrived()
    row = arrival.delivery.outgoing
    clerk, receiver = client_of(office.clerk), client_of(office.receiving_clerk)
    assert clerk.get(f"{API}/outgoing").json()[0]["symbol"] == "01/TB-UBND"
    assert clerk.get(f"{API}/outgoing/{row.public_id}").json()["state"] == "issued"
    assert receiver.get(f"{API}/outgoing").json() == []
    assert receiver.get(f"{API}/outgoing/{row.public_id}").status_code == 404
    assert receiver.get(f"{API}/incoming").json()[0]["symbol"] == "01/TB-UBND"
    assert receiver.get(f"{API}/incoming/{arrival.public_id}").json()["number"] is None
    assert clerk.get(f"{API}/incoming/{arrival.public_id}").status_code == 404


@pytest.mark.parametrize("query", ["limit=0", "limit=x", "offset=-1", "limit=100000"])
def test_strange_pages_are_refused(office, query):
    answer = client_of(office.clerk).get(f"{API}/documents?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
