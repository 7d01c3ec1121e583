"""What states and kinds are called on screen."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

GUIDE_STATES: dict[str, Promise] = {
    "draft": pgettext_lazy("guide", "Draft"),
    "published": pgettext_lazy("guide", "Published"),
    "withdrawn": pgettext_lazy("guide", "Withdrawn"),
}

KINDS: dict[str, Promise] = {
    "defect": pgettext_lazy("feedback", "Something does not work"),
    "wish": pgettext_lazy("feedback", "Something is missing"),
    "question": pgettext_lazy("feedback", "A question"),
}

FEEDBACK_STATES: dict[str, Promise] = {
    "new": pgettext_lazy("feedback", "Not answered"),
    "answered": pgettext_lazy("feedback", "Answered"),
    "closed": pgettext_lazy("feedback", "Closed"),
}

TONES = {"answered": "success", "withdrawn": "muted"}
