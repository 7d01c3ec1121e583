"""The road of an outgoing document, step by step, and everybody who may not take a step."""

import pytest
from django.db import transaction

from documents.actions import exchange, outgoing, register, signing
from documents.models import Signature
from documents.papers import submit_draft
from documents.queries import read_version
from documents.signatures import AGENCY, PERSON
from documents.workflow import CLERK, DRAFTER, OUTGOING, SIGNER
from ledger.models import AuditEntry, Fact, Transition
from ledger.verdict import Refused
from tests.documents.factories import AT, BODY, Office, after, found_signature, now
from tests.people.factories import PostFactory, fresh, person

pytestmark = pytest.mark.django_db

REASON = "Cần sửa lại thời gian họp."


@pytest.fixture
def office() -> Office:
    return Office()


def in_state(office: Office, state: str):
    """A document in that state, led there through the actions."""
    if state in ("draft", "submitted", "approved", "signed", "numbered", "sealed", "issued"):
        return now(getattr(office, state)())
    if state == "returned":
        row = office.submitted()
        outgoing.give_back(row, reason=REASON, by=office.leader, at=AT)
    else:
        row = office.draft()
        outgoing.cancel(row, reason=REASON, by=office.official, at=AT)
    return now(row)


def do(row, verb: str, by):
    """One verb with everything it needs."""
    by = fresh(by)
    edited = {"type_code": "TB", "subject": "x", "content": {"body": BODY}, "signer_post": row.signer_post}
    person_found = [found_signature("leader", PERSON, by.pk)]
    both_found = [*person_found, found_signature("agency", AGENCY, by.pk)]
    match verb:
        case "edit":
            outgoing.edit(row, revision=row.revision, recipients=[], by=by, at=AT, **edited)
        case "submit":
            submit_draft(row, revision=row.revision, by=by, at=AT)
        case "withdraw":
            outgoing.withdraw(row, by=by, at=AT)
        case "give_back":
            outgoing.give_back(row, reason=REASON, by=by, at=AT)
        case "approve":
            outgoing.approve(row, revision=row.revision, by=by, at=AT)
        case "cancel":
            outgoing.cancel(row, reason=REASON, by=by, at=AT)
        case "sign":
            signing.record_signature(row, after(row, b"s"), base_version=row.version, found=person_found, by=by, at=AT)
        case "number":
            register.allocate(row, by=by, at=AT)
        case "void":
            register.void(row, reason=REASON, by=by, at=AT)
        case "seal":
            signing.record_signature(row, after(row, b"a"), base_version=row.version, found=both_found, by=by, at=AT)
        case "issue":
            exchange.issue(row, by=by, at=AT)
        case _:
            raise AssertionError(verb)


VERBS = sorted({move.verb for move in OUTGOING.moves})
PARTS = ["drafter", "signer", "clerk", "other_leader", "admin", "colleague", "receiving_clerk", "stranger", "former"]
HOLDS = {"drafter": {DRAFTER}, "signer": {SIGNER}, "clerk": {CLERK, DRAFTER}}


def cast(office: Office) -> dict:
    """Everybody who might try."""
    former = office.clerk.__class__.objects.create(username="nguoi.cu", full_name="Người Cũ")
    PostFactory(user=former, agency=office.agency, role="clerk", valid_to="2026-01-01")
    return {
        "drafter": office.official,
        "signer": office.leader,
        "clerk": office.clerk,
        "other_leader": person(office.agency, "leader"),
        "admin": office.admin,
        "colleague": person(office.agency, "official"),
        "receiving_clerk": office.receiving_clerk,
        "stranger": person(office.recipient, "official"),
        "former": former,
    }


@pytest.mark.parametrize("state", OUTGOING.states())
def test_permission_matrix(office, state):
    """Every state, verb and person: exactly what the table allows happens, all else is refused and leaves nothing."""
    people, row = cast(office), in_state(office, state)
    entries = AuditEntry.objects.count()
    for verb in VERBS:
        move = OUTGOING.move(state, verb)
        for part in PARTS:
            allowed = move is not None and move.who in HOLDS.get(part, ())
            if row.version is None and verb in ("sign", "seal"):
                continue
            before = transaction.savepoint()
            refusal = attempt(now(row), verb, people[part])
            assert allowed == (refusal is None), (state, verb, part, refusal)
            if refusal is None:
                assert now(row).state == move.target
                assert AuditEntry.objects.count() > entries
            else:
                assert refusal.code in ("not_yours", "wrong_state")
                assert refusal.text != refusal.code
                assert AuditEntry.objects.count() == entries
            transaction.savepoint_rollback(before)


def attempt(row, verb: str, by) -> Refused | None:
    """The refusal, if there is one."""
    try:
        do(row, verb, by)
    except Refused as refusal:
        return refusal
    return None


def test_the_whole_road_leaves_transitions_and_a_fact(office):
    row = now(office.issued())
    path = Transition.objects.filter(object_id=row.public_id).order_by("pk").values_list("target", flat=True)
    assert list(path) == ["draft", "submitted", "approved", "signed", "numbered", "sealed", "issued"]
    assert row.symbol == "01/TB-UBND"
    assert str(row.issued_on) == "2026-11-20"
    fact = Fact.objects.get(name="document.issued")
    assert fact.object_id == row.public_id
    assert fact.agency_id == office.agency.pk
    expected = {
        "electronic": True,
        "person_signed": True,
        "agency_sealed": True,
        "signatures_valid": True,
        "type": "TB",
    }
    assert fact.attributes.items() >= expected.items()


