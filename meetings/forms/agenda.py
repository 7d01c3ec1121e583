"""A matter on the agenda."""

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.details import Matter


class MatterForm(forms.Form):
    """An agenda item."""

    title = forms.CharField(label=_("Matter"), max_length=500)
    presenter = forms.CharField(label=_("Presented by"), max_length=200, required=False)
    minutes = forms.IntegerField(label=_("Minutes planned"), min_value=0, max_value=1440, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def matter(self) -> Matter:
        """Return what was written."""
        data = self.cleaned_data
        return Matter(data["title"], data["presenter"], data["minutes"] or 0)
