"""The sign-in log: found, exported, kept, archived after its time, never deleted by hand."""

import csv
import gzip
import io
import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from ledger.models import AuditEntry
from ledger.verdict import Refused, sentence
from people import archive, jobs
from people.actions import sign_ins
from people.models import Agency, SignIn, SignInArchive, User
from people.queries import system_user
from tests.people.factories import AgencyFactory, UserFactory, now, person

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def top() -> Agency:
    return AgencyFactory()


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def line(user: User | None, days: int = 0, **facts: str) -> SignIn:
    given = {"username": user.username if user else "ke…", "outcome": "signed_in", **facts}
    return SignIn.objects.create(at=now() - days * DAY, user=user, **given)


def test_the_log_is_narrowed_by_address(top: Agency) -> None:
    admin, user = person(top, "admin"), person(top)
    line(user, address="10.0.0.7")
    line(user, address="2001:db8::1")
    client = as_(admin)
    page = reverse("people:sign_ins")
    assert len(client.get(page, {"address": "10.0.0.7", "account": user.username}).context["lines"]) == 1
    assert len(client.get(page, {"address": "2001:DB8::1"}).context["lines"]) == 1
    assert client.get(page, {"address": "không phải"}).context["form"].errors


def test_nothing_deletes_a_line(top: Agency) -> None:
    admin, one = person(top, "admin"), line(person(top))
    client = as_(admin)
    answer = client.delete(reverse("people:sign_ins"))
    assert answer.status_code == 403
    assert sentence("sign_in_kept")[:20] in answer.content.decode()
    answer = client.delete("/api/v1/sign-ins", HTTP_X_CSRFTOKEN="x")
    assert answer.status_code == 403
    assert answer.json()["code"] == "sign_in_kept"
    assert as_(person(top, "clerk")).delete(reverse("people:sign_ins")).status_code == 404
    for work in (one.delete, SignIn.objects.all().delete):
        with pytest.raises(Refused, match="sign_in_kept"):
            work()
    assert SignIn.objects.filter(pk=one.pk).exists()
    assert sentence("sign_in_kept")[:20] in client.get(reverse("people:sign_ins")).content.decode()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_log_is_exported_as_it_is_filtered(form: str, top: Agency) -> None:
    admin, user = person(top, "admin"), person(top, full_name="=Nguyễn Văn Mưu")
    elsewhere = person(AgencyFactory())
    line(user, address="10.0.0.7", agent="+cmd")
    line(user, outcome="refused")
    line(elsewhere)
    answer = as_(admin).get(reverse(f"people:sign_ins_{form}"), {"account": user.username, "outcome": "signed_in"})
    if form == "csv":
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    else:
        sheet = load_workbook(io.BytesIO(answer.content)).active
        rows = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert len(rows) == 2
    assert rows[1][1:3] == [user.username, "'=Nguyễn Văn Mưu"]
    assert rows[1][4:] == ["10.0.0.7", "'+cmd"]
    entry = AuditEntry.objects.get(verb="export_sign_ins")
    assert (entry.by_id, entry.data) == (admin.pk, {"lines": 1, "form": form})


def test_lines_past_their_time_go_to_a_signed_archive(top: Agency, settings) -> None:
    settings.SIGN_INS_KEPT_DAYS = 365
    admin, user = person(top, "admin"), person(top)
    old, older, young = line(user, 400, agent="Máy tính"), line(None, 500), line(user, 10)
    assert jobs.archive_sign_ins(at=now()) == 2
    assert jobs.archive_sign_ins(at=now()) == 0
    assert list(SignIn.objects.values_list("pk", flat=True)) == [young.pk]
    kept = SignInArchive.objects.get()
    assert (kept.lines, kept.first_at, kept.last_at) == (2, older.at, old.at)
    assert archive.is_intact(kept)
    path = archive.folder() / kept.file_name
    lines = [json.loads(text) for text in gzip.decompress(path.read_bytes()).decode().splitlines()]
    assert [(one["pk"], one["agent"]) for one in lines] == [(old.pk, "Máy tính"), (older.pk, "")]
    entry = AuditEntry.objects.get(verb="archive")
    assert (entry.data["sha256"], entry.data["lines"]) == (kept.sha256, 2)
    page = as_(admin).get(reverse("people:sign_ins"))
    assert kept in page.context["archives"]
    address = reverse("people:sign_ins_archive", args=[kept.public_id])
    assert as_(admin).get(address).content == path.read_bytes()
    below = person(AgencyFactory(parent=top), "admin")
    assert as_(below).get(address).status_code == 404
    assert as_(UserFactory()).get(address).status_code == 404
    path.write_bytes(b"anderes")
    assert not archive.is_intact(kept)


def test_two_processes_archive_a_line_once(top: Agency) -> None:
    row = line(person(top), 900)
    first, second = archive.written([row], now()), archive.written([row], now())
    sign_ins.put_away(first, keys=[row.pk], by=system_user(), at=now())
    with pytest.raises(Refused, match="archive_overtaken"):
        sign_ins.put_away(second, keys=[row.pk], by=system_user(), at=now())
    assert SignInArchive.objects.count() == 1


def test_a_line_that_is_gone_already_stops_the_archive(top: Agency) -> None:
    rows = [line(person(top), 900), line(person(top), 900)]
    kept = archive.written(rows, now())
    SignIn.objects.filter(pk=rows[0].pk).let_go()
    with pytest.raises(Refused, match="archive_overtaken"):
        sign_ins.put_away(kept, keys=[row.pk for row in rows], by=system_user(), at=now())
    assert SignIn.objects.filter(pk=rows[1].pk).exists()


def test_zero_days_keeps_everything(top: Agency, settings) -> None:
    settings.SIGN_INS_KEPT_DAYS = 0
    line(person(top), 9000)
    assert jobs.archive_sign_ins(at=now()) == 0


@pytest.mark.parametrize("days", [{"last_day": "31/12/9999"}, {"first_day": "01/01/0001"}, {"last_day": "9999-12-31"}])
def test_days_no_calendar_reckons_with_are_refused_in_words(top: Agency, days: dict[str, str]) -> None:
    client = as_(person(top, "admin"))
    page = client.get(reverse("people:sign_ins"), days)
    assert page.status_code == 200
    assert page.context["form"].errors.keys() == days.keys()
    assert client.get(reverse("people:sign_ins_csv"), days).status_code == 200
