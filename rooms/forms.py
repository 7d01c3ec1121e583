"""What people fill in about rooms, bookings and plans."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import Agency
from people.queries import every_agency
from rooms.details import MOST_WORDS, RoomDetails
from rooms.equipment import CATALOGUE, free_words
from rooms.models import Room
from rooms.plan import MOST_SEATS
from ui.forms import MomentField

MOST_PEOPLE = 100_000
SHAPES = {
    "u": pgettext_lazy("seat plan", "U shape"),
    "rows": pgettext_lazy("seat plan", "Rows"),
    "classroom": pgettext_lazy("seat plan", "Classroom, with desks"),
    "board": pgettext_lazy("seat plan", "One long table"),
    "rounds": pgettext_lazy("seat plan", "Round tables"),
}


class AgencyField(forms.ModelChoiceField[Agency]):
    """One of the agencies the person may choose."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=every_agency().none(), to_field_name="public_id", empty_label=None, **options)


class RoomForm(forms.Form):
    """A room of the catalogue."""

    name = forms.CharField(label=_("Name of the room"), max_length=120)
    building = forms.CharField(
        label=_("Building, floor, address"), max_length=200, required=False, help_text=_("So that guests find it.")
    )
    capacity = forms.IntegerField(label=_("People it holds"), min_value=0, max_value=MOST_PEOPLE, required=False)
    equipment = forms.MultipleChoiceField(
        label=_("Equipment"), required=False, widget=forms.CheckboxSelectMultiple, choices=[]
    )
    words = forms.CharField(
        label=_("Other equipment"),
        max_length=500,
        required=False,
        help_text=_("Separated by commas, such as: flip chart, name plates."),
    )
    remark = forms.CharField(label=_("Remark"), max_length=500, required=False, widget=forms.Textarea({"rows": 3}))
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = self.fields["equipment"]
        assert isinstance(choices, forms.MultipleChoiceField)
        choices.choices = [(one.code, one.label) for one in CATALOGUE.values()]

    def details(self) -> RoomDetails:
        """Return what was written."""
        given = self.cleaned_data
        words = tuple(given["words"].split(",")[:MOST_WORDS])
        return RoomDetails(
            name=given["name"],
            building=given["building"],
            capacity=given["capacity"] or 0,
            equipment=(*given["equipment"], *words),
            remark=given["remark"],
        )

    @staticmethod
    def of(room: Room) -> dict[str, Any]:
        """Return what the form begins with."""
        return {
            "name": room.name,
            "building": room.building,
            "capacity": room.capacity or None,
            "equipment": [code for code in room.equipment if code in CATALOGUE],
            "words": ", ".join(free_words(room.equipment)),
            "remark": room.remark,
            "revision": room.revision,
        }


class NewRoomForm(RoomForm):
    """A new room, of one of the agencies whose rooms the person looks after."""

    agency = AgencyField(label=_("Agency"), help_text=_("It and every unit under it may book the room."))
    field_order = ["agency"]


class TimesForm(forms.Form):
    """From when to when."""

    starts_at = MomentField(label=pgettext_lazy("time", "From"))
    ends_at = MomentField(label=pgettext_lazy("time", "Until"))

    def times(self) -> dict[str, datetime]:
        """Return what was written."""
        return {name: self.cleaned_data[name] for name in ("starts_at", "ends_at")}


class BookingForm(TimesForm):
    """A room booked for something that is no meeting here."""

    title = forms.CharField(label=_("What for"), max_length=300)
    agency = AgencyField(label=_("For which agency"))
    field_order = ["title"]


class BlockForm(TimesForm):
    """A room kept out of use."""

    title = forms.CharField(
        label=_("What is done"), max_length=300, help_text=_("Everybody reads it in the calendar of rooms.")
    )
    field_order = ["title"]


class FinderForm(TimesForm):
    """What room is looked for."""

    people = forms.IntegerField(label=_("How many people"), min_value=0, max_value=MOST_PEOPLE, required=False)
    equipment = forms.MultipleChoiceField(
        label=_("Equipment"), required=False, widget=forms.CheckboxSelectMultiple, choices=[]
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = self.fields["equipment"]
        assert isinstance(choices, forms.MultipleChoiceField)
        choices.choices = [(one.code, one.label) for one in CATALOGUE.values()]


class DrawForm(forms.Form):
    """A plan drawn by rule."""

    shape = forms.ChoiceField(label=_("How the seats stand"), choices=list(SHAPES.items()))
    count = forms.IntegerField(label=_("How many seats"), min_value=1, max_value=MOST_SEATS, initial=24)


class NewPlanForm(DrawForm):
    """A new plan of a room."""

    name = forms.CharField(label=_("Name of the plan"), max_length=120)
    field_order = ["name"]
