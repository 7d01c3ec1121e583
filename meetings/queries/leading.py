"""What is led where everybody may see it."""

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from meetings.models import Group, Meeting, Paper


def led_openly(document: UUID, number: int) -> QuerySet[Meeting]:
    """Return the open meetings whose presenter has this version open, if it is laid there for everybody, guests too."""
    chosen = Group.papers.through.objects.filter(paper=OuterRef("pk"))
    laid = Paper.objects.filter(
        item__meeting=OuterRef("pk"),
        document=OuterRef("led_version__document"),
        state="laid",
        item__hidden=False,
        guests_may_read=True,
    )
    led = Meeting.objects.filter(state="open", presenter__isnull=False, led_version__number=number)
    return led.filter(Exists(laid.exclude(Exists(chosen))), led_version__document__public_id=document)
