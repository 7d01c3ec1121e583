"""Guides: written, changed, published, withdrawn."""

from collections.abc import Sequence
from datetime import datetime

from guides import rules
from guides.models import Guide
from guides.workflow import GUIDE
from guides.written import GuideText
from ledger.door import action
from ledger.record import record
from ledger.verdict import YES, Verdict, first_no, no
from people.locks import locked
from people.models import Agency, User


def _is_written(text: GuideText) -> Verdict:
    return YES if text.title and text.body else no("guide_empty")


@action
def write(agency: Agency, *, text: GuideText, by: User, at: datetime) -> Guide:
    """Begin a guide; nobody but those who manage guides sees it before it is published."""
    first_no(rules.may_write(by, agency), _is_written(text)).require()
    guide = Guide.objects.create(agency=agency, created_by=by, created_at=at, changed_at=at, **text.fields())
    moved = ("", GUIDE.initial)
    record(guide, "write", by=by, at=at, agency_id=agency.pk, data={"title": guide.title}, moved=moved)
    return guide


@action
def edit(guide: Guide, *, text: GuideText, revision: int, by: User, at: datetime) -> Guide:
    """Change a guide, unless somebody else did since `revision` was read."""
    guide = locked(guide)
    same = YES if guide.revision == revision else no("guide_changed_meanwhile")
    first_no(rules.may_with_guide(by, guide, "edit"), _is_written(text), same).require()
    for name, value in text.fields().items():
        setattr(guide, name, value)
    guide.revision, guide.changed_at = guide.revision + 1, at
    guide.save()
    record(guide, "edit", by=by, at=at, agency_id=guide.agency_id, data={"title": guide.title})
    return guide


@action
def move(guide: Guide, *, verb: str, by: User, at: datetime) -> Guide:
    """Publish or withdraw a guide."""
    guide = locked(guide)
    rules.may_with_guide(by, guide, verb).require()
    row = GUIDE.move(guide.state, verb)
    assert row is not None
    before, guide.state, guide.changed_at = guide.state, row.target, at
    guide.save(update_fields=["state", "changed_at"])
    record(guide, verb, by=by, at=at, agency_id=guide.agency_id, moved=(before, guide.state))
    return guide


@action
def order(guides: Sequence[Guide], *, by: User, at: datetime) -> None:
    """Put guides into this order."""
    for place, guide in enumerate(guides, start=1):
        guide = locked(guide)
        rules.may_with_guide(by, guide, "edit").require()
        guide.place = place
        guide.save(update_fields=["place"])
        record(guide, "place", by=by, at=at, agency_id=guide.agency_id, data={"place": place})
