"""A signing desk for tests: a real demonstration PKI, real signer processes, real papers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pyhanko.sign.timestamps import TimeStamper

from documents.typeset.typeset import Box, Rendered, render
from signing import pades, prepare, trust
from signing.signer_client import IssuedCertificate, SignerProcess
from signing.timestamps import DemoTimeStamper

LEADER_PIN, CLERK_PIN = "246810", "135791"
NUMBER, DAY = "05", "ngày 21 tháng 11 năm 2026"


def now() -> datetime:
    return datetime.now(UTC)


def paper(body: list[str] | None = None) -> Rendered:
    data = {
        "title": "Thông báo kết luận",
        "governing": "Ủy ban nhân dân tỉnh",
        "agency": "Văn phòng",
        "type_name": "Thông báo",
        "subject": "Kết luận phiên họp tháng 11 năm 2026",
        "symbol": "TB-VP",
        "place": "Thanh Hóa",
        "body": body or ["Phiên họp đã xem xét báo cáo và thống nhất các nội dung sau đây."] * 4,
        "recipients": ["Như trên;", "Lưu: VT."],
        "authority": ["KT. Chánh Văn phòng", "Phó Chánh Văn phòng"],
        "signer": "Nguyễn Thị Ánh Tuyết",
    }
    return render("outgoing", data, at=now())


def looks(kind: str, box: Box, **words: object) -> bytes:
    return render("stamp", {"kind": kind, "width": box.width, "height": box.height, **words}, at=now()).pdf


@dataclass
class Desk:
    """One installation's keys, a leader and an agency."""

    keys_dir: Path
    folder: Path
    leader: IssuedCertificate
    agency: IssuedCertificate
    clock: Callable[[], datetime] = now

    @property
    def trust(self) -> trust.TrustList:
        return trust.demo(self.folder)

    def signatory(self, issued: IssuedCertificate) -> pades.Signatory:
        leaf = trust.read_certificates(issued.certificate_pem.encode())[0]
        return pades.Signatory(leaf, self.trust.intermediates)

    def stamper(self, signer: SignerProcess) -> TimeStamper:
        return DemoTimeStamper(signer, self.folder, self.clock)

    def prepared(
        self,
        made: Rendered,
        policy: prepare.ClosingPolicy = prepare.ClosingPolicy.OPEN,
        boxes: dict[str, Box] | None = None,
    ) -> bytes:
        places = boxes or made.boxes
        blank = looks("field", places["date"], text="ngày … tháng … năm 2026", italic=True, size=13.5)
        texts = {
            "number": prepare.TextField(places["number"]),
            "date": prepare.TextField(places["date"], "ngày … tháng … năm 2026", blank),
        }
        return prepare.prepare(made.pdf, leader=places["leader"], agency=places["agency"], texts=texts, policy=policy)

    def signed(self, pdf: bytes, boxes: dict[str, Box]) -> bytes:
        with SignerProcess(self.keys_dir) as signer:
            stamper = self.stamper(signer)
            pending = pades.begin_leader(
                pdf,
                signatory=self.signatory(self.leader),
                trust=self.trust,
                timestamper=stamper,
                appearance=looks("signature", boxes["leader"]),
                at=self.clock(),
            )
            (value,) = signer.sign(self.leader.sealed, [pending.to_be_signed], pin=LEADER_PIN)
            return pades.complete(pending, value, timestamper=stamper)

    def sealed(
        self, pdf: bytes, boxes: dict[str, Box], policy: prepare.ClosingPolicy = prepare.ClosingPolicy.OPEN
    ) -> bytes:
        with SignerProcess(self.keys_dir) as signer:
            stamper = self.stamper(signer)
            pending = pades.begin_agency(
                pdf,
                filled={
                    "number": pades.Filled(NUMBER, looks("field", boxes["number"], text=NUMBER, align="right")),
                    "date": pades.Filled(DAY, looks("field", boxes["date"], text=DAY, italic=True, size=13.5)),
                },
                signatory=self.signatory(self.agency),
                trust=self.trust,
                timestamper=stamper,
                appearance=looks("seal", boxes["agency"], agency="Văn phòng"),
                at=self.clock(),
                policy=policy,
            )
            (value,) = signer.sign(self.agency.sealed, [pending.to_be_signed], pin=CLERK_PIN)
            return pades.complete(pending, value, timestamper=stamper)


def open_desk(keys_dir: Path) -> Desk:
    folder = keys_dir / "demo-pki"
    with SignerProcess(keys_dir) as signer:
        signer.build_pki(folder, at=now())
        leader = signer.issue(
            folder,
            common_name="Nguyễn Thị Ánh Tuyết",
            organization="Văn phòng UBND tỉnh",
            title="Phó Chánh Văn phòng",
            pin=LEADER_PIN,
            at=now(),
        )
        agency = signer.issue(
            folder, common_name="Văn phòng UBND tỉnh", organization="UBND tỉnh", pin=CLERK_PIN, at=now()
        )
    return Desk(keys_dir, folder, leader, agency)
