"""Why something about guides and feedback is refused, and what to do about it."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "not_guide_editor": _("Only those who manage the guides of this agency can do this. Ask its administrator."),
    "not_feedback_reader": _("Only those who read the feedback of this agency can do this."),
    "guide_changed_meanwhile": _("Somebody else has changed this guide meanwhile. Compare the texts, then save again."),
    "guide_empty": _("A guide needs a title and a text. Write both, then save."),
    "feedback_empty": _("Nothing is written yet. Say in a sentence or two what happened or what is missing."),
    "answer_empty": _("The answer is empty. Write it, then send."),
    "feedback_without_post": _(
        "Feedback is sent in the name of a post, which is missing today. Ask the administrator."
    ),
}
