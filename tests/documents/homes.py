"""One person with a library of their own, among everybody who might pry."""

from django.urls import reverse

from documents.actions import intake, library
from documents.intake_gate import keep
from documents.models import Document, Folder, LibraryItem
from tests.documents.factories import AT
from tests.people.factories import AgencyFactory, person


class Home:
    """One agency with everybody who might pry, and one person with a library."""

    def __init__(self) -> None:
        self.agency = AgencyFactory()
        self.owner = person(self.agency)
        self.pry = [person(self.agency, role) for role in ("admin", "clerk", "leader", "official")]


def own(home: Home, pdf: bytes, title: str = "Sổ tay riêng", folder: Folder | None = None) -> LibraryItem:
    file = keep(pdf + f"\n%{title}".encode(), file_name="rieng.pdf")
    return library.keep_file(file, agency_id=home.agency.pk, title=title, folder=folder, by=home.owner, at=AT)


def agency_paper(home: Home, pdf: bytes, *keys: str) -> Document:
    file = keep(pdf, file_name="chung.pdf")
    return intake.take_in(
        file, agency_id=home.agency.pk, title="Tờ trình ngân sách", audiences=keys, by=home.pry[1], at=AT
    )


def address(name: str, *args) -> str:
    return reverse(f"documents:{name}", args=args)
