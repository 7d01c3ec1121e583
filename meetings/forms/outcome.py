"""Reasons and conclusions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ui.forms import MomentField


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"),
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("At least ten characters, so that the others know what to change."),
    )


class ConclusionForm(forms.Form):
    """A conclusion of the chair."""

    text = forms.CharField(label=_("Conclusion"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 3}))


class CommentsForm(forms.Form):
    """Until when the members may comment on the minutes."""

    until = MomentField(label=_("Comments until"))


class CopyForm(forms.Form):
    """What is printed of a meeting."""

    PARTS = [
        ("roll", _("Roll with signatures")),
        ("agenda", _("Agenda")),
        ("ballots", _("Ballots and counting sheets")),
        ("papers", _("Papers laid for everybody")),
    ]
    parts = forms.MultipleChoiceField(label=_("What to print"), choices=PARTS, widget=forms.CheckboxSelectMultiple)
    blank = forms.IntegerField(
        label=_("Blank ballots instead of named ones"),
        min_value=0,
        max_value=2000,
        required=False,
        help_text=_("How many for each question; left empty, each ballot bears a name."),
    )
