"""The two signatures on one paper: what they cover, how they are laid out, and that poppler agrees."""

import re
import subprocess
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from signing import pades, prepare
from signing.signer_client import SignerProcess
from signing.trust import TrustList
from signing.verification.check import check
from signing.verification.report import Reason, Verdict
from tests.signing.conftest import Road
from tests.signing.desk import CLERK_PIN, DAY, LEADER_PIN, NUMBER, Desk, looks, now, paper


def test_each_step_only_appends(road: Road) -> None:
    steps = [road.made.pdf, road.prepared, road.signed, road.sealed]
    for before, after in pairwise(steps):
        assert after.startswith(before)
        assert after[len(before) :].count(b"%%EOF") == 1, "one revision each, as field verifiers count them"


def test_signed_and_sealed_is_valid(desk: Desk, road: Road) -> None:
    report = check(road.sealed, desk.trust, at=now(), expected=["leader", "agency"])
    assert (report.verdict, report.reasons) == (Verdict.VALID, [])
    leader, agency = report.signatures
    assert (leader.field, leader.covers, leader.level, leader.certifies) == ("leader", "revision", "B-LT", True)
    assert (agency.field, agency.covers, agency.level) == ("agency", "file", "B-LT")
    assert leader.signer == "Nguyễn Thị Ánh Tuyết"
    assert leader.trust_class == "internal"


def test_poppler_agrees_on_integrity(road: Road, tmp_path: Path) -> None:
    path = tmp_path / "sealed.pdf"
    path.write_bytes(road.sealed)
    said = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False).stdout
    assert said.count("Signature is Valid") == 2
    assert "Total document signed" in said


def test_number_date_and_signatures_are_drawn(road: Road) -> None:
    with pypdfium2.PdfDocument(BytesIO(road.sealed)) as document:
        document.init_forms()
        before = pypdfium2.PdfDocument(BytesIO(road.prepared))[0].render(scale=1).to_pil().convert("L")
        after = document[0].render(scale=1).to_pil().convert("L")
    for name in ("number", "date", "leader", "agency"):
        box = road.made.boxes[name]
        corners = (int(box.x0), int(842 - box.y1), int(box.x1), int(842 - box.y0))
        assert before.crop(corners).tobytes() != after.crop(corners).tobytes(), name


def test_values_are_in_the_fields(road: Road) -> None:
    with pikepdf.open(BytesIO(road.sealed)) as document:
        values = {str(field.T): str(field.V) for field in document.Root.AcroForm.Fields if field.FT == "/Tx"}
        assert values == {"number": NUMBER, "date": DAY}
        assert "/NeedAppearances" not in document.Root.AcroForm


def test_metadata_stays_and_fonts_are_embedded(road: Road, tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(road.made.pdf)) as first, pikepdf.open(BytesIO(road.sealed)) as last:
        assert first.Root.Metadata.read_raw_bytes() == last.Root.Metadata.read_raw_bytes()
    path = tmp_path / "sealed.pdf"
    path.write_bytes(road.sealed)
    rows = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert rows
    assert all(re.search(r"\syes yes yes\s", row) for row in rows)


def test_the_agency_cannot_come_first(desk: Desk, road: Road) -> None:
    with pytest.raises(pades.SigningFailed) as caught:
        desk.sealed(road.prepared, road.made.boxes)
    assert caught.value.code == "leader_first"


def test_nobody_signs_twice_or_an_unprepared_file(desk: Desk, road: Road) -> None:
    for pdf in (road.signed, road.made.pdf):
        with pytest.raises(pades.SigningFailed):
            desk.signed(pdf, road.made.boxes)


def test_a_value_of_another_key_or_text_is_refused(desk: Desk, road: Road) -> None:
    with SignerProcess(desk.keys_dir) as signer:
        stamper = desk.stamper(signer)
        pending = pades.begin_leader(
            road.prepared,
            signatory=desk.signatory(desk.leader),
            trust=desk.trust,
            timestamper=stamper,
            appearance=looks("signature", road.made.boxes["leader"]),
            at=now(),
        )
        (foreign,) = signer.sign(desk.agency.sealed, [pending.to_be_signed], pin=CLERK_PIN)
        (other,) = signer.sign(desk.leader.sealed, [b"something else"], pin=LEADER_PIN)
        for value in (foreign, other, b"", bytes(256)):
            with pytest.raises(pades.SigningFailed) as caught:
                pades.complete(pending, value, timestamper=stamper)
            assert caught.value.code == "value_does_not_fit"


def test_without_revocation_lists_nobody_signs(desk: Desk, road: Road) -> None:
    bare = replace(desk.trust, lists=())
    with pytest.raises(pades.SigningFailed) as caught:
        _begin(desk, road, bare)
    assert caught.value.code == "certificate_not_usable"


def test_an_unknown_root_cannot_sign(desk: Desk, road: Road) -> None:
    with pytest.raises(pades.SigningFailed) as caught:
        _begin(desk, road, TrustList())
    assert caught.value.code == "certificate_not_usable"


def _begin(desk: Desk, road: Road, trust: TrustList) -> pades.Pending:
    with SignerProcess(desk.keys_dir) as signer:
        return pades.begin_leader(
            road.prepared,
            signatory=desk.signatory(desk.leader),
            trust=trust,
            timestamper=desk.stamper(signer),
            appearance=looks("signature", road.made.boxes["leader"]),
            at=now(),
        )


def test_a_closed_document_is_valid_too(desk: Desk) -> None:
    made = paper()
    policy = prepare.ClosingPolicy.CLOSED
    sealed = desk.sealed(desk.signed(desk.prepared(made, policy), made.boxes), made.boxes, policy)
    assert check(sealed, desk.trust, at=now()).verdict is Verdict.VALID


def test_a_missing_signature_is_a_finding(desk: Desk, road: Road) -> None:
    report = check(road.signed, desk.trust, at=now(), expected=["leader", "agency"])
    assert report.verdict is Verdict.INVALID
    assert report.reasons == [Reason.SIGNATURE_MISSING]
