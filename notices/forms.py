"""What a person chooses: channels per group of kinds, quiet hours, days off."""

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from notices import kinds
from notices.actions.reading import Wishes
from notices.channels import MAIL, PUSH
from notices.choices import switch
from notices.models import Preference


class ClockField(forms.TimeField):
    """A time of day in 24 hours, whatever the browser's language."""

    default_error_messages = {"invalid": _("Write the time as hours and minutes, such as 21:00.")}

    def __init__(self, **options: Any) -> None:
        attributes = {"inputmode": "numeric", "maxlength": 5, "placeholder": "21:00", "autocomplete": "off"}
        widget = forms.TimeInput(attributes, format="%H:%M")
        super().__init__(widget=widget, input_formats=["%H:%M", "%Hh%M", "%H.%M", "%H:%M:%S"], **options)


class PreferenceForm(forms.Form):
    """The whole page in one form; the switches are fields named `mail:meetings`."""

    quiet = forms.BooleanField(label=_("Keep quiet hours"), required=False)
    quiet_from = ClockField(label=_("Quiet from"))
    quiet_until = ClockField(label=_("Quiet until"))
    days_off = forms.TypedMultipleChoiceField(
        label=_("Days off"),
        coerce=int,
        choices=list(WEEKDAYS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("On these days, mail and push wait all day."),
    )

    def __init__(self, row: Preference, data: Any = None) -> None:
        hours = {"quiet": row.quiet, "quiet_from": row.quiet_from, "quiet_until": row.quiet_until}
        super().__init__(data, initial={**hours, "days_off": row.days_off})
        self.off = set(row.off)
        self.on = self.switched() if data is not None else frozenset(self.names()) - self.off

    def names(self) -> list[str]:
        """Return the names of all switches on the page."""
        return [switch(channel, group.code) for group in kinds.groups() for channel in (MAIL, PUSH)]

    def switched(self) -> frozenset[str]:
        """Return the switches that are on in what was sent."""
        return frozenset(name for name in self.names() if name in self.data)

    def rows(self) -> list[dict[str, Any]]:
        """Return the groups with their two switches, as the page draws them."""
        return [{"group": group, "switches": self.pair(group.code)} for group in kinds.groups()]

    def pair(self, group: str) -> list[tuple[str, str, bool]]:
        """Return channel, field name and position of a group's two switches."""
        names = [(channel, switch(channel, group)) for channel in (MAIL, PUSH)]
        return [(channel, name, name in self.on) for channel, name in names]

    def clean_days_off(self) -> list[int]:
        """Seven days off would mean never."""
        days: list[int] = self.cleaned_data["days_off"]
        if len(set(days)) == len(WEEKDAYS):
            raise forms.ValidationError(_("Leave at least one day on which mail and push may come."))
        return days

    def wishes(self) -> Wishes:
        """Return what the person wants."""
        given = self.cleaned_data
        hours = (given["quiet"], given["quiet_from"], given["quiet_until"])
        return Wishes(self.on, *hours, tuple(given["days_off"]))
