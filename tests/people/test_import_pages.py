"""The first-day kit through its pages: template, file, look, choice, slips; hostile files; strangers."""

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from people.models import Agency, PeopleImport, User
from people.sheets.reading import read_workbook
from people.sheets.world import plan_for
from tests.people.factories import AgencyFactory, UserFactory, fresh, person
from tests.people.workbooks import PEOPLE, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def top() -> Agency:
    return AgencyFactory(code="UBND-X")


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def send(client: Client, content: bytes, name: str = "Danh sách.xlsx") -> Any:
    return client.post(reverse("people:imports"), {"workbook": SimpleUploadedFile(name, content)})


def someone(**change: str) -> list[str]:
    facts = {"name": "Lê Thị Hoa", "username": "le.hoa", "email": "", "phone": "", "unit": "UBND-X", "title": "CV"}
    return [*{**facts, **change}.values(), "Công chức", ""]


def test_a_workbook_is_looked_at_then_taken_over_then_slips_are_printed(top: Agency) -> None:
    client = as_(person(top, "admin"))
    answer = send(client, workbook(people=[someone(), someone(username="Sai Tên")]))
    assert answer.status_code == 302
    look = answer.headers["Location"]
    page = client.get(look)
    assert "Lê Thị Hoa" in page.content.decode()
    assert not User.objects.filter(username="le.hoa").exists()
    kept = PeopleImport.objects.get()
    take = reverse("people:take_over_import", args=[kept.public_id])
    client.post(take, {"fingerprint": page.context["fingerprint"]})
    assert not User.objects.filter(username="le.hoa").exists()
    client.post(take, {"fingerprint": "anders", "leave_out": "1"})
    assert not User.objects.filter(username="le.hoa").exists()
    client.post(take, {"fingerprint": page.context["fingerprint"], "leave_out": "1"})
    assert User.objects.filter(username="le.hoa").exists()
    assert client.get(look).context["rows"]
    waiting = client.get(reverse("people:slips"))
    assert [user.username for user in waiting.context["people"]] == ["le.hoa"]
    printed = client.post(reverse("people:slips"), {"unit": ""})
    (slip,) = printed.context["slips"]
    assert slip.password in printed.content.decode()
    assert "no-store" in printed.headers["Cache-Control"]
    assert client.post(reverse("people:slips")).context["slips"] == []
    signed_in = Client().post(reverse("account_login"), {"login": "le.hoa", "password": slip.password})
    assert signed_in.status_code == 302


def test_a_workbook_may_be_dropped(top: Agency) -> None:
    client = as_(person(top, "admin"))
    send(client, workbook(people=[someone()]))
    kept = PeopleImport.objects.get()
    assert client.post(reverse("people:drop_import", args=[kept.public_id])).status_code == 302
    assert client.get(reverse("people:import", args=[kept.public_id])).status_code == 200
    assert not User.objects.filter(username="le.hoa").exists()


def test_the_template_reads_back_and_its_examples_bring_nothing(top: Agency) -> None:
    admin = person(top, "admin")
    answer = as_(admin).get(reverse("people:import_template"))
    book = load_workbook(io.BytesIO(answer.content))
    assert [sheet.title for sheet in book.worksheets] == ["Đơn vị", "Người dùng", "Kiêm nhiệm", "Danh mục"]
    assert book["Danh mục"].sheet_state == "hidden"
    assert book["Người dùng"].data_validations.dataValidation
    table, plan = plan_for(fresh(admin), read_workbook(answer.content))
    assert plan.steps == []
    assert [fault.code for fault in plan.faults] == ["no_rows"]
    assert [heading for _, heading in table.unread if not heading.startswith("Cột có dấu")] == []


def test_nobody_else_sees_somebodys_workbook(top: Agency) -> None:
    send(as_(person(top, "admin")), workbook(people=[someone()]))
    kept = PeopleImport.objects.get()
    addresses = [
        reverse("people:import", args=[kept.public_id]),
        reverse("people:take_over_import", args=[kept.public_id]),
        reverse("people:drop_import", args=[kept.public_id]),
    ]
    for who in (person(top, "admin"), person(top, "clerk"), UserFactory()):
        client = as_(who)
        assert client.get(addresses[0]).status_code == 404
        assert client.post(addresses[1]).status_code == 404
        assert client.post(addresses[2]).status_code == 404
    for name in ("imports", "import_template", "slips"):
        assert as_(person(top, "clerk")).get(reverse(f"people:{name}")).status_code == 404


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (200 * 1024 * 1024))
    return out.getvalue()


