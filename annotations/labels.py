"""What people call kinds of notes."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

KINDS: dict[str, Promise] = {
    "ink": pgettext_lazy("note", "Ink"),
    "highlight": pgettext_lazy("note", "Highlight"),
    "underline": pgettext_lazy("note", "Underline"),
    "strike": pgettext_lazy("note", "Strike-through"),
    "text": pgettext_lazy("note", "Text note"),
    "arrow": pgettext_lazy("note", "Arrow"),
    "box": pgettext_lazy("note", "Box"),
    "ellipse": pgettext_lazy("note", "Ellipse"),
}
