"""The demo's outgoing documents, built through the actions: one in draft, one to approve, one to sign, one to issue."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from documents.actions.outgoing import approve, draft
from documents.models import OutgoingDocument
from documents.papers import submit_draft
from documents.queries import visible_outgoing
from people.demo import holder
from people.models import Post, User
from people.queries import posts_of, visible_agencies

DATA = Path(__file__).resolve().parent / "data" / "demo.json"
SOURCE = "demo"


def build(at: datetime) -> None:
    """Draft whatever is missing, and lead it as far as its `state` says; refused in production."""
    if settings.PRODUCTION:
        raise ImproperlyConfigured("There are no demonstration documents in production.")
    clerk, leader = holder("clerk"), holder("leader")
    kept = set(visible_outgoing(clerk).filter(source_key=SOURCE).values_list("subject", flat=True))
    for paper in papers():
        if paper["subject"] not in kept:
            lead(drafted(paper, clerk, leader, at), paper["state"], clerk, leader, at)


def papers() -> list[dict[str, Any]]:
    """Return the documents as written in data/demo.json."""
    return list(json.loads(DATA.read_text(encoding="utf-8")))


def to_issue() -> list[OutgoingDocument]:
    """Return what the demo wants issued and is not yet: signing belongs to the package above."""
    subjects = [paper["subject"] for paper in papers() if paper["state"] == "issued"]
    rows = visible_outgoing(holder("clerk")).filter(source_key=SOURCE, subject__in=subjects)
    return list(rows.exclude(state__in=("issued", "cancelled")))


def drafted(paper: dict[str, Any], clerk: User, leader: User, at: datetime) -> OutgoingDocument:
    """Draft one document in the clerk's agency for its leader to sign."""
    agency = posts_of(clerk)[0].agency
    signer = next(post for post in posts_of(leader) if post.agency_id == agency.pk and post.role == Post.Role.LEADER)
    return draft(
        agency=agency,
        type_code=paper["type_code"],
        subject=paper["subject"],
        content=paper["content"],
        signer_post=signer,
        recipients=list(visible_agencies(clerk).filter(code__in=paper["recipients"])),
        source_key=SOURCE,
        by=clerk,
        at=at,
    )


def lead(row: OutgoingDocument, state: str, clerk: User, leader: User, at: datetime) -> None:
    """Take a draft along the road as far as `state`, or to where it can be signed."""
    if state != "draft":
        submit_draft(row, revision=row.revision, by=clerk, at=at)
    if state in ("approved", "issued"):
        row.refresh_from_db()
        approve(row, revision=row.revision, by=leader, at=at)
