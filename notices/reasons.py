"""Why something about notices is refused, and why a delivery was not made."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS = {
    "push_service_unknown": _(
        "The push service of this browser is not one this installation writes to. Ask your administrator about it."
    ),
    "push_keys_wrong": _("The browser handed over keys that cannot be used. Reload the page and try again."),
    "mail_off": _("This installation has no mail server yet. Ask your administrator to set one up."),
    "no_address": _("There is no mail address in your profile. Enter one first."),
}

WHY_NOT: dict[str, Promise] = {
    "not_wanted": pgettext_lazy("delivery", "the person does not want this kind"),
    "taken_back": pgettext_lazy("delivery", "the notice was taken back"),
    "closed": pgettext_lazy("delivery", "the account is closed"),
    "channel_off": pgettext_lazy("delivery", "this way is switched off"),
    "read": pgettext_lazy("delivery", "the person had read it already"),
    "no_address": pgettext_lazy("delivery", "the person has no mail address"),
    "no_device": pgettext_lazy("delivery", "no device is signed in any more"),
    "stale": pgettext_lazy("delivery", "too old to disturb anybody with"),
    "gone": pgettext_lazy("delivery", "the device has given push up"),
    "interrupted": pgettext_lazy("delivery", "the worker ended too often while sending"),
}


def why_not(reason: str) -> str:
    """Return a reason in words; what a mail server said is shown as it said it."""
    return str(WHY_NOT.get(reason, reason))
