"""Reasons and conclusions."""

from django import forms
from django.utils.translation import gettext_lazy as _


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
