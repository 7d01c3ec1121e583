"""Forgeries and honest files: each gets the verdict a careful person would give."""

import asyncio
import socket
import sys
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import x509
from cryptography.hazmat.primitives import serialization
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, PdfTimeStamper, SimpleSigner
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from pyhanko_certvalidator.registry import SimpleCertificateStore

import signing.verification.verify as verifying
from signing import pdf_revision, prepare, trust
from signing.signer_client import SignerProcess
from signing.trust import TrustList
from signing.verification.check import check
from signing.verification.report import Reason, Report, Verdict, judged, together
from signing.verification.verify import verify
from tests.signing.conftest import Road
from tests.signing.desk import DAY, LEADER_PIN, Desk, looks, now, open_desk

Edit = Callable[[IncrementalPdfFileWriter], None]


def edited(pdf: bytes, edit: Edit) -> bytes:
    """Append one revision, as an attacker with a library would."""
    revision = pdf_revision.revision_of(pdf)
    edit(revision)
    return pdf_revision.written(revision)


def field_of(revision: IncrementalPdfFileWriter, name: str) -> generic.DictionaryObject:
    for reference in revision.root["/AcroForm"]["/Fields"]:
        if reference.get_object()["/T"] == name:
            revision.mark_update(reference)
            return reference.get_object()
    raise AssertionError(name)


def all_reasons(report: Report) -> set[Reason]:
    return {*report.reasons, *(reason for each in report.signatures for reason in each.reasons)}


# --- attacks ---------------------------------------------------------------------------------------


def draw_over(revision: IncrementalPdfFileWriter) -> None:
    page = revision.root["/Pages"]["/Kids"][0]
    stream = generic.StreamObject(stream_data=b"q 1 0 0 rg 100 400 300 60 re f Q")
    page["/Contents"] = revision.add_object(stream)
    revision.update_container(page)


def change_number(revision: IncrementalPdfFileWriter) -> None:
    field_of(revision, "number")[pdf_name("/V")] = pdf_string("99")


def change_number_and_looks(revision: IncrementalPdfFileWriter, box: tuple[float, float] = (34, 16)) -> None:
    from documents.typeset.typeset import Box

    field = field_of(revision, "number")
    field[pdf_name("/V")] = pdf_string("99")
    stream = pdf_revision.appearance_stream(revision, looks("field", Box(1, 0, 0, *box), text="99"))  # type: ignore[arg-type]
    field[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): stream})


def remove_signature(revision: IncrementalPdfFileWriter) -> None:
    del field_of(revision, "leader")["/V"]


def remove_form(revision: IncrementalPdfFileWriter) -> None:
    del revision.root["/AcroForm"]
    revision.update_root()


def add_annotation(revision: IncrementalPdfFileWriter) -> None:
    page = revision.find_page_for_modification(0)[0]
    box = generic.ArrayObject([generic.FloatObject(side) for side in (100.0, 400.0, 400.0, 500.0)])
    form = generic.StreamObject(
        {pdf_name("/Type"): pdf_name("/XObject"), pdf_name("/Subtype"): pdf_name("/Form"), pdf_name("/BBox"): box},
        stream_data=b"1 0 0 rg 100 400 300 100 re f",
    )
    note = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/Stamp"),
            pdf_name("/Rect"): box,
            pdf_name("/F"): generic.NumberObject(4),
            pdf_name("/AP"): generic.DictionaryObject({pdf_name("/N"): revision.add_object(form)}),
        }
    )
    revision.register_annotation(page, revision.add_object(note))


@pytest.mark.parametrize(
    "attack", [draw_over, change_number, change_number_and_looks, remove_signature, remove_form, add_annotation]
)
@pytest.mark.parametrize("step", ["signed", "sealed"])
def test_a_revision_appended_by_somebody_is_never_valid(desk: Desk, road: Road, attack: Edit, step: str) -> None:
    report = check(edited(getattr(road, step), attack), desk.trust, at=now())
    assert report.verdict is Verdict.INVALID, all_reasons(report)


def test_an_unsigned_number_after_the_leader_is_named(desk: Desk, road: Road) -> None:
    report = check(edited(road.signed, change_number_and_looks), desk.trust, at=now())
    assert Reason.UNSIGNED_CHANGES in report.reasons


