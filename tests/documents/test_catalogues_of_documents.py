"""Document types as dated rows of an agency, and the bodies that send documents: who keeps them, what they change."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from documents.actions import issuers, types
from documents.forms import OutgoingForm
from documents.issuers import Line, is_organ_id, kept_issuers, key_of, pasted
from documents.models import DocumentType, Issuer
from documents.queries import types_in_force
from documents.typelist import in_force, law_types, own_types
from ledger.days import legal_day
from ledger.models import AuditEntry
from ledger.verdict import Refused
from tests.documents.factories import Office
from tests.documents.homes import address
from tests.documents.test_pages import browser
from tests.people.factories import fresh

pytestmark = pytest.mark.django_db
ROLES = ("admin", "clerk", "leader", "official", "receiving_clerk")
KEEPERS = ("admin", "clerk")
NOW = timezone.now()
TODAY = legal_day(NOW)


@pytest.fixture
def office() -> Office:
    return Office()


def wording(**changed):
    values = {"code": "TB", "name": "Thông báo mới", "abbreviation": "TBM", "number_pattern": "{number}/{type}-{body}"}
    return {**values, "basis": "Quy chế văn thư", "effective_from": TODAY, **changed}


def begun(office, **changed) -> DocumentType:
    return types.set_type(office.agency, **wording(**changed), by=office.clerk, at=changed.pop("at", NOW))


def name_of(code: str, agency, day=TODAY) -> str:
    return in_force(day, agency.pk).get(code=code).name


@pytest.mark.parametrize("who", ROLES)
def test_only_admin_and_clerk_of_the_agency_keep_its_catalogues(office, who):
    user, agency = getattr(office, who), office.agency
    body = issuers.add(agency, name="Bộ Nội vụ", by=office.clerk, at=NOW)
    works = [
        lambda: types.set_type(agency, **wording(), by=user, at=NOW),
        lambda: types.use_type(agency, code="KH", used=False, by=user, at=NOW),
        lambda: types.end_type(agency, code="TB", by=user, at=NOW),
        lambda: issuers.add(agency, name="Bộ Tài chính", by=user, at=NOW),
        lambda: issuers.edit(body, revision=1, name="Bộ Nội vụ mới", by=user, at=NOW),
        lambda: issuers.set_retired(body, retired=True, by=user, at=NOW),
        lambda: issuers.paste(agency, [Line("Bộ Y tế")], by=user, at=NOW),
    ]
    for work in works:
        if who in KEEPERS:
            work()
            continue
        with pytest.raises(Refused, match="not_yours"):
            work()
    pages = [address("types"), address("issuers"), address("starts"), address("add_issuer"), address("paste_issuers")]
    there = 200 if who in (*KEEPERS, "receiving_clerk") else 404
    assert [browser(user).get(page).status_code for page in pages] == [there] * 5
    own = 200 if who in KEEPERS else 404
    assert browser(user).get(address("edit_issuer", body.public_id)).status_code == own
    assert browser(user).get(address("add_type", agency.public_id)).status_code == own


def test_a_change_begins_on_its_day_and_touches_neither_law_nor_past(office):
    law = list(law_types().values())
    coming = TODAY + timedelta(days=10)
    begun(office)
    begun(office, name="Thông báo sau", effective_from=coming)
    assert name_of("TB", office.agency, TODAY - timedelta(days=1)) == "Thông báo"
    assert name_of("TB", office.agency) == "Thông báo mới"
    assert name_of("TB", office.agency, coming) == "Thông báo sau"
    assert name_of("TB", office.recipient) == "Thông báo"
    assert list(law_types().values()) == law
    assert own_types(office.agency.pk).get(effective_from=TODAY).effective_to == coming
    assert types_in_force(office.agency.pk).count() == types_in_force().count()
    for day, code in (
        (TODAY - timedelta(days=1), "type_in_the_past"),
        (coming, "type_day_taken"),
        (TODAY, "type_day_taken"),
    ):
        with pytest.raises(Refused, match=code):
            begun(office, effective_from=day)
    assert AuditEntry.objects.filter(verb="set_type").count() == 2


def test_an_own_type_numbers_documents_and_ends(office):
    client = browser(office.clerk)
    page = address("add_type", office.agency.public_id)
    values = {
        "name": "Phiếu trình",
        "abbreviation": "PTr",
        "number_pattern": "{number}/{type}-{body}",
        "basis": "Quy chế",
    }
    answer = client.post(page, {**values, "effective_from": TODAY.strftime("%d/%m/%Y")})
    assert answer.status_code == 302
    kind = own_types(office.agency.pk).get()
    assert "01/PTr-UBND" in client.get(address("types")).content.decode()
    assert office.draft(type_code=kind.code).type == kind
    assert not types_in_force(office.recipient.pk).filter(code=kind.code).exists()
    client.post(address("type_step", office.agency.public_id, kind.code, "end"))
    assert not in_force(TODAY + timedelta(days=1), office.agency.pk).filter(code=kind.code).exists()


@pytest.mark.parametrize("bad", ["", "no number", "{number}/{secret}", "{number}", "a/{number}/"])
def test_a_wrong_pattern_comes_back_with_a_sentence(office, bad):
    page = address("add_type", office.agency.public_id)
    values = {"name": "X", "number_pattern": bad, "basis": "Y", "effective_from": TODAY.isoformat()}
    answer = browser(office.clerk).post(page, values)
    assert answer.status_code == 422
    assert not own_types(office.agency.pk).exists()


def test_a_type_not_used_is_not_offered_to_drafters(office):
    offered = lambda: {  # noqa: E731
        code
        for code, _ in OutgoingForm(agency=office.agency, user=fresh(office.official)).fields["type_code"].choices  # type: ignore[attr-defined]
    }
    assert "TB" in offered()
    for used, there in ((False, False), (False, False), (True, True)):
        types.use_type(office.agency, code="TB", used=used, by=office.clerk, at=NOW)
        assert ("TB" in offered()) == there
    with pytest.raises(Refused, match="type_unknown"):
        types.use_type(office.agency, code="NONE", used=False, by=office.clerk, at=NOW)


# --- issuing bodies ------------------------------------------------------------------------------


def test_one_name_however_spelt_and_one_identifier(office):
    issuers.add(office.agency, name="Bộ Nội vụ", organ_id="G09", by=office.clerk, at=NOW)
    for facts in ({"name": "BỘ  NỘI VỤ"}, {"name": "Bộ Nội vụ"}, {"name": "Bộ khác", "organ_id": "G09"}):
        with pytest.raises(Refused, match="issuer_taken"):
            issuers.add(office.agency, **facts, by=office.clerk, at=NOW)
    issuers.add(office.recipient, name="Bộ Nội vụ", organ_id="G09", by=office.receiving_clerk, at=NOW)


def test_a_list_is_pasted_once_and_a_wrong_line_enters_nothing(office):
    client, page = browser(office.clerk), address("paste_issuers")
    form = {"agency": str(office.agency.public_id)}
    answer = client.post(page, {**form, "lines": "Bộ Y tế; BYT; G25\n; ;\nBộ Công an; BCA; mã sai!"})
    assert answer.status_code == 422
    assert "Dòng 3" in answer.content.decode()
    assert not Issuer.objects.exists()
    text = "Bộ Y tế; BYT; g25\n\nBỘ Y TẾ\nBộ Công an\tBCA\n"
    for _ in range(2):
        assert client.post(page, {**form, "lines": text}).status_code == 302
    assert sorted(Issuer.objects.values_list("name", "organ_id")) == [("Bộ Công an", ""), ("Bộ Y tế", "G25")]
    assert AuditEntry.objects.filter(verb="paste_issuers").count() == 1
    assert [row.name for row in kept_issuers(fresh(office.clerk), "y te")] == ["Bộ Y tế"]
    assert [row.name for row in kept_issuers(fresh(office.clerk), "bca")] == ["Bộ Công an"]


def test_two_people_correcting_see_both_texts(office):
    body = issuers.add(office.agency, name="Sở Y tế", by=office.clerk, at=NOW)
    page = address("edit_issuer", body.public_id)
    first = {"name": "Sở Y tế tỉnh", "level": "province", "revision": "1"}
    assert browser(office.clerk).post(page, first).status_code == 302
    answer = browser(office.admin).post(page, {"name": "Sở Y tế Mẫu", "level": "other", "revision": "1"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Sở Y tế Mẫu" in shown
    assert "Sở Y tế tỉnh" in shown


def test_who_has_sent_documents_is_offered_for_the_catalogue(office):
    office.arrived()
    client = browser(office.receiving_clerk)
    assert "Ủy ban nhân dân tỉnh Mẫu" in client.get(address("issuers")).content.decode()
    name = "Ủy ban nhân dân Tỉnh Mẫu"
    client.post(address("add_issuer"), {"name": name, "level": "province", "revision": "0"})
    assert "chưa có trong danh mục" not in client.get(address("issuers")).content.decode()


def test_the_catalogue_costs_the_same_at_one_and_three_thousand(office):
    issuers.add(office.agency, name="Đơn vị 0", by=office.clerk, at=NOW)
    client, spent = browser(office.clerk), []
    client.get(address("issuers"))
    for more in (0, 3, 3000):
        Issuer.objects.bulk_create(
            Issuer(agency=office.agency, name=f"Đơn vị {more} {n}", key=f"don vi {more} {n}") for n in range(more)
        )
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address("issuers"), {"q": "vi"}).status_code == 200
        spent.append(len(queries))
    assert spent[0] == spent[1] == spent[2]


@given(st.text(max_size=300))
def test_any_text_pastes_into_sound_lines_or_none(text):
    good, wrong = pasted(text)
    for line in good:
        assert key_of(line.name)
        assert len(line.name) <= 200
        assert not line.organ_id or is_organ_id(line.organ_id)
    assert all(one.number >= 1 for one in wrong)
