"""The verbs sign and seal on real documents, with real certificates, and everybody who may not."""

from datetime import timedelta

import pytest

from documents import intake_gate
from documents.actions import exchange, outgoing, register
from documents.queries import read_version
from ledger.models import AuditEntry
from ledger.verdict import Refused
from signing import demo, flow, installation
from signing.actions import credentials
from signing.models import SigningCredential, SigningSession
from signing.rules import FREE_TRIES, delay_after
from signing.verification.check import check
from signing.verification.report import Verdict
from tests.documents.factories import Office
from tests.documents.factories import now as fresh_row
from tests.people.factories import fresh
from tests.signing.desk import now
from tests.signing.factories import equipped

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def keys(office: Office) -> dict[str, SigningCredential]:
    return equipped(office)


def shown(row) -> str:
    return str(row.version.rendition.sha256)


def signed(office: Office, keys: dict[str, SigningCredential], row=None):
    row = row or office.approved()
    flow.sign(row, pin=demo.pin_of(keys["leader"]), shown_sha256=shown(row), by=fresh(office.leader), at=now())
    return fresh_row(row)


def sealed(office: Office, keys: dict[str, SigningCredential]):
    row = register.allocate(signed(office, keys), by=fresh(office.clerk), at=now())
    flow.seal(fresh_row(row), pin=demo.pin_of(keys["agency"]), by=fresh(office.clerk), at=now())
    return fresh_row(row)


def test_the_whole_road_ends_issued_with_two_valid_signatures(office: Office, keys) -> None:
    row = sealed(office, keys)
    assert row.state == "sealed"
    report = check(read_version(row.version), installation.trust_list(), at=now(), expected=["leader", "agency"])
    assert report.verdict is Verdict.VALID
    kept = {each.field_name: each for each in row.version.signatures.all()}
    assert kept["leader"].signer == office.leader
    assert kept["agency"].signer == office.clerk
    assert {each.verdict for each in kept.values()} == {"valid"}
    assert kept["leader"].evidence["level"] == "B-LT"
    assert exchange.issue(row, by=fresh(office.clerk), at=now()).state == "issued"


def test_every_act_is_in_the_audit_log(office: Office, keys) -> None:
    sealed(office, keys)
    verbs = list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))
    for verb in ("enrol", "begin_signature", "sign", "number", "seal"):
        assert verb in verbs
    assert verbs.count("begin_signature") == 2
    assert SigningSession.objects.filter(used_at__isnull=True).count() == 0


def test_a_wrong_pin_signs_nothing_and_is_counted(office: Office, keys) -> None:
    row = office.approved()
    with pytest.raises(Refused) as caught:
        flow.sign(row, pin="no", shown_sha256=shown(row), by=fresh(office.leader), at=now())
    assert caught.value.code == "pin_wrong"
    row = fresh_row(row)
    keys["leader"].refresh_from_db()
    assert (row.state, keys["leader"].wrong_pins) == ("approved", 1)
    assert AuditEntry.objects.filter(verb="refuse_signature").exists()
    row = signed(office, keys, row)
    keys["leader"].refresh_from_db()
    assert (row.state, keys["leader"].wrong_pins) == ("signed", 0)


def test_five_wrong_pins_lock_the_key_with_growing_delay(office: Office, keys) -> None:
    row, at = office.approved(), now()
    for _ in range(FREE_TRIES):
        with pytest.raises(Refused):
            flow.sign(row, pin="no", shown_sha256=shown(row), by=fresh(office.leader), at=at)
        row = fresh_row(row)
    with pytest.raises(Refused) as caught:
        flow.sign(row, pin=demo.pin_of(keys["leader"]), shown_sha256=shown(row), by=fresh(office.leader), at=at)
    assert caught.value.code == "pin_locked"
    assert caught.value.params["until"]
    later = at + timedelta(minutes=2)
    flow.sign(row, pin=demo.pin_of(keys["leader"]), shown_sha256=shown(row), by=fresh(office.leader), at=later)
    assert fresh_row(row).state == "signed"


@pytest.mark.parametrize("before", [1, FREE_TRIES - 1])
def test_what_fails_beside_the_pin_forgives_no_wrong_pin(office: Office, keys, before: int) -> None:
    row, key = office.approved(), keys["leader"]
    SigningCredential.objects.filter(pk=key.pk).update(wrong_pins=before)
    with pytest.raises(Refused) as caught:
        flow.sign(row, pin="\ud800", shown_sha256=shown(row), by=fresh(office.leader), at=now())
    assert caught.value.code != "pin_wrong"
    key.refresh_from_db()
    assert (key.wrong_pins, key.locked_until) == (before, None)


