"""Reason codes of the frame protocol."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "bad_frame": _("The server did not understand this request. Reload the page and try again."),
    "unknown_command": _("The server does not know this command. Reload the page: it may be an older version."),
    "unseen": _("This no longer exists, or is not open to you. Reload the page."),
    "failed": _("The server could not do this. Try again; if it happens again, tell the administrator."),
}
