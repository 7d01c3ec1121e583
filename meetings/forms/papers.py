"""Papers and what units must prepare for them."""

from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meetings.models import AgendaItem, Group, Participant
from meetings.written import has_usable_year
from people.models import Agency, User
from ui.forms import DayField, MomentField

EVERYBODY, MEMBERS, CHOSEN = "all", "members", "groups"
AUDIENCES = [
    (EVERYBODY, pgettext_lazy("paper", "Everybody invited")),
    (MEMBERS, pgettext_lazy("paper", "Everybody but guests")),
    (CHOSEN, pgettext_lazy("paper", "Only these groups")),
]


class DutyForm(forms.Form):
    """What one unit must prepare, and by when."""

    what = forms.CharField(
        label=_("What to prepare"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example: submission, draft resolution, annexes."),
    )
    due_at = MomentField(label=_("Due before"))
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_due_at(self) -> Any:
        """The year can be one of ours."""
        due = self.cleaned_data["due_at"]
        if not has_usable_year(due):
            raise forms.ValidationError(_("This year cannot be right. Correct the day."))
        return due


class AssignForm(DutyForm):
    """Which units prepare what, for which items: several at once."""

    items: "forms.ModelMultipleChoiceField[AgendaItem]" = forms.ModelMultipleChoiceField(
        queryset=None, to_field_name="public_id", label=_("For which matters"), widget=forms.CheckboxSelectMultiple
    )
    units: "forms.ModelMultipleChoiceField[Agency]" = forms.ModelMultipleChoiceField(
        queryset=None, to_field_name="public_id", label=_("Which units"), widget=forms.CheckboxSelectMultiple
    )
    field_order = ("items", "units", "what", "due_at")

    def __init__(self, *args: Any, items: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"].queryset = items  # type: ignore[attr-defined]
        self.fields["units"].queryset = units  # type: ignore[attr-defined]


class ReaderForm(forms.Form):
    """Who reads a paper."""

    readers = forms.ChoiceField(label=_("For whom"), choices=AUDIENCES)
    groups: "forms.ModelMultipleChoiceField[Group]" = forms.ModelMultipleChoiceField(
        queryset=None, to_field_name="public_id", required=False
    )

    def __init__(self, *args: Any, groups: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].queryset = groups  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Only chosen groups means at least one."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("readers") == CHOSEN and not data.get("groups"):
            self.add_error("groups", _("No group is chosen. Choose at least one, or open the paper to everybody."))
        return data

    def chosen(self) -> dict[str, Any]:
        """Return what the action takes."""
        only = self.cleaned_data["readers"] == CHOSEN
        guests = self.cleaned_data["readers"] != MEMBERS
        return {"guests_may_read": guests, "groups": list(self.cleaned_data["groups"]) if only else []}


class PlaceForm(forms.Form):
    """Where a paper lies."""

    item: "forms.ModelChoiceField[AgendaItem]" = forms.ModelChoiceField(
        queryset=None, to_field_name="public_id", label=_("Under the matter")
    )
    position = forms.IntegerField(label=_("Place among its papers"), min_value=1, max_value=1000)

    def __init__(self, *args: Any, items: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = items  # type: ignore[attr-defined]


class GroupForm(forms.Form):
    """A group of participants."""

    name = forms.CharField(label=_("Name of the group"), max_length=120)
    people: "forms.ModelMultipleChoiceField[Participant]" = forms.ModelMultipleChoiceField(
        queryset=None, to_field_name="public_id", label=pgettext_lazy("group", "People"), required=False
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people  # type: ignore[attr-defined]


class ChargeForm(forms.Form):
    """Whom a unit puts in charge of a duty."""

    people: "forms.ModelMultipleChoiceField[User]" = forms.ModelMultipleChoiceField(
        queryset=None, to_field_name="public_id", required=False
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people  # type: ignore[attr-defined]


class DutyFilter(forms.Form):
    """Which of my units' duties to show; what cannot be understood filters nothing."""

    state = forms.CharField(required=False, max_length=20)
    q = forms.CharField(required=False, max_length=100, validators=[ProhibitNullCharactersValidator()])
    since = DayField(required=False, label=_("Due from"))
    until = DayField(required=False, label=_("Due until"))
    meeting = forms.UUIDField(required=False)

    def asked(self) -> dict[str, Any]:
        """Return what was understood."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in self.fields}
