"""What a protected document shows instead of its bytes: who reads, when, written over the pages."""

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock

from django.utils import timezone

from documents.blobs.store import blob_store
from documents.marking import marked_pdf
from documents.models import Document, Preview
from documents.stamping import stamped
from people.models import User

NONE, WATERMARK, PICTURES = Document.Protection.NONE, Document.Protection.WATERMARK, Document.Protection.PICTURES
SHORTLY = timedelta(minutes=2)
MOST_KEPT = 48

_made: "OrderedDict[tuple[int, str], tuple[datetime, bytes]]" = OrderedDict()
_lock = Lock()


def is_marked(document: Document) -> bool:
    """Are the reader's name and the time written over the pages?"""
    return document.protection != NONE


def watermark(reader: User, at: datetime) -> str:
    """Return what is written over the pages this person reads now: name, sign-in name, moment."""
    moment = timezone.localtime(at).strftime("%H:%M %d/%m/%Y")
    return f"{reader.full_name} · {reader.username} · {moment}"


def marked_for(reader: User, pdf: bytes, at: datetime) -> bytes:
    """Return a copy of a marked document's PDF with its reader and the moment over every page. Slow."""
    return marked_pdf(pdf, watermark(reader, at))


def reader_picture(picture: Preview, reader: User, at: datetime) -> bytes:
    """Return the picture of a page for this reader; the same one for a short while. Slow: not in a transaction."""
    return marked_picture(picture, f"user {reader.pk}", watermark(reader, at), at)


def marked_picture(picture: Preview, whose: str, words: str, at: datetime) -> bytes:
    """Return the picture with the words over it; `whose` names who may be given it again."""
    key = (picture.pk, whose)
    with _lock:
        made, data = _made.get(key, (at - 2 * SHORTLY, b""))
    if data and timedelta(0) <= at - made < SHORTLY:
        return data
    data = stamped(b"".join(blob_store().open_range(picture.blob.sha256)), words)
    with _lock:
        _made[key] = (at, data)
        _made.move_to_end(key)
        while len(_made) > MOST_KEPT:
            _made.popitem(last=False)
    return data
