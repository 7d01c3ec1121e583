"""What people and programs see: the check page, the command, the PIN panel, the API."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from documents.actions import register
from signing import demo, installation, throttle
from signing.management.commands import verify_pdf
from tests.documents.factories import Office
from tests.documents.factories import now as fresh_row
from tests.people.factories import fresh
from tests.signing.conftest import Road
from tests.signing.desk import Desk, now
from tests.signing.factories import equipped


@pytest.fixture(autouse=True)
def _nobody_waits() -> None:
    cache.clear()


@pytest.fixture
def desk_trusted(desk: Desk, monkeypatch) -> None:
    monkeypatch.setattr(installation, "demo_folder", lambda: desk.folder)


def asked(client: Client, data: bytes, name: str = "văn bản.pdf"):
    return client.post("/check/", {"file": SimpleUploadedFile(name, data, "application/pdf")})


# --- the public check page ---------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_stranger_checks_a_file(client: Client, road: Road, desk_trusted: None) -> None:
    assert client.get("/check/").status_code == 200
    page = asked(client, road.sealed).content.decode()
    for words in ("Hợp lệ", "Nguyễn Thị Ánh Tuyết", "Chữ ký số nội bộ", "văn bản.pdf"):
        assert words in page
    changed = asked(client, road.sealed + b"x").content.decode()
    assert "Không hợp lệ" in changed
    assert "Chưa ký" in asked(client, road.made.pdf).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("data", [b"not a pdf", b"%PDF-1.7 broken", b"\0" * 1000])
def test_any_file_gets_an_answer(client: Client, data: bytes) -> None:
    response = asked(client, data)
    assert response.status_code == 200
    assert "Không xác định" in response.content.decode()


@pytest.mark.django_db
def test_no_file_an_empty_one_and_a_huge_one_are_said_to_be_so(client: Client) -> None:
    assert client.post("/check/").status_code == 422
    assert asked(client, b"").status_code == 422
    assert client.post("/check/", {}, headers={"content-length": str(33 * 1024 * 1024)}).status_code == 413


@pytest.mark.django_db
def test_the_page_brakes(client: Client, monkeypatch) -> None:
    monkeypatch.setattr(throttle, "PER_MINUTE", 2)
    statuses = [asked(client, b"junk").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]


# --- the command --------------------------------------------------------------------------------------


def verified(path: Path, *options: str) -> dict:
    out = StringIO()
    call_command("verify_pdf", str(path), *options, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_the_command_gives_verdicts_as_json(desk: Desk, road: Road, tmp_path: Path, desk_trusted: None) -> None:
    path = tmp_path / "sealed.pdf"
    path.write_bytes(road.sealed)
    said = verified(path)
    assert (said["verdict"], said["reasons"], len(said["signatures"])) == ("valid", [], 2)
    path.write_bytes(road.sealed + b"!")
    said = verified(path)
    assert said["verdict"] == "invalid"
    assert {reason["code"] for reason in said["reasons"]} == {"trailing_data"}
    assert all(reason["text"] for reason in said["reasons"])


def test_named_roots_replace_the_installation_s(desk: Desk, road: Road, tmp_path: Path, desk_trusted: None) -> None:
    path = tmp_path / "sealed.pdf"
    path.write_bytes(road.sealed)
    assert verified(path, "--trust", str(desk.folder / "root.pem"))["verdict"] == "valid"
    said = verified(path, "--trust", str(desk.folder / "tsa.pem"))
    assert said["verdict"] == "indeterminate"


def test_the_command_says_what_it_cannot_read(tmp_path: Path, desk: Desk) -> None:
    with pytest.raises(CommandError):
        verified(tmp_path / "missing.pdf")
    junk = tmp_path / "junk.pem"
    junk.write_bytes(b"junk")
    with pytest.raises(CommandError):
        verify_pdf.trusted([junk])


def test_the_command_prints_for_people_too(road: Road, tmp_path: Path, desk_trusted: None) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(road.signed)
    out = StringIO()
    call_command("verify_pdf", str(path), stdout=out)
    assert out.getvalue().splitlines()[0] in ("Hợp lệ", "Valid")


# --- sign and seal, page and API -----------------------------------------------------------------------


@pytest.fixture
def office() -> Office:
    return Office()


def page_of(row) -> str:
    return reverse("documents:outgoing", args=[row.public_id])


@pytest.mark.django_db
def test_the_panel_asks_only_the_one_whose_turn_it_is(office: Office, client: Client, settings) -> None:
    settings.DEMO = True
    keys, row = equipped(office), office.approved()
    client.force_login(office.leader)
    page = client.get(page_of(row)).content.decode()
    assert reverse("signing:sign", args=[row.public_id]) in page
    assert demo.pin_of(keys["leader"]) in page
    client.force_login(office.clerk)
    assert reverse("signing:sign", args=[row.public_id]) not in client.get(page_of(row)).content.decode()


@pytest.mark.django_db
def test_signing_and_sealing_by_page(office: Office, client: Client) -> None:
    keys, row = equipped(office), office.approved()
    client.force_login(office.leader)
    given = {"pin": "wrong", "shown": row.version.rendition.sha256}
    page = client.post(reverse("signing:sign", args=[row.public_id]), given, follow=True)
    assert "Mã PIN không đúng" in page.content.decode()
    given["pin"] = demo.pin_of(keys["leader"])
    assert client.post(reverse("signing:sign", args=[row.public_id]), given, follow=True).status_code == 200
    assert fresh_row(row).state == "signed"
    register.allocate(fresh_row(row), by=fresh(office.clerk), at=now())
    client.force_login(office.clerk)
    client.post(reverse("signing:seal", args=[row.public_id]), {"pin": demo.pin_of(keys["agency"])})
    assert fresh_row(row).state == "sealed"


@pytest.mark.django_db
def test_a_stranger_finds_nothing(office: Office, client: Client) -> None:
    row = office.approved()
    client.force_login(office.receiving_clerk)
    for step in ("sign", "seal"):
        assert client.post(reverse(f"signing:{step}", args=[row.public_id]), {"pin": "1"}).status_code == 404
    client.logout()
    assert client.post(reverse("signing:sign", args=[row.public_id])).status_code == 302


@pytest.mark.django_db
def test_signing_by_api(office: Office, client: Client) -> None:
    keys, row = equipped(office), office.approved()
    client.force_login(office.leader)
    address = f"/api/v1/outgoing/{row.public_id}/sign"
    wrong = {"pin": "x", "shown_sha256": row.version.rendition.sha256}
    refused = client.post(address, wrong, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "pin_wrong")
    right = wrong | {"pin": demo.pin_of(keys["leader"])}
    made = client.post(address, right, content_type="application/json")
    assert made.status_code == 200
    assert made.json()["sha256"] == fresh_row(row).version.rendition.sha256


@pytest.mark.django_db
def test_checking_by_api_needs_no_sign_in(client: Client, road: Road, desk_trusted: None) -> None:
    given = {"file": SimpleUploadedFile("a.pdf", road.sealed, "application/pdf")}
    said = client.post("/api/v1/check", given)
    assert said.status_code == 200
    assert said.json()["verdict"] == "valid"
