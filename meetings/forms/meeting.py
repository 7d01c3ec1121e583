"""A meeting: what kind, when, where."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ledger.days import legal_day
from meetings.details import Details
from meetings.kinds import all_kinds, kinds_on
from meetings.labels import language
from meetings.written import has_usable_year
from people.models import Agency
from people.queries import today
from ui.forms import MomentField


def kind_choices() -> list[tuple[str, str]]:
    """Return the kinds of meeting in force today; a kind that has ended is offered to nobody."""
    return [(kind.code, kind.name(language())) for kind in kinds_on(today())]


class MeetingForm(forms.Form):
    """A meeting: of which agency, what kind, when and where."""

    agency: "forms.ModelChoiceField[Agency]" = forms.ModelChoiceField(
        queryset=None, to_field_name="public_id", label=_("Agency")
    )
    kind = forms.ChoiceField(label=_("Kind of meeting"), choices=kind_choices)
    title = forms.CharField(label=_("Title"), max_length=300)
    starts_at = MomentField(label=_("Starts"))
    ends_at = MomentField(label=_("Ends"))
    place = forms.CharField(label=pgettext_lazy("meeting", "Place"), max_length=200, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        first = agencies.first()
        if first is not None and len(agencies) == 1:
            self.fields["agency"].initial = first.public_id
            self.fields["agency"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """The end comes after the start, and the kind is in force on that day."""
        data: dict[str, Any] = super().clean() or {}
        for name in ("starts_at", "ends_at"):
            if name in data and not has_usable_year(data[name]):
                self.add_error(name, _("This year cannot be right. Correct the day."))
        start, end = data.get("starts_at"), data.get("ends_at")
        if start and end and end <= start:
            self.add_error("ends_at", _("The meeting ends before it starts. Correct the times."))
        known = {kind.code for kind in all_kinds() if start and kind.in_force(legal_day(start))}
        if start and data.get("kind") and data["kind"] not in known:
            self.add_error("kind", _("This kind of meeting is not in force on that day. Choose another one."))
        return data

    def details(self) -> Details:
        """Return what was written."""
        data = self.cleaned_data
        return Details(data["kind"], data["title"], data["starts_at"], data["ends_at"], data["place"])