def test_two_people_editing_lose_nothing(office):
    row = office.draft()
    fields = {"type_code": "TB", "content": {"body": BODY}, "signer_post": office.leader_post, "recipients": []}
    outgoing.edit(row, revision=1, subject="của người thứ nhất", by=office.official, at=AT, **fields)
    with pytest.raises(Refused) as refusal:
        outgoing.edit(row, revision=1, subject="của người thứ hai", by=office.clerk, at=AT, **fields)
    assert refusal.value.code == "changed_meanwhile"
    assert now(row).subject == "của người thứ nhất"


def test_an_approval_of_what_was_changed_meanwhile_is_refused(office):
    row = office.submitted()
    seen = row.revision
    outgoing.withdraw(row, by=office.official, at=AT)
    submit_draft(now(row), revision=seen, by=office.official, at=AT)
    with pytest.raises(Refused, match="changed_meanwhile"):
        outgoing.approve(row, revision=seen, by=office.leader, at=AT)


def test_a_return_needs_a_reason_that_helps(office):
    row = office.submitted()
    with pytest.raises(Refused) as refusal:
        outgoing.give_back(row, reason="  sai  ", by=office.leader, at=AT)
    assert refusal.value.code == "reason_too_short"
    assert "10" in refusal.value.text


def test_a_signature_that_does_not_verify_moves_nothing(office):
    row = office.approved()
    for verdict in ("invalid", "indeterminate", "unsigned"):
        found = [found_signature("leader", PERSON, office.leader.pk, verdict)]
        with pytest.raises(Refused, match="signature_not_valid"):
            signing.record_signature(
                row, after(row, b"x"), base_version=row.version, found=found, by=office.leader, at=AT
            )
    assert now(row).state == "approved"
    assert not Signature.objects.exists()


def test_the_seal_never_comes_first_or_alone(office):
    row = now(office.numbered())
    found = [found_signature("agency", AGENCY, office.clerk.pk)]
    with pytest.raises(Refused, match="signature_not_valid"):
        signing.record_signature(row, after(row, b"x"), base_version=row.version, found=found, by=office.clerk, at=AT)


def test_compare_and_set_of_the_version(office):
    row = office.approved()
    old = row.version
    outgoing.give_back(row, reason=REASON, by=office.leader, at=AT)
    submit_draft(edited_again(now(row), office), revision=now(row).revision, by=office.official, at=AT)
    outgoing.approve(now(row), revision=now(row).revision, by=office.leader, at=AT)
    found = [found_signature("leader", PERSON, office.leader.pk)]
    with pytest.raises(Refused, match="changed_meanwhile"):
        signing.record_signature(row, after(row, b"s"), base_version=old, found=found, by=office.leader, at=AT)
    signing.record_signature(
        row, after(now(row), b"s"), base_version=now(row).version, found=found, by=office.leader, at=AT
    )
    assert now(row).state == "signed"


def edited_again(row, office: Office):
    """The returned document as a draft once more."""
    fields = {"type_code": "TB", "content": {"body": BODY}, "signer_post": office.leader_post, "recipients": []}
    return outgoing.edit(row, revision=row.revision, subject="sửa lại", by=office.official, at=AT, **fields)


def test_a_voided_number_stays_explained_and_is_not_given_again(office):
    row = now(office.numbered())
    number = row.number
    register.void(row, reason=REASON, by=office.clerk, at=AT)
    number.refresh_from_db()
    assert number.void_reason == REASON
    assert (now(row).state, now(row).symbol) == ("returned", "")
    assert now(office.numbered()).symbol == "02/TB-UBND"


def test_the_counter_starts_again_on_the_first_of_january(office):
    from datetime import UTC, datetime

    first = register.allocate(office.signed(), by=office.clerk, at=datetime(2026, 12, 31, 16, 59, tzinfo=UTC))
    second = register.allocate(office.signed(), by=office.clerk, at=datetime(2026, 12, 31, 17, 0, tzinfo=UTC))
    assert (first.symbol, str(first.issued_on)) == ("01/TB-UBND", "2026-12-31")
    assert (second.symbol, str(second.issued_on)) == ("01/TB-UBND", "2027-01-01")
    assert first.number.book_id != second.number.book_id


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"type_code": "XX"}, "type_unknown"),
        ({"subject": "  "}, "subject_missing"),
        ({"subject": "x" * 401}, "subject_missing"),
        ({"content": {"body": "không phải danh sách"}}, "content_invalid"),
        ({"content": {"body": ["MẬT", "Nội dung"]}}, "secrecy_mark_in_text"),
        ({"content": {"body": [{"kind": "heading", "text": "TỐI MẬT"}]}}, "secrecy_mark_in_text"),
    ],
)
def test_what_cannot_be_drafted(office, fields, code):
    with pytest.raises(Refused) as refusal:
        office.draft(**fields)
    assert refusal.value.code == code
    assert refusal.value.text != code


def test_only_a_leader_of_the_agency_signs(office):
    other = PostFactory(agency=office.recipient, role="leader")
    official = PostFactory(agency=office.agency, role="official")
    for post in (other, official):
        with pytest.raises(Refused, match="signer_not_leader"):
            office.draft(signer_post=post)


def test_an_empty_document_is_not_submitted(office):
    row = office.draft(content={"body": []})
    with pytest.raises(Refused, match="content_empty"):
        submit_draft(row, revision=1, by=office.official, at=AT)


def test_what_is_submitted_is_a_pdf_with_the_places_of_its_fields(office):
    row = office.submitted()
    assert read_version(row.version).startswith(b"%PDF-")
    assert {"leader", "agency", "number", "date"} <= set(row.boxes)
    assert row.version.pages == 1