def test_a_removed_signature_is_named_even_without_its_form(desk: Desk, road: Road) -> None:
    for attack in (remove_signature, remove_form):
        report = check(edited(road.sealed, attack), desk.trust, at=now())
        assert Reason.SIGNATURE_REMOVED in report.reasons


def test_anything_after_the_end_is_named(desk: Desk, road: Road) -> None:
    report = check(road.sealed + b"<script>", desk.trust, at=now())
    assert report.verdict is Verdict.INVALID
    assert Reason.TRAILING_DATA in report.reasons


def test_a_changed_word_in_the_signed_part_is_named(desk: Desk, road: Road) -> None:
    at = road.sealed.index(b"/MediaBox")
    forged = road.sealed[:at] + b"/MediaBix" + road.sealed[at + 9 :]
    report = check(forged, desk.trust, at=now())
    assert report.verdict is Verdict.INVALID
    assert Reason.DOCUMENT_CHANGED in all_reasons(report)


def covered(pdf: bytes) -> list[range]:
    """Return the byte ranges that the first signature covers."""
    start = pdf.index(b"/ByteRange")
    numbers = pdf[pdf.index(b"[", start) + 1 : pdf.index(b"]", start)].split()
    first, length, second, more = map(int, numbers)
    return [range(first, first + length), range(second, second + more)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(share=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_no_changed_bit_of_the_signed_part_is_valid(desk: Desk, road: Road, share: float, bit: int) -> None:
    signed = [at for part in covered(road.signed) for at in part]
    forged = bytearray(road.signed)
    forged[signed[int(share * len(signed))]] ^= 1 << bit
    report = check(bytes(forged), desk.trust, at=now())
    assert report.verdict not in (Verdict.VALID, Verdict.VALID_WITH_NOTES), (share, bit)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.floats(0, 1), length=st.integers(0, 4000), filling=st.binary(max_size=200))
def test_damaged_files_get_a_verdict_and_no_exception(
    desk: Desk, road: Road, start: float, length: int, filling: bytes
) -> None:
    at = int(start * len(road.sealed))
    check(road.sealed[:at] + filling + road.sealed[at + length :], desk.trust, at=now())


@given(junk=st.binary(max_size=600))
def test_junk_is_no_pdf_or_unreadable(junk: bytes) -> None:
    report = check(b"%PDF-1.7\n" + junk, TrustList(), at=now())
    assert report.verdict in (Verdict.INDETERMINATE, Verdict.UNSIGNED)


# --- trust and time --------------------------------------------------------------------------------


def test_a_foreign_root_is_never_trusted(desk: Desk, road: Road, tmp_path) -> None:
    foreign = open_desk(tmp_path)
    report = check(road.sealed, foreign.trust, at=now())
    assert report.verdict is Verdict.INDETERMINATE
    assert {Reason.UNTRUSTED_ROOT} <= all_reasons(report)
    given_root = trust.given([(desk.folder / "root.pem").read_bytes()])
    assert check(road.sealed, given_root, at=now()).verdict is Verdict.VALID, "the file brings its own evidence"


def test_revoked_later_stays_valid_and_revoked_before_does_not_sign(tmp_path, road: Road) -> None:
    from signing.pades import SigningFailed

    own = open_desk(tmp_path)
    signed = own.signed(own.prepared(road.made), road.made.boxes)
    serial = own.signatory(own.leader).leaf.serial_number
    with SignerProcess(own.keys_dir) as signer:
        signer.revoke(own.folder, [serial], at=now() + timedelta(minutes=1))
    assert check(signed, own.trust, at=now() + timedelta(hours=1)).verdict is Verdict.VALID
    own.clock = lambda: now() + timedelta(hours=1)
    with pytest.raises(SigningFailed) as caught:
        own.signed(own.prepared(road.made), road.made.boxes)
    assert caught.value.code == "certificate_not_usable"


def test_a_revocation_dated_before_the_signature_makes_it_invalid(tmp_path, road: Road) -> None:
    own = open_desk(tmp_path)
    signed = own.signed(own.prepared(road.made), road.made.boxes)
    serial = own.signatory(own.leader).leaf.serial_number
    with SignerProcess(own.keys_dir) as signer:
        signer.revoke(own.folder, [serial], at=now() - timedelta(minutes=2))
    report = check(signed, own.trust, at=now())
    assert report.verdict is Verdict.INVALID
    assert Reason.CERTIFICATE_REVOKED in all_reasons(report)


def test_after_the_certificate_has_expired_the_stamp_still_proves_the_time(desk: Desk, road: Road) -> None:
    report = check(road.sealed, desk.trust, at=now() + timedelta(days=4 * 365))
    assert report.verdict in (Verdict.VALID, Verdict.VALID_WITH_NOTES), all_reasons(report)


# --- files from elsewhere --------------------------------------------------------------------------


def library_signer(desk: Desk) -> SimpleSigner:
    """The leader's key in this process: only a test does this."""
    from asn1crypto import keys as asn1_keys

    from signing.keys import SealedKey, installation_kek, unseal

    plain = unseal(SealedKey.from_json(desk.leader.sealed), kek=installation_kek(desk.keys_dir), pin=LEADER_PIN)
    assert serialization.load_der_private_key(plain, None)
    signatory = desk.signatory(desk.leader)
    store = SimpleCertificateStore()
    for each in signatory.chain:
        store.register(x509.Certificate.load(each))
    return SimpleSigner(signatory.leaf, asn1_keys.PrivateKeyInfo.load(plain), store)


def signed_elsewhere(pdf: bytes, desk: Desk, *, digest: str = "sha256", field: str = "Signature1") -> bytes:
    """A plain CMS signature, without stamp or evidence, as office tools make it."""
    signer = PdfSigner(PdfSignatureMetadata(field_name=field, md_algorithm=digest), library_signer(desk))
    output = asyncio.run(signer.async_sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf), strict=False)))
    return bytes(output.getvalue())


