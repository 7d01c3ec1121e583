"""Asking to speak on the page of a meeting, without a room."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meetings.models import AgendaItem, Meeting, Participant
from meetings.rules.speaking import LONGEST_SUBJECT


class WishForm(forms.Form):
    """On which item, in which lane, about what; a question names who is to answer."""

    item = forms.TypedChoiceField(label=pgettext_lazy("agenda", "Item"), coerce=UUID)
    lane = forms.ChoiceField(label=_("Way of speaking"))
    asked = forms.TypedChoiceField(label=_("Who is to answer"), coerce=UUID, required=False, empty_value=None)
    subject = forms.CharField(
        label=pgettext_lazy("speech", "What about"),
        max_length=LONGEST_SUBJECT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        *args: Any,
        items: list[tuple[str, AgendaItem]],
        lanes: dict[str, str],
        people: list[Participant],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = self.fields
        choices["item"].choices = [  # type: ignore[attr-defined]
            (str(item.public_id), f"{number}. {item.title}") for number, item in items
        ]
        choices["lane"].choices = list(lanes.items())  # type: ignore[attr-defined]
        named = [(str(place.public_id), place.user.full_name) for place in people]
        choices["asked"].choices = [("", _("For questions only")), *named]  # type: ignore[attr-defined]
        if "question" not in lanes:
            del choices["asked"]


def first_item(meeting: Meeting, items: list[tuple[str, AgendaItem]]) -> str:
    """Return the item a form begins with: the one the meeting is at."""
    here = [item for _, item in items if item.pk == meeting.current_item_id]
    return str(here[0].public_id) if here else str(items[0][1].public_id) if items else ""