def with_entities() -> bytes:
    content = io.BytesIO(workbook(people=[someone()]))
    out = io.BytesIO()
    with zipfile.ZipFile(content) as source, zipfile.ZipFile(out, "w") as target:
        for part in source.infolist():
            body = source.read(part)
            if part.filename.endswith("sheet1.xml"):
                body = b'<!DOCTYPE x [<!ENTITY a "b">]>' + body
            target.writestr(part, body)
    return out.getvalue()


def far_away() -> bytes:
    book = Workbook()
    book.active.append(PEOPLE)
    book.active.append(someone())
    book.active["XFD1048576"] = "x"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "content", [b"", b"x", b"PK\x03\x04rubbish", b"%PDF-1.7", bomb(), with_entities(), workbook()[:-40]]
)
def test_hostile_and_broken_files_get_a_sentence(content: bytes, top: Agency) -> None:
    answer = send(as_(person(top, "admin")), content)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert not PeopleImport.objects.exists()


def test_a_cell_far_away_costs_nothing(top: Agency) -> None:
    (sheet,) = read_workbook(far_away())
    assert len(sheet["rows"]) == 2


def test_formulas_are_named_not_computed(top: Agency) -> None:
    book = Workbook()
    book.active.append(PEOPLE)
    book.active.append(someone(name='=HYPERLINK("http://x","y")'))
    out = io.BytesIO()
    book.save(out)
    _, plan = plan_for(person(top, "admin"), read_workbook(out.getvalue()))
    assert [(fault.cell, fault.code) for fault in plan.faults] == [("A2", "formula")]


def test_dates_and_numbers_of_the_workbook_are_read(top: Agency) -> None:
    from datetime import date

    book = Workbook()
    book.active.append(["DIEN THOAI", "ho va ten", "TÊN ĐĂNG NHẬP", "đơn vị", "Chức danh", "Từ ngày"])
    book.active.append([912345678, "Lê Thị Hoa", "LE.HOA", "UBND-X", "CV", date(2026, 7, 1)])
    out = io.BytesIO()
    book.save(out)
    _, plan = plan_for(person(top, "admin"), read_workbook(out.getvalue()))
    assert plan.faults == []
    assert plan.of("people", "add")[0].facts["phone"] == "0912345678"
    assert plan.of("posts", "add")[0].facts["from_day"] == "2026-07-01"


def test_looking_costs_the_same_with_one_row_and_with_many(top: Agency) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = as_(person(top, "admin"))

    def cost(many: int) -> int:
        look = send(client, workbook(people=[someone(username=f"le.hoa{n}") for n in range(many)])).headers["Location"]
        client.get(look)
        with CaptureQueriesContext(connection) as asked:
            client.get(look)
        return len(asked)

    assert cost(1) == cost(3) == cost(300)


def test_the_console_shares_everything_with_the_page(top: Agency, tmp_path) -> None:
    admin = person(top, "admin", username="quan.tri.x")
    file, out = tmp_path / "a.xlsx", io.StringIO()
    file.write_bytes(workbook(people=[someone(), someone(username="Sai Tên")]))
    call_command("import_people", file, by=admin.username, stdout=out)
    assert "B3" in out.getvalue()
    with pytest.raises(CommandError):
        call_command("import_people", file, by=admin.username, apply=True, stdout=out)
    assert not User.objects.filter(username="le.hoa").exists()
    call_command("import_people", file, by=admin.username, leave_out=True, stdout=out)
    assert User.objects.filter(username="le.hoa").exists()
    with pytest.raises(CommandError):
        call_command("import_people", file, by="le.hoa", stdout=out)
    with pytest.raises(CommandError):
        call_command("import_people", tmp_path / "không có.xlsx", by=admin.username, stdout=out)
