"""Papers for the agenda: the real court documents where they stand beside the repository, else generated ones."""

from pathlib import Path

from django.utils import timezone

from documents.typeset.typeset import render

REAL = Path(__file__).resolve().parents[3] / "shared" / "documents"


def papers(folder: Path) -> list[Path]:
    """Return three PDF files to lay before the meeting."""
    real = sorted(REAL.glob("*.pdf"))[:3]
    return real if len(real) == 3 else [generated(folder, number) for number in (1, 2, 3)]


def generated(folder: Path, number: int) -> Path:
    """Return a typeset paper."""
    path = folder / f"to-trinh-{number}.pdf"
    body = ["Kính trình Ủy ban nhân dân tỉnh xem xét nội dung sau đây. " * 12] * 14
    data = {"agency": "Sở Nội vụ tỉnh Mẫu", "type_name": "Tờ trình", "subject": f"Về nội dung {number}", "body": body}
    path.write_bytes(render("demo_paper", data, at=timezone.now()).pdf)
    return path
