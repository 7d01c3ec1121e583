"""Taking streams away whose subject is gone, such as a rehearsal's."""

from django.db.models import Q

from live.models import Stream


def drop_streams(key: str) -> None:
    """Delete the stream and those named below it (`key:…`), events and all: a step inside an action of the caller."""
    Stream.objects.filter(Q(key=key) | Q(key__startswith=f"{key}:")).delete()
