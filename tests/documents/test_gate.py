"""Bad input: each kind of bad file has an answer with a sentence, and good ones become harmless renditions."""

import datetime as dt
import hashlib
import io
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from PIL import Image
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers

from documents.ingest.gate import inspected
from documents.ingest.inspection import Inspection, NoteCode, ProblemCode
from documents.ingest.limits import LIMITS, MIB
from documents.reasons.files import may_be_stored
from tests.documents import papers


@contextmanager
def gate(content: bytes | Iterable[bytes], name: str = "tài liệu.pdf") -> Iterator[Inspection]:
    """Pass a file through the gate."""
    with inspected([content] if isinstance(content, bytes) else content, file_name=name) as inspection:
        yield inspection


def refused(content: bytes | Iterable[bytes], name: str = "tài liệu.pdf") -> Inspection:
    """Pass a file that must be refused with a sentence, leaving no rendition."""
    with gate(content, name) as inspection:
        verdict = may_be_stored(inspection)
        assert not verdict
        assert len(verdict.text) > 40
        assert "%(" not in verdict.text
        assert inspection.rendition is None
        return inspection


def test_a_plain_paper_comes_through() -> None:
    content = papers.paper(3, "Tờ trình về phân bổ kinh phí")
    with gate(content) as inspection:
        assert may_be_stored(inspection)
        assert inspection.media_type == "application/pdf"
        assert (inspection.size, inspection.sha256) == (len(content), hashlib.sha256(content).hexdigest())
        assert inspection.original.read_bytes() == content
        assert inspection.pages == len(inspection.text_pages) == 3
        assert inspection.page_sizes[0] == pytest.approx((595.28, 841.89), abs=0.1)
        assert "Tờ trình về phân bổ kinh phí" in inspection.text_pages[2]
        assert inspection.notes == ()
        assert inspection.rendition is not None
        assert inspection.rendition_sha256 == hashlib.sha256(inspection.rendition.read_bytes()).hexdigest()
    assert not inspection.original.exists()


def test_the_same_file_gives_the_same_rendition() -> None:
    content = papers.hostile()
    with gate(content) as one, gate(content) as two:
        assert one.rendition_sha256 == two.rendition_sha256 != one.sha256


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", ProblemCode.EMPTY),
        (b"MZ\x90\x00 this program cannot be run", ProblemCode.UNKNOWN_TYPE),
        (b"<html><script>alert(1)</script></html>", ProblemCode.UNKNOWN_TYPE),
        (b"%PDF-1.7\nnothing else", ProblemCode.BROKEN),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 200, ProblemCode.BROKEN),
        (b"PK\x03\x04" + b"\0" * 200, ProblemCode.BROKEN),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ProblemCode.UNKNOWN_TYPE),
    ],
)
def test_what_is_no_document_is_refused(content: bytes, problem: ProblemCode) -> None:
    assert refused(content).problem is problem


def test_half_a_pdf_is_refused_or_repaired_never_an_error() -> None:
    content = papers.paper(4)
    for cut in (200, len(content) // 2, len(content) - 40):
        with gate(content[:cut]) as inspection:
            assert inspection.problem in {None, ProblemCode.BROKEN, ProblemCode.NO_PAGES}
            if inspection.problem is None:
                assert NoteCode.REPAIRED in inspection.note_codes


def test_a_password_is_refused_and_restrictions_are_lifted() -> None:
    assert refused(papers.encrypted()).problem is ProblemCode.ENCRYPTED
    with gate(papers.encrypted(user="")) as inspection:
        assert inspection.problem is None
        assert inspection.note_codes == [NoteCode.PASSWORD_LIFTED]
        assert inspection.rendition is not None
        with pikepdf.open(inspection.rendition) as pdf:
            assert not pdf.is_encrypted


def test_two_hundred_megabytes_are_refused_while_they_arrive() -> None:
    taken = 0

    def counted() -> Iterator[bytes]:
        nonlocal taken
        for chunk in papers.endless(200 * MIB):
            taken += len(chunk)
            yield chunk

    assert refused(counted()).problem is ProblemCode.TOO_LARGE
    assert taken <= 102 * MIB


def test_no_pages_and_too_many() -> None:
    assert refused(papers.saved(papers.blank(0))).problem is ProblemCode.NO_PAGES
    many = refused(papers.saved(papers.blank(2001)))
    assert many.problem is ProblemCode.TOO_MANY_PAGES
    assert many.details == {"pages": "2001", "limit": "2000"}


def test_two_thousand_pages_are_accepted() -> None:
    with gate(papers.saved(papers.blank(2000))) as inspection:
        assert inspection.problem is None
        assert inspection.pages == 2000
        assert [(note.code, note.detail) for note in inspection.notes] == [(NoteCode.NO_TEXT, "2000")]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        (unicodedata.normalize("NFD", "Tờ trình số 5.pdf"), "Tờ trình số 5.pdf"),
        ("C:\\Users\\An\\Báo cáo.PDF", "Báo cáo.PDF"),
        ("../../etc/passwd", "passwd.pdf"),
        ("hóa đơn\u202efdp.exe", "hóa đơnfdp.exe.pdf"),
        ("dòng 1\r\ndòng 2\x00.pdf", "dòng 1 dòng 2.pdf"),
        ("", "tài liệu.pdf"),
        ("...", "tài liệu.pdf"),
        ("a" * 400 + ".pdf", "a" * 196 + ".pdf"),
        ("ả" * 300, "ả" * 196 + ".pdf"),
    ],
)
def test_names_are_cleaned(name: str, kept: str) -> None:
    with gate(papers.paper(), name) as inspection:
        assert inspection.file_name == kept
        assert len(inspection.file_name) <= 200


