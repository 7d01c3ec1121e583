"""The demo's libraries and catalogues: folders and files of one member, bodies that send documents."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from documents.actions import issuers, library
from documents.intake_gate import keep
from documents.issuers import kept_issuers, pasted
from documents.library import folders_of
from documents.models import Folder
from documents.typeset.typeset import render
from people.demo import holder, holders
from people.models import User
from people.queries import posts_of

MEMBER = "uy.vien1"
SHELVES = {
    "Họp thường kỳ": {
        "Năm 2026": ["Ghi chú chuẩn bị phiên họp tháng 11", "Câu hỏi về dự toán ngân sách"],
        "Năm 2025": [],
    },
    "Văn bản quy phạm": {"Nghị định": ["Tóm tắt Nghị định 30/2020/NĐ-CP về công tác văn thư"]},
    "Cá nhân": {},
}
ISSUERS = """Văn phòng Chính phủ; VPCP
Bộ Nội vụ; BNV
Bộ Tài chính; BTC
Bộ Khoa học và Công nghệ; BKHCN
Văn phòng Tỉnh ủy Mẫu; VPTU
Đoàn đại biểu Quốc hội tỉnh Mẫu; ĐĐBQH
Kho bạc Nhà nước khu vực; KBNN
Tòa án nhân dân tỉnh Mẫu; TAND
"""


def build(at: datetime) -> None:
    """Fill in the member's library and the catalogue of bodies where they are empty; refused in production."""
    if settings.PRODUCTION:
        raise ImproperlyConfigured("There are no demonstration documents in production.")
    member, clerk = next(user for user in holders("member") if user.username == MEMBER), holder("clerk")
    if not folders_of(member).exists():
        fill(member, at)
    if not kept_issuers(clerk).exists():
        issuers.paste(posts_of(clerk)[0].agency, pasted(ISSUERS)[0], by=clerk, at=at)


def fill(member: User, at: datetime) -> None:
    """Make the folders and put the files into them."""
    for name, below in SHELVES.items():
        top = library.add_folder(name, by=member, at=at)
        for inner, titles in below.items():
            folder = library.add_folder(inner, parent=top, by=member, at=at)
            for title in titles:
                keep_note(title, folder, member, at)
    keep_note("Lịch công tác tuần", None, member, at)


def keep_note(title: str, folder: Folder | None, member: User, at: datetime) -> None:
    """Keep a page of the member's own."""
    agency = posts_of(member)[0].agency
    words = [f"{title}.", "Trang ghi chép cá nhân trong bản dùng thử; chỉ người sở hữu xem được."]
    data = {"title": title, "agency": agency.name, "subject": title, "type_name": "Ghi chú", "body": words}
    file = keep(render("outgoing", data, at=at).pdf, file_name=f"{title}.pdf".replace("/", "-"))
    library.keep_file(file, agency_id=agency.pk, title=title, folder=folder, by=member, at=at)
