"""Copying a meeting, and letting it come again."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.timezone import make_aware
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meetings.actions.series import AGENDA, PARTS, PEOPLE, SEATS, UNITS
from meetings.rhythm import LAST, MONTHLY_DAY, MONTHLY_WEEKDAY, MOST, SORTS, WEEKLY, WEEKS, Rhythm
from ui.forms import DayField, HourInput

ONCE = "once"
PART_NAMES = {
    AGENDA: _("Agenda"),
    PEOPLE: _("Participants"),
    UNITS: _("Invited units"),
    SEATS: pgettext_lazy("copied", "Seats"),
}
SORT_NAMES = {
    WEEKLY: _("Every so many weeks"),
    MONTHLY_WEEKDAY: _("On a weekday of the month"),
    MONTHLY_DAY: _("On a day of the month"),
}
WEEKDAYS = [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")]
WEEK_NAMES = {
    1: _("in the first week"),
    2: _("in the second week"),
    3: _("in the third week"),
    4: _("in the fourth week"),
    LAST: _("in the last week"),
}


class AgainForm(forms.Form):
    """When a meeting is to be held again, and what of it goes along."""

    sort = forms.ChoiceField(
        label=pgettext_lazy("series", "How often"), choices=[(ONCE, _("Once")), *SORT_NAMES.items()], initial=ONCE
    )
    first = DayField(label=_("First day"))
    hour = forms.TimeField(label=_("Time of day"), widget=HourInput)
    every = forms.IntegerField(label=_("Every … weeks or months"), min_value=1, max_value=12, initial=1, required=False)
    weekday = forms.TypedChoiceField(
        label=_("Weekday"), coerce=int, choices=list(enumerate(WEEKDAYS)), required=False, empty_value="0"
    )
    week = forms.TypedChoiceField(
        label=_("Week of the month"),
        coerce=int,
        choices=[(week, WEEK_NAMES[week]) for week in WEEKS],
        required=False,
        empty_value="1",
    )
    until = DayField(label=_("Until"), required=False)
    times = forms.IntegerField(label=_("How many at most"), min_value=1, max_value=MOST, initial=12, required=False)
    parts = forms.MultipleChoiceField(
        label=_("What goes along"),
        choices=list(PART_NAMES.items()),
        initial=list(PARTS),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Papers, votes and results never go along."),
    )

    def rhythm(self) -> Rhythm:
        """Return the rhythm that was chosen; a single copy is a series of one."""
        data: dict[str, Any] = self.cleaned_data
        if data["sort"] == ONCE:
            return Rhythm(MONTHLY_DAY, day=data["first"].day, times=1)
        sort = data["sort"] if data["sort"] in SORTS else WEEKLY
        return Rhythm(
            sort,
            every=data["every"] or 1,
            weekdays=(int(data["weekday"]),),
            week=int(data["week"]),
            day=data["first"].day,
            until=data["until"],
            times=data["times"] or MOST,
        )

    def start_on(self, day: Any) -> datetime:
        """Return the start on that day."""
        hour: time = self.cleaned_data["hour"]
        return make_aware(datetime.combine(day, hour))
