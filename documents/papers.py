"""Outgoing documents on paper size: content to typst, and the submitted version made of it."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from documents import rules
from documents.actions.outgoing import submit
from documents.ingest.names import clean_name
from documents.intake_gate import keep
from documents.models import OutgoingDocument, Version
from documents.numbering import notation
from documents.typeset.typeset import Rendered, TypesetError, render
from ledger.days import legal_day
from ledger.verdict import Refused
from people.models import User


def submit_draft(outgoing: OutgoingDocument, *, revision: int, by: User, at: datetime) -> Version:
    """Typeset the draft, store it and submit it: what the signer reads is exactly what will be signed."""
    rules.may(by, outgoing, "submit").require()
    rendered = typeset(outgoing, at=at)
    received = keep(rendered.pdf, file_name=file_name(outgoing))
    boxes = {name: asdict(box) for name, box in rendered.boxes.items()}
    return submit(outgoing, received, revision=revision, boxes=boxes, by=by, at=at)


def typeset(outgoing: OutgoingDocument, *, at: datetime) -> Rendered:
    """Lay the document out as Decree 30 asks, number and date left open."""
    if not outgoing.content.get("body"):
        raise Refused("content_empty")
    try:
        return render("outgoing", paper_data(outgoing, at=at), at=at)
    except TypesetError as error:
        raise Refused("content_invalid") from error


def paper_data(outgoing: OutgoingDocument, *, at: datetime) -> dict[str, Any]:
    """Return what the template sets."""
    agency, kind, content = outgoing.agency, outgoing.type, outgoing.content
    signer = outgoing.signer_post
    symbol = notation(
        kind.number_pattern,
        year=legal_day(at).year,
        type_abbreviation=kind.abbreviation,
        body=agency.abbreviation,
        unit=content.get("unit", ""),
    )
    return {
        "title": outgoing.document.title,
        "author": agency.name,
        "governing": agency.superior_name,
        "agency": agency.name,
        "symbol": symbol,
        "type_name": kind.name.removesuffix(" (cá biệt)") if kind.abbreviation else "",
        "subject": outgoing.subject,
        "place": agency.place,
        "addressees": content.get("addressees", []),
        "body": content.get("body", []),
        "recipients": content.get("recipients", []),
        "authority": content.get("authority") or [signer.title],
        "signer": signer.user.full_name,
        "urgency": content.get("urgency", ""),
    }


def file_name(outgoing: OutgoingDocument) -> str:
    """Return the name the file is saved under, with its symbol once it has one."""
    stem = f"{outgoing.symbol} {outgoing.document.title}".strip().replace("/", "-")
    return clean_name(f"{stem[:150]}.pdf")