def test_a_renamed_file_is_what_it_contains() -> None:
    with gate(papers.paper(), "Kế hoạch.docx") as inspection:
        assert inspection.media_type == "application/pdf"
        assert inspection.file_name == "Kế hoạch.pdf"
        assert inspection.note_codes == [NoteCode.RENAMED]
    assert refused(b"MZ\x90\0" * 50, "Kế hoạch.pdf").problem is ProblemCode.UNKNOWN_TYPE


def test_secrecy_marks_are_refused_before_anything_is_kept() -> None:
    stamp = papers.typeset("#grid(columns: (1fr, 1fr), [UBND TỈNH\\ *MẬT*], [CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM])")
    found = refused(stamp)
    assert found.problem is ProblemCode.SECRECY_MARK
    assert found.details == {"mark": "MẬT", "page": "1"}
    assert refused(papers.paper(), "12_UBND_TỐI MẬT.pdf").problem is ProblemCode.SECRECY_MARK_IN_NAME
    assert refused(papers.annotated("TUYỆT MẬT")).details["mark"] == "TUYỆT MẬT"
    assert refused(papers.form("MẬT")).problem is ProblemCode.SECRECY_MARK


def test_a_stamp_beside_a_line_is_found() -> None:
    beside = papers.typeset(
        "Trang bìa\n#pagebreak()\nSố: 12/BC-UBND #h(6cm) #box(stroke: red, inset: 4pt)[M Ậ T] #h(1fr) Hà Nội"
    )
    assert refused(beside).details == {"mark": "MẬT", "page": "2"}


def test_prose_about_secrets_comes_through() -> None:
    text = "= QUY CHẾ BẢO VỆ BÍ MẬT NHÀ NƯỚC\nCán bộ phải giữ *MẬT* khẩu, không để lộ bí mật. #h(3cm) Độ *MẬT* độ."
    with gate(papers.typeset(text), "Quy chế bảo vệ bí mật nhà nước.pdf") as inspection:
        assert inspection.problem is None


def test_what_starts_by_itself_is_taken_out() -> None:
    with gate(papers.hostile()) as inspection:
        assert inspection.problem is None
        assert set(inspection.note_codes) == {NoteCode.SCRIPTS_REMOVED, NoteCode.ATTACHMENTS_REMOVED}
        assert "phụ lục.exe" in {note.detail for note in inspection.notes}
        assert inspection.rendition is not None
        with pikepdf.open(inspection.rendition) as pdf:
            assert "/OpenAction" not in pdf.Root
            text = "".join(repr(one) for one in pdf.objects)
            links = len(pdf.pages[0].Annots)
    for word in ("JavaScript", "Launch", "SubmitForm", "EmbeddedFile", "cmd.exe", "MZ..."):
        assert word not in text
    assert "https://chinhphu.vn" in text
    assert links == 4


def _signed(content: bytes) -> bytes:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Người ký")])
    start = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(7).not_valid_before(start).not_valid_after(start + dt.timedelta(days=999))
    certificate = builder.sign(key, hashes.SHA256())
    p12 = serialization.pkcs12.serialize_key_and_certificates(
        b"x", key, certificate, None, serialization.NoEncryption()
    )
    signer = signers.SimpleSigner.load_pkcs12_data(p12, other_certs=[])
    assert signer is not None
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    return signers.sign_pdf(writer, signers.PdfSignatureMetadata(field_name="Ky1"), signer=signer).getvalue()


