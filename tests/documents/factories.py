"""An agency with people and papers for tests: `Office()`, then `office.draft()`, `office.signed()`, …"""

from datetime import UTC, datetime
from typing import Any

from documents.actions import exchange, outgoing, register, signing
from documents.intake_gate import keep
from documents.models import DocumentType, IncomingDocument, OutgoingDocument
from documents.papers import submit_draft
from documents.queries import read_version
from documents.received import Received
from documents.signatures import AGENCY, PERSON, Found
from documents.types import load_types
from documents.typeset.typeset import render
from tests.people.factories import AgencyFactory, PostFactory, UserFactory, person

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
BODY = [
    "Căn cứ Luật Tổ chức chính quyền địa phương;",
    "Nội dung thông báo thử nghiệm.",
    "Đề nghị các đơn vị thực hiện.",
]


class Office:
    """One agency: clerk, leader (who signs), official (who drafts), administrator; and one recipient agency."""

    def __init__(self) -> None:
        if not DocumentType.objects.exists():  # a transactional test before this one has emptied the table
            load_types(DocumentType.objects)
        self.agency = AgencyFactory(name="Ủy ban nhân dân tỉnh Mẫu")
        self.clerk, self.official = person(self.agency, "clerk"), person(self.agency, "official")
        self.admin = person(self.agency, "admin")
        self.leader = UserFactory(full_name="Trần Thị Chủ Tịch")
        self.leader_post = PostFactory(user=self.leader, agency=self.agency, role="leader", title="Chủ tịch")
        self.recipient = AgencyFactory(name="Sở Nội vụ tỉnh Mẫu")
        self.receiving_clerk = person(self.recipient, "clerk")

    def draft(self, **fields: Any) -> OutgoingDocument:
        values = {
            "agency": self.agency,
            "type_code": "TB",
            "subject": "về việc họp thường kỳ tháng 11",
            "content": {"body": BODY, "recipients": ["Như trên", "Lưu: VT"]},
            "signer_post": self.leader_post,
            "recipients": [self.recipient],
            "by": self.official,
            "at": AT,
        }
        return outgoing.draft(**(values | fields))

    def submitted(self, **fields: Any) -> OutgoingDocument:
        row = self.draft(**fields)
        submit_draft(row, revision=row.revision, by=self.official, at=AT)
        return now(row)

    def approved(self, **fields: Any) -> OutgoingDocument:
        row = self.submitted(**fields)
        outgoing.approve(row, revision=row.revision, by=self.leader, at=AT)
        return now(row)

    def signed(self, **fields: Any) -> OutgoingDocument:
        row = self.approved(**fields)
        found = [found_signature("leader", PERSON, self.leader.pk)]
        signing.record_signature(row, after(row, b"1"), base_version=row.version, found=found, by=self.leader, at=AT)
        return now(row)

    def numbered(self, **fields: Any) -> OutgoingDocument:
        return register.allocate(self.signed(**fields), by=self.clerk, at=fields.get("at", AT))

    def sealed(self, **fields: Any) -> OutgoingDocument:
        row = now(self.numbered(**fields))
        found = [found_signature("leader", PERSON, self.leader.pk), found_signature("agency", AGENCY, self.clerk.pk)]
        signing.record_signature(row, after(row, b"2"), base_version=row.version, found=found, by=self.clerk, at=AT)
        return now(row)

    def issued(self, **fields: Any) -> OutgoingDocument:
        return exchange.issue(self.sealed(**fields), by=self.clerk, at=AT)

    def arrived(self, **fields: Any) -> IncomingDocument:
        return IncomingDocument.objects.get(delivery__outgoing=self.issued(**fields))


def now(row: OutgoingDocument) -> OutgoingDocument:
    """The row as the database has it."""
    return OutgoingDocument.objects.get(pk=row.pk)


def after(row: OutgoingDocument, tail: bytes) -> Received:
    """The bytes of the current version with something appended, as a signature is."""
    assert row.version is not None
    return keep(read_version(row.version) + b"\n%" + tail + b"\n", file_name="signed.pdf")


def found_signature(field: str, kind: str, signer_id: int, verdict: str = "valid") -> Found:
    return Found(field, kind, signer_id, "CN=Demo", "1f", "internal", AT, verdict, {"level": "B-LT"})


def paper(title: str = "Báo cáo thử nghiệm", pages: int = 1) -> bytes:
    """A real PDF with text."""
    body = [f"Đoạn {number} của {title}. " * 60 for number in range(pages * 2)]
    data = {"title": title, "agency": "UBND tỉnh Mẫu", "subject": title, "type_name": "Báo cáo", "body": body}
    return render("outgoing", data, at=AT).pdf
