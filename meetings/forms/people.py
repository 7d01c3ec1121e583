"""What a person is in a meeting."""

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.actions.units import Seats
from meetings.details import Seat
from meetings.labels import ROLES
from meetings.models import Participant
from meetings.rules.replies import MOST_SEATS


class SeatForm(forms.Form):
    """What a person is in the meeting."""

    role = forms.ChoiceField(label=_("Role"), choices=list(ROLES.items()), initial=Participant.Role.MEMBER)
    votes = forms.BooleanField(label=_("Has a vote"), required=False)
    title = forms.CharField(label=_("Post as printed"), max_length=120, required=False)
    seat = forms.CharField(label=_("Seat"), max_length=10, required=False)

    def chosen(self) -> Seat:
        """Return what was chosen; a guest never has a vote, whatever the box says."""
        data = self.cleaned_data
        votes = data["votes"] and data["role"] != Participant.Role.GUEST
        return Seat(data["role"], votes, data["title"], data["seat"])


class SeatsForm(forms.Form):
    """How many people a unit may send, as what."""

    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=MOST_SEATS)
    role = forms.ChoiceField(label=_("Role"), choices=list(ROLES.items()), initial=Participant.Role.MEMBER)
    remark = forms.CharField(label=_("Whom to send"), max_length=300, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def chosen(self) -> Seats:
        """Return what was chosen."""
        data = self.cleaned_data
        return Seats(data["seats"], data["role"], data["remark"])