def test_a_signed_file_is_never_rewritten() -> None:
    for content, codes in (
        (_signed(papers.paper()), {NoteCode.SIGNED}),
        (_signed(papers.hostile()), {NoteCode.SIGNED, NoteCode.ACTIVE_CONTENT_KEPT}),
    ):
        with gate(content) as inspection:
            assert inspection.problem is None
            assert inspection.signed
            assert inspection.rendition == inspection.original
            assert inspection.rendition_sha256 == inspection.sha256 == hashlib.sha256(content).hexdigest()
            assert set(inspection.note_codes) == codes
            assert inspection.pages >= 1


def test_what_only_pretends_to_be_signed_is_made_harmless() -> None:
    for value in (
        pikepdf.Dictionary(),
        pikepdf.String("ký rồi"),
        pikepdf.Dictionary(ByteRange=pikepdf.Array([0, 1, 2, 3])),
        pikepdf.Dictionary(Contents=pikepdf.String("x"), ByteRange=pikepdf.Array()),
    ):
        target = io.BytesIO()
        with pikepdf.open(io.BytesIO(papers.hostile())) as pdf:
            field = pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Sig, T=pikepdf.String("Ky1"), V=value))
            pdf.Root.AcroForm = pdf.make_indirect(pikepdf.Dictionary(Fields=pikepdf.Array([field])))
            pdf.save(target)
        with gate(target.getvalue()) as inspection:
            assert not inspection.signed
            assert NoteCode.SCRIPTS_REMOVED in inspection.note_codes
            assert NoteCode.SIGNED not in inspection.note_codes


def _image(kind: str, size: tuple[int, int] = (1240, 1754), mode: str = "RGB", **options: object) -> bytes:
    target = io.BytesIO()
    Image.new(mode, size).save(target, kind, **options)
    return target.getvalue()


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "I;16"), ("JPEG", "L"), ("JPEG", "CMYK"), ("TIFF", "1"), ("WEBP", "RGB")],
)
def test_images_become_one_page_of_a4(kind: str, mode: str) -> None:
    with gate(_image(kind, mode=mode), "quét." + kind.lower()) as inspection:
        assert inspection.problem is None
        assert inspection.media_type == f"image/{kind.lower()}"
        assert inspection.pages == 1
        assert inspection.page_sizes[0] == pytest.approx((595.2, 841.9), abs=1)
        assert inspection.note_codes == [NoteCode.NO_TEXT]


def test_a_scan_of_several_pages_keeps_them() -> None:
    pages = [Image.new("1", (800, 1100), shade) for shade in (0, 1, 0)]
    target = io.BytesIO()
    pages[0].save(target, "TIFF", save_all=True, append_images=pages[1:], compression="group4")
    with gate(target.getvalue(), "bản quét.tif") as inspection:
        assert inspection.pages == 3


def test_an_image_bomb_is_refused() -> None:
    assert refused(_image("PNG", (20_000, 20_000), "1"), "ảnh.png").problem is ProblemCode.IMAGE_TOO_LARGE


def test_a_photo_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    with gate(_image("JPEG", (400, 300), exif=exif), "ảnh.jpg") as inspection:
        width, height = inspection.page_sizes[0]
        assert height > width


def test_what_a_limit_stops_has_a_sentence() -> None:
    starved = replace(LIMITS, inspection=replace(LIMITS.inspection, wall_seconds=0.02))
    with inspected([papers.paper(2)], file_name="a.pdf", limits=starved) as inspection:
        assert inspection.problem is ProblemCode.TOO_HEAVY
    tight = replace(LIMITS, inspection=replace(LIMITS.inspection, memory_bytes=256 * MIB))
    with inspected([_image("PNG", (9000, 9000))], file_name="a.png", limits=tight) as inspection:
        assert inspection.problem is ProblemCode.TOO_HEAVY


def test_court_documents_come_through(real_documents: list[Path]) -> None:
    for path in real_documents:
        with gate(path.read_bytes(), path.name) as inspection:
            assert inspection.problem is None
            assert inspection.pages == 6
            assert all(inspection.text_pages)
            assert "án lệ" in inspection.text_pages[0].lower()
