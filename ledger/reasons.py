"""Reason codes that belong to no single package."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "wrong_state": _("This cannot be done at this stage. Reload the page to see what can be done now."),
    "changed_meanwhile": _("Somebody else changed this a moment ago. Reload the page and look again before you go on."),
    "not_yours": _("Your current post does not give you this right. Ask the unit's administrator if you need it."),
    "id_taken": _("Something else was already sent under this id. Give the new request an id of its own."),
}
