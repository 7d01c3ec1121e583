"""A meeting: what kind, when, where."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.days import legal_day
from meetings.details import Details
from meetings.labels import language
from meetings.queries.kinds import offer_of, offers
from meetings.written import has_usable_year
from people.models import Agency, User
from people.queries import today, visible_agencies
from rooms.models import Room
from rooms.queries import bookable_rooms
from ui.forms import MomentField


def kind_choices(agencies: "QuerySet[Agency]") -> list[tuple[str, str]]:
    """Return the kinds of meeting these agencies may hold today; one that ended or is switched off is not offered."""
    found: dict[str, str] = {}
    for agency in agencies:
        found |= {offer.kind.code: offer.kind.name(language()) for offer in offers(agency.pk, today())}
    return list(found.items())


class MeetingForm(forms.Form):
    """A meeting: of which agency, what kind, when and where."""

    agency: "forms.ModelChoiceField[Agency]" = forms.ModelChoiceField(
        queryset=None, to_field_name="public_id", label=_("Agency")
    )
    kind = forms.ChoiceField(label=_("Kind of meeting"))
    title = forms.CharField(label=_("Title"), max_length=300)
    starts_at = MomentField(label=_("Starts"))
    ends_at = MomentField(label=_("Ends"))
    room: "forms.ModelChoiceField[Room]" = forms.ModelChoiceField(
        queryset=None,
        to_field_name="public_id",
        label=pgettext_lazy("meeting", "Room"),
        required=False,
        empty_label=_("No room of ours"),
        help_text=_("It is booked when you save, and given back when the meeting is called off."),
    )
    place = forms.CharField(
        label=pgettext_lazy("meeting", "Place"), max_length=200, required=False, help_text=_("Empty: as the room says.")
    )
    chairing_unit: "forms.ModelChoiceField[Agency]" = forms.ModelChoiceField(
        queryset=None,
        to_field_name="public_id",
        label=_("Chairing unit"),
        required=False,
        empty_label=_("The agency itself"),
    )
    reply_by = MomentField(label=_("Replies asked for until"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, user: User, agencies: "QuerySet[Agency]", now: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        self.fields["room"].queryset = bookable_rooms(user)  # type: ignore[attr-defined]
        self.fields["chairing_unit"].queryset = visible_agencies(user)  # type: ignore[attr-defined]
        known = kind_choices(agencies)
        kept = [(now, self.initial.get("kind_name", now))] if now and now not in dict(known) else []
        self.fields["kind"].choices = [*known, *kept]  # type: ignore[attr-defined]
        first = agencies.first()
        if first is not None and len(agencies) == 1:
            self.fields["agency"].initial = first.public_id
            self.fields["agency"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """The end comes after the start, and the kind is in force on that day."""
        data: dict[str, Any] = super().clean() or {}
        for name in ("starts_at", "ends_at", "reply_by"):
            if data.get(name) and not has_usable_year(data[name]):
                self.add_error(name, _("This year cannot be right. Correct the day."))
        start, end = data.get("starts_at"), data.get("ends_at")
        if start and end and end <= start:
            self.add_error("ends_at", _("The meeting ends before it starts. Correct the times."))
        agency, kind = data.get("agency"), data.get("kind")
        if start and agency and kind and kind != self.now and not offer_of(agency.pk, kind, legal_day(start)):
            self.add_error("kind", _("This kind of meeting is not in force on that day. Choose another one."))
        return data

    def details(self) -> Details:
        """Return what was written; without words of its own the place is the room."""
        data = self.cleaned_data
        room, unit = data["room"], data["chairing_unit"]
        place = data["place"] or (", ".join(filter(None, [room.name, room.building]))[:200] if room else "")
        return Details(
            data["kind"],
            data["title"],
            data["starts_at"],
            data["ends_at"],
            place,
            room_id=room.pk if room else None,
            chairing_unit_id=unit.pk if unit else None,
            reply_by=data["reply_by"],
        )