def test_a_refusal_at_the_end_closes_the_session_and_takes_its_try_off(office: Office, keys, monkeypatch) -> None:
    row, keep = office.approved(), intake_gate.keep

    def given_back(pdf: bytes, *, file_name: str):
        """While the signature was made, the signer gave the document back elsewhere."""
        outgoing.give_back(row, reason="Sửa lại căn cứ ban hành", by=fresh(office.leader), at=now())
        return keep(pdf, file_name=file_name)

    monkeypatch.setattr(flow, "keep", given_back)
    with pytest.raises(Refused):
        flow.sign(row, pin=demo.pin_of(keys["leader"]), shown_sha256=shown(row), by=fresh(office.leader), at=now())
    keys["leader"].refresh_from_db()
    assert (keys["leader"].wrong_pins, keys["leader"].locked_until) == (0, None)
    assert not SigningSession.objects.filter(used_at__isnull=True).exists()
    assert AuditEntry.objects.filter(verb="refuse_signature", data__reason="wrong_state").exists()
    assert fresh_row(row).state == "returned"


def test_the_delay_only_grows() -> None:
    delays = [delay_after(wrong) for wrong in range(60)]
    assert delays == sorted(delays)
    assert delays[FREE_TRIES - 1] == timedelta()
    assert delays[-1] == timedelta(days=1)


def test_what_was_not_shown_is_not_signed(office: Office, keys) -> None:
    row = office.approved()
    with pytest.raises(Refused) as caught:
        flow.sign(row, pin=demo.pin_of(keys["leader"]), shown_sha256="0" * 64, by=fresh(office.leader), at=now())
    assert caught.value.code == "not_what_was_shown"


@pytest.mark.parametrize("who", ["clerk", "official", "admin", "receiving_clerk"])
def test_only_the_signer_signs(office: Office, keys, who: str) -> None:
    row = office.approved()
    with pytest.raises(Refused):
        flow.sign(row, pin="1", shown_sha256=shown(row), by=fresh(getattr(office, who)), at=now())


@pytest.mark.parametrize("who", ["leader", "official", "admin", "receiving_clerk"])
def test_only_a_clerk_of_the_agency_seals(office: Office, keys, who: str) -> None:
    row = register.allocate(signed(office, keys), by=fresh(office.clerk), at=now())
    with pytest.raises(Refused):
        flow.seal(fresh_row(row), pin=demo.pin_of(keys["agency"]), by=fresh(getattr(office, who)), at=now())


def test_the_seal_needs_a_number_first(office: Office, keys) -> None:
    row = signed(office, keys)
    with pytest.raises(Refused) as caught:
        flow.seal(row, pin=demo.pin_of(keys["agency"]), by=fresh(office.clerk), at=now())
    assert caught.value.code == "wrong_state"


def test_without_a_certificate_the_sentence_says_what_to_do(office: Office) -> None:
    row = office.approved()
    with pytest.raises(Refused) as caught:
        flow.sign(row, pin="1", shown_sha256=shown(row), by=fresh(office.leader), at=now())
    assert caught.value.code == "no_credential"
    assert caught.value.text


def test_a_withdrawn_or_expired_certificate_is_not_used(office: Office, keys) -> None:
    row = office.approved()
    after = keys["leader"].not_after + timedelta(days=1)
    with pytest.raises(Refused) as caught:
        flow.sign(row, pin="1", shown_sha256=shown(row), by=fresh(office.leader), at=after)
    assert caught.value.code == "credential_expired"
    credentials.withdraw(keys["leader"], home=office.agency, by=fresh(office.admin), at=now())
    with pytest.raises(Refused) as caught:
        flow.sign(row, pin="1", shown_sha256=shown(row), by=fresh(office.leader), at=now())
    assert caught.value.code == "no_credential"


def test_a_revoked_certificate_does_not_sign(office: Office, keys) -> None:
    with installation.signer_process() as signer:
        signer.revoke(installation.demo_folder(), [int(keys["leader"].serial, 16)], at=now())
    row = office.approved()
    with pytest.raises(Refused) as caught:
        flow.sign(row, pin=demo.pin_of(keys["leader"]), shown_sha256=shown(row), by=fresh(office.leader), at=now())
    assert caught.value.code == "certificate_not_usable"
    assert fresh_row(row).state == "approved"


def test_signing_refuses_an_open_transaction(office: Office, keys) -> None:
    from django.db import transaction

    row = office.approved()
    with transaction.atomic(), pytest.raises(RuntimeError):
        flow.sign(row, pin=demo.pin_of(keys["leader"]), shown_sha256=shown(row), by=fresh(office.leader), at=now())


def test_demo_certificates_are_refused_in_production(office: Office, settings) -> None:
    settings.PRODUCTION = True
    with pytest.raises(Refused) as caught:
        equipped(office)
    assert caught.value.code == "no_software_keys"
