"""Meetings that go on about now, for what serves them: office tablets; asked for the installation, not for a person."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from meetings.models import Meeting, Paper


def going_on(agency_ids: Collection[int], *, early: timedelta, late: timedelta, at: datetime) -> QuerySet[Meeting]:
    """Return the meetings of these agencies from `early` before their start until `late` after they were closed."""
    coming, over = Q(state="published", starts_at__lte=at + early), Q(state="closed", closed_at__gt=at - late)
    return Meeting.objects.filter(rehearsal=False).filter(Q(state="open") | coming | over, agency_id__in=agency_ids)


def over_by(keys: Collection[int], *, late: timedelta, at: datetime) -> QuerySet[Meeting]:
    """Return those of these meetings that were called off, or closed longer than `late` ago."""
    return Meeting.objects.filter(Q(state="closed", closed_at__lt=at - late) | Q(state="cancelled"), pk__in=keys)


def belongs_to(meeting: UUID, document: UUID) -> bool:
    """Is this document a paper laid before the meeting, or its minutes?"""
    papers = Paper.objects.filter(item__meeting__public_id=meeting, document__public_id=document, state="laid")
    return papers.exists() or Meeting.objects.filter(public_id=meeting, outcome__minutes__public_id=document).exists()
