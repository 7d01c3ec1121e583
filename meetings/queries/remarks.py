"""Reading what a remark is made of: one's own annotation on a paper of the meeting."""

from uuid import UUID

from annotations.models import Annotation
from annotations.queries import own_annotations
from ledger.verdict import Unseen
from meetings.models import Meeting, Paper
from meetings.queries.visible import visible_papers
from people.models import User


def get_own_mark(user: User, meeting: Meeting, public_id: UUID) -> tuple[Annotation, Paper]:
    """Return an annotation of the person's own on a paper of this meeting they may read, with the paper."""
    mark = own_annotations(user).filter(public_id=public_id).first()
    papers = visible_papers(user, meeting).select_related("item__meeting__agency", "document")
    paper = papers.filter(document=mark.document_id).first() if mark is not None else None
    if mark is None or paper is None:
        raise Unseen
    return mark, paper
