"""Why something about a screen is refused: what is wrong, and what to do."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "screen_code_wrong": _("No screen shows this code now. Read the six digits from the screen again."),
    "screen_code_locked": _(
        "Too many wrong codes. Wait %(minutes)s minutes, then read the code from the screen again."
    ),
    "screen_label_missing": _("A screen needs a name, such as where it hangs."),
    "screen_label_taken": _("Another screen of this meeting has this name. Choose another one."),
    "screen_gone": _("This screen is no longer paired with the meeting. Reload the page."),
    "screens_too_many": _("A meeting has at most %(most)d screens. Take one off first."),
    "screens_waiting": _("Too many screens wait for their code here. Close some of them and try again in an hour."),
}
