"""The panel with the PIN beside an outgoing document, for whoever has to sign or seal it now."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models import OutgoingDocument
from documents.panels import OUTGOING, Panel, register_panel
from people.requests import person
from signing import rules
from signing.models import SigningSession
from signing.queries import credential_for
from signing.reasons import TRUST_CLASSES
from ui.nav import NavItem, everyone, register

STEPS = {SigningSession.Step.LEADER.value: "signing:sign", SigningSession.Step.AGENCY.value: "signing:seal"}


def context(request: HttpRequest, row: OutgoingDocument) -> dict[str, Any] | None:
    """Return what the panel shows, or None when it is not this person's turn to sign."""
    from signing import demo  # brings along everything that signs, which no other process needs to read

    user = person(request)
    step = next((step for step in STEPS if rules.may_sign(user, row, step)), None)
    if step is None or row.version is None:
        return None
    credential = credential_for(user, row, step)
    verdict = rules.may_use(credential, step, timezone.now())
    return {
        "outgoing": row,
        "step": step,
        "action": reverse(STEPS[step], args=[row.public_id]),
        "file": reverse("documents:file", args=[row.document.public_id, row.version.number]),
        "shown": row.version.rendition.sha256,
        "credential": credential,
        "trust_class": TRUST_CLASSES.get(credential.trust_class) if credential else None,
        "verdict": verdict,
        "demo_pin": demo.pin_of(credential) if credential and settings.DEMO else "",
    }


def hang() -> None:
    """Register the panel and the way to the check page; called once at start-up."""
    register_panel(OUTGOING, Panel("signing", _("Digital signature"), "signature", "signing/panel.html", context, 10))
    register(
        NavItem(
            "check", _("Check a signature"), "signing:check", "shield-check", order=60, visible=everyone, phone=False
        )
    )
