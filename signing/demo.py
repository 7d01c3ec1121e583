"""Demonstration certificates with random PINs, and one document of the demo issued with them."""

import json
import os
import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from documents.actions import exchange, register
from documents.demo import to_issue
from documents.models import OutgoingDocument
from documents.queries import visible_incoming, visible_outgoing
from people.demo import data, holder
from people.models import Agency, Post, User
from people.queries import posts_of, posts_of_agency, system_user, visible_agencies
from signing import flow
from signing.actions.credentials import enrol
from signing.installation import demo_folder, signer_process
from signing.models import SigningCredential, SigningSession
from signing.queries import credential_for
from signing.signer_client import SignerProcess
from signing.trust import TrustClass


def build(at: datetime) -> None:
    """Issue whatever certificate of the demo is missing; refused in production."""
    if settings.PRODUCTION:
        raise ImproperlyConfigured("There are no demonstration certificates in production.")
    with signer_process() as signer:
        signer.build_pki(demo_folder(), at=at)
        for agency in visible_agencies(holder("clerk")).filter(code__in=[each["code"] for each in data()["agencies"]]):
            _equip(signer, agency, at)
    for row in to_issue():
        lead(row.pk)


def lead(pk: int) -> None:
    """Sign, number, seal and issue a document from wherever it stands, as its people would; one agency receives it."""
    clerk, leader = holder("clerk"), holder("leader")
    steps: dict[str, Callable[[OutgoingDocument], object]] = {
        "approved": lambda row: _sign(row, leader),
        "signed": lambda row: register.allocate(row, by=clerk, at=timezone.now()),
        "numbered": lambda row: _seal(row, clerk),
        "sealed": lambda row: exchange.issue(row, by=clerk, at=timezone.now()),
    }
    while step := steps.get((row := visible_outgoing(clerk).get(pk=pk)).state):
        step(row)
    if row.state == "issued":
        _receive(holder("receiving-clerk"))


def _sign(row: OutgoingDocument, leader: User) -> None:
    credential = credential_for(leader, row, SigningSession.Step.LEADER)
    assert credential is not None
    assert row.version is not None
    sha256 = row.version.rendition.sha256
    flow.sign(row, pin=pin_of(credential), shown_sha256=sha256, by=leader, at=timezone.now())


def _seal(row: OutgoingDocument, clerk: User) -> None:
    credential = credential_for(clerk, row, SigningSession.Step.AGENCY)
    assert credential is not None
    flow.seal(row, pin=pin_of(credential), by=clerk, at=timezone.now())


def _receive(clerk: User) -> None:
    for arrived in visible_incoming(clerk).filter(agency=posts_of(clerk)[0].agency, state="arrived"):
        exchange.receive(arrived, by=clerk, at=timezone.now())


def pin_of(credential: SigningCredential) -> str:
    """Return the PIN of a demonstration key, empty for any other."""
    return pins().get(credential.serial, "") if credential.is_demo else ""


def pins() -> dict[str, str]:
    """Return the PINs of this installation's demonstration keys by certificate serial."""
    path = _path()
    return dict(json.loads(path.read_text(encoding="ascii"))) if path.exists() else {}


def issue(signer: SignerProcess, owner: User | Agency, *, title: str, home: Agency, at: datetime) -> SigningCredential:
    """Issue one demonstration certificate and keep its PIN where only this server's owner reads it."""
    pin = f"{secrets.randbelow(1_000_000):06d}"
    name = owner.full_name if isinstance(owner, User) else owner.name
    made = signer.issue(demo_folder(), common_name=name, organization=home.name, title=title, pin=pin, at=at)
    credential = enrol(
        owner=owner,
        certificate=made.certificate_pem,
        sealed_key=made.sealed,
        trust_class=TrustClass.INTERNAL,
        home=home,
        is_demo=True,
        by=system_user(),
        at=at,
    )
    _keep_pin(credential.serial, pin)
    return credential


def _equip(signer: SignerProcess, agency: Agency, at: datetime) -> None:
    held = SigningCredential.objects.filter(withdrawn_at__isnull=True)
    if not held.filter(agency=agency).exists():
        issue(signer, agency, title="", home=agency, at=at)
    for post in posts_of_agency(agency.pk, Post.Role.LEADER):
        if not held.filter(user=post.user).exists():
            issue(signer, post.user, title=post.title, home=agency, at=at)


def _keep_pin(serial: str, pin: str) -> None:
    known = {**pins(), serial: pin}
    handle = os.open(_path(), os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        json.dump(known, file)


def _path() -> Path:
    return Path(settings.DATA_DIR) / "demo-pins.json"