def test_a_plain_signature_without_a_stamp_is_valid_with_a_note(desk: Desk, road: Road) -> None:
    report = check(signed_elsewhere(road.made.pdf, desk), desk.trust, at=now())
    assert report.verdict is Verdict.VALID_WITH_NOTES
    assert all_reasons(report) == {Reason.NO_TIMESTAMP}
    assert report.signatures[0].level == "B-B"


def test_without_revocation_data_nothing_reads_as_valid(desk: Desk, road: Road) -> None:
    given_root = TrustList(desk.trust.roots, desk.trust.intermediates)
    report = check(signed_elsewhere(road.made.pdf, desk), given_root, at=now())
    assert report.verdict is Verdict.INDETERMINATE
    assert Reason.REVOCATION_UNKNOWN in all_reasons(report)


@pytest.mark.parametrize("digest", ["sha1", "md5"])
def test_weak_algorithms_are_not_accepted(desk: Desk, road: Road, digest: str) -> None:
    report = check(signed_elsewhere(road.made.pdf, desk, digest=digest), desk.trust, at=now())
    assert report.verdict is Verdict.INVALID
    assert Reason.WEAK_ALGORITHM in all_reasons(report)


def test_an_expired_certificate_without_a_stamp_is_not_determined(desk: Desk, road: Road) -> None:
    signed = signed_elsewhere(road.made.pdf, desk)
    report = check(signed, desk.trust, at=now() + timedelta(days=4 * 365))
    assert report.verdict is Verdict.INDETERMINATE


def test_a_recipients_own_signature_is_shown_as_an_addition(desk: Desk, road: Road) -> None:
    report = check(signed_elsewhere(road.sealed, desk, field="arrival"), desk.trust, at=now())
    assert report.verdict is Verdict.VALID_WITH_NOTES
    assert Reason.FIELD_ADDED in all_reasons(report)


def test_nothing_may_follow_a_closed_document(desk: Desk, road: Road) -> None:
    policy = prepare.ClosingPolicy.CLOSED
    made = road.made
    closed = desk.sealed(desk.signed(desk.prepared(made, policy), made.boxes), made.boxes, policy)
    report = check(signed_elsewhere(closed, desk, field="arrival"), desk.trust, at=now())
    assert report.verdict is Verdict.INVALID


def test_an_archive_stamp_on_top_stays_valid(desk: Desk, road: Road) -> None:
    with SignerProcess(desk.keys_dir) as signer:
        stamper = PdfTimeStamper(desk.stamper(signer))
        output = asyncio.run(
            stamper.async_timestamp_pdf(
                pdf_revision.revision_of(road.sealed), "sha256", desk.trust.context(moment=now())
            )
        )
    report = check(output.getvalue(), desk.trust, at=now())
    assert report.stamps == 1
    assert report.verdict in (Verdict.VALID, Verdict.VALID_WITH_NOTES), all_reasons(report)


