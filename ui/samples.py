"""Texts for the page of components: Vietnamese as offices write it, with every stacked mark."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest

from ui.context import Chrome
from ui.forms import MomentField
from ui.nav import NavItem, NavLink, PostChoice

PEOPLE = [
    ("Nguyễn Thị Ngọc Ánh", "Chủ tịch UBND phường", "A1", "yes"),
    ("Đặng Hữu Phước", "Phó Chủ tịch UBND phường", "A2", "yes"),
    ("Trần Quỳnh Như", "Chánh Văn phòng HĐND và UBND", "B1", "no"),
    ("Lưỡng Đỗ Mỹ Duyên", "Trưởng phòng Kinh tế, Hạ tầng và Đô thị", "B2", "yes"),
]
AGENDA = [
    (1, "Báo cáo tình hình kinh tế – xã hội tháng 11, nhiệm vụ trọng tâm tháng 12 năm 2026", "done", 20, 2),
    (2, "Dự thảo Nghị quyết về phương án phân bổ dự toán ngân sách năm 2027", "now", 35, 4),
    (3, "Tờ trình về việc sắp xếp, đặt tên tổ dân phố Ỷ Lan và Nguyễn Hữu Thọ", "next", 25, 3),
    (4, "Các nội dung khác", "next", 10, 0),
]
DOCUMENTS = [
    ("05/KH-UBND", "Kế hoạch ứng phó thiên tai và tìm kiếm cứu nạn năm 2027", "issued", "Đã phát hành", 2_411_724),
    ("–", "Quyết định kiện toàn Ban Chỉ đạo chuyển đổi số phường", "in_review", "Chờ duyệt", 184_320),
    ("118/TB-UBND", "Thông báo kết luận phiên họp thường kỳ tháng 10", "returned", "Trả lại", 96_114),
    ("–", "Báo cáo công tác tiếp công dân, giải quyết khiếu nại, tố cáo", "draft", "Dự thảo", 731),
]
STATES = [
    ("draft", "Dự thảo"), ("in_review", "Chờ duyệt"), ("published", "Đã công bố"), ("open", "Đang họp"),
    ("signed", "Đã ký"), ("returned", "Trả lại"), ("overdue", "Quá hạn"), ("archived", "Đã lưu trữ"),
]  # fmt: skip


NAV = [
    ("home", "Trang chính", "house", 0),
    ("meetings", "Phiên họp", "calendar-days", 2),
    ("documents", "Văn bản", "files", 0),
    ("signing", "Ký số", "signature", 5),
    ("library", "Thư viện", "library", 0),
    ("metrics", "Chỉ số", "chart-no-axes-column", 0),
]


class SampleChrome(Chrome):
    """The frame as a busy secretary sees it."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.nav = [
            NavLink(NavItem(key, label, "home", icon, shortcut=key[0]), "#", key == "meetings", badge)
            for key, label, icon, badge in NAV
        ]
        self.posts = [
            PostChoice("1", "Chánh Văn phòng HĐND và UBND", "Ủy ban nhân dân phường Ngô Quyền", True),
            PostChoice("2", "Thư ký Ban Chỉ đạo chuyển đổi số", "Ban Chỉ đạo chuyển đổi số phường Ngô Quyền"),
        ]
        self.inbox_count = 7

    @property
    def post_url(self) -> str:
        return "#"

    @property
    def inbox_url(self) -> str:
        return "#"

    @property
    def search_url(self) -> str:
        return "#"


class SampleForm(forms.Form):
    """One field of every sort."""

    title = forms.CharField(label="Tên phiên họp", help_text="Ghi đúng như trong giấy mời.", max_length=200)
    kind = forms.ChoiceField(
        label="Loại phiên họp", choices=[("regular", "Phiên họp thường kỳ"), ("special", "Phiên họp chuyên đề")]
    )
    starts = MomentField(label="Bắt đầu lúc")
    paper = forms.FileField(label="Tờ trình", required=False)
    form_of_vote = forms.ChoiceField(
        label="Hình thức biểu quyết",
        choices=[("open", "Công khai"), ("secret", "Bỏ phiếu kín")],
        widget=forms.RadioSelect,
        initial="open",
    )
    note = forms.CharField(label="Ghi chú", widget=forms.Textarea, required=False)
    password = forms.CharField(label="Mật khẩu", widget=forms.PasswordInput)
    paperless = forms.BooleanField(label="Không phát tài liệu giấy", required=False)


def content(now: datetime) -> dict[str, Any]:
    """Everything the page shows."""
    return {
        "now": now,
        "people": PEOPLE,
        "agenda": AGENDA,
        "documents": DOCUMENTS,
        "states": STATES,
        "steps": timeline(now),
        "colours": COLOURS,
    }


def timeline(now: datetime) -> list[tuple[str, str, str, datetime, str]]:
    """A document's road."""
    return [
        ("neutral", "file-pen", "Bùi Thị Thủy soạn dự thảo", now - timedelta(days=2), ""),
        (
            "warning",
            "undo-2",
            "Đặng Hữu Phước trả lại",
            now - timedelta(days=1),
            "Bổ sung căn cứ pháp lý và nguồn kinh phí.",
        ),
        ("info", "send", "Bùi Thị Thủy trình lại", now - timedelta(hours=5), ""),
        ("success", "signature", "Nguyễn Thị Ngọc Ánh ký số", now - timedelta(minutes=9), ""),
    ]


COLOURS = [
    "paper", "surface", "sunk", "line", "line-strong", "ink", "ink-soft", "ink-faint", "accent", "accent-tint", "link",
    "focus", "neutral-line", "info-line", "success-line", "warning-line", "danger-line",
]  # fmt: skip
