"""What states are called, for the templates of documents and of whoever shows documents."""

from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from documents.catalogue_forms import LEVELS
from documents.labels import DELIVERY_STATES, INCOMING_STATES, OUTGOING_STATES

register = template.Library()

KINDS: dict[str, Promise] = {
    "person": pgettext_lazy("signature", "Competent person"),
    "agency": pgettext_lazy("signature", "Agency"),
}
VERDICTS: dict[str, Promise] = {
    "valid": _("Valid"),
    "valid_with_notes": _("Valid, with notes"),
    "invalid": _("Not valid"),
    "indeterminate": pgettext_lazy("document", "Cannot be determined"),
}


@register.filter
def first_picture(viewer: dict[str, Any]) -> dict[str, Any]:
    """What asks for the picture of the page one begins at, before the page is read; as `viewer/places.js` names it."""
    told = {"id": viewer["id"], "reader": viewer["reader"], "version": viewer["version"]}
    place = "nghisu:place:{reader}:{id}:{version}".format(**told)
    pattern = viewer["preview"].replace("{width}", str(viewer["widths"][-1]))
    return {"pages": viewer["pages"], "place": place, "pattern": pattern}


@register.filter
def outgoing_state(state: str) -> Any:
    """The words for a state of an outgoing document."""
    return OUTGOING_STATES.get(state, state)


@register.filter
def incoming_state(state: str) -> Any:
    """The words for a state of an incoming document."""
    return INCOMING_STATES.get(state, state)


@register.filter
def delivery_state(state: str) -> Any:
    """The words for a state of a delivery."""
    return DELIVERY_STATES.get(state, state)


@register.filter
def signature_kind(kind: str) -> Any:
    """Whose signature it is."""
    return KINDS.get(kind, kind)


@register.filter
def verdict_words(verdict: str) -> Any:
    """The words for the verdict on a signature."""
    return VERDICTS.get(verdict, verdict)


@register.filter
def issuer_level(level: str) -> Any:
    """The word for where an issuing body stands."""
    return LEVELS.get(level, level)