def test_an_empty_signature_field_is_no_signature(desk: Desk, road: Road) -> None:
    revision = pdf_revision.revision_of(road.made.pdf)
    append_signature_field(revision, SigFieldSpec("waiting"))
    assert check(pdf_revision.written(revision), desk.trust, at=now()).verdict is Verdict.UNSIGNED
    assert check(road.prepared, desk.trust, at=now()).verdict is Verdict.UNSIGNED


def test_an_encrypted_file_is_said_to_be_encrypted(road: Road) -> None:
    output = BytesIO()
    with pikepdf.open(BytesIO(road.made.pdf)) as document:
        document.save(output, encryption=pikepdf.Encryption(owner="x", user="y"))
    report = check(output.getvalue(), TrustList(), at=now())
    assert (report.verdict, report.reasons) == (Verdict.INDETERMINATE, [Reason.ENCRYPTED])


# --- the worker --------------------------------------------------------------------------------------


def test_the_worker_says_the_same(desk: Desk, road: Road) -> None:
    at = now()
    assert verify(road.sealed, desk.trust, at=at).to_json() == check(road.sealed, desk.trust, at=at).to_json()


def test_the_worker_reaches_no_key_of_ours(desk: Desk, road: Road, tmp_path: Path, monkeypatch) -> None:
    """A reader taken over by the file sees neither the keys nor our network."""
    secret = tmp_path / "secret"
    secret.write_text("key", encoding="ascii")
    code = (
        "import socket, sys\nfrom pathlib import Path\n"
        "def tried(act):\n    try: act()\n    except OSError: return False\n    return True\n"
        "read = tried(lambda: Path(sys.argv[1]).read_text())\n"
        "reached = tried(lambda: socket.create_connection(('127.0.0.1', int(sys.argv[2])), 2))\n"
        'print(\'{"read": %d, "reached": %d}\' % (read, reached))'
    )
    with socket.create_server(("127.0.0.1", 0)) as server:
        command = [sys.executable, "-c", code, str(secret), str(server.getsockname()[1])]
        monkeypatch.setattr(verifying, "python_worker", lambda *_: command)
        monkeypatch.setattr(Report, "from_json", staticmethod(lambda raw: raw))
        answer: object = verify(road.sealed, desk.trust, at=now())
    assert answer == {"read": 0, "reached": 0}


def test_the_worker_gives_up_in_time(desk: Desk, road: Road) -> None:
    assert verify(road.sealed, desk.trust, at=now(), limit=0.01).reasons == [Reason.TOO_LONG]


def test_a_bomb_is_a_verdict(desk: Desk) -> None:
    import zlib

    packed = zlib.compress(zlib.compress(b"\0" * 300_000_000, 9), 9)
    bomb = b"%PDF-1.7\n1 0 obj<</Length " + str(len(packed)).encode()
    bomb += b"/Type/XRef/Size 2/W[1 1 1]/Filter[/FlateDecode/FlateDecode]/Root 1 0 R>>stream\n" + packed
    bomb += b"\nendstream endobj\nstartxref\n9\n%%EOF"
    assert verify(bomb, desk.trust, at=now()).verdict is Verdict.INDETERMINATE


# --- adding up ---------------------------------------------------------------------------------------


@given(st.lists(st.sampled_from(list(Reason))))
def test_more_findings_never_make_a_better_verdict(reasons: list[Reason]) -> None:
    order = [Verdict.VALID, Verdict.VALID_WITH_NOTES, Verdict.INDETERMINATE, Verdict.INVALID]
    for count in range(len(reasons)):
        assert order.index(judged(reasons[:count])) <= order.index(judged(reasons[: count + 1]))


@given(st.lists(st.sampled_from([Verdict.VALID, Verdict.VALID_WITH_NOTES, Verdict.INDETERMINATE, Verdict.INVALID])))
def test_the_whole_is_as_good_as_its_worst(verdicts: list[Verdict]) -> None:
    whole = together(verdicts)
    assert (whole is Verdict.UNSIGNED) == (not verdicts)
    assert not verdicts or whole in verdicts
    assert (whole is Verdict.VALID) == (bool(verdicts) and set(verdicts) == {Verdict.VALID})


def test_the_day_is_what_the_page_says(road: Road) -> None:
    with pikepdf.open(BytesIO(road.sealed)) as document:
        assert DAY in {str(field.V) for field in document.Root.AcroForm.Fields if field.FT == "/Tx"}
