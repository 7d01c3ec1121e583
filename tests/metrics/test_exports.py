"""The fixed handle: `export_metrics`, the download and the API say the same numbers."""

import csv
import io
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from people.actions.tokens import issue
from tests.metrics.numbers import held, issued
from tests.people.factories import AgencyFactory, person
from tests.servers.app import give_tables

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
PERIODS = ("2026-11", "2026-Q4", "2026-H2", "2026")


@pytest.fixture
def agency():
    made = AgencyFactory(code="UBND-P1")
    issued(made, date(2026, 11, 10))
    issued(made, date(2026, 11, 20), person_signed=False)
    held(made, date(2026, 10, 20), paperless=False)
    return made


def exported(tmp_path: Path, period: str = "2026-11", **options) -> bytes:
    target = tmp_path / "out"
    call_command("export_metrics", agency="UBND-P1", period=period, output=target, **options)
    return target.read_bytes()


def test_the_contract(agency, tmp_path):
    assert json.loads(exported(tmp_path)) == {
        "agency": "UBND-P1",
        "period": "2026-11",
        "indicators": [
            row("DOC-ELECTRONIC", 100.0, 2, 2),
            row("DOC-SIGNED", 50.0, 1, 2),
            row("MEETING-PAPERLESS", None, 0, 0),
        ],
    }


def row(code: str, value: float | None, numerator: int, denominator: int) -> dict:
    counts = {"numerator": numerator, "denominator": denominator}
    return {"code": code, "version": 1, "value": value, **counts, "unit": "%"}


def test_standard_output_is_json_and_nothing_else(agency, capfdbinary):
    call_command("export_metrics", agency="UBND-P1", period="2026-11")
    assert json.loads(capfdbinary.readouterr().out)["agency"] == "UBND-P1"


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("calendar", ["calendar", "report"])
def test_every_period_in_both_calendars(agency, tmp_path, period, calendar):
    data = json.loads(exported(tmp_path, period, calendar=calendar))
    assert data["period"] == period
    in_november_report = (period, calendar) == ("2026-11", "report")
    assert data["indicators"][0]["denominator"] == (1 if in_november_report else 2)


def test_csv_opens_in_excel(agency, tmp_path):
    content = exported(tmp_path, format="csv")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [(one["code"], one["value"], one["period"]) for one in rows] == [
        ("DOC-ELECTRONIC", "100.0", "2026-11"),
        ("DOC-SIGNED", "50.0", "2026-11"),
        ("MEETING-PAPERLESS", "", "2026-11"),
    ]
    assert "Tỷ lệ" in rows[0]["name"]


def test_xlsx_opens(agency, tmp_path):
    sheet = load_workbook(io.BytesIO(exported(tmp_path, "2026-Q4", format="xlsx"))).active
    rows = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert rows[0][:5] == ["code", "version", "name", "period", "value"]
    assert rows[3][0] == "MEETING-PAPERLESS"
    assert rows[3][4:7] == [0, 0, 1]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"agency": "KHÔNG-CÓ"}, "KHÔNG-CÓ"),
        ({"period": "2026-13"}, "2026-Q4"),
        ({"period": "tháng này"}, "2026-Q4"),
        ({"output": Path("/không/có/thư/mục")}, "--output"),
    ],
)
def test_what_is_unknown_ends_with_a_sentence(agency, options, said):
    with pytest.raises(CommandError, match=said):
        call_command("export_metrics", **{"agency": "UBND-P1", "period": "2026-11"} | options)


def test_the_exit_status_is_one(tmp_path):
    """The command as a script calls it, on an installation that is still empty."""
    environment = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "TEST_DATABASE_URL")
    }
    environment |= {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
    give_tables(tmp_path)
    command = [sys.executable, "manage.py", "export_metrics", "--agency", "X", "--period", "2026-11"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert "X" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_api_says_the_same(agency, tmp_path):
    user = person(agency)
    answer = api(user, "/api/v1/figures/UBND-P1/2026-11")
    assert answer.status_code == 200
    assert answer.json() == json.loads(exported(tmp_path))
    report = api(user, "/api/v1/figures/UBND-P1/2026-11?calendar=report").json()
    assert report["indicators"][0]["denominator"] == 1


@pytest.mark.parametrize(
    ("address", "status"),
    [("UBND-P1/2026-13", 422), ("UBND-P1/x", 422), ("UBND-P1/0001", 404), ("NONE/2026-11", 404)],
)
def test_the_api_refuses_in_problem_json(agency, address, status):
    answer = api(person(agency), f"/api/v1/figures/{address}")
    assert answer.status_code == status
    assert answer["Content-Type"].startswith("application/problem+json")


def test_the_api_knows_no_strangers(agency):
    assert Client().get("/api/v1/figures/UBND-P1/2026-11").status_code == 401
    assert api(person(AgencyFactory()), "/api/v1/figures/UBND-P1/2026-11").status_code == 404


def api(user, address: str):
    _, secret = issue(user, label="Đọc chỉ số", by=user, at=timezone.now())
    return Client().get(address, headers={"authorization": f"Bearer {secret}"})
