"""Signing in the open API: sign, seal, and check a file."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, File, Router, Schema
from ninja.errors import Throttled
from ninja.files import UploadedFile

from documents.models import Version
from documents.queries import get_visible_outgoing
from ledger.verdict import Refused
from people.addresses import client_address
from people.requests import person
from signing import flow, installation
from signing.presentation import as_json
from signing.throttle import Busy, turn
from signing.verification.verify import verify
from signing.views import CHECK_MAX_BYTES

router = Router(tags=["signing"])


class SignIn(Schema):
    """The PIN of the key, and the SHA-256 of the version that was shown."""

    pin: str = Field(max_length=64)
    shown_sha256: str = Field(max_length=64)


class SealIn(Schema):
    """The PIN of the agency's key."""

    pin: str = Field(max_length=64)


class VersionOut(Schema):
    """The version that carries the new signature."""

    id: UUID
    number: int
    sha256: str


@router.post("/outgoing/{public_id}/sign", response=VersionOut, summary="Sign as the competent person")
def post_sign(request: HttpRequest, public_id: UUID, given: SignIn) -> dict[str, Any]:
    """Refused with `pin_wrong`, `pin_locked`, `not_what_was_shown`, … and nothing changed."""
    user = person(request)
    row = get_visible_outgoing(user, public_id)
    shown = given.shown_sha256.lower()
    return _out(flow.sign(row, pin=given.pin, shown_sha256=shown, by=user, at=timezone.now()))


@router.post("/outgoing/{public_id}/seal", response=VersionOut, summary="Write number, date and the agency's seal")
def post_seal(request: HttpRequest, public_id: UUID, given: SealIn) -> dict[str, Any]:
    """The document must have its number."""
    user = person(request)
    row = get_visible_outgoing(user, public_id)
    return _out(flow.seal(row, pin=given.pin, by=user, at=timezone.now()))


@router.post("/check", auth=None, response=dict[str, Any], summary="Check the signatures of a PDF")
def post_check(request: HttpRequest, file: File[UploadedFile]) -> dict[str, Any]:
    """The same report as `manage.py verify_pdf --json`; the file is not kept."""
    if not file.size or file.size > CHECK_MAX_BYTES:
        raise Refused("check_size")
    try:
        with turn(client_address(request) or ""):
            return as_json(verify(file.read(), installation.trust_list(), at=timezone.now(), limit=30))
    except Busy:
        raise Throttled(wait=60) from None


def _out(version: Version) -> dict[str, Any]:
    return {"id": version.public_id, "number": version.number, "sha256": version.rendition.sha256}
