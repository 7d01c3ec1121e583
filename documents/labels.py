"""What states and steps are called on screen."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

OUTGOING_STATES: dict[str, Promise] = {
    "draft": pgettext_lazy("document", "Draft"),
    "submitted": _("Waiting for approval"),
    "returned": pgettext_lazy("document", "Returned"),
    "approved": _("Approved, waiting for signature"),
    "signed": _("Signed, waiting for number"),
    "numbered": _("Numbered, waiting for seal"),
    "sealed": _("Sealed, ready to issue"),
    "issued": pgettext_lazy("document", "Issued"),
    "cancelled": pgettext_lazy("document", "Cancelled"),
}

INCOMING_STATES: dict[str, Promise] = {
    "arrived": _("Arrived, not yet received"),
    "received": pgettext_lazy("document", "Received"),
    "refused": _("Receipt refused"),
}

DELIVERY_STATES: dict[str, Promise] = {
    "planned": pgettext_lazy("delivery", "Not yet sent"),
    "arrived": pgettext_lazy("delivery", "Arrived"),
    "received": pgettext_lazy("delivery", "Received"),
    "refused": pgettext_lazy("delivery", "Refused"),
}

DONE: dict[str, Promise] = {
    "draft": pgettext_lazy("done", "drafted"),
    "edit": pgettext_lazy("done", "went on drafting"),
    "submit": pgettext_lazy("done", "submitted for approval"),
    "withdraw": pgettext_lazy("done", "took it back"),
    "give_back": pgettext_lazy("done", "returned it"),
    "approve": pgettext_lazy("done", "approved"),
    "sign": pgettext_lazy("done", "signed"),
    "number": pgettext_lazy("done", "gave number and date"),
    "void": pgettext_lazy("done", "voided the number"),
    "seal": pgettext_lazy("done", "applied the agency's seal"),
    "issue": pgettext_lazy("done", "issued"),
    "cancel": pgettext_lazy("done", "cancelled"),
    "arrive": pgettext_lazy("done", "sent it"),
    "receive": pgettext_lazy("done", "received and registered"),
    "refuse_receipt": pgettext_lazy("done", "refused receipt"),
}

TONES = {
    "numbered": "progress",
    "arrived": "waiting",
    "planned": "neutral",
}
